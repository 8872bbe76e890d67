import { describe, expect, it } from 'vitest';
import { manyPlaces, somePlaces } from '../../../../tests/harness/places.ts';
import { findPlaces, lookUp } from './find-place.ts';
import { placeLine } from './found-place.ts';
import { LOOK_LIMIT } from './find-words.ts';
import { buildGazetteer } from './gazetteer.ts';

const gazetteer = buildGazetteer(somePlaces());
const lines = (query: string) => findPlaces(gazetteer, query).map(placeLine);
const best = (query: string) => findPlaces(gazetteer, query)[0];

describe('finding a place by name', () => {
  it('PL-10: by all of it, its beginning, a word of it, or with one slip; and says why', () => {
    const how = (query: string) => {
      const found = best(query);
      return [found?.name, found?.matched, found?.why];
    };
    expect(how('larkmere close')).toEqual(['Larkmere Close', 'exact', 'the name as typed']);
    expect(how('larkm')).toEqual(['Larkmere Close', 'prefix', 'begins with what was typed']);
    expect(how('the larkmere thing')).toEqual(['Larkmere Close', 'word', 'has the word larkmere']);
    expect(how('larkmire close')).toEqual(['Larkmere Close', 'slip', 'one letter from “larkmire”']);
    for (const slip of ['lrkmere', 'larkkmere', 'lakrmere', 'larkmexe'])
      expect(best(slip)?.name).toBe('Larkmere Close');
    expect(lines('larkmuse close')).toEqual([]);
  });

  it('PL-10: short forms, capitals, apostrophes and accents make no difference', () => {
    for (const query of ["Hobbin's Lane", 'hobbins ln', 'HOBBINS LN.', 'hobbin’s lane', 'Höbbins Lane'])
      expect(best(query)).toMatchObject({ name: "Hobbin's Lane", matched: 'exact' });
    expect(best('High St St Osyn')?.why).toBe('the name as typed; in Westham, not St Osyn');
    expect(best("Hobbin's Ln St Osyn")).toMatchObject({ town: 'St Osyn', matched: 'exact' });
  });

  it('PL-10: what only says where beside a place somebody is does not hide the place', () => {
    for (const query of [
      'Behind Larkmere Close, Westham',
      'Larkmere Close, Westham, upstairs at the back',
      'outside larkmere close',
    ])
      expect(best(query)?.name).toBe('Larkmere Close');
  });

  it('PL-11: the same name in two towns is listed twice, each with town and district', () => {
    const found = findPlaces(gazetteer, 'High Street').filter(({ kind }) => kind === 'street');
    expect(found.map(({ town, district, alsoIn }) => [town, district, alsoIn])).toEqual([
      ['Westham', 'West', ['Eastham']],
      ['Eastham', 'East', ['Westham']],
    ]);
  });

  it('PL-11: the town that was named comes first, and the other stays in the list', () => {
    const found = findPlaces(gazetteer, 'high st, eastham').filter(({ kind }) => kind === 'street');
    expect(found.map(({ town, why }) => [town, why])).toEqual([
      ['Eastham', 'the name as typed'],
      ['Westham', 'the name as typed; in Westham, not Eastham'],
    ]);
  });

  it('PL-13: a house that is known is found, and one that is not gives its street and no other house', () => {
    expect(best('12 High Street, Eastham')).toMatchObject({
      kind: 'address',
      precision: 20,
      uprn: '999900000005',
    });
    const other = findPlaces(gazetteer, '14 High Street, Eastham');
    expect(other[0]).toMatchObject({ kind: 'street', house: '14', town: 'Eastham', precision: 'road' });
    expect(other.some(({ kind }) => kind === 'address')).toBe(false);
  });

  it('PL-14: when only the town is known, the town is shown and says so', () => {
    expect(best('Vanished Mews, Eastham')).toMatchObject({
      kind: 'town',
      name: 'Eastham',
      matched: 'town-only',
    });
  });

  it('PL-15: when nothing is found, a sentence says what to ask', () => {
    expect(lookUp(gazetteer, 'Vanished Mews')).toMatchObject({
      found: [],
      advice: 'Nothing of that name is known here. Ask for the town, a junction or a landmark.',
    });
    expect(lookUp(gazetteer, '')).toMatchObject({ found: [], advice: null });
  });

  it('PL-16: of equal names the one nearer to the caller comes first', () => {
    const town = (longitude: number) =>
      findPlaces(gazetteer, 'high street', { near: { latitude: 51.9, longitude } })[0]?.town;
    expect([town(-0.31), town(-0.09)]).toEqual(['Westham', 'Eastham']);
  });

  it('PL-20: each find names precision, district, neighbourhood and force', () => {
    expect(best('Larkmere Close')).toMatchObject({
      precision: 'road',
      district: 'West',
      neighbourhood: 'West Upper',
      force: 'Home Police',
      isHome: true,
    });
    expect(best('Northfield')).toMatchObject({
      precision: 'area',
      district: null,
      force: 'Northfield Police',
      isHome: false,
    });
  });

  it('PL-12: among twenty thousand streets one search compares few, at every key press', () => {
    const many = buildGazetteer(manyPlaces(20_000));
    expect(many.entries.length).toBeGreaterThan(20_000);
    const typed = 'Larkmere Close, Westham';
    for (let length = 1; length <= typed.length; length += 1)
      expect(lookUp(many, typed.slice(0, length)).lookedAt).toBeLessThanOrEqual(LOOK_LIMIT);
    expect(lookUp(many, typed)).toMatchObject({ lookedAt: 1, found: [{ name: 'Larkmere Close' }] });
    expect(lookUp(many, 'Oakwood Road, Eastham').lookedAt).toBeLessThan(100);
    // A whole name is never crowded out by words that thousands share.
    for (const whole of ['High Street, Eastham', 'Willowworth Crescent', 'Yewbank Rd'])
      expect(findPlaces(many, whole)[0]).toMatchObject({ matched: 'exact' });
  });
});

