import { setTimeout as wait } from 'node:timers/promises';
import { BenchQueue } from './bench-queue.ts';
import { cursorOf, deskFile } from './desk-files.ts';
import { DeskProgram, openFloor, type Variant } from './desk-program.ts';
import { memoryOf } from './processes.ts';
import type { Result } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { inTurn, median, percentile, ratio, spread } from './statistics.ts';

/** What a start may take longer than the floor's. Milliseconds. */
const OVER_FLOOR_MS = 250;
/** How much longer the largest file may make a start than the smallest. */
const GROWTH = 1.1;
/** Keys pressed while the rest of the inbox is being read, at most one in so long. Milliseconds. */
const KEY_EVERY_MS = 150;
/** Reading the whole inbox may take this long before the bench gives up. Milliseconds. */
const LOAD_LIMIT_MS = 400_000;

interface Start {
  readonly name: string;
  readonly variant: Variant;
  readonly contacts: number;
}

/** Milliseconds from the program being asked for. */
interface Times {
  readonly rows: number;
  readonly usable: number;
}

/**
 * Program start → inbox painted and `j` has moved the selection, painted. All contacts of the file are open, which is the
 * worst case. Nothing is warmed but what the machine keeps by itself: the files are in the system's cache.
 */
export async function benchStart(wish: RunWish): Promise<Measured> {
  const { sizes, rounds, say } = wish;
  const smallest = Math.min(...sizes);
  const starts: Start[] = [
    { name: 'floor', variant: 'floor', contacts: smallest },
    ...sizes.map((contacts): Start => ({ name: String(contacts), variant: 'desk', contacts })),
    { name: 'control', variant: 'desk', contacts: smallest },
  ];
  for (const size of sizes) deskFile(wish.cache, size, say);
  // The first start of all reads Electron itself from the disk.
  await startOnce(wish, { name: 'warm-up', variant: 'floor', contacts: smallest });

  const times = new Map<string, Times[]>(starts.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const start of inTurn(starts, round)) {
      const taken = await startOnce(wish, start);
      times.get(start.name)?.push(taken);
      say(
        `round ${round + 1}: ${start.name}, ${Math.round(taken.rows)} ms to rows, ${Math.round(taken.usable)} ms usable`,
      );
    }
  }
  const of = (name: string, what: keyof Times): number[] => (times.get(name) ?? []).map((each) => each[what]);

  const floor = of('floor', 'usable');
  const results: Result[] = sizes.flatMap((size): Result[] => {
    const usable = of(String(size), 'usable');
    const base = { size, unit: 'ms', samples: usable.length } as const;
    const over = median(usable) - median(floor);
    const growth = ratio(median(usable), median(of(String(smallest), 'usable')));
    return [
      {
        ...base,
        id: 'start.usable',
        name: 'program start to inbox painted and j answered, painted',
        ...spread(usable),
        value: over,
        floor: spread(floor),
        ratio: { floor: ratio(median(usable), median(floor)), [`of ${smallest}`]: growth },
        target: `value (over the floor) ≤ ${OVER_FLOOR_MS} ms, ≤ ${GROWTH} × that of ${smallest}`,
        met: over <= OVER_FLOOR_MS && growth <= GROWTH,
      },
      {
        ...base,
        id: 'start.rows',
        name: 'program start to first rows painted',
        ...spread(of(String(size), 'rows')),
        floor: spread(of('floor', 'rows')),
      },
    ];
  });
  for (const size of sizes) results.push(...(await loadWhole(wish, size)));
  const first = median(of(String(smallest), 'usable'));
  const second = median(of('control', 'usable'));
  return {
    results,
    control: { name: `start with ${smallest}, twice`, first, second, ratio: ratio(first, second) },
  };
}

async function startOnce({ cache, say }: RunWish, { variant, contacts }: Start): Promise<Times> {
  await using queue = await BenchQueue.start(cursorOf(contacts));
  const data = deskFile(cache, contacts, say);
  const asked = { variant, queue: queue.url, data, firstKey: 'j' };
  const program = variant === 'floor' ? await openFloor(asked, say) : new DeskProgram(asked);
  try {
    const rows = await program.next('rows');
    const selected = await program.next('selected');
    return { rows: rows.at - program.startedAt, usable: selected.at - program.startedAt };
  } finally {
    await program.close();
  }
}

/** One start that goes on until the whole inbox is in the window: keys pressed meanwhile, time and memory at the end. */
async function loadWhole({ cache, say }: RunWish, size: number): Promise<Result[]> {
  await using queue = await BenchQueue.start(cursorOf(size));
  const program = new DeskProgram({ variant: 'desk', queue: queue.url, data: deskFile(cache, size, say) });
  try {
    const begun = await program.next('rows');
    const keys: number[] = [];
    let grown = await program.ask({ do: 'size' }, 'size');
    while (grown.rows < size && grown.at - begun.at < LOAD_LIMIT_MS) {
      const before = program.all('selected').length;
      const pressed = await program.ask({ do: 'press', key: 'j' }, 'pressed');
      // A key without an answer counts as endless.
      const painted = await program.next('selected', { after: before, withinMs: 10_000 }).catch(() => null);
      keys.push((painted?.at ?? Number.POSITIVE_INFINITY) - pressed.at);
      await wait(KEY_EVERY_MS);
      if (keys.length % 5 === 0) grown = await program.ask({ do: 'size' }, 'size');
    }
    const memory = memoryOf(program.pid);
    const seconds = (grown.at - begun.at) / 1_000;
    say(`${size}: ${grown.rows} rows after ${seconds.toFixed(1)} s, ${Math.round((memory ?? 0) / 1e6)} MB`);
    const whole = 'until every open contact is in the window';
    return [
      { id: 'start.loaded', name: `first rows painted ${whole}`, size, unit: 's', value: seconds },
      {
        id: 'start.keys-meanwhile',
        name: `j pressed to selection painted, ${whole}`,
        size,
        unit: 'ms',
        ...spread(keys),
        value: percentile(keys, 1),
        samples: keys.length,
      },
      ...(memory === null
        ? []
        : [sizeOf('start.memory', 'all processes of the desk, shared pages by share', size, memory)]),
      sizeOf('start.heap', 'objects of the window’s page', size, grown.heap),
    ];
  } finally {
    await program.close();
  }
}

const sizeOf = (id: string, name: string, size: number, bytes: number): Result => ({
  id,
  name,
  size,
  unit: 'MB',
  value: Math.round(bytes / 1e6),
});
