import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BenchQueue, now } from './bench-queue.ts';
import { copyOf, cursorOf, deskFile } from './desk-files.ts';
import { DeskProgram, openFloor, type Counted, type Variant } from './desk-program.ts';
import { loadOf, type Shot } from './load.ts';
import { cpuOf, type Part } from './processes.ts';
import type { Result } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { inTurn, percentile, ratio, spread } from './statistics.ts';

const UPDATES_PER_SECOND = 200;
const EMERGENCIES_PER_SECOND = 5;
/** One variant's turn in a round. */
const SECONDS = 20;
/** What was due and has not been painted this long after the load's end never comes. Milliseconds. */
const PATIENCE_MS = 3_000;
/** The window has read the whole inbox, or the bench gives up. Milliseconds. */
const READ_LIMIT_MS = 400_000;

const TARGET_OVER_FLOOR_MS = 4;
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

type CpuTime = Readonly<Record<Part, number>>;

/** Milliseconds from the moment a frame was due. */
interface Sampled {
  /** To its row painted; endless when it never was. */
  readonly painted: number[];
  /** To its being handed to the socket: what the bench itself added. */
  readonly sent: number[];
  /** To its leaving the shell for the window. */
  readonly passed: number[];
  /** Processor time of each part for a second of the load. */
  readonly cpu: CpuTime | null;
}

/** All turns of one name. */
interface Collected {
  readonly painted: number[];
  readonly sent: number[];
  readonly passed: number[];
  readonly cpu: CpuTime[];
}

/**
 * An emergency's frame due at the queue → its row painted in the list, with every contact of the file in the list and 200
 * updates a second on the same socket.
 */
