import { describe, expect, it } from 'vitest';
import { inTurn, isVoid, median, percentile, ratio, spread } from './statistics.ts';

const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

describe('the figures of a bench', () => {
  it('a percentile is one of the samples, whatever their order', () => {
    expect([0, 0.5, 0.95, 0.99, 1].map((p) => percentile(hundred, p))).toEqual([1, 50, 95, 99, 100]);
    expect([median([3]), median([4, 1]), percentile([], 0.5)]).toEqual([3, 1, Number.NaN]);
  });

  it('what was never delivered counts as endless, and is not left out', () => {
    const one = [...hundred.slice(1), Number.POSITIVE_INFINITY];
    expect([spread(one).p99, percentile(one, 1)]).toEqual([99, Number.POSITIVE_INFINITY]);
    const two = [...hundred.slice(2), Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect(spread(two).p99).toBe(Number.POSITIVE_INFINITY);
  });

  it('a run is void when the same thing measured twice differs by more than 0.8 to 1.25, or was not measured', () => {
    const ratios = [ratio(8, 10), ratio(10, 8), ratio(7.9, 10), ratio(10, 7.9), Number.NaN, ratio(1, 0)];
    expect(ratios.map(isVoid)).toEqual([false, false, true, true, true, true]);
  });

  it('every second round goes backwards', () => {
    expect([0, 1, 2].map((round) => inTurn(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'cba', 'abc']);
  });
});
