import { describe, expect, it } from 'vitest';
import { aContact } from '../../../../tests/harness/builders.ts';
import type { Day } from '../london.ts';
import { referencesNamed } from './references-named.ts';

const today = '2026-11-23' as Day;
const named = (account: string, answers: readonly string[] = []) =>
  referencesNamed(
    {
      ...aContact({ channel: 'online-report', account }),
      form: {
        kind: 'crime',
        answers: answers.map((answer, n) => ({ id: `q${n}`, question: 'Which?', answer })),
      },
    },
    today,
  );

describe('references that somebody gives in their own words', () => {
  it('AS-29: a number of ours is known in an account and in an answer of the form, each once', () => {
    expect(
      named('It is about con-20261122-000041 again (CON-20261122-000041).', ['crime 41/1403/26']),
    ).toEqual([
      { kind: 'contact', ref: 'CON-20261122-000041' },
      { kind: 'crime', n: 1403, year: 2026 },
    ]);
    expect(named('They said 2026-11-20/0412, or PROV-K7M2QX')).toEqual([
      { kind: 'prov', ref: 'PROV-K7M2QX' },
      { kind: 'isr', day: '2026-11-20', n: 412 },
    ]);
  });

  it('AS-29: a date, a plate, a telephone number and a price are none', () => {
    expect(
      named('On 23/11/26 EK20 IQD hit my car, £412, ring 07700 900114 after 14/3 or 41 London Road'),
    ).toEqual([]);
  });
});
