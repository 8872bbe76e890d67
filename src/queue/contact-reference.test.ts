import { describe, expect, it } from 'vitest';
import { asInstant, HOUR, later } from '../shared/domain/time.ts';
import { contactReference, londonDayOf } from './contact-reference.ts';

/** Midnight in Hertfordshire at the start of three days of 2026, and how long each lasts. */
const days = [
  ['20260329', asInstant(Date.UTC(2026, 2, 29, 0, 0)), 23],
  ['20261025', asInstant(Date.UTC(2026, 9, 24, 23, 0)), 25],
  ['20261122', asInstant(Date.UTC(2026, 10, 22, 0, 0)), 24],
] as const;

describe('the day of a reference', () => {
  it.each(days)('K-07: %s begins and ends at midnight in Hertfordshire', (day, midnight, hours) => {
    expect(londonDayOf(midnight)).toBe(day);
    expect(londonDayOf(later(midnight, hours * HOUR - 1))).toBe(day);
    expect(londonDayOf(later(midnight, -1))).not.toBe(day);
    expect(londonDayOf(later(midnight, hours * HOUR))).not.toBe(day);
  });

  it('C-01: a training contact can never be taken for a real one', () => {
    expect(contactReference('live', '20261122', 41)).toBe('CON-20261122-000041');
    expect(contactReference('training', '20261122', 41)).toBe('TRN-20261122-000041');
  });
});
