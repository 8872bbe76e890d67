import { describe, expect, it } from 'vitest';
import { asInstant, HOUR, later, MINUTE } from '../time.ts';
import { crimeClock, crimeDueAt, CRIME_NEAR_MS, type CrimeClockFacts } from './crime-clock.ts';
import { missingInCrimeDecision, withClass } from './whole-decision.ts';

const at = (text: string) => asInstant(Date.parse(text));
const receivedAt = at('2026-11-23T19:48:00Z');
const open: CrimeClockFacts = { receivedAt, decision: null, decidedAt: null, expects: 'expected' };
const policy = {
  categories: [
    {
      code: 'CR-HAT',
      group: 'crime',
      name: 'Hate crime',
      words: ['hate'],
      use: ['opening', 'closing'],
      crime: 'expected',
    },
    {
      code: 'AD-MSG',
      group: 'administration',
      name: 'Message',
      words: ['message'],
      use: ['opening', 'closing'],
      crime: 'none',
    },
  ],
  notACrime: [{ code: 'civil', name: 'A civil matter' }],
} as const;

describe('the 24 hours', () => {
  it('R-08: run from receipt: an e-mail of Monday evening read on Tuesday morning has used eleven of them', () => {
    expect(crimeClock(open, at('2026-11-24T07:10:00Z'))).toEqual({
      kind: 'running',
      ms: 12 * HOUR + 38 * MINUTE,
      dueAt: at('2026-11-24T19:48:00Z'),
    });
  });

  it('R-08: are near for the last two, and late from the first millisecond after', () => {
    const due = crimeDueAt(open);
    const kinds = [-CRIME_NEAR_MS - 1, -CRIME_NEAR_MS, 0, 1].map(
      (ms) => crimeClock(open, later(due, ms)).kind,
    );
    expect(kinds).toEqual(['running', 'near', 'near', 'late']);
  });

  it('R-08: are 24 hours that pass, also in the nights of 23 and 25', () => {
    const evenings = ['2026-03-28T20:00:00Z', '2026-10-24T19:00:00Z'].map(at);
    expect(evenings.map((received) => crimeDueAt({ receivedAt: received }) - received)).toEqual([
      24 * HOUR,
      24 * HOUR,
    ]);
  });

  it('R-08: end with a decision, and it stays known how late that was', () => {
    const decision = { kind: 'elsewhere', force: 'Metropolitan Police', theirRef: null } as const;
    const decided = (ms: number) =>
      crimeClock({ ...open, decision, decidedAt: later(receivedAt, ms) }, later(receivedAt, 90 * HOUR));
    expect([decided(HOUR), decided(25 * HOUR)]).toEqual([
      { kind: 'decided', lateMs: 0 },
      { kind: 'decided', lateMs: HOUR },
    ]);
  });

  it('R-08: go on while nobody has decided, and also before there is a category', () => {
    const now = later(receivedAt, HOUR);
    expect(crimeClock({ ...open, decision: { kind: 'not-yet' }, decidedAt: receivedAt }, now).kind).toBe(
      'running',
    );
    expect(
      ([null, 'possible', 'expected', 'none'] as const).map(
        (expects) => crimeClock({ ...open, expects }, now).kind,
      ),
    ).toEqual(['running', 'running', 'running', 'not-needed']);
  });
});

describe('a decision about a crime', () => {
  const missing = (decision: Parameters<typeof missingInCrimeDecision>[0]) =>
    missingInCrimeDecision(decision, policy);

  it('R-04: is whole with an offence, with a reason and its words, or with a force', () => {
    expect([
      ...missing({ kind: 'recorded', offence: 'Racially aggravated damage', offenceClass: 'CR-HAT' }),
      ...missing({ kind: 'not-a-crime', because: 'civil', words: 'A fence on the boundary, no damage' }),
      ...missing({ kind: 'elsewhere', force: 'Metropolitan Police', theirRef: null }),
      ...missing({ kind: 'not-yet' }),
    ]).toEqual([]);
  });

  it('R-04: no crime is recorded without its class; one that closes as a crime is of that class', () => {
    const boat = { kind: 'recorded', offence: 'Theft of a boat', offenceClass: null } as const;
    const theft = { code: 'CR-THF', group: 'crime' } as const;
    expect(missing(boat)).toEqual(['Choose the class of the crime from the list.']);
    expect(withClass(boat, theft)).toEqual({ ...boat, offenceClass: 'CR-THF' });
    expect(withClass({ ...boat, offenceClass: 'CR-BOT' }, theft)).toMatchObject({ offenceClass: 'CR-BOT' });
    expect(withClass(boat, { code: 'PS-DOM', group: 'welfare' })).toBe(boat);
    expect(withClass(boat, null)).toBe(boat);
  });

  it('R-04: says what it lacks: no crime without words, no other force without its name', () => {
    expect([
      ...missing({ kind: 'recorded', offence: ' ', offenceClass: 'AD-MSG' }),
      ...missing({ kind: 'not-a-crime', because: '', words: '' }),
      ...missing({ kind: 'elsewhere', force: '', theirRef: 'x'.repeat(41) }),
    ]).toEqual([
      'Write which crime it is.',
      'Choose the class of the crime from the list.',
      'Choose why it is not a crime.',
      'Write what in the account shows that it is not a crime.',
      'Write which force records it.',
      'Their reference has 41 characters; 40 fit.',
    ]);
  });
});
