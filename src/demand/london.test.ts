import { describe, expect, it } from 'vitest';
import { dateAfter, instantOfMinute, instantOfWallTime, wallTimeOf } from './london.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('D-02: the clock on the wall in Hertfordshire', () => {
  it.each([
    ['2026-11-21T22:00', '2026-11-21T22:00'],
    ['2026-07-01T09:30', '2026-07-01T08:30'],
    // The hour that comes twice in autumn: the earlier one.
    ['2026-10-25T01:30', '2026-10-25T00:30'],
    ['2026-10-25T02:00', '2026-10-25T02:00'],
    ['2026-03-29T00:59', '2026-03-29T00:59'],
    ['2026-03-29T02:00', '2026-03-29T01:00'],
  ])('shows %s at %s UTC', (wall, instant) => {
    expect(instantOfWallTime(wall)).toBe(utc(instant));
    expect(`${wallTimeOf(utc(instant)).date}T${String(wallTimeOf(utc(instant)).hour).padStart(2, '0')}`).toBe(
      wall.slice(0, 13),
    );
  });

  it.each(['2026-03-29T01:30', '2026-02-30T10:00', '2026-13-01T10:00', '2026-11-21T25:00', '2026-11-21', ''])(
    'never shows %j',
    (wall) => {
      expect(instantOfWallTime(wall)).toBeNull();
    },
  );

  it('has every hour of the 25-hour night, and one twice; and leaves one out of the 23-hour night', () => {
    const hoursFrom = (start: string, count: number): readonly number[] =>
      Array.from({ length: count }, (_, n) => wallTimeOf(utc(start) + n * 3_600_000).hour);
    expect(hoursFrom('2026-10-24T23:00', 4)).toEqual([0, 1, 1, 2]);
    expect(hoursFrom('2026-03-29T00:00', 3)).toEqual([0, 2, 3]);
  });

  it('gives a minute that is left out a place after the change', () => {
    expect(instantOfMinute('2026-03-29', 90)).toBe(utc('2026-03-29T01:30'));
    expect(instantOfMinute('2026-10-25', 90)).toBe(utc('2026-10-25T00:30'));
    expect(dateAfter('2026-02-28', 1)).toBe('2026-03-01');
  });
});
