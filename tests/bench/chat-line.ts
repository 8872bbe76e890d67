import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BenchQueue, now } from './bench-queue.ts';
import { cursorOf } from './desk-files.ts';
import { DeskProgram, openFloor, type Told } from './desk-program.ts';
import { Browser, tokenOn } from './public/browser.ts';
import { Child } from './public/child.ts';
import type { CrowdOrder, CrowdTold } from './public/crowd.ts';
import { PagesProgram } from './public/pages-program.ts';
import type { Result } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { inTurn, percentile, ratio, spread } from './statistics.ts';
import { StoringQueue } from './storing-queue.ts';

/** Lines each way in one turn. */
const SAID = 80;
const REPLIES = 40;
/** Lines before those that nobody measures: every program has run its ways once. */
const WARM = 5;
/** Between two of them, at least: quicker than anybody writes. Milliseconds. */
const PAUSE_MS = 400;
/** The longest of what the desk gathers before it paints: lines come at every moment of it. Milliseconds. */
const BEAT_MS = 250;
/** The others write too, each so often. Milliseconds. */
const OTHERS_EVERY_MS = 25_000;
/** What has not come this long after it was sent never comes. Milliseconds. */
const PATIENCE_MS = 3_000;
const READY_MS = 60_000;
/** Somebody who looks where they are. Milliseconds. */
const LOOK_MS = 400;

const TARGET_P99_MS = 100;

interface Turn {
  readonly name: 'floor' | 'desk' | 'desk again' | 'floor again';
  readonly variant: 'floor' | 'desk';
}

const turns: readonly Turn[] = [
  { name: 'floor', variant: 'floor' },
  { name: 'desk', variant: 'desk' },
  { name: 'desk again', variant: 'desk' },
  { name: 'floor again', variant: 'floor' },
];

/** Milliseconds; endless where it never came. */
interface Sampled {
  /** From the request of the page’s script to the line painted at the desk. */
  readonly painted: readonly number[];
  /** From the same request to its answer: the pages’ program has it. */
  readonly taken: readonly number[];
  /** From the key to the line in the stream of the person’s page. */
  readonly told: readonly number[];
}

const names: Readonly<Record<keyof Sampled, string>> = {
  painted: 'a line of the public, sent by its page, to its painting at the desk',
  taken: 'of that: to the page being told that the line is taken',
  told: 'the key that sends a line of the handler to the line in the public’s page',
};

/** With so many chats open: a line of the public to its painting in the open conversation of a real desk, and a line of the handler to the person’s page. */
export async function benchChatLine({ sizes, rounds, say }: RunWish): Promise<Measured> {
  const results: Result[] = [];
  let control = { name: 'none', first: Number.NaN, second: Number.NaN, ratio: Number.NaN };
  for (const size of sizes) {
    const collected = new Map<string, Sampled[]>(turns.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const { name, variant } of inTurn(turns, round)) {
        const sampled = variant === 'desk' ? await deskTurn(size) : await floorTurn(say);
        collected.get(name)?.push(sampled);
        const [painted, told] = [spread(sampled.painted), spread(sampled.told)];
        say(
          `round ${round + 1}: ${name}: painted p50 ${painted.p50.toFixed(1)} ms, p99 ${painted.p99.toFixed(1)} ms; told p50 ${told.p50.toFixed(1)} ms, p99 ${told.p99.toFixed(1)} ms`,
        );
      }
    const of = (what: keyof Sampled, ...ofTurns: readonly Turn['name'][]): readonly number[] =>
      ofTurns.flatMap((name) => (collected.get(name) ?? []).flatMap((sampled) => sampled[what]));
    const resultOf = (what: keyof Sampled): Result => {
      const desk = of(what, 'desk', 'desk again');
      const [ours, floor] = [spread(desk), spread(of(what, 'floor', 'floor again'))];
      return {
        id: `chat-line.${what}`,
        name: names[what],
        size,
        unit: 'ms',
        ...ours,
        value: ours.p50 - floor.p50,
        floor,
        ratio: { floor: ratio(ours.p50, floor.p50) },
        samples: desk.length,
        undelivered: desk.filter((each) => !Number.isFinite(each)).length,
        ...(what === 'taken' ? {} : { target: `p99 ≤ ${TARGET_P99_MS} ms`, met: ours.p99 <= TARGET_P99_MS }),
      };
    };
    results.push(resultOf('painted'), resultOf('taken'), resultOf('told'));
    const [first, second] = [of('painted', 'desk'), of('painted', 'desk again')].map((each) =>
      percentile(each, 0.5),
    ) as [number, number];
    control = { name: 'a line painted at the desk, twice', first, second, ratio: ratio(first, second) };
  }
  return { results, control };
}

