import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chatOf } from '../../src/shared/domain/chat/chat.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { cpuOf } from './processes.ts';
import { Child } from './public/child.ts';
import type { Crowd, CrowdOrder, CrowdTold } from './public/crowd.ts';
import { DeskProcess } from './public/desk-process.ts';
import type { LookoutOrder, LookoutTold } from './public/lookout.ts';
import { PagesProgram } from './public/pages-program.ts';
import type { Result } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { percentile, ratio, spread } from './statistics.ts';
import { StoringQueue } from './storing-queue.ts';

const REPORTS_PER_SECOND = 20;
/** A line of each chat so often: with 500 of them, twenty a second. Milliseconds. */
const LINE_EVERY_MS = 25_000;
const EMERGENCIES_PER_SECOND = 4;
/** Without any load, twice. Seconds. */
const IDLE_SECONDS = 25;
/** What nobody measures, until every program has run its ways once. Seconds. */
const WARM_SECONDS = 4;
/** While all chats are opened within seconds, four things of each to be kept. Seconds. */
const OPENING_SECONDS = 10;
/** Chats that a handler has, and how often one of them gets a line. */
const HANDLED = 20;
const REPLY_EVERY_MS = 1_500;
/** What has not come this long after the load's end never comes. Milliseconds. */
const PATIENCE_MS = 30_000;

/** What the pages keep for the queue when the load is over is there by then, or the bench gives up. Milliseconds. */
const CATCH_UP_MS = 120_000;

const TARGET_TIMES_IDLE = 1.5;

/** Milliseconds of each emergency: endless where it never came. */
interface Emergencies {
  readonly toFrame: readonly number[];
  readonly toReceipt: readonly number[];
}

/**
 * So many chats open at once through the public pages, each with its stream and its lines, twenty reports a second, a handler who answers: what of it was
 * acknowledged, what the database and a real desk hold of that, and what an emergency's way to a desk takes meanwhile.
 */
