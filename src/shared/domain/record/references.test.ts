import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '../london.ts';
import {
  isrSpoken,
  isrWords,
  parseCrime,
  parseIsr,
  parseReference,
  writeCrime,
  writeIsr,
} from './references.ts';

const today = '2026-11-23';
const isr = (day: string, n: number) => ({ kind: 'isr', day, n });
const read = (typed: string) => parseReference(typed, today);

const day = fc.integer({ min: 0, max: 12_000 }).map((days) => dayAfter('2000-01-01', days));
const incident = fc.record({ day, n: fc.integer({ min: 1, max: 99_999 }) });
const crime = fc.record({
  n: fc.integer({ min: 1, max: 999_999 }),
  year: fc.integer({ min: 2000, max: 2099 }),
});

describe('references', () => {
  it('R-07: an incident number is stored with its day, read with it, and said digit by digit', () => {
    const one = { day: '2026-03-14', n: 412 };
    expect([
      writeIsr(one),
      isrWords(one, today),
      isrSpoken(one, '2026-03-14'),
      isrSpoken(one, today),
    ]).toEqual([
      '2026-03-14/0412',
      'ISR 412 of 14 March',
      'four-one-two of today',
      'four-one-two of 14 March',
    ]);
    expect(isrWords({ day: '2025-12-31', n: 7 }, today)).toBe('ISR 7 of 31 December 2025');
  });

  it('R-07, R-05: what is written is read back, whatever the number and the day', () => {
    fc.assert(
      fc.property(incident, (one) => {
        expect(parseIsr(writeIsr(one))).toEqual(one);
        const later = dayAfter(one.day, 40);
        const readBack = { kind: 'isr', ...one };
        expect(parseReference(writeIsr(one), later)).toEqual(readBack);
        expect(parseReference(isrWords(one, later), later)).toEqual(readBack);
      }),
    );
    fc.assert(
      fc.property(crime, (one) => {
        expect(parseCrime(writeCrime(one))).toEqual(one);
      }),
    );
    fc.assert(
      fc.property(crime, (one) => {
        expect(parseReference(`crime ${writeCrime(one)}`, '2099-01-01')).toEqual({ kind: 'crime', ...one });
      }),
    );
  });

  it.each([
    ['412 of 14 March', isr('2026-03-14', 412)],
    ['ISR 412 of 14 March', isr('2026-03-14', 412)],
    ['isr412', isr(today, 412)],
    ['isr 0412', isr(today, 412)],
    ['412 of today', isr(today, 412)],
    ['412 yesterday', isr('2026-11-22', 412)],
    ['412/1403', isr('2026-03-14', 412)],
    ['412/140325', isr('2025-03-14', 412)],
    ['412 of 14/3', isr('2026-03-14', 412)],
    ['412 of 14/03/2025', isr('2025-03-14', 412)],
    ['412 of 14th march', isr('2026-03-14', 412)],
    ['412 of the 14th of March', isr('2026-03-14', 412)],
    ['412 of the 14th', isr('2026-11-14', 412)],
    ['412 of the 24th', isr('2026-10-24', 412)],
    ['412 of the 31st', isr('2026-10-31', 412)],
    ['412 of 14 mar 25', isr('2025-03-14', 412)],
    ['412 of 24 November', isr('2025-11-24', 412)],
    ['412 of 29 feb', isr('2024-02-29', 412)],
    ['2026-03-14/0412', isr('2026-03-14', 412)],
    ['41/1403', isr('2026-03-14', 41)],
    ['7 sept', { kind: 'foreign', text: '7 sept' }],
    ['41/895/26', { kind: 'crime', n: 895, year: 2026 }],
    ['41/14/03', { kind: 'either', crime: { n: 14, year: 2003 }, isr: { day: '2026-03-14', n: 41 } }],
    ['crime 41/14/03', { kind: 'crime', n: 14, year: 2003 }],
    ['isr 41/14/03', isr('2026-03-14', 41)],
    ['41 895 26', { kind: 'crime', n: 895, year: 2026 }],
    ['crime 41-895-26', { kind: 'crime', n: 895, year: 2026 }],
    ['41/00895/2026', { kind: 'crime', n: 895, year: 2026 }],
    ['con-20261122-41', { kind: 'contact', ref: 'CON-20261122-000041' }],
    ['TRN 20261122 000041', { kind: 'contact', ref: 'TRN-20261122-000041' }],
    ['TRN-20261122-000041', { kind: 'contact', ref: 'TRN-20261122-000041' }],
    ['prov hk34wx', { kind: 'prov', ref: 'PROV-HK34WX' }],
  ])('R-05: “%s” is understood as people say it', (typed, meant) => {
    expect(read(typed)).toEqual(meant);
  });

  it('R-05: what is none of ours is kept as it was said; nothing is nothing', () => {
    const none = [
      '412',
      '41/895/27',
      '42/895/26',
      'CAD 3391',
      '412 of 30 February',
      '0 of today',
      '412/9999',
      '412 of 24/11/2026',
      '2026-11-24/0412',
    ];
    expect(none.map(read)).toEqual(none.map((text) => ({ kind: 'foreign', text })));
    expect(read('  ')).toBeNull();
  });

  it('R-05: no day that is meant is still to come', () => {
    fc.assert(
      fc.property(incident, day, ({ n }, now) => {
        for (const typed of [`${n} of 14 march`, `${n} of the 31st`, `isr ${n}`, `${n}/2902`]) {
          const meant = parseReference(typed, now);
          if (meant?.kind === 'isr') expect(meant.day <= now).toBe(true);
        }
      }),
    );
  });

  it('R-09: a crime number is never filled up with noughts', () => {
    expect([
      writeCrime({ n: 1, year: 2026 }),
      ...['41/0895/26', '41/895/2026', '41/1234567/26', ' 41/895/26', '40/895/26'].map(parseCrime),
    ]).toEqual(['41/1/26', null, null, null, null, null]);
  });
});
