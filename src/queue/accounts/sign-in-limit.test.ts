import { describe, expect, it } from 'vitest';
import { testStart } from '../../../tests/harness/builders.ts';
import { asInstant, later, MINUTE, SECOND, type Instant } from '../../shared/domain/time.ts';
import type { Attempts } from '../store/account-store.ts';
import { attemptsLeft, forgetAt, NUMBER_LIMIT, waitOf, withdrawn, withWrong } from './sign-in-limit.ts';

const none: Attempts = { recent: [], waits: 0, until: asInstant(0) };
const wrongAt = (...times: readonly Instant[]) =>
  times.reduce((attempts, at) => withWrong(attempts, NUMBER_LIMIT, at), none);
const minutes = (...ns: readonly number[]) => ns.map((n) => later(testStart, n * MINUTE));

describe('how long signing in waits after wrong PINs', () => {
  it('A-01 waits 30 s at the fifth wrong PIN within 15 minutes, and not at the fourth', () => {
    expect(waitOf(wrongAt(...minutes(0, 1, 2, 3)), later(testStart, 3 * MINUTE))).toBe(0);
    expect(waitOf(wrongAt(...minutes(0, 1, 2, 3, 4)), later(testStart, 4 * MINUTE))).toBe(30 * SECOND);
  });

  it('A-01 does not count what was wrong 15 minutes ago', () => {
    expect(waitOf(wrongAt(...minutes(0, 1, 2, 3, 15)), later(testStart, 15 * MINUTE))).toBe(0);
  });

  it('A-01 waits twice as long each time, at most 15 minutes, and from the beginning after a quiet window', () => {
    let attempts = wrongAt(...minutes(0, 0, 0, 0, 0));
    const waits: number[] = [];
    let now = testStart;
    for (let n = 0; n < 8; n += 1) {
      waits.push(waitOf(attempts, now) / SECOND);
      now = attempts.until;
      attempts = withWrong(attempts, NUMBER_LIMIT, now);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
    const quiet = later(attempts.until, 15 * MINUTE);
    expect(withWrong(attempts, NUMBER_LIMIT, quiet)).toMatchObject({ recent: [quiet], waits: 0 });
    expect(forgetAt(attempts)).toBe(quiet);
  });

  it('A-01 is not outwitted by a window that is over before the longest wait is: one wrong PIN waits again', () => {
    const long: Attempts = { recent: [testStart], waits: 6, until: later(testStart, 15 * MINUTE) };
    const after = withWrong(long, NUMBER_LIMIT, later(testStart, 16 * MINUTE));
    expect(after).toMatchObject({ waits: 7, until: later(testStart, 31 * MINUTE) });
  });

  it('A-01 takes back what was counted before it turned out right, with the wait that it brought', () => {
    const four = wrongAt(...minutes(0, 1, 2, 3));
    const at = later(testStart, 4 * MINUTE);
    const five = withWrong(four, NUMBER_LIMIT, at);
    const back = withdrawn(five, at);
    expect(back.recent).toEqual(four.recent);
    expect([back.waits, waitOf(back, at), attemptsLeft(back, NUMBER_LIMIT)]).toEqual([0, 0, 1]);
    expect(withdrawn(five, later(at, 1))).toEqual(five);
  });

  it('A-01 never waits longer than 15 minutes, also when the clock was set back meanwhile', () => {
    const attempts: Attempts = { recent: [], waits: 1, until: later(testStart, 600 * MINUTE) };
    expect(waitOf(attempts, testStart)).toBe(15 * MINUTE);
  });
});
