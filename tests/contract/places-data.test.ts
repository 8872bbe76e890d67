import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readYaml } from '../../src/platform/yaml-file.ts';
import { placesPolicySchema } from '../../src/shared/contract/policy/places.ts';
import { areasAt, buildAreas } from '../../src/shared/domain/place/areas.ts';
import { findPlaces } from '../../src/shared/domain/place/find-place.ts';
import { buildGazetteer } from '../../src/shared/domain/place/gazetteer.ts';
import { metresBetween, type Point } from '../../src/shared/domain/place/point.ts';
import { isInside } from '../../src/shared/domain/place/polygon.ts';
import { drawSketch } from '../../src/shared/domain/place/sketch.ts';
import { somePlaces } from '../harness/places.ts';

const file = new URL('../../resources/policy/places.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');
const places = readYaml('places.yaml', text, placesPolicySchema).value;
const gazetteer = buildGazetteer(places);
const areas = buildAreas(places);
const at = (latitude: number, longitude: number): Point => ({ latitude, longitude });
const whose = (latitude: number, longitude: number) => {
  const { force, district } = areasAt(areas, at(latitude, longitude), 0);
  return [force?.short, district?.name ?? null];
};

/** Every place and position of the contact cards, as the public's words have them. */
interface CardPlace {
  readonly card: string;
  readonly place: string;
}
const scenarios = new URL('../../resources/scenarios/', import.meta.url);
const cards = readdirSync(scenarios).filter((name) => name.endsWith('.yaml'));

function collect(
  card: string,
  node: unknown,
  places_: CardPlace[],
  points: (Point & { card: string })[],
): void {
  if (Array.isArray(node)) for (const one of node) collect(card, one, places_, points);
  else if (node !== null && typeof node === 'object') {
    const fields = node as Readonly<Record<string, unknown>>;
    for (const field of ['place', 'address']) {
      const value = fields[field];
      if (typeof value === 'string') places_.push({ card, place: value });
    }
    if (typeof fields['latitude'] === 'number' && typeof fields['longitude'] === 'number')
      points.push({ card, latitude: fields['latitude'], longitude: fields['longitude'] });
    for (const value of Object.values(fields)) collect(card, value, places_, points);
  }
}
const cardPlaces: CardPlace[] = [];
const cardPoints: (Point & { card: string })[] = [];
for (const card of cards)
  collect(card, parse(readFileSync(new URL(card, scenarios), 'utf8')), cardPlaces, cardPoints);

