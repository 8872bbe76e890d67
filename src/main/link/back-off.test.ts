import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../tests/harness/arbitraries.ts';
import { backOffMs, DEFAULT_CAP_MS } from './back-off.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const input = fc.record({
  attempt: fc.nat({ max: 2_000 }),
  capMs: fc.integer({ min: 1, max: 60_000 }),
  crowded: fc.boolean(),
  urgent: fc.boolean(),
  random,
});
const calm = { attempt: 0, capMs: DEFAULT_CAP_MS, crowded: false, urgent: false, random: 0.5 };

describe('the wait before a try', () => {
  it('L-13: is a random part of min(cap, 500 ms · 2ⁿ), from the first try on', () => {
    const waits = [0, 1, 2, 3, 4, 5_000].map((attempt) => backOffMs({ ...calm, attempt, capMs: 3_000 }));
    expect(waits).toEqual([250, 500, 1_000, 1_500, 1_500, 1_500]);
  });

  it('L-13: can be any moment of its span, from none to nearly all of it', () => {
    expect([0, 0.25, 0.999].map((part) => backOffMs({ ...calm, random: part }))).toEqual([0, 125, 499.5]);
  });

  it('L-13: is within its bounds whatever happened before', () => {
    always(
      fc.property(input, (given) => {
        const span = given.urgent
          ? 1_000
          : given.crowded
            ? 10_000
            : Math.min(given.capMs, 500 * 2 ** given.attempt);
        const wait = backOffMs(given);
        expect([wait >= 0, wait === 0 || wait < span]).toEqual([true, true]);
      }),
    );
  });

  it('L-13: a desk that owns a live contact comes back within a second, also to a queue that asked for room', () => {
    const waits = [false, true].map((crowded) =>
      backOffMs({ ...calm, attempt: 9, crowded, urgent: true, random: 0.75 }),
    );
    expect(waits).toEqual([750, 750]);
  });

  it('L-13: the others spread over ten seconds when the queue asked for room', () => {
    expect(backOffMs({ ...calm, crowded: true, random: 0.75 })).toBe(7_500);
  });
});
