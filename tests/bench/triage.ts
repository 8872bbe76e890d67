import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BenchQueue } from './bench-queue.ts';
import { cursorOf } from './desk-files.ts';
import { DeskProgram, openFloor, type Variant } from './desk-program.ts';
import type { Result } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { inTurn, median, percentile, ratio, spread } from './statistics.ts';
import { StoringQueue } from './storing-queue.ts';

/** Keys in a burst: two picks in turn, an odd number of times, so that each burst leaves other words than it found and is a version. */
const BURST = 21;
const BURSTS = 3;
/** How often THRIVE is opened by its key, after a change that is still on its way into the log. */
const OPENINGS = 30;
/** Between two keys: a quick hand. Milliseconds. */
const PAUSE_MS = 90;
/** Between a key that leads somewhere and the next: somebody who looks where they are. Milliseconds. */
const LOOK_MS = 250;
/** Longer than the sheet waits before it keeps a version. Milliseconds. */
const VERSION_MS = 3_400;
/** What has not been painted this long after its key never is. Milliseconds. */
const PATIENCE_MS = 2_000;
/** A new desk has taken in everything that the queue has, or the bench gives up. Milliseconds. */
const TAKEN_IN_MS = 60_000;

/** What a key that picks may take over the floor: painted in its frame or the next. Milliseconds. */
const PICK_OVER_FLOOR_MS = 8;
/** Two frames of the screen, whatever the log writes meanwhile. Milliseconds. */
const TARGET_P99_MS = 33;

interface Turn {
  readonly name: 'floor' | 'desk' | 'desk again' | 'floor again';
  readonly variant: Variant;
}

/** The desk first: the floor paints as many boxes as it did. */
const turns: readonly Turn[] = [
  { name: 'desk', variant: 'desk' },
  { name: 'floor', variant: 'floor' },
  { name: 'floor again', variant: 'floor' },
  { name: 'desk again', variant: 'desk' },
];

/** Milliseconds from a key to what it paints; endless where it never was. */
interface Sampled {
  /** THRIVE, by its key, the first time after the start of the program. */
  readonly first: number;
  /** THRIVE, by its key. */
  readonly opened: readonly number[];
  /** A line of THRIVE, by a key that picks in it. */
  readonly picked: readonly number[];
  readonly boxes: number;
  /** Versions that the queue has kept of it, each audited. */
  readonly versions: number;
}

/**
 * The key of THRIVE → THRIVE painted; a key that picks in it → its line painted. A call is taken from the ringing line, every change is
 * durable at the desk as it is made, and every look is kept as a version by a queue that decides, stores and audits it.
 */
export async function benchTriage({ sizes, rounds, say }: RunWish): Promise<Measured> {
  const results: Result[] = [];
  let control = { name: 'none', first: Number.NaN, second: Number.NaN, ratio: Number.NaN };
  for (const size of sizes) {
    say(`starting a queue with ${size} contacts …`);
    await using queue = await StoringQueue.start(size);
    const collected = new Map<string, Sampled[]>(turns.map(({ name }) => [name, []]));
    let boxes = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const turn of inTurn(turns, round)) {
        const sampled = turn.variant === 'desk' ? await deskTurn(queue, size) : await floorTurn(boxes, say);
        boxes = sampled.boxes;
        collected.get(turn.name)?.push(sampled);
        say(`round ${round + 1}: ${turn.name} with ${size}: ${told(sampled)}`);
      }
    }
    const of = (...names: readonly Turn['name'][]): readonly Sampled[] =>
      names.flatMap((name) => collected.get(name) ?? []);
    results.push(...resultsOf(size, of('desk', 'desk again'), of('floor', 'floor again')));
    const picks = (name: Turn['name']): number =>
      percentile(
        of(name).flatMap((each) => each.picked),
        0.5,
      );
    const [first, second] = [picks('desk'), picks('desk again')];
    control = { name: `desk with ${size}, twice`, first, second, ratio: ratio(first, second) };
  }
  return { results, control };
}

