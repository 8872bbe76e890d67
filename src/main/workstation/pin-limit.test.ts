import { describe, expect, it } from 'vitest';
import { testStart } from '../../../tests/harness/builders.ts';
import { later, MINUTE, SECOND } from '../../shared/domain/time.ts';
import { attemptsLeft, noWrongPins, oneMoreWrong, waitMs } from './pin-limit.ts';

const at = (ms: number) => later(testStart, ms);

describe('wrong PINs', () => {
  it('A-06: the fifth within 15 minutes waits 30 s, and each one after a wait twice as long, at most 15 minutes', () => {
    let wrong = noWrongPins;
    let now = testStart;
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      wrong = oneMoreWrong(wrong, now);
      const wait = waitMs(wrong, now);
      waits.push(wait / SECOND);
      now = later(now, wait);
    }
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('A-06: four in a quarter of an hour and one later are not five', () => {
    let wrong = noWrongPins;
    for (const minute of [0, 1, 2, 3]) wrong = oneMoreWrong(wrong, at(minute * MINUTE));
    const left = attemptsLeft(wrong);
    wrong = oneMoreWrong(wrong, at(15 * MINUTE + 1));
    expect([left, attemptsLeft(wrong), waitMs(wrong, at(15 * MINUTE + 1))]).toEqual([1, 1, 0]);
  });

  it('A-06: a clock that was set back makes nobody wait longer than 15 minutes', () => {
    let wrong = noWrongPins;
    for (let tries = 0; tries < 9; tries += 1) wrong = oneMoreWrong(wrong, testStart);
    expect(waitMs(wrong, at(-24 * 60 * MINUTE))).toBe(15 * MINUTE);
  });
});