export async function benchChats({ sizes, seconds, say }: RunWish): Promise<Measured> {
  const results: Result[] = [];
  let control = { name: 'none', first: Number.NaN, second: Number.NaN, ratio: Number.NaN };
  for (const size of sizes) {
    say('starting a queue, the public pages, a desk …');
    await using queue = await StoringQueue.start(0);
    await using pages = await PagesProgram.start(queue);
    await using desk = await DeskProcess.start({ queue: queue.url, who: '1001' });
    await using lookout = new Child<LookoutTold>(join(import.meta.dirname, 'public', 'lookout.ts'));
    await using crowd = new Child<CrowdTold>(join(import.meta.dirname, 'public', 'crowd.ts'));
    const { intakeUrl: intake, intakeKey: key } = queue.door;
    await lookout.ask({ do: 'connect', deskUrl: queue.url, intake, key } satisfies LookoutOrder, 'connected');
    const measure = async (forSeconds: number): Promise<Emergencies> => {
      const order: LookoutOrder = { do: 'measure', seconds: forSeconds, perSecond: EMERGENCIES_PER_SECOND };
      const { toFrame, toReceipt } = await lookout.ask(order, 'measured');
      const endless = (times: readonly (number | null)[]): readonly number[] =>
        times.map((each) => each ?? Number.POSITIVE_INFINITY);
      return { toFrame: endless(toFrame), toReceipt: endless(toReceipt) };
    };
    const saved = await pages.savedReport();
    await measure(WARM_SECONDS);
    const idle = [await measure(IDLE_SECONDS), await measure(IDLE_SECONDS)] as const;
    say(`idle: ${told(idle[0].toFrame)}; again: ${told(idle[1].toFrame)}`);

    const plan = { origin: pages.origin, chats: size, lineEveryMs: LINE_EVERY_MS, saved };
    const order: CrowdOrder = { do: 'open', plan: { ...plan, reportsPerSecond: REPORTS_PER_SECOND } };
    const [opening] = await Promise.all([measure(OPENING_SECONDS), crowd.ask(order, 'opened')]);
    say(`while they open: ${told(opening.toFrame)}`);
    await emptied(pages);
    say(`${size} chats are open: ${JSON.stringify(await pages.health())}`);
    const handled = await takeSome(desk, Math.min(HANDLED, size));
    const before = { queue: cpuSum(queue.pid), pages: cpuSum(pages.pid) };
    const [, loaded, ours] = await Promise.all([
      crowd.ask({ do: 'write', seconds } satisfies CrowdOrder, 'written'),
      measure(seconds),
      answerFor(desk, handled, seconds),
    ]);
    const used = {
      queue: (cpuSum(queue.pid) - before.queue) / seconds,
      pages: (cpuSum(pages.pid) - before.pages) / seconds,
    };
    say(`loaded: ${told(loaded.toFrame)}`);
    const taken = await crowd.ask(
      { do: 'count', ours: ours.length, withinMs: PATIENCE_MS } satisfies CrowdOrder,
      'counted',
    );
    say(`refused: ${JSON.stringify(taken.refused)}, streams cut: ${taken.cuts}`);
    const caughtUp = (await emptied(pages)) / 1_000;
    const kept = await untilKept(queue, taken);
    const held = await untilHeld(desk, kept);
    results.push(
      emergencyResult(size, loaded.toFrame, idle),
      waitResult(size, 'chats.receipt-of-emergency', 'an emergency due to its receipt', loaded.toReceipt, [
        ...idle[0].toReceipt,
        ...idle[1].toReceipt,
      ]),
      waitResult(
        size,
        'chats.emergency-opening',
        'the same while all chats open within seconds, and their first lines are caught up on',
        opening.toFrame,
      ),
      waitResult(size, 'chats.acknowledged', 'a line due to its acknowledgement', taken.acknowledged),
      waitResult(
        size,
        'chats.receipt',
        'a report’s last press due to its receipt on the page',
        taken.receipts,
      ),
      {
        id: 'chats.caught-up',
        name: 'after the load, until the queue has everything that the pages kept for it',
        size,
        unit: 's',
        value: caughtUp,
      },
      ...countResults(size, taken, ours, kept, held),
      cpuResult(size, 'chats.cpu-queue', 'processor time of the queue', used.queue),
      cpuResult(size, 'chats.cpu-pages', 'processor time of the public pages', used.pages),
    );
    const [first, second] = [percentile(idle[0].toFrame, 0.5), percentile(idle[1].toFrame, 0.5)];
    control = {
      name: 'an emergency with nothing else to do, twice',
      first,
      second,
      ratio: ratio(first, second),
    };
  }
  return { results, control };
}

/** Waits until the queue has everything that the pages keep for it. Returns how long that took. Milliseconds. */
async function emptied(pages: PagesProgram): Promise<number> {
  const begun = performance.now();
  while (Number((await pages.health())['waiting']) > 0 && performance.now() - begun < CATCH_UP_MS)
    await wait(100);
  return performance.now() - begun;
}