export async function benchList(wish: RunWish): Promise<Measured> {
  const { sizes, rounds, say } = wish;
  const results: Result[] = [];
  let control = { name: 'none', first: Number.NaN, second: Number.NaN, ratio: Number.NaN };
  for (const size of sizes) {
    deskFile(wish.cache, size, say);
    const nothing = (): Collected => ({ painted: [], sent: [], passed: [], cpu: [] });
    const collected = new Map<string, Collected>(turns.map(({ name }) => [name, nothing()]));
    for (let round = 0; round < rounds; round += 1) {
      for (const turn of inTurn(turns, round)) {
        const { painted, sent, passed, cpu } = await takeTurn(wish, turn.variant, size);
        const all = collected.get(turn.name);
        all?.painted.push(...painted);
        all?.sent.push(...sent);
        all?.passed.push(...passed);
        if (cpu !== null) all?.cpu.push(cpu);
        const { p50, p99 } = spread(painted);
        say(
          `round ${round + 1}: ${turn.name} with ${size}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
        );
      }
    }
    const of = (name: Turn['name'], what: 'painted' | 'sent' | 'passed'): number[] =>
      collected.get(name)?.[what] ?? [];
    const cpu = (variant: Variant) =>
      turns.filter((turn) => turn.variant === variant).flatMap(({ name }) => collected.get(name)?.cpu ?? []);
    const desk = [...of('desk', 'painted'), ...of('desk again', 'painted')];
    const floor = [...of('floor', 'painted'), ...of('floor again', 'painted')];
    results.push(emergencyResult(size, desk, floor));
    const stages = [
      ['list.sent', 'of that: due to handed to the socket by the bench', 'sent'],
      ['list.passed', 'of that: due to leaving the shell for the window', 'passed'],
    ] as const;
    for (const [id, name, what] of stages) {
      const ours = [...of('desk', what), ...of('desk again', what)];
      const theirs = [...of('floor', what), ...of('floor again', what)];
      const base = { id, name, size, unit: 'ms', samples: ours.length } as const;
      results.push({ ...base, ...spread(ours), floor: spread(theirs) });
    }
    results.push(...cpuResults(size, cpu('desk'), cpu('floor')));
    results.push(...(await counts(wish, size)));
    const first = percentile(of('desk', 'painted'), 0.5);
    const second = percentile(of('desk again', 'painted'), 0.5);
    control = { name: `desk with ${size}, twice`, first, second, ratio: ratio(first, second) };
  }
  return { results, control };
}

function emergencyResult(size: number, desk: readonly number[], floor: readonly number[]): Result {
  const ours = spread(desk);
  const theirs = spread(floor);
  const over = ours.p50 - theirs.p50;
  return {
    id: 'list.emergency',
    name: `emergency due at the queue to its row painted, ${UPDATES_PER_SECOND} updates a second`,
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

/** Processor time does not depend on what else the machine does: to be looked at when clocks cannot be trusted. */
function cpuResults(size: number, desk: readonly CpuTime[], floor: readonly CpuTime[]): Result[] {
  if (desk.length === 0) return [];
  const parts: readonly Part[] = ['page', 'shell', 'workstation', 'others'];
  return parts.map((part) => ({
    id: `list.cpu-${part}`,
    name: 'processor time of this part for a second of the load',
    size,
    unit: 'ms',
    ...spread(desk.map((each) => each[part])),
    floor: spread(floor.map((each) => each[part])),
    samples: desk.length,
  }));
}

async function takeTurn(wish: RunWish, variant: Variant, size: number): Promise<Sampled> {
  const shots = loadOf({
    contacts: size,
    seconds: SECONDS,
    updatesPerSecond: UPDATES_PER_SECOND,
    emergenciesPerSecond: EMERGENCIES_PER_SECOND,
    updates: 'anywhere',
  });
  return withProgram(wish, variant, size, async (program, queue) => {
    const before = cpuOf(program.pid);
    const sent = await fire(queue, shots);
    await wait(PATIENCE_MS);
    const after = cpuOf(program.pid);
    const paintedAt = new Map(program.all('awaited').map(({ id, at }) => [id, at]));
    // The first push of each: later ones tell of its answer.
    const passedAt = new Map(
      program
        .all('passed')
        .toReversed()
        .map(({ id, at }) => [id, at]),
    );
    const awaited = sent.filter(({ id }) => id !== null);
    return {
      painted: awaited.map(({ id, due }) => (paintedAt.get(id ?? '') ?? Number.POSITIVE_INFINITY) - due),
      sent: awaited.map(({ due, at }) => at - due),
      passed: awaited.map(({ id, due }) => (passedAt.get(id ?? '') ?? Number.POSITIVE_INFINITY) - due),
      cpu: before === null || after === null ? null : perSecond(before, after),
    };
  });
}

function perSecond(before: CpuTime, after: CpuTime): CpuTime {
  const used = (part: Part): number => (after[part] - before[part]) / SECONDS;
  return {
    page: used('page'),
    shell: used('shell'),
    workstation: used('workstation'),
    others: used('others'),
  };
}

/** What updates that concern no row in sight cost the window: they should cost nothing. */
async function counts(wish: RunWish, size: number): Promise<Result[]> {
  const seconds = 5;
  const shots = loadOf({
    contacts: size,
    seconds,
    updatesPerSecond: UPDATES_PER_SECOND,
    emergenciesPerSecond: 0,
    updates: 'out-of-sight',
  });
  const counted: Counted = await withProgram(wish, 'desk', size, async (program, queue) => {
    program.order({ do: 'count' });
    await fire(queue, shots);
    await wait(500);
    return program.ask({ do: 'counted' }, 'counted');
  });
  const names: Readonly<Record<keyof Counted, string>> = {
    inGrid: 'changes of the page inside the list',
    nodes: 'nodes of the page touched, the running clocks included',
    records: 'changes of the page, the running clocks included',
    commits: 'commits of React, the running clocks included',
    requests: 'requests of the window',
    pushes: 'pushes to the window',
  };
  return Object.entries(names).map(([what, name]) => ({
    id: `list.count-${what.toLowerCase()}`,
    name: `${name}, for ${shots.length} updates out of sight in ${seconds} s`,
    size,
    unit: 'count',
    value: counted[what as keyof Counted],
  }));
}

/** Starts a program on a copy of the file, waits until everything is in its window, and closes it afterwards. */
async function withProgram<R>(
  { cache, say }: RunWish,
  variant: Variant,
  size: number,
  work: (program: DeskProgram, queue: BenchQueue) => Promise<R>,
): Promise<R> {
  const place = mkdtempSync(join(tmpdir(), 'fcr-bench-'));
  try {
    await using queue = await BenchQueue.start(cursorOf(size));
    const data = variant === 'floor' ? place : copyOf(deskFile(cache, size, say), join(place, 'data'));
    const greeted = queue.greeted();
    const start = { variant, queue: queue.url, data };
    const program = variant === 'floor' ? await openFloor(start, say) : new DeskProgram(start);
    try {
      const { at } = await program.next('rows');
      await greeted;
      if (variant === 'desk') await wholeInbox(program, size, at);
      await wait(1_000);
      return await work(program, queue);
    } finally {
      await program.close();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function wholeInbox(program: DeskProgram, size: number, begun: number): Promise<void> {
  for (;;) {
    const { rows, at } = await program.ask({ do: 'size' }, 'size');
    if (rows >= size) return;
    if (at - begun > READ_LIMIT_MS) throw new Error(`only ${rows} of ${size} rows in the window`);
    await wait(500);
  }
}

interface Sent {
  readonly id: string | null;
  readonly due: number;
  readonly at: number;
}

/** Hands every frame to the socket as soon as it is due; what is late is not left out, and counts from when it was due. */
async function fire(queue: BenchQueue, shots: readonly Shot[]): Promise<Sent[]> {
  const begin = now() + 100;
  const sent: Sent[] = [];
  for (const { dueMs, texts, awaited } of shots) {
    const due = begin + dueMs;
    const ahead = due - now();
    if (ahead > 0) await wait(ahead);
    for (const text of texts) queue.sendText(text);
    sent.push({ id: awaited, due, at: now() });
  }
  return sent;
}
