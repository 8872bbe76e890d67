import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../tests/harness/arbitraries.ts';
import { ClockOffset } from './clock-offset.ts';

describe('the difference between two clocks', () => {
  it('L-17: is a guess from WELCOME until a heart-beat was answered', () => {
    const offset = new ClockOffset();
    offset.seed(119.6);
    const guess = { best: offset.best, roundTripMs: offset.roundTripMs };
    offset.measured(100, 40);
    expect([guess, { best: offset.best, roundTripMs: offset.roundTripMs }]).toEqual([
      { best: { ms: 120, errorMs: 0 }, roundTripMs: null },
      { best: { ms: 100, errorMs: 20 }, roundTripMs: 40 },
    ]);
  });

  it('L-17: is taken from the quickest of the last eight answers, and wrong by at most half its way', () => {
    always(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 20 }),
        (truth, ways) => {
          const offset = new ClockOffset();
          // A queue that is `truth` ahead hears a beat after `there`; the desk hears the answer after `back` more.
          for (const [there, back] of ways) offset.measured(truth + there - (there + back) / 2, there + back);
          const trips = ways.slice(-8).map(([there, back]) => there + back);
          const { ms, errorMs } = offset.best;
          expect({
            errorMs,
            isWithin: Math.abs(ms - truth) <= errorMs + 0.5,
            last: offset.roundTripMs,
          }).toEqual({
            errorMs: Math.min(...trips) / 2,
            isWithin: true,
            last: trips.at(-1),
          });
        },
      ),
    );
  });

  it('L-17: begins afresh with each connection', () => {
    const offset = new ClockOffset();
    offset.measured(100, 40);
    offset.seed(5);
    expect([offset.best, offset.roundTripMs]).toEqual([{ ms: 5, errorMs: 0 }, null]);
  });
});
