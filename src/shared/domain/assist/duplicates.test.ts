import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardDay, contactsOfCard, shippedLinking } from '../../../../tests/harness/assist-data.ts';
import { must } from '../../lib/assert.ts';
import { asContactId } from '../ids.ts';
import { later, MINUTE, SECOND } from '../time.ts';
import { parentsInstead, suggestLinks, type LinkSuggestion } from './duplicates.ts';
import { compileLinking, type Linkable } from './link-traits.ts';
import { peopleIn, platesIn, roadsIn } from './places-named.ts';

const linking = compileLinking(shippedLinking());
const now = later(cardDay, 60 * MINUTE);
const one = (card: string, at = cardDay): Linkable => must(contactsOfCard(card, at)[0], card);
const [e04, e05, e06] = [
  one('E04'),
  one('E05', later(cardDay, 58 * SECOND)),
  one('E06', later(cardDay, 6 * MINUTE)),
];

const nothing: Linkable = {
  id: asContactId('a'),
  ref: 'CON-1',
  receivedAt: cardDay,
  title: 'A question',
  place: null,
  account: 'I have a question.',
  messages: [],
  locations: [],
  spots: [],
  caller: { name: null, number: null, address: null },
  call: null,
  notes: [],
  triage: [],
  heard: [],
};
const other: Linkable = { ...nothing, id: asContactId('b'), ref: 'CON-2' };
const codes = (a: Linkable, b: Linkable): string[] =>
  suggestLinks(a, [b], now, linking).flatMap(({ because }) => because.map(({ code }) => code));
const at = (latitude: number, radiusMetres: number) => [
  { method: 'aml' as const, latitude, longitude: -0.2, radiusMetres, place: null, at: cardDay },
];

describe('suggestions', () => {
  it('AS-10: a child is replaced by its parent, once; what is only of the same caller stays, and one that has no parent as it was', () => {
    const of = (id: string, kinds: LinkSuggestion['kinds'] = ['same-incident']): LinkSuggestion => ({
      contact: asContactId(id),
      ref: `CON-${id}`,
      receivedAt: cardDay,
      kinds,
      because: [
        { code: 'near', sentence: '9 m apart.' },
        { code: 'same-number', sentence: 'The same number.' },
      ],
      strength: 'strong',
    });
    const told = (...found: readonly LinkSuggestion[]) =>
      parentsInstead(found, (id) => (['b', 'c', 'd'].includes(id) ? of('p') : null)).map(
        ({ contact, kinds, because }) => [contact, kinds.join(), because.map(({ code }) => code).join()],
      );
    const own = 'near,same-number';
    expect([
      told(of('b'), of('c'), of('p'), of('a')),
      told(of('a'), of('b')),
      told(of('b', ['same-caller'])),
      told(of('b', ['same-incident', 'same-caller'])),
    ]).toEqual([
      [
        ['p', 'same-incident', own],
        ['a', 'same-incident', own],
      ],
      [
        ['a', 'same-incident', own],
        ['p', 'same-incident', 'near,same-incident-as'],
      ],
      [['b', 'same-caller', own]],
      [
        ['p', 'same-incident', 'near,same-incident-as'],
        ['b', 'same-caller', own],
      ],
    ]);
  });

  it('AS-11: three callers of one crash are suggested for each other, with the reasons', () => {
    const found = suggestLinks(e06, [e04, e05], now, linking);
    expect(found.map(({ ref, kinds, strength }) => ({ ref, kinds, strength }))).toEqual([
      { ref: 'CON-E05-1', kinds: ['same-incident'], strength: 'strong' },
      { ref: 'CON-E04-1', kinds: ['same-incident'], strength: 'strong' },
    ]);
    expect(suggestLinks(e05, [e04], now, linking)[0]?.because.map(({ sentence }) => sentence)).toEqual([
      'Received within a minute of each other.',
      '252 m apart.',
      'Both name A414.',
      'Both tell of a crash.',
    ]);
  });

  it('AS-11: no card of another event is suggested for the crash', () => {
    const cards = Array.from({ length: 25 }, (_, n) => `E${String(n + 1).padStart(2, '0')}`);
    const others = cards
      .filter((card) => !['E04', 'E05', 'E06'].includes(card))
      .flatMap((c) => contactsOfCard(c));
    expect(suggestLinks(e04, others, now, linking)).toEqual([]);
  });

  it('AS-11: after 45 minutes it is another event', () => {
    const shifted = (minutes: number): Linkable => ({
      ...e05,
      receivedAt: later(e04.receivedAt, minutes * MINUTE),
    });
    expect(codes(e04, shifted(45))).toContain('same-road');
    expect(codes(e04, shifted(46))).toEqual([]);
  });

  it('AS-11: near each other is 300 m, whatever the circles leave open taken off; a mast says nothing', () => {
    // A thousandth of a degree of latitude is 111 m.
    const near = (latitude: number, radius: number) =>
      codes({ ...nothing, locations: at(51.9, 10) }, { ...other, locations: at(latitude, radius) });
    expect(near(51.9028, 10)).toContain('near');
    expect(near(51.903, 10)).toEqual([]);
    expect(near(51.903, 100)).toContain('near');
    expect(near(51.9, 2100)).toEqual([]);
  });

  it('AS-11: two events that cannot be one are not suggested for being near', () => {
    const locations = at(51.9, 100);
    const music = { ...nothing, locations: at(51.9015, 10), account: 'Loud music all night.' };
    const stolen = { ...other, locations: at(51.9, 10), account: 'My bicycle was stolen.' };
    expect(codes(music, stolen)).toEqual([]);
    expect(codes({ ...music, locations }, { ...stolen, locations })).toEqual([
      'circles-overlap',
      'same-time',
    ]);
  });

  it('AS-11: a High Street in one town is not the one in another', () => {
    const there = (place: string): Linkable => ({ ...other, place, account: 'A fight.' });
    const here = { ...nothing, place: 'High Street, Ware', account: 'They are fighting.' };
    expect(codes(here, there('High Street, Ware'))).toContain('same-road');
    expect(codes(here, there('High Street, Tring'))).toEqual([]);
  });

  it('AS-11: one plate or one person named by both is enough', () => {
    const told = (account: string, of: Linkable): Linkable => ({ ...of, account });
    expect(codes(told('A van, ek20iqd.', nothing), told('It was EK20 IQD again.', other))).toContain(
      'same-plate',
    );
    expect(codes(told('It is Kieran Marsh.', nothing), told('I saw Kieran Marsh there.', other))).toContain(
      'same-person',
    );
  });

  it('AS-11: the same caller is suggested whenever it was, by a name alone only as possible', () => {
    const by = (caller: Partial<Linkable['caller']>, of: Linkable, minutes = 0): Linkable => ({
      ...of,
      caller: { ...nothing.caller, ...caller },
      receivedAt: later(cardDay, -minutes * MINUTE),
    });
    const [number] = suggestLinks(
      by({ number: '07700 900845' }, nothing),
      [by({ number: '+447700900845' }, other, 3000)],
      now,
      linking,
    );
    expect(number).toMatchObject({
      kinds: ['same-caller'],
      strength: 'likely',
      because: [{ code: 'same-number', sentence: 'The same number.' }, { sentence: 'Received 2 days ago.' }],
    });
    const name = { name: 'Tessa Windle' };
    const [named] = suggestLinks(by(name, nothing), [by(name, other, 3000)], now, linking);
    expect(named).toMatchObject({ kinds: ['same-caller'], strength: 'possible' });
  });
});

