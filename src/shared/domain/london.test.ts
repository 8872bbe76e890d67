import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, dayWords, isDay, londonDayOf, londonTimeOf, startOfDay, weekdayOf } from './london.ts';
import { asInstant, HOUR, later, MINUTE } from './time.ts';

const at = (text: string) => asInstant(Date.parse(text));
const shown = (text: string) => {
  const { day, weekday, minute } = londonTimeOf(at(text));
  return `${weekday} ${day} ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
};
const hoursOf = (day: string) => (startOfDay(dayAfter(day, 1)) - startOfDay(day)) / HOUR;

describe('the calendar in Hertfordshire', () => {
  it('R-10: the clocks go forward and back at 01:00 UTC on the last Sundays of March and October', () => {
    expect(
      ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z', '2026-10-25T01:00:00Z'].map(
        shown,
      ),
    ).toEqual(['sun 2026-03-29 0:59', 'sun 2026-03-29 2:00', 'sun 2026-10-25 1:59', 'sun 2026-10-25 1:00']);
  });

  it('R-10: one night has 23 hours and one 25, and each day begins at its own midnight', () => {
    expect(['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26'].map(hoursOf)).toEqual([
      24, 23, 24, 25, 24,
    ]);
    expect([londonDayOf(at('2026-06-30T22:59:59Z')), londonDayOf(at('2026-06-30T23:00:00Z'))]).toEqual([
      '2026-06-30',
      '2026-07-01',
    ]);
  });

  it('R-10: the arithmetic agrees with the time zone’s own data, at any minute from 1996 to 2060', () => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Europe/London',
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const minutes = fc.integer({ min: Date.UTC(1996, 0, 1) / MINUTE, max: Date.UTC(2060, 0, 1) / MINUTE });
    fc.assert(
      fc.property(minutes, (minute) => {
        const instant = asInstant(minute * MINUTE);
        const { day, minute: ofDay } = londonTimeOf(instant);
        const two = (n: number) => String(n).padStart(2, '0');
        expect(format.format(instant)).toBe(`${day}, ${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`);
        const start = startOfDay(day);
        expect([londonDayOf(start), londonDayOf(later(start, -1))]).toEqual([day, dayAfter(day, -1)]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('R-10: a day that no calendar has is none', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '', '2028-02-29'].map(isDay)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('R-10: a day is said without its year while that is this year’s', () => {
    expect([dayWords('2026-03-14', '2026-11-23'), dayWords('2025-03-04', '2026-11-23')]).toEqual([
      '14 March',
      '4 March 2025',
    ]);
    expect(weekdayOf('2026-11-23')).toBe('mon');
  });
});
