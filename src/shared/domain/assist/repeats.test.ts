import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardDay, contactsOfCard, shippedLinking } from '../../../../tests/harness/assist-data.ts';
import { must } from '../../lib/assert.ts';
import { asContactId } from '../ids.ts';
import { callerKeys } from '../same-caller.ts';
import { HOUR, later } from '../time.ts';
import { circlesOf } from './circle.ts';
import { repeatsOf, type EarlierContact } from './repeats.ts';

const policy = shippedLinking();
const DAY = 24 * HOUR;
const by = (number: string | null) => callerKeys({ name: null, address: null, number });
const contact = (id: string, hoursAgo: number, over: Partial<EarlierContact> = {}): EarlierContact => ({
  id: asContactId(id),
  ref: `CON-${id}`,
  receivedAt: later(cardDay, -hoursAgo * HOUR),
  keys: by('07700 900956'),
  circles: [],
  ...over,
});
const here = [{ latitude: 51.75, longitude: -0.34, radiusMetres: 30 }];
const kindsOf = (one: EarlierContact, earlier: readonly EarlierContact[]): string[] =>
  repeatsOf(one, earlier, policy).map(({ kind, count }) => `${kind} ${count}`);

describe('repeats', () => {
  it('AS-19: the third contact within 24 hours makes a repeat caller, with the reason and the dates', () => {
    const [repeat] = repeatsOf(contact('c', 0), [contact('a', 24), contact('b', 1)], policy);
    expect(repeat).toEqual({
      kind: 'repeat-caller',
      count: 3,
      sentence: '3 contacts in 24 hours from the same number.',
      contacts: [
        { id: 'b', ref: 'CON-b', receivedAt: cardDay - HOUR, because: ['same-number'] },
        { id: 'a', ref: 'CON-a', receivedAt: cardDay - DAY, because: ['same-number'] },
      ],
    });
    expect(kindsOf(contact('c', 0), [contact('a', 24.01), contact('b', 1)])).toEqual([]);
  });

  it('AS-19: the third contact about a place counts as far back as a desk keeps contacts, and says so', () => {
    const about = (id: string, hours: number) => contact(id, hours, { keys: by(null), circles: here });
    const [repeat] = repeatsOf(about('c', 0), [about('a', 72), about('b', 3)], policy);
    expect(repeat?.sentence).toBe('3 contacts about the same place, of the last 72 hours on this desk.');
    expect(kindsOf(about('c', 0), [about('a', 72.1), about('b', 3)])).toEqual([]);
  });

  it('AS-19: a policy that counts no further back than a desk keeps is said as it is', () => {
    const about = (id: string, hours: number) => contact(id, hours, { keys: by(null), circles: here });
    const days = { ...policy, repeats: { ...policy.repeats, location: { contacts: 3, days: 2 } } };
    const [repeat] = repeatsOf(about('c', 0), [about('a', 48), about('b', 3)], days);
    expect(repeat?.sentence).toBe('3 contacts in 2 days about the same place.');
  });

  it('AS-19: the caller of E12 is a repeat caller from the third contact on', () => {
    const all = contactsOfCard('E12').map((one): EarlierContact => ({
      id: one.id,
      ref: one.ref,
      receivedAt: one.receivedAt,
      keys: callerKeys(one.caller),
      circles: circlesOf(one.locations, policy.largestRadiusMetres),
    }));
    expect(all.map((one) => kindsOf(one, all).length)).toEqual(all.map((_, n) => (n < 2 ? 0 : 1)));
    expect(repeatsOf(must(all.at(-1), 'the last'), all, policy)[0]?.sentence).toBe(
      `${all.length} contacts in 24 hours from the same number or the same name.`,
    );
  });

  it('AS-19: the contact itself, later ones and the order of the list make no difference', () => {
    const some = fc.record({ n: fc.nat({ max: 8 }), hours: fc.integer({ min: -30, max: 30 }) });
    const list = fc.uniqueArray(some, { selector: ({ n }) => n, maxLength: 8 });
    fc.assert(
      fc.property(list, (earlier) => {
        const one = contact('x', 0);
        const all = earlier.map(({ n, hours }) => contact(`c${n}`, hours));
        const result = repeatsOf(one, all, policy);
        expect(repeatsOf(one, [one, ...all.toReversed()], policy)).toEqual(result);
        const counted = earlier.filter(({ hours }) => hours >= 0 && hours <= 24).length + 1;
        expect(result.map(({ count }) => count)).toEqual(counted >= 3 ? [counted] : []);
      }),
    );
  });
});
