import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { londonTimeOf, weekdays } from '../london.ts';
import { asInstant, HOUR, later, MINUTE } from '../time.ts';
import { isOpenAt, openingAt, openingWords, type OpeningHours } from './hours.ts';

const at = (text: string) => asInstant(Date.parse(text));
const office: OpeningHours = {
  kind: 'weekly',
  times: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }],
  bankHolidays: 'closed',
};
const nights: OpeningHours = {
  kind: 'weekly',
  times: [{ days: ['fri', 'sat'], from: '19:00', to: '02:00' }],
  bankHolidays: 'as-usual',
};
const christmas = ['2026-12-25', '2026-12-28'];
const words = (hours: OpeningHours, text: string) => openingWords(openingAt(hours, at(text), christmas));

describe('opening hours', () => {
  it('SG-04: are those of the clock on the wall, in summer too', () => {
    expect([
      words(office, '2026-11-23T09:00:00Z'),
      words(office, '2026-11-23T08:59:59Z'),
      words(office, '2026-11-23T17:00:00Z'),
      words(office, '2026-07-06T08:00:00Z'),
      words(office, '2026-07-06T07:59:00Z'),
    ]).toEqual([
      'Open now, until 17:00',
      'Closed now, opens 09:00',
      'Closed now, opens tomorrow 09:00',
      'Open now, until 17:00',
      'Closed now, opens 09:00',
    ]);
  });

  it('SG-04: say the day when it opens later than tomorrow, and count bank holidays', () => {
    expect([words(office, '2026-11-20T18:00:00Z'), words(office, '2026-12-24T18:00:00Z')]).toEqual([
      'Closed now, opens Monday 09:00',
      'Closed now, opens Tuesday 09:00',
    ]);
    expect(isOpenAt(office, at('2026-12-25T10:00:00Z'), christmas)).toBe(false);
  });

  it('SG-04: a night that reaches into the next day is one opening', () => {
    expect([
      words(nights, '2026-11-20T23:30:00Z'),
      words(nights, '2026-11-21T01:59:00Z'),
      words(nights, '2026-11-21T02:00:00Z'),
      words(nights, '2026-11-22T01:00:00Z'),
      words(nights, '2026-11-22T02:00:00Z'),
    ]).toEqual([
      'Open now, until tomorrow 02:00',
      'Open now, until 02:00',
      'Closed now, opens 19:00',
      'Open now, until 02:00',
      'Closed now, opens Friday 19:00',
    ]);
  });

  it('SG-04: what is written round the clock in pieces does not close, and midnight is a time to close', () => {
    const pieces: OpeningHours = {
      kind: 'weekly',
      times: [
        { days: [...weekdays], from: '00:00', to: '12:00' },
        { days: [...weekdays], from: '12:00', to: '24:00' },
      ],
      bankHolidays: 'as-usual',
    };
    const evening: OpeningHours = {
      kind: 'weekly',
      times: [{ days: [...weekdays], from: '18:00', to: '24:00' }],
      bankHolidays: 'as-usual',
    };
    expect([words(pieces, '2026-11-23T11:00:00Z'), words(evening, '2026-11-23T23:00:00Z')]).toEqual([
      'Open at all hours',
      'Open now, until midnight',
    ]);
  });

  it('SG-04: nobody promises what only asking tells', () => {
    const hours: OpeningHours = { kind: 'ask', words: 'By appointment.' };
    expect([isOpenAt(hours, at('2026-11-23T10:00:00Z'), []), words(hours, '2026-11-23T10:00:00Z')]).toEqual([
      null,
      'By appointment.',
    ]);
    expect(words({ kind: 'always' }, '2026-11-23T10:00:00Z')).toBe('Open at all hours');
  });

  it('SG-04: open or not is what the times say, at any minute of any year', () => {
    const minutes = fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2028, 0, 1) / MINUTE });
    fc.assert(
      fc.property(minutes, (n) => {
        const now = asInstant(n * MINUTE);
        const { weekday, minute } = londonTimeOf(now);
        expect(isOpenAt(office, now, [])).toBe(
          !['sat', 'sun'].includes(weekday) && minute >= 540 && minute < 1020,
        );
        const evening = ['fri', 'sat'].includes(weekday) && minute >= 1140;
        const morning = ['sat', 'sun'].includes(weekday) && minute < 120;
        expect(isOpenAt(nights, now, [])).toBe(evening || morning);
      }),
    );
    // In the night of 25 hours the hour that comes twice is open both times.
    const start = at('2026-10-25T00:30:00Z');
    expect([start, later(start, HOUR)].map((each) => isOpenAt(nights, each, []))).toEqual([true, true]);
  });
});