describe('the file of places that comes with the program', () => {
  it('PL-42: every place and address of the contact cards is found, in its own town', () => {
    expect(cardPlaces.length).toBeGreaterThan(25);
    const missed = cardPlaces.filter(({ place }) => {
      const [found] = findPlaces(gazetteer, place);
      const isTownOnly = found?.matched === 'town-only' && place.includes(',');
      const named = places.towns.map(({ name }) => name).filter((name) => place.includes(name));
      const isInTown =
        named.length === 0 || named.some((name) => name === found?.name || name === found?.town);
      return found === undefined || isTownOnly || !isInTown;
    });
    expect(missed).toEqual([]);
  });

  it('PL-42: a position that a card gives is within a kilometre and a half of the place that it names', () => {
    expect(cardPoints.length).toBeGreaterThan(8);
    for (const point of cardPoints) {
      // A card of several contacts may move; only those of one place can be compared.
      const own = cardPlaces.filter(({ card, place }) => card === point.card && !/\d[A-Z]{2}$/.test(place));
      const nearest = Math.min(
        ...own.map(({ place }) =>
          metresBetween(findPlaces(gazetteer, place, { near: point })[0]?.point ?? at(0, 0), point),
        ),
      );
      expect([point.card, nearest < 1500]).toEqual([point.card, true]);
    }
  });

  it('PL-20: places that anybody can look up lie in their own district and force', () => {
    expect(whose(51.7503, -0.3275)).toEqual(['Hertfordshire', 'St Albans']);
    expect(whose(51.8667, 0.1649)).toEqual(['Hertfordshire', 'East Herts']);
    expect(whose(52.053, -0.0269)).toEqual(['Hertfordshire', 'North Herts']);
    expect(whose(51.8007, -0.6224)).toEqual(['Hertfordshire', 'Dacorum']);
    expect(whose(51.8747, -0.3683)).toEqual(['Bedfordshire', null]);
    expect(whose(51.885, 0.235)).toEqual(['Essex', null]);
    expect(whose(51.652, -0.081)).toEqual(['Met', null]);
    expect(whose(52.082, 0.016)).toEqual(['Cambridgeshire', null]);
    expect(whose(51.674, -0.607)).toEqual(['Thames Valley', null]);
  });

  it('PL-21: every point of the county is in one district, and every point of the sketch in one force', () => {
    const home = areas.forces.find(({ isHome }) => isHome);
    const points = fc.record({
      latitude: fc.double({ min: 51.481, max: 52.199, noNaN: true }),
      longitude: fc.double({ min: -0.999, max: 0.399, noNaN: true }),
    });
    const property = fc.property(points, (point) => {
      const districts = areas.districts.filter(({ ring }) => isInside(ring, point)).length;
      expect(areas.forces.filter(({ ring }) => isInside(ring, point)).length).toBe(1);
      expect(districts).toBe(home !== undefined && isInside(home.ring, point) ? 1 : 0);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('PL-20: towns, neighbourhoods, streets, landmarks and addresses lie where they say', () => {
    const districtOf = new Map(places.towns.map(({ name, district }) => [name, district ?? null]));
    const astray = [
      ...places.towns.map(({ name, district, centre }) => ({
        name,
        district: district ?? null,
        spot: centre,
      })),
      ...places.neighbourhoods.map(({ name, district, centre }) => ({ name, district, spot: centre })),
      ...places.streets.map(({ name, town, at: spot }) => ({
        name,
        district: districtOf.get(town) ?? null,
        spot,
      })),
      ...places.addresses.map(({ street, town, at: spot }) => ({
        name: street,
        district: districtOf.get(town) ?? null,
        spot,
      })),
    ].filter(({ district, spot }) => (areasAt(areas, at(...spot), 0).district?.id ?? null) !== district);
    expect(astray).toEqual([]);
    expect([
      places.districts.length,
      new Set(places.neighbourhoods.map(({ name }) => name)).size,
      places.forces.length,
    ]).toEqual([10, 33, 6]);
  });

  it('PL-20: every neighbourhood has its team in the directory', () => {
    const directory = readFileSync(new URL('directory.yaml', file), 'utf8').replaceAll('’', "'");
    const without = places.neighbourhoods.filter(
      ({ name }) => !directory.includes(`${name} neighbourhood team`),
    );
    expect(without).toEqual([]);
  });

  it('PL-07: every junction and landmark on a road lies by it', () => {
    for (const { number, junctions, line } of places.roads)
      for (const { name, at: spot } of junctions)
        expect([number, name, line.some((corner) => metresBetween(at(...corner), at(...spot)) < 50)]).toEqual(
          [number, name, true],
        );
  });

  it('PL-41: it says what it is; its numbers and postcodes are no real place’s', () => {
    expect(places.note).toMatch(/Sketch data, not survey data/);
    for (const { uprn, postcode } of [...places.streets, ...places.addresses]) {
      expect(uprn).toMatch(/^9999\d{8}$/);
      expect(postcode).toMatch(/[CIKMOV][A-Z]$|[CIKMOV]$/);
    }
    expect(text.length).toBeLessThan(600_000);
  });

  it('PL-52: around every town the place and its roads can be read', () => {
    for (const { name, centre } of places.towns) {
      const { shapes } = drawSketch(gazetteer, { width: 420, height: 300, place: at(...centre), name });
      expect(
        shapes.some((shape) => shape.kind === 'label' && shape.look === 'place' && shape.text === name),
      ).toBe(true);
    }
  });
});

describe('a file of places that is wrong', () => {
  const refusal = (over: Parameters<typeof somePlaces>[0]): string => {
    try {
      readYaml(
        'places.yaml',
        stringify(somePlaces(over), { aliasDuplicateObjects: false }),
        placesPolicySchema,
      );
      return 'accepted';
    } catch (error) {
      return error instanceof Error
        ? error.message.replace(/line \d+, column \d+/, 'line N')
        : 'not an error';
    }
  };
  const few = somePlaces();

  it('PL-40: one that is right is accepted', () => {
    expect(refusal({})).toBe('accepted');
  });

  it('PL-40: an outline that does not close, or names no border, is refused with its line', () => {
    const [west, ...others] = few.districts;
    if (west === undefined) throw new Error('no district');
    expect(refusal({ districts: [{ ...west, outline: west.outline.slice(1) }, ...others] })).toBe(
      'places.yaml, line N: districts[1].outline does not close: each border must join the one before, the last the first. Correct it and start again.',
    );
    expect(refusal({ districts: [{ ...west, outline: ['nowhere'] }, ...others] })).toContain(
      'districts[1].outline[1] is not the id of a border in this file',
    );
  });

  it('PL-40: a name that points nowhere and a number used twice are refused', () => {
    const [street, ...streets] = few.streets;
    if (street === undefined) throw new Error('no street');
    expect(refusal({ streets: [{ ...street, town: 'Nowhere' }, ...streets] })).toContain(
      'streets[1].town is not the name of a town in this file',
    );
    expect(refusal({ streets: [street, { ...street, name: 'Other Close' }, ...streets] })).toContain(
      'streets[2].uprn stands in this file twice',
    );
    expect(refusal({ neighbourhoods: [{ name: 'Odd', district: 'odd', centre: [51.9, -0.1] }] })).toContain(
      'neighbourhoods[1].district is not the id of a district',
    );
    expect(refusal({ forces: few.forces.map((force) => ({ ...force, isHome: false })) })).toContain(
      'must hold exactly one force with isHome: true',
    );
    expect(
      refusal({
        towns: [
          ...few.towns,
          { name: 'Both', district: 'west', force: 'home', postcodes: [], centre: [51.9, -0.3] },
        ],
      }),
    ).toContain('must name its district, or its force');
  });

  it('PL-40: a position with its halves the wrong way round is refused', () => {
    expect(
      refusal({ landmarks: [{ kind: 'mast', name: 'Mast', town: 'Westham', at: [-0.3, 51.9] }] }),
    ).toContain('is not a position in Britain: latitude stands first');
  });
});