const told = (samples: readonly number[]): string => {
  const { p50, p95, p99 } = spread(samples);
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms of ${samples.length}`;
};

/** Processor time of a program so far. Milliseconds. */
const cpuSum = (pid: number): number => Object.values(cpuOf(pid) ?? {}).reduce((sum, each) => sum + each, 0);

/** The handler takes some chats. */
async function takeSome(desk: DeskProcess, count: number): Promise<readonly Contact['id'][]> {
  const waiting = async () =>
    (await desk.rows()).filter(
      ({ channel, ownership }) => channel === 'web-chat' && ownership.kind === 'waiting',
    );
  for (let waited = 0; (await waiting()).length < count && waited < PATIENCE_MS; waited += 100)
    await wait(100);
  const ids = (await waiting()).slice(0, count).map(({ id }) => id);
  for (const id of ids) await desk.submit(id, { kind: 'claim' });
  const mine = async () =>
    (await desk.rows()).filter(({ id, ownership }) => ids.includes(id) && ownership.kind === 'owned');
  for (let waited = 0; (await mine()).length < ids.length; waited += 100) {
    if (waited > PATIENCE_MS) throw new Error('the desk could not take the chats');
    await wait(100);
  }
  return ids;
}

/** The handler writes to one chat after the other. Returns what was written. */
async function answerFor(
  desk: DeskProcess,
  chats: readonly Contact['id'][],
  seconds: number,
): Promise<readonly string[]> {
  const written: string[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    const text = `Answer ${written.length + 1}: are you safe where you are?`;
    const chat = must(chats[written.length % chats.length], 'a chat of the handler');
    const { kind } = await desk.submit(chat, { kind: 'reply', text, canned: null });
    if (kind !== 'kept') throw new Error(`the desk did not keep a line: ${kind}`);
    written.push(text);
    await wait(REPLY_EVERY_MS);
  }
  return written;
}

/** What the database holds of the public. */
interface Kept {
  readonly chats: readonly Contact[];
  readonly reports: readonly Contact[];
}

async function keptNow(queue: StoringQueue): Promise<Kept> {
  const rows = await queue.sql<{ body: Contact }>(
    `select body from contact where body->>'channel' in ('web-chat', 'online-report')`,
  );
  const of = (channel: Contact['channel']) =>
    rows.map(({ body }) => body).filter((contact) => contact.channel === channel);
  return { chats: of('web-chat'), reports: of('online-report') };
}

/** What was acknowledged and is still on its way from the pages’ sealed file to the queue gets a while. */
async function untilKept(queue: StoringQueue, crowd: Crowd): Promise<Kept> {
  for (let waited = 0; ; waited += 500) {
    const kept = await keptNow(queue);
    const lines = kept.chats.flatMap(linesOf).length;
    const isWhole = lines >= crowd.lines.length && kept.reports.length >= crowd.codes.length;
    if (isWhole || waited > PATIENCE_MS) return kept;
    await wait(500);
  }
}

async function untilHeld(desk: DeskProcess, { chats, reports }: Kept): Promise<Kept> {
  const summaries = async () =>
    (await desk.rows()).filter(({ channel }) => channel === 'web-chat' || channel === 'online-report');
  for (let waited = 0; ; waited += 500) {
    const rows = await summaries();
    const isWhole = rows.length >= chats.length + reports.length;
    if (isWhole || waited > PATIENCE_MS) {
      const read = await Promise.all(rows.map(({ id }) => desk.request('contact.read', { contact: id })));
      const held = read.flatMap((reading) => (reading.kind === 'here' ? [reading.contact] : []));
      const of = (channel: Contact['channel']) => held.filter((contact) => contact.channel === channel);
      return { chats: of('web-chat'), reports: of('online-report') };
    }
    await wait(500);
  }
}

/** The person’s own lines; the first of them is the account. */
const linesOf = (contact: Contact): readonly string[] => [
  contact.account,
  ...contact.messages.filter(({ from }) => from === 'public').map(({ text }) => text),
];

const codesOf = ({ account }: Contact): readonly string[] =>
  [...account.matchAll(/WR-[A-Z2-9]{4}-[A-Z2-9]{4}/g)].map(([code]) => code);

/** Of what was acknowledged, how much is not there, and how much is there more often. Each of `acknowledged` is there as often as it was said. */
function compared(
  acknowledged: readonly string[],
  there: readonly string[],
): { lost: number; doubled: number } {
  const left = new Map<string, number>();
  for (const each of there) left.set(each, (left.get(each) ?? 0) + 1);
  let lost = 0;
  for (const each of acknowledged) {
    const count = left.get(each) ?? 0;
    if (count === 0) lost += 1;
    else left.set(each, count - 1);
  }
  const doubled = [...left].filter(([each, count]) => count > 0 && acknowledged.includes(each)).length;
  return { lost, doubled };
}

function countResults(
  size: number,
  crowd: Crowd,
  ours: readonly string[],
  kept: Kept,
  held: Kept,
): readonly Result[] {
  const replies = kept.chats.flatMap((contact) => chatOf(contact).replies.map(({ text }) => text));
  const isInOrder = crowd.ours.every((lines) =>
    lines.every((line, at) => at === 0 || nOf(line) > nOf(lines[at - 1])),
  );
  const compares = [
    ['chats', 'chats begun', compared(chatNames(crowd.lines), kept.chats.map(nameOf)), crowd.chats],
    [
      'lines',
      'lines of the public, in PostgreSQL',
      compared(crowd.lines, kept.chats.flatMap(linesOf)),
      crowd.lines.length,
    ],
    [
      'reports',
      'reports, in PostgreSQL',
      compared(crowd.codes, kept.reports.flatMap(codesOf)),
      crowd.codes.length,
    ],
    [
      'lines-held',
      'lines of the public, at a desk',
      compared(crowd.lines, held.chats.flatMap(linesOf)),
      crowd.lines.length,
    ],
    [
      'reports-held',
      'reports, at a desk',
      compared(crowd.codes, held.reports.flatMap(codesOf)),
      crowd.codes.length,
    ],
    ['ours', 'lines of the handler, in PostgreSQL', compared(ours, replies), ours.length],
    [
      'ours-shown',
      'lines of the handler, in the public’s pages and in order',
      compared(ours, crowd.ours.flat()),
      ours.length,
    ],
  ] as const;
  return compares.map(([what, name, { lost, doubled }, count]) => ({
    id: `chats.${what}`,
    name: `${name}: acknowledged, and of those lost or doubled`,
    size,
    unit: 'count',
    samples: count,
    value: lost + doubled,
    target: 'none lost, none doubled',
    met: lost + doubled === 0 && count > 0 && (what !== 'ours-shown' || isInOrder),
  }));
}

const nOf = (line: string | undefined): number => Number(/^Answer (\d+):/.exec(line ?? '')?.[1] ?? 0);
const nameIn = (line: string): string => /^(c\d+) line 1:/.exec(line)?.[1] ?? '';
const chatNames = (lines: readonly string[]): readonly string[] =>
  lines.map(nameIn).filter((name) => name !== '');
const nameOf = (contact: Contact): string => chatNames(linesOf(contact)).join('+');

function emergencyResult(size: number, loaded: readonly number[], idle: readonly Emergencies[]): Result {
  const ours = spread(loaded);
  const floor = spread(idle.flatMap(({ toFrame }) => toFrame));
  const times = ratio(ours.p99, floor.p99);
  return {
    id: 'chats.emergency',
    name: `an emergency due at the intake to a desk’s frame, ${REPORTS_PER_SECOND} reports a second; floor: nothing else to do`,
    size,
    unit: 'ms',
    ...ours,
    floor,
    ratio: { 'idle-p50': ratio(ours.p50, floor.p50), 'idle-p99': times },
    samples: loaded.length,
    undelivered: loaded.filter((each) => !Number.isFinite(each)).length,
    target: `p99 ≤ ${TARGET_TIMES_IDLE} × idle`,
    met: times <= TARGET_TIMES_IDLE,
  };
}

function waitResult(
  size: number,
  id: string,
  name: string,
  samples: readonly number[],
  idle: readonly number[] | null = null,
): Result {
  const floor = idle === null ? {} : { floor: spread(idle) };
  return { id, name, size, unit: 'ms', ...spread(samples), ...floor, samples: samples.length };
}

const cpuResult = (size: number, id: string, name: string, value: number): Result => ({
  id,
  name: `${name} for a second of the load`,
  size,
  unit: 'ms',
  value,
});