describe('suggestions of any contacts', () => {
  const somePlace = fc.constantFrom(
    null,
    'A414, Hatfield',
    'High Street, Ware',
    'High Street, Tring',
    'Hatfield',
  );
  const someAccount = fc.constantFrom(
    'A crash on the A414.',
    'Loud music, High Street.',
    'It is EK20 IQD.',
    'I saw Kieran Marsh.',
    'A fire by the Longwater roundabout.',
    '',
  );
  const someContact: fc.Arbitrary<Linkable> = fc
    .record({
      n: fc.nat({ max: 6 }),
      minutes: fc.integer({ min: -100, max: 100 }),
      place: somePlace,
      account: someAccount,
      number: fc.constantFrom(null, '07700 900001', '07700 900002'),
      metres: fc.option(fc.nat({ max: 1000 })),
      radius: fc.constantFrom(null, 10, 200, 2000),
    })
    .map(({ n, minutes, place, account, number, metres, radius }) => ({
      ...nothing,
      id: asContactId(`c${n}`),
      ref: `CON-${n}`,
      receivedAt: later(cardDay, minutes * MINUTE),
      place,
      account,
      caller: { ...nothing.caller, number },
      locations:
        metres === null ? [] : [{ ...must(at(51.9 + metres / 111_000, 10)[0], 'one'), radiusMetres: radius }],
    }));

  it('AS-11: never itself; the same whatever the order; the same incident goes both ways', () => {
    const contacts = fc.uniqueArray(someContact, { selector: ({ id }) => id, maxLength: 7, minLength: 1 });
    fc.assert(
      fc.property(contacts, fc.infiniteStream(fc.nat()), (all, shuffle) => {
        const [contact] = all;
        if (contact === undefined) return;
        const found = suggestLinks(contact, all, now, linking);
        expect(found.map(({ contact: id }) => id)).not.toContain(contact.id);
        const order = new Map(all.map(({ id }) => [id, shuffle.next().value as number]));
        const shuffled = all.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
        expect(suggestLinks(contact, shuffled, now, linking)).toEqual(found);
        for (const another of all.slice(1)) {
          const there = suggestLinks(contact, [another], now, linking)[0];
          const back = suggestLinks(another, [contact], now, linking)[0];
          expect(back?.kinds).toEqual(there?.kinds);
          expect(back?.strength).toEqual(there?.strength);
          if (there?.kinds.includes('same-incident') === true) expect(back?.because).toEqual(there.because);
        }
      }),
    );
  });
});

describe('what people name', () => {
  it('AS-12: roads and junctions are one however they are written', () => {
    expect(roadsIn('On the a1 (m), at J4, then Old Tannery Row near the Longwater Roundabout')).toEqual([
      'a1(m)',
      'junction 4',
      'tannery row',
      'longwater roundabout',
    ]);
    expect(roadsIn('down the road, very close, over the bridge, emergency services, a 12 inch pipe')).toEqual(
      [],
    );
  });

  it('AS-12: a plate is no postcode and no road', () => {
    expect(platesIn('lb71 qiv and EK20IQD, SG12 9MO, the A414 AND M25 THE, P456 IQT')).toEqual([
      'LB71QIV',
      'EK20IQD',
      'P456IQT',
    ]);
  });

  it('AS-12: a town of two words and a road are nobody', () => {
    const names = peopleIn(
      'Please, Kieran O’Marsh came from Hemel Hempstead to Swan Parade. The Police.',
      linking.notPeople,
    );
    expect(names).toEqual(['kieran omarsh']);
  });

  it('AS-12: a hostile text of 100 kB is read in a moment', () => {
    for (const text of ['a'.repeat(100_000), 'a '.repeat(50_000), 'Aa'.repeat(50_000), 'A'.repeat(100_000)]) {
      expect([roadsIn(text), platesIn(text), peopleIn(text, linking.notPeople)]).toEqual([[], [], []]);
    }
  });
});
