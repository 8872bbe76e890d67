import { describe, expect, it } from 'vitest';
import { freshnessOf } from './checked.ts';
import { signpostStanding } from './signpost.ts';

const first = { ask: 'Is anybody hurt?', thenPolice: 'Grade it now.' };
const second = { ask: 'Is a courier coming?', thenPolice: 'It is in progress.' };
const card = { checkFirst: [first, second] };

describe('a signpost', () => {
  it('SG-01: asks about safety before it says anything, one question after the other', () => {
    expect([
      signpostStanding(card, []),
      signpostStanding(card, ['no']),
      signpostStanding(card, [null, 'no']),
    ]).toEqual([
      { kind: 'ask', next: 0 },
      { kind: 'ask', next: 1 },
      { kind: 'ask', next: 0 },
    ]);
  });

  it('SG-02: one “yes” and it is for the police, whatever else was answered', () => {
    expect([
      signpostStanding(card, ['yes']),
      signpostStanding(card, ['no', 'yes']),
      signpostStanding(card, [null, 'yes']),
    ]).toEqual([
      { kind: 'police', because: first },
      { kind: 'police', because: second },
      { kind: 'police', because: second },
    ]);
  });

  it('SG-02: only “no” to every question sends somebody elsewhere', () => {
    expect(signpostStanding(card, ['no', 'no'])).toEqual({ kind: 'signpost' });
  });

  it('SG-03: says when it was checked, that it is out of date, or that nobody has checked it', () => {
    const dates = { source: 'a page', owner: 'a role', checkedOn: '2026-11-23', reviewBy: '2027-05-31' };
    expect([
      freshnessOf(dates, '2027-05-31'),
      freshnessOf(dates, '2027-06-01').kind,
      freshnessOf({ ...dates, checkedOn: null }, '2026-11-23').kind,
    ]).toEqual([{ kind: 'fresh', words: 'Checked on 23 November 2026.' }, 'stale', 'unchecked']);
    expect(freshnessOf(dates, '2027-06-01').words).toContain('due to be checked again by 31 May');
  });
});
