import { describe, expect, it } from 'vitest';
import { somePlaces } from '../../../../tests/harness/places.ts';
import { lookUp } from '../../../shared/domain/place/find-place.ts';
import { buildGazetteer } from '../../../shared/domain/place/gazetteer.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { must } from '../../../shared/lib/assert.ts';
import { candidateOf, candidateOfPlace, spotOf, warningOf, type Candidate } from './candidate.ts';
import { readPlaceForm, type PlaceForm } from './place-form.ts';

const gazetteer = buildGazetteer(somePlaces());
function taken(query: string): Candidate {
  const [place] = lookUp(gazetteer, query).found;
  return candidateOfPlace(must(place, query), gazetteer);
}
const words = (typed: string): Candidate =>
  must(candidateOf({ kind: 'words', words: typed }, gazetteer, null), 'words');
const said = ({ words: row, house }: Candidate) => [row, house];

describe('what is kept of a place', () => {
  it('PL-64: the house stays out of the words that a row shows, however it is known', () => {
    expect(said(taken('12 High Street, Eastham'))).toEqual(['High Street, Eastham', '12']);
    expect(said(taken('14 High Street, Eastham'))).toEqual(['High Street, Eastham', '14']);
    const named = buildGazetteer(
      somePlaces({
        addresses: [
          {
            uprn: '999900000006',
            house: 'Brook End House',
            street: 'Larkmere Close',
            town: 'Westham',
            postcode: 'SG1 9VO',
            at: [51.905, -0.305],
          },
        ],
      }),
    );
    const place = lookUp(named, 'Larkmere Close').found.find(({ kind }) => kind === 'address');
    expect(said(candidateOfPlace(must(place, 'the house'), named))).toEqual([
      'Larkmere Close, Westham',
      'Brook End House',
    ]);
    expect(said(words('Flat 2, 14 Vanished Mews'))).toEqual(['Vanished Mews', 'Flat 2, 14']);
    expect(said(words('1st field by the weir'))).toEqual(['1st field by the weir', '']);
    expect(spotOf(taken('14 High Street, Eastham'), ' first floor ', true)).toEqual({
      words: 'High Street, Eastham',
      detail: '14, first floor',
      point: { latitude: 51.9, longitude: -0.102 },
      readBack: true,
    });
  });

  it('PL-65: words, a town alone and a road without a place on it have no position', () => {
    for (const candidate of [words('///filled.count.soap'), taken('Eastham'), taken('A1')])
      expect(candidate.point).toBeNull();
    expect(words('///filled.count.soap').words).toBe('///filled.count.soap');
    expect(taken('A414, Eastham')).toMatchObject({ words: 'A414, near Eastham' });
    expect(taken('A414, Eastham').point).not.toBeNull();
  });

  it('PL-31: the direction that the caller gave goes with the road', () => {
    const query = 'A1(M) J4';
    const [place] = lookUp(gazetteer, query).found;
    const asked = candidateOf(
      { kind: 'found', id: must(place, query).id, query, near: null },
      gazetteer,
      'northbound',
    );
    expect(taken(query)).toMatchObject({
      words: 'A1(M) J4, Westham',
      directions: ['northbound', 'southbound'],
    });
    expect(asked).toMatchObject({ words: 'A1(M) J4 northbound, Westham' });
    expect(asked?.sentence).toContain('northbound, near Westham');
  });

  it('PL-63: a machine’s position is read back as near something, and the place itself is asked for', () => {
    const location = {
      method: 'aml',
      latitude: 51.9052,
      longitude: -0.3051,
      radiusMetres: 22,
      place: null,
      at: asInstant(0),
    } as const;
    expect(candidateOf({ kind: 'location', location }, gazetteer, null)).toMatchObject({
      words: 'near Larkmere Close, Westham',
      radiusMetres: 22,
      sentence: 'Say back: near Larkmere Close, Westham. Where exactly are you, and what is next to you?',
    });
    expect(candidateOf({ kind: 'location', location }, null, null)?.words).toBe('51.90520, -0.30510');
  });
});

describe('whose it is', () => {
  it('PL-22: another force’s place names the town and the force, and how it is passed on', () => {
    expect(warningOf(taken('Northfield'))).toBe(
      'This is in Northfield: Northfield Police’s. Take the call fully, then Shift+T passes it on.',
    );
    expect(warningOf(taken('Larkmere Close'))).toBeNull();
    expect(warningOf(taken('52.1, -0.2'))).toContain('Take the call fully');
    expect(warningOf(words('by the weir'))).toBeNull();
  });

  it('PL-22: a circle over the boundary names the other force, on either side of it', () => {
    const at = (latitude: number) => ({
      kind: 'location' as const,
      location: {
        method: 'aml' as const,
        latitude,
        longitude: -0.3,
        radiusMetres: 200,
        place: null,
        at: asInstant(0),
      },
    });
    const warn = (latitude: number) =>
      warningOf(must(candidateOf(at(latitude), gazetteer, null), 'a candidate'));
    expect(warn(51.999)).toBe(
      'This may be Northfield Police: the circle crosses the boundary. Ask which side.',
    );
    expect(warn(52.001)).toBe(
      'This is Northfield Police’s. Take the call fully, then Shift+T passes it on. It may be Home Police: ask which side.',
    );
  });
});

describe('the form', () => {
  it('X-09: is read again as it was kept, and anything else is no form', () => {
    const forms: readonly PlaceForm[] = [
      { typed: 'larkm', detail: 'back door', taken: null, direction: null },
      {
        typed: 'A1(M) J4',
        detail: '',
        taken: {
          kind: 'found',
          id: 'junction:A1(M) J4',
          query: 'A1(M) J4',
          near: { latitude: 51, longitude: 0 },
        },
        direction: 'northbound',
      },
      { typed: '', detail: '', taken: { kind: 'words', words: 'by the weir' }, direction: null },
      {
        typed: '',
        detail: '',
        taken: {
          kind: 'location',
          location: {
            method: 'cell',
            latitude: 51,
            longitude: 0,
            radiusMetres: null,
            place: null,
            at: asInstant(5),
          },
        },
        direction: null,
      },
    ];
    for (const form of forms) expect(readPlaceForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
    expect(readPlaceForm('larkm')).toBeNull();
    expect(readPlaceForm({ typed: 4, taken: { kind: 'location', location: { method: 'x' } } })).toEqual({
      typed: '',
      detail: '',
      taken: null,
      direction: null,
    });
  });
});
