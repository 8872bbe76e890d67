import { must } from '../../src/shared/lib/assert.ts';

/**
 * The value below which a share `p` of the samples lies: the sample at rank ⌈p·n⌉, never one between two. What was never
 * delivered stands as Infinity and counts. `NaN` without samples.
 */
export function percentile(samples: readonly number[], p: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(p * sorted.length)));
  return must(sorted[rank - 1], 'sample at a rank');
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** What a result says of its samples. */
export const spread = (samples: readonly number[]): { p50: number; p95: number; p99: number } => ({
  p50: percentile(samples, 0.5),
  p95: percentile(samples, 0.95),
  p99: percentile(samples, 0.99),
});

/** How many times `ours` is as large as `theirs`. */
export const ratio = (ours: number, theirs: number): number => ours / theirs;

/** Between these bounds two measurements of the same thing may differ; beyond them the machine was not fit to measure. */
export const CONTROL_BOUNDS = { low: 0.8, high: 1.25 } as const;

/** Whether a run is void: the same variant measured twice in it came out too far apart, or not at all. */
export function isVoid(controlRatio: number): boolean {
  return !(controlRatio >= CONTROL_BOUNDS.low && controlRatio <= CONTROL_BOUNDS.high);
}

/**
 * The order of a round: forward in even rounds, backward in odd ones, so that what drifts with time weighs on the first
 * and the last alike.
 */
export function inTurn<T>(variants: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? variants : [...variants].reverse();
}