function told({ first, opened, picked, boxes, versions }: Sampled): string {
  const times = (name: string, samples: readonly number[]): string =>
    `${name} p50 ${spread(samples).p50.toFixed(1)} ms, p99 ${spread(samples).p99.toFixed(1)} ms`;
  const kept = versions === 0 ? '' : `, ${versions} versions kept`;
  return `first ${first.toFixed(1)} ms, ${times('opened', opened)}, ${times('picked', picked)}, ${boxes} boxes${kept}`;
}

function resultsOf(size: number, desk: readonly Sampled[], floor: readonly Sampled[]): Result[] {
  const first = (of: readonly Sampled[]): readonly number[] => of.map((each) => each.first);
  // The first opening is one of them: a handler feels it as any other.
  const opened = (of: readonly Sampled[]): readonly number[] =>
    of.flatMap((each) => [each.first, ...each.opened]);
  const picked = (of: readonly Sampled[]): readonly number[] => of.flatMap((each) => each.picked);
  const count = { size, unit: 'count' } as const;
  return [
    {
      ...timesOf(size, opened(desk), opened(floor), null),
      id: 'triage.open',
      name: 'the key of THRIVE to THRIVE painted, every look at the risk kept',
    },
    {
      ...timesOf(size, picked(desk), picked(floor), PICK_OVER_FLOOR_MS),
      id: 'triage.key',
      name: 'a key in THRIVE to its line painted, every look at the risk kept',
    },
    {
      size,
      unit: 'ms',
      id: 'triage.first',
      name: 'the key of THRIVE to THRIVE painted, the first time after a start; the value is the slowest',
      ...spread(first(desk)),
      value: Math.max(...first(desk)),
      floor: spread(first(floor)),
      samples: desk.length,
    },
    { ...count, id: 'triage.boxes', name: 'boxes of THRIVE', value: desk.at(-1)?.boxes ?? 0 },
    {
      ...count,
      id: 'triage.versions',
      name: 'versions that the queue kept of one call in a turn, each in its audit',
      value: median(desk.map(({ versions }) => versions)),
    },
  ];
}

function timesOf(
  size: number,
  desk: readonly number[],
  floor: readonly number[],
  overFloor: number | null,
): Omit<Result, 'id' | 'name'> {
  const ours = spread(desk);
  const theirs = spread(floor);
  const over = ours.p50 - theirs.p50;
  return {
    size,
    unit: 'ms',
    ...ours,
    value: over,
    floor: theirs,
    ratio: { floor: ratio(ours.p50, theirs.p50) },
    samples: desk.length,
    undelivered: desk.filter((each) => !Number.isFinite(each)).length,
    target: `${overFloor === null ? '' : `value (p50 over the floor) ≤ ${overFloor} ms, `}p99 ≤ ${TARGET_P99_MS} ms`,
    met: (overFloor === null || over <= overFloor) && ours.p99 <= TARGET_P99_MS,
  };
}

/** A desk that nobody has used yet takes everything in, and a call from the ringing line. */
async function deskTurn(queue: StoringQueue, size: number): Promise<Sampled> {
  const place = mkdtempSync(join(tmpdir(), 'fcr-bench-'));
  const program = new DeskProgram({ variant: 'desk', queue: queue.url, data: place, who: '1001' });
  try {
    await program.next('rows');
    await takenIn(program, size);
    const call = await queue.ring();
    await wait(LOOK_MS);
    program.order({ do: 'press', key: 'F2' });
    await queue.taken(call);
    await wait(LOOK_MS);
    const sampled = await sample(program, 'desk');
    await wait(LOOK_MS);
    const { versions, audited } = await queue.looks(call);
    if (versions < BURSTS + OPENINGS || audited < versions)
      throw new Error(`the log is not whole: ${versions} versions, ${audited} of them audited`);
    return { ...sampled, versions };
  } finally {
    await program.close();
    rmSync(place, { recursive: true, force: true });
  }
}