/** Never in step with anything: after a painting that others’ lines share, the desk would always be at rest. */
const pause = (n: number): Promise<void> => wait(PAUSE_MS + ((n * 97) % BEAT_MS));

/** A queue, pages, a desk, and everybody else’s chats, all of them new. */
async function deskTurn(size: number): Promise<Sampled> {
  const place = mkdtempSync(join(tmpdir(), 'fcr-bench-'));
  await using queue = await StoringQueue.start(0);
  await using pages = await PagesProgram.start(queue);
  await using crowd = new Child<CrowdTold>(join(import.meta.dirname, 'public', 'crowd.ts'));
  const person = new Browser(pages.origin, '10.200.0.1');
  const token = await beginChat(person);
  const id = await firstChat(queue);
  const program = new DeskProgram({ variant: 'desk', queue: queue.url, data: place, who: '1001' });
  try {
    // Taken while it is the only row; then the others open theirs.
    await program.next('rows');
    await openAndClaim(program, id);
    await queue.taken(id);
    const plan = { origin: pages.origin, chats: size - 1, lineEveryMs: OTHERS_EVERY_MS };
    const order: CrowdOrder = { do: 'open', plan: { ...plan, reportsPerSecond: 0, saved: '' } };
    await crowd.ask(order, 'opened');
    while (Number((await pages.health())['waiting']) > 0) await wait(LOOK_MS);
    await program.ask({ do: 'said' }, 'watched');
    const told = new Map<string, number>();
    const stream = person.listen('/chat/events?after=0', ({ event, data }) => {
      const at = now();
      if (event !== 'line') return;
      const { from, text } = JSON.parse(data) as { readonly from: string; readonly text: string };
      if (from === 'handler') told.set(text, at);
    });
    await wait(1_000);
    crowd.order({ do: 'write', seconds: 600 } satisfies CrowdOrder);
    const said = await sayAll(program, person, token);
    const replies = await replyAll(program, told);
    stream.close();
    return { ...said, told: replies };
  } finally {
    await program.close();
    rmSync(place, { recursive: true, force: true });
  }
}

/** With the keys of the list to the chat, and Enter: it is opened, and once it is this desk’s there is a box to write in. */
async function openAndClaim(program: DeskProgram, id: string): Promise<void> {
  await untilAt(program, ({ inList, chosen }) => inList && chosen === id, {
    key: ({ inList }) => (inList ? 'j' : 'Escape'),
  });
  program.order({ do: 'press', key: 'Return' });
  await untilAt(program, ({ box }) => box !== 'none');
}

type Place = Extract<Told, { kind: 'place' }>;

/** Looks where the handler is until it fits; `key`: what is pressed as long as it does not. */
async function untilAt(
  program: DeskProgram,
  fits: (place: Place) => boolean,
  { key }: { readonly key?: (place: Place) => string } = {},
): Promise<void> {
  let place = await program.ask({ do: 'place' }, 'place');
  for (let waited = 0; !fits(place); waited += LOOK_MS) {
    if (waited > READY_MS) throw new Error(`the desk stands elsewhere: ${JSON.stringify(place)}`);
    if (key !== undefined) program.order({ do: 'press', key: key(place) });
    await wait(LOOK_MS);
    place = await program.ask({ do: 'place' }, 'place');
  }
}

/** The only chat, once the queue has it. */
async function firstChat(queue: StoringQueue): Promise<string> {
  for (let waited = 0; waited < READY_MS; waited += LOOK_MS) {
    const [chat] = await queue.sql<{ id: string }>(
      `select id from contact where body->>'channel' = 'web-chat'`,
    );
    if (chat !== undefined) return chat.id;
    await wait(LOOK_MS);
  }
  throw new Error('the chat did not come to the queue');
}

