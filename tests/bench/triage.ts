import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BenchQueue } from './bench-queue.ts';
import { copyOf, cursorOf, deskFile } from './desk-files.ts';
import { DeskProgram, openFloor, type Variant } from './desk-program.ts';
import type { Result } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { inTurn, percentile, ratio, spread } from './statistics.ts';

/** Keys in a burst; after each burst the desk is left alone until the look at the risk has become a version. */
const BURST = 20;
const BURSTS = 4;
/** Between two keys: a quick hand. Milliseconds. */
const PAUSE_MS = 90;
/** Longer than the sheet waits before it keeps a version. Milliseconds. */
const VERSION_MS = 3_400;
/** A line that has not been painted this long after its key never is. Milliseconds. */
const PATIENCE_MS = 2_000;

/** Painted in the frame of the key or the next. */
const TARGET_OVER_FLOOR_MS = 8;
const TARGET_P99_MS = 33;

interface Turn {
  readonly name: 'floor' | 'desk' | 'desk again' | 'floor again';
  readonly variant: Variant;
}

const turns: readonly Turn[] = [
  { name: 'floor', variant: 'floor' },
  { name: 'desk', variant: 'desk' },
  { name: 'desk again', variant: 'desk' },
  { name: 'floor again', variant: 'floor' },
];

/**
 * A key in THRIVE → its line painted: an open contact with the questions over it, each change durable as it is made and every look kept
 * as a version, as the record demands.
 */
export async function benchTriage(wish: RunWish): Promise<Measured> {
  const { sizes, rounds, say } = wish;
  const results: Result[] = [];
  let control = { name: 'none', first: Number.NaN, second: Number.NaN, ratio: Number.NaN };
  for (const size of sizes) {
    deskFile(wish.cache, size, say);
    const collected = new Map<string, number[]>(turns.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const turn of inTurn(turns, round)) {
        const painted = await takeTurn(wish, turn.variant, size);
        collected.get(turn.name)?.push(...painted);
        const { p50, p99 } = spread(painted);
        say(
          `round ${round + 1}: ${turn.name} with ${size}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
        );
      }
    }
    const of = (name: Turn['name']): readonly number[] => collected.get(name) ?? [];
    results.push(
      resultOf(size, [...of('desk'), ...of('desk again')], [...of('floor'), ...of('floor again')]),
    );
    const first = percentile(of('desk'), 0.5);
    const second = percentile(of('desk again'), 0.5);
    control = { name: `desk with ${size}, twice`, first, second, ratio: ratio(first, second) };
  }
  return { results, control };
}

function resultOf(size: number, desk: readonly number[], floor: readonly number[]): Result {
  const ours = spread(desk);
  const theirs = spread(floor);
  const over = ours.p50 - theirs.p50;
  return {
    id: 'triage.key',
    name: 'a key in THRIVE to its line painted, every look at the risk kept',
    size,
    unit: 'ms',
    ...ours,
    value: over,
    floor: theirs,
    ratio: { floor: ratio(ours.p50, theirs.p50) },
    samples: desk.length,
    undelivered: desk.filter((each) => !Number.isFinite(each)).length,
    target: `value (p50 over the floor) ≤ ${TARGET_OVER_FLOOR_MS} ms, p99 ≤ ${TARGET_P99_MS} ms`,
    met: over <= TARGET_OVER_FLOOR_MS && ours.p99 <= TARGET_P99_MS,
  };
}

/** Milliseconds from each key to its line painted; endless where it never was. */
async function takeTurn({ cache, say }: RunWish, variant: Variant, size: number): Promise<number[]> {
  const place = mkdtempSync(join(tmpdir(), 'fcr-bench-'));
  try {
    await using queue = await BenchQueue.start(cursorOf(size));
    const data = variant === 'floor' ? place : copyOf(deskFile(cache, size, say), join(place, 'data'));
    const greeted = queue.greeted();
    const start = { variant, queue: queue.url, data };
    const program = variant === 'floor' ? await openFloor(start, say) : new DeskProgram(start);
    try {
      await program.next('rows');
      await greeted;
      await wait(1_500);
      if (variant === 'desk') await openThrive(program);
      const { lines } = await program.ask({ do: 'letters' }, 'letters');
      if (lines === 0) throw new Error('no line of THRIVE is on screen');
      return await pressAll(program);
    } finally {
      await program.close();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The first contact, its questions, the letter T. */
async function openThrive(program: DeskProgram): Promise<void> {
  for (const key of ['j', 'Return', 'q']) {
    program.order({ do: 'press', key });
    await wait(800);
  }
  program.order({ do: 'press', key: 't', modifiers: ['alt'] });
  await wait(800);
}

async function pressAll(program: DeskProgram): Promise<number[]> {
  const painted: number[] = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    for (let at = 0; at < BURST; at += 1) {
      const before = program.all('letter').length;
      const { at: pressedAt } = await program.ask({ do: 'press', key: at % 2 === 0 ? '1' : '2' }, 'pressed');
      const told = await program.next('letter', { after: before, withinMs: PATIENCE_MS }).catch(() => null);
      painted.push(told === null ? Number.POSITIVE_INFINITY : told.at - pressedAt);
      await wait(PAUSE_MS);
    }
    await wait(VERSION_MS);
  }
  return painted;
}
