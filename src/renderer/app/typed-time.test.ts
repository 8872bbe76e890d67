import { describe, expect, test } from 'vitest';
import { asInstant, later, MINUTE, type Instant } from '../../shared/domain/time.ts';
import { readTime, whenWords } from './typed-time.ts';

/** Winter: the clocks of the room show UTC. */
const at = (text: string): Instant => asInstant(Date.parse(text));
const now = at('2026-11-22T14:05:30Z');
const read = (text: string, since: Instant | null = null, then = now) => readTime(text, { now: then, since });
const instant = (text: string) => ({ kind: 'at', at: at(text) });

describe('a time as it is typed', () => {
  test.each([
    ['14:05', '2026-11-22T14:05:00Z'],
    ['14:05:30', '2026-11-22T14:05:30Z'],
    ['1405', '2026-11-22T14:05:00Z'],
    ['9.05', '2026-11-22T09:05:00Z'],
    ['21/11 23:58', '2026-11-21T23:58:00Z'],
    ['21/11/2026 23:58:09', '2026-11-21T23:58:09Z'],
    ['21.11.26 23:58', '2026-11-21T23:58:00Z'],
    ['31/12 23:58', '2025-12-31T23:58:00Z'],
  ])('P-02: %s is %s', (text, expected) => {
    expect(read(text)).toEqual(instant(expected));
  });

  test('P-02: just after midnight 23:58 is yesterday’s; a time that has not been yet is asked about', () => {
    expect(read('23:58', null, at('2026-11-22T00:20:00Z'))).toEqual(instant('2026-11-21T23:58:00Z'));
    expect(read('15:05')).toEqual({
      kind: 'wrong',
      sentence: '15:05 has not been yet. If it was yesterday, write the date before it: 21/11 15:05.',
    });
  });

  test('P-02: what was done after midnight follows what came before it', () => {
    const received = at('2026-11-21T23:50:30Z');
    expect(read('23:50', received)).toEqual({ kind: 'at', at: received });
    expect(read('23:55', received)).toEqual(instant('2026-11-21T23:55:00Z'));
    expect(read('00:10', received)).toEqual(instant('2026-11-22T00:10:00Z'));
    expect(read('21/11 23:59', received)).toEqual(instant('2026-11-21T23:59:00Z'));
  });

  test.each([
    ['25:00', 'no time of day'],
    ['14:65', 'no time of day'],
    ['half past two', 'Write a time as'],
    ['31/2 10:00', 'is no date'],
    ['23/11/2026 10:00', 'has not been yet'],
    ['22/11/2014 10:00', 'more than ten years ago'],
    ['', 'Write a time as'],
  ])('P-02: %s is impossible, and a sentence says why', (text, part) => {
    const time = read(text);
    expect(time.kind === 'wrong' ? time.sentence : 'read').toContain(part);
  });

  test.each(['13:00', '22/11 13:00'])('P-02: %s is before the contact reached us at 14:00', (text) => {
    const time = read(text, at('2026-11-22T14:00:00Z'));
    expect(time.kind === 'wrong' ? time.sentence : 'read').toContain('before the contact reached us');
  });

  test('P-02: in the night of the clocks the hour left out is impossible, and the hour twice is the one that fits', () => {
    const spring = at('2026-03-29T10:00:00Z');
    expect(read('29/3 01:30', null, spring)).toEqual({
      kind: 'wrong',
      sentence: 'That hour did not exist: the clocks went forward in that night.',
    });
    expect(read('29/3 02:30', null, spring)).toEqual(instant('2026-03-29T01:30:00Z'));
    const first = at('2026-10-25T00:40:00Z');
    expect(read('01:30', null, first)).toEqual(instant('2026-10-25T00:30:00Z'));
    expect(read('01:30', first, later(first, 90 * MINUTE))).toEqual(instant('2026-10-25T01:30:00Z'));
  });

  test('P-02: the record says the day when it is another one', () => {
    expect(whenWords(at('2026-11-22T14:00:00Z'), now)).toBe('today 14:00:00');
    expect(whenWords(at('2026-11-21T23:58:30Z'), now)).toBe('yesterday 23:58:30');
    expect(whenWords(at('2026-11-19T23:58:30Z'), now)).toBe('19/11/2026 23:58:30');
  });
});
