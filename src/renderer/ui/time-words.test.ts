import { describe, expect, it } from 'vitest';
import { asInstant, HOUR, later, MINUTE } from '../../shared/domain/time.ts';
import { clockWords, dueWords, timerWords } from './time-words.ts';

const utc = (...parts: [number, number, number, number, number]) => asInstant(Date.UTC(...parts));
/** 00:30 in Hertfordshire of the nights of 2026 in which the clocks change. */
const longNight = utc(2026, 9, 24, 23, 30);
const shortNight = utc(2026, 2, 29, 0, 30);

describe('times on screen', () => {
  it('K-07: in the night of 25 hours the hour that comes twice says which of the two it is', () => {
    const shown = [0, 1, 2, 3].map((hours) => clockWords(later(longNight, hours * HOUR)));
    expect(shown).toEqual(['00:30:00', '01:30:00 BST', '01:30:00 GMT', '02:30:00']);
  });

  it('K-07: the first and the last minute of the two hours are told apart, and their neighbours need no word', () => {
    const atOne = utc(2026, 9, 25, 0, 0);
    const minutes = [-1, 0, 59, 60, 119, 120].map((minute) => dueWords(later(atOne, minute * MINUTE), atOne));
    expect(minutes).toEqual(['00:59', '01:00 BST', '01:59 BST', '01:00 GMT', '01:59 GMT', '02:00']);
  });

  it('K-07: in the night of 23 hours the hour that is left out is never shown', () => {
    const shown = [0, 1, 2].map((hours) => clockWords(later(shortNight, hours * HOUR)));
    expect(shown).toEqual(['00:30:00', '02:30:00', '03:30:00']);
  });

  it('K-04, K-07: what has waited is counted in hours that passed, in either night', () => {
    for (const start of [longNight, shortNight])
      expect(timerWords(later(start, 3 * HOUR) - start)).toBe('3 h 00');
  });

  it('K-01: a due instant of another day than today names the day', () => {
    const now = utc(2026, 10, 22, 23, 50);
    expect([dueWords(now, now), dueWords(later(now, 20 * MINUTE), now)]).toEqual(['23:50', '23 Nov 00:10']);
  });
});
