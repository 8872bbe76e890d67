import { readdirSync, readFileSync } from 'node:fs';

/** What the system tells of a program and everything it has started. Linux's to tell; elsewhere `null`. */

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

/** The desk's processes by what they do; what Chromium runs besides is `others`. */
export type Part = 'page' | 'shell' | 'workstation' | 'others';

/** The system counts processor time in hundredths of a second. Milliseconds. */
const TICK_MS = 10;

/**
 * What they hold in memory: a page of memory that several share is counted by its share, so that the sum is what would
 * come free. Bytes.
 */
export function memoryOf(root: number): number | null {
  const tree = treeOf(root);
  return tree === null ? null : tree.reduce((sum, { pid }) => sum + shareOf(pid), 0);
}

/** The processor time they have used so far: unlike the time on a clock, it does not depend on who else is at work. Milliseconds. */
export function cpuOf(root: number): Readonly<Record<Part, number>> | null {
  const used: Record<Part, number> = { page: 0, shell: 0, workstation: 0, others: 0 };
  const tree = treeOf(root);
  for (const { pid, cpuMs } of tree ?? []) used[partOf(pid, root)] += cpuMs;
  return tree === null ? null : used;
}

function treeOf(root: number): readonly Process[] | null {
  if (process.platform !== 'linux') return null;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? []);
  const tree = new Set([root]);
  // Children have higher numbers than their parents only mostly: look until nothing is added.
  for (let before = 0; before !== tree.size;) {
    before = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid));
}

function processOf(pid: number): Process | null {
  // The name stands in brackets and may hold anything; behind it state and parent, and at 14 and 15 the time used.
  const behind = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const [, parent, ...rest] = behind;
  if (parent === undefined) return null;
  return { pid, parent: Number(parent), cpuMs: TICK_MS * (Number(rest[9]) + Number(rest[10])) };
}

function partOf(pid: number, root: number): Part {
  if (pid === root) return 'shell';
  const words = read(`/proc/${pid}/cmdline`);
  if (words.includes('--type=renderer')) return 'page';
  return words.includes('workstation.js') || words.includes('process.mjs') || words.includes('NodeService')
    ? 'workstation'
    : 'others';
}

function shareOf(pid: number): number {
  return 1_024 * Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** Empty when the process has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
