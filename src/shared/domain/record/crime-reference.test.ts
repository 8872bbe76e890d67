import { describe, expect, it } from 'vitest';
import { anActor, anId, aContact, testStart } from '../../../../tests/harness/builders.ts';
import type { Contact } from '../contact.ts';
import { asCommandId, type CommandId } from '../ids.ts';
import { apply } from '../lifecycle.ts';
import type { CrimeDecision } from './crime-decision.ts';
import { provisionalCrimeRef } from './crime-reference.ts';
import { provisionalRefOf } from './references.ts';

const [first, second] = [asCommandId(anId(0xa1)), asCommandId(anId(0xb2))];
const recorded: CrimeDecision = { kind: 'recorded', offence: 'Burglary', offenceClass: null };
const not: CrimeDecision = {
  kind: 'not-a-crime',
  because: 'no-offence',
  words: 'the lock was broken before',
};

const decided = (
  contact: Contact,
  crime: CommandId,
  decision: CrimeDecision,
  ref: string | null = null,
): Contact =>
  apply(contact, {
    contact: contact.id,
    rev: contact.rev + 1,
    at: testStart,
    by: anActor(),
    what: { kind: 'crime-decided', crime, decision, ref },
  });

describe('the provisional reference of a crime', () => {
  it('R-26: comes of the command that records it, so that a desk without the queue and the queue have the same', () => {
    const desk = decided(aContact(), first, recorded);
    const queue = decided(aContact(), first, recorded, '41/895/26');
    expect(desk.crime).toMatchObject({ ref: null, provisionalRef: provisionalRefOf(first) });
    expect(queue.crime).toEqual({ ...desk.crime, ref: '41/895/26' });
    expect(desk.crime?.provisionalRef).toMatch(/^PROV-[A-Z0-9]{6}$/);
  });

  it('R-26: is nobody’s while no crime is recorded, and stays whatever is decided later', () => {
    const none = decided(aContact(), first, not);
    const later = decided(none, second, recorded);
    const undone = decided(later, first, not);
    const again = decided(undone, first, recorded);
    expect([none, later, undone, again].map(({ crime }) => crime?.provisionalRef)).toEqual([
      '',
      provisionalRefOf(second),
      provisionalRefOf(second),
      provisionalRefOf(second),
    ]);
  });

  it('R-26: is none where the crime had its number before there were any', () => {
    const crime = { id: first, decision: recorded, ref: '41/7/26', by: anActor(), at: testStart };
    // A body of an older program lacks the field.
    const old = aContact({ crime: crime as unknown as Contact['crime'] });
    expect(provisionalCrimeRef(old, second, recorded)).toBe('');
    expect(decided(old, second, recorded).crime).toMatchObject({ ref: '41/7/26', provisionalRef: '' });
  });
});