async function beginChat(person: Browser): Promise<string> {
  const start = await person.open('/chat');
  const fields = { token: tokenOn(start), safe: 'yes', language: '', name: '' };
  const page = await person.send('/chat/begin', fields);
  const token = /data-token="([^"]*)"/.exec(page.text)?.[1] ?? '';
  await person.post('/chat/lines', { id: randomUUID(), text: 'I want a person', token });
  return token;
}

async function sayAll(program: DeskProgram, person: Browser, token: string): Promise<Omit<Sampled, 'told'>> {
  const painted: number[] = [];
  const taken: number[] = [];
  for (let n = 1; n <= WARM + SAID; n += 1) {
    const text = `said ${1_000 + n}`;
    const before = program.all('said').length;
    const at = now();
    const sent = person.post('/chat/lines', { id: randomUUID(), text, token }).then(({ status }) => {
      if (status !== 200) throw new Error(`a line of the public was not taken: ${status}`);
      return now() - at;
    });
    const said = await program.next('said', { after: before, withinMs: PATIENCE_MS }).catch(() => null);
    painted.push(said?.text === text ? said.at - at : Number.POSITIVE_INFINITY);
    taken.push(await sent);
    await pause(n);
  }
  return { painted: painted.slice(WARM), taken: taken.slice(WARM) };
}

async function replyAll(program: DeskProgram, told: ReadonlyMap<string, number>): Promise<readonly number[]> {
  const times: number[] = [];
  // The box has the keys before anything is written into it.
  if ((await program.ask({ do: 'place' }, 'place')).box !== 'focused')
    program.order({ do: 'press', key: 't' });
  await untilAt(program, ({ box }) => box === 'focused');
  for (let n = 1; n <= REPLIES; n += 1) {
    const text = `yes${100 + n}`;
    for (const key of text) program.order({ do: 'press', key });
    await pause(n);
    const { at } = await program.ask({ do: 'press', key: 'Return' }, 'pressed');
    for (let waited = 0; !told.has(text) && waited < PATIENCE_MS; waited += 5) await wait(5);
    times.push((told.get(text) ?? Number.POSITIVE_INFINITY) - at);
    await pause(n);
  }
  return times;
}

/** The same wire without the program: a page’s request, handed to a bare window as a frame; and handed to a page’s stream. */
async function floorTurn(say: (words: string) => void): Promise<Sampled> {
  const place = mkdtempSync(join(tmpdir(), 'fcr-bench-'));
  await using queue = await BenchQueue.start(cursorOf(1));
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('\n');
      streams.add(response);
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { id, path } = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, string>;
      if (path === 'window')
        queue.sendText(JSON.stringify({ t: 'FLASH', lsn: 1, summary: { id, band: 'A', title: 'A line' } }));
      else for (const stream of streams) stream.write(`event: line\ndata: "${id ?? ''}"\n\n`);
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const program = await openFloor({ variant: 'floor', queue: queue.url, data: place }, say);
  const told = new Map<string, number>();
  const person = new Browser(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, '10.200.0.1');
  const stream = person.listen('/events', ({ data }) => told.set(JSON.parse(data) as string, now()));
  try {
    await wait(1_000);
    const painted: number[] = [];
    const taken: number[] = [];
    const replies: number[] = [];
    for (let n = 0; n < SAID; n += 1) {
      const before = program.all('awaited').length;
      const at = now();
      await person.post('/lines', { id: `eeeeeeee-${randomUUID().slice(9)}`, path: 'window' });
      taken.push(now() - at);
      const seen = await program.next('awaited', { after: before, withinMs: PATIENCE_MS }).catch(() => null);
      painted.push(seen === null ? Number.POSITIVE_INFINITY : seen.at - at);
      await pause(n);
    }
    for (let n = 0; n < REPLIES; n += 1) {
      const id = randomUUID();
      const at = now();
      await person.post('/lines', { id, path: 'page' });
      for (let waited = 0; !told.has(id) && waited < PATIENCE_MS; waited += 1) await wait(1);
      replies.push((told.get(id) ?? Number.POSITIVE_INFINITY) - at);
      await pause(n);
    }
    return { painted, taken, told: replies };
  } finally {
    stream.close();
    await program.close();
    server.closeAllConnections();
    server.close();
    rmSync(place, { recursive: true, force: true });
  }
}