async function takenIn(program: DeskProgram, size: number): Promise<void> {
  for (let waited = 0; waited < TAKEN_IN_MS; waited += LOOK_MS) {
    if ((await program.ask({ do: 'size' }, 'size')).rows >= size) return;
    await wait(LOOK_MS);
  }
  throw new Error('the desk has not taken everything in');
}

async function floorTurn(boxes: number, say: (words: string) => void): Promise<Sampled> {
  const place = mkdtempSync(join(tmpdir(), 'fcr-bench-'));
  await using queue = await BenchQueue.start(cursorOf(1));
  const program = await openFloor({ variant: 'floor', queue: queue.url, data: place }, say);
  try {
    await wait(LOOK_MS);
    program.order({ do: 'boxes', count: boxes });
    await wait(LOOK_MS);
    return { ...(await sample(program, 'floor')), versions: 0 };
  } finally {
    await program.close();
    rmSync(place, { recursive: true, force: true });
  }
}

async function sample(program: DeskProgram, variant: Variant): Promise<Omit<Sampled, 'versions'>> {
  await program.ask({ do: 'letters' }, 'letters');
  const first = await openOnce(program);
  const { boxes = 0 } = program.all('thrive').at(-1) ?? {};
  if (boxes === 0) throw new Error('THRIVE was never painted');
  await wait(LOOK_MS);
  if (variant === 'desk') {
    // What the call is about, and the letter T.
    for (const key of ['d', 'o', 'm', 'Return']) program.order({ do: 'press', key });
    await wait(LOOK_MS);
    program.order({ do: 'press', key: 't', modifiers: ['alt'] });
    await wait(LOOK_MS);
  }
  const picked: number[] = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    for (let at = 0; at < BURST; at += 1) {
      picked.push(await toPainted(program, 'letter', { do: 'press', key: pickAt(picked.length) }));
      await wait(PAUSE_MS);
    }
    // The floor keeps nothing.
    if (variant === 'desk') await wait(VERSION_MS);
  }
  const opened: number[] = [];
  for (let at = 0; at < OPENINGS; at += 1) {
    if (variant === 'desk') {
      program.order({ do: 'press', key: 't', modifiers: ['alt'] });
      await wait(PAUSE_MS);
      program.order({ do: 'press', key: pickAt(picked.length + at) });
      await wait(PAUSE_MS);
    }
    await leave(program);
    opened.push(await openOnce(program));
    await wait(LOOK_MS);
  }
  return { first, opened, picked, boxes };
}

const pickAt = (at: number): string => (at % 2 === 0 ? '1' : '2');

/** Its key works also where letters are text. */
const openOnce = (program: DeskProgram): Promise<number> =>
  toPainted(program, 'thrive', { do: 'press', key: 'F2', modifiers: ['control'] });

/** Out of the letter to the questions, and from there out of the sheet. */
async function leave(program: DeskProgram): Promise<void> {
  const before = program.all('gone').length;
  for (let tries = 0; tries < 3 && program.all('gone').length === before; tries += 1) {
    program.order({ do: 'press', key: 'Escape' });
    await wait(PAUSE_MS);
  }
  if (program.all('gone').length === before) throw new Error('THRIVE did not leave the screen');
}

type Press = Parameters<DeskProgram['order']>[0] & { readonly do: 'press' };

/** From a key to what the probe tells next of this kind. */
async function toPainted(program: DeskProgram, kind: 'thrive' | 'letter', key: Press): Promise<number> {
  const before = program.all(kind).length;
  const { at: pressedAt } = await program.ask(key, 'pressed');
  const painted = await program.next(kind, { after: before, withinMs: PATIENCE_MS }).catch(() => null);
  return painted === null ? Number.POSITIVE_INFINITY : painted.at - pressedAt;
}