describe('finding a place by number', () => {
  it('PL-08: a UPRN and a postcode lead to their street; half a postcode to its town', () => {
    expect(best('999900000001')?.name).toBe('Larkmere Close');
    expect(lines('sg19vo')).toEqual(['Larkmere Close, Westham SG1 9VO']);
    expect(best('SG2 1AA')).toMatchObject({
      name: 'Eastham',
      matched: 'town-only',
      why: 'in SG2; SG2 1AA itself is not known here',
    });
    expect(lookUp(gazetteer, '12345678').advice).toBe(
      'UPRN 12345678 is not known here. Ask for the street and the town.',
    );
    expect(lookUp(gazetteer, 'ZE1 0AA').advice).toContain('is not known here');
  });

  it('PL-02: a grid reference and a position are places of their own, with the town that is nearest', () => {
    expect(best('51.9001, -0.3')).toMatchObject({
      kind: 'coordinates',
      town: 'Westham',
      district: 'West',
      precision: 20,
    });
    expect(best('TL 234 123')).toMatchObject({ kind: 'grid-reference', precision: 100 });
    expect(lookUp(gazetteer, 'TL 23412')).toMatchObject({
      found: [],
      advice: expect.stringContaining('5 figures') as string,
    });
  });

  it('PL-04: what3words never get a position, and another description is asked for', () => {
    const { found, advice } = lookUp(gazetteer, '///filled.count.soap');
    expect(found).toEqual([]);
    expect(advice).toBe(
      'Only the what3words service can say where ///filled.count.soap is. Keep the words, and ask for a road, a junction or a landmark.',
    );
  });

  it('PL-05: a marker post is found by distance, and its side gives the direction', () => {
    const found = best('A1M A 30.0');
    expect(found).toMatchObject({ kind: 'marker-post', name: 'A1(M) A 30.0', direction: 'northbound' });
    // Ten kilometres north of where the line begins.
    expect(found?.point.latitude).toBeCloseTo(51.8 + 10_000 / 111_195, 4);
    expect(best('A1(M) 30/0')).toMatchObject({ direction: null, directions: ['northbound', 'southbound'] });
    expect(lookUp(gazetteer, 'A1(M) A 99.9').advice).toBe(
      'Marker posts of the A1(M) are known here from 20.0 to 42.2. Ask for the number again.',
    );
    expect(lookUp(gazetteer, 'A414 12/3').advice).toContain('No marker posts of the A414');
  });

  it('PL-06: a junction, two junctions, and one without its road', () => {
    expect(best('junction 4 of the A1M')).toMatchObject({
      name: 'A1(M) J4',
      town: 'Westham',
      precision: 500,
    });
    expect(best('between J3 and J4')).toMatchObject({ name: 'A1(M) J3 to J4', precision: 'road' });
    expect(best('between J3 and J4')?.point.latitude).toBeCloseTo(51.9, 3);
    expect(lookUp(gazetteer, 'A1(M) J9').advice).toBe(
      'The A1(M) has no J9 here. Ask which road, and for the next junction.',
    );
  });

  it('PL-07: a numbered road is shown at the town that was named, and a landmark on it first', () => {
    expect(best('A414, Eastham')).toMatchObject({
      kind: 'road',
      town: 'Eastham',
      point: { longitude: expect.closeTo(-0.1, 3) as number },
    });
    const near = (longitude: number) =>
      findPlaces(gazetteer, 'A414, Eastham', { near: { latitude: 51.92, longitude } })[0]?.point.longitude;
    // Seven kilometres from Eastham the caller decides; fourteen kilometres away the town does.
    expect(near(-0.2)).toBeCloseTo(-0.2, 3);
    expect(near(-0.3)).toBeCloseTo(-0.1, 3);
    // Its middle is nobody's place.
    expect(best('A1')).toMatchObject({
      kind: 'road',
      name: 'A1(M)',
      town: null,
      district: null,
      force: null,
    });
    expect(best('Bridge over the A1(M), Westham, northbound side')).toMatchObject({ kind: 'bridge' });
    expect(findPlaces(gazetteer, 'A1(M) northbound')[0]).toMatchObject({ direction: 'northbound' });
    expect(lookUp(gazetteer, 'A999').advice).toBe(
      'The A999 is not on this map. Ask for a town, a junction or a landmark.',
    );
  });

  it('PL-07: a town that somebody is leaving or going to does not place them', () => {
    expect(best('A414, Westham, leaving Eastham')).toMatchObject({ kind: 'road', town: 'Westham' });
    expect(best('A414 Westham towards Eastham')).toMatchObject({
      town: 'Westham',
      direction: 'towards Eastham',
    });
  });
});
