import { z } from 'zod';
import { ringOf } from '../../domain/place/areas.ts';
import { isNearBritain } from '../../domain/place/point.ts';
import { landmarkKinds, type PlacesPolicy } from '../../domain/policy/places.ts';
import { policyHeaderShape } from './header.ts';

const text = z.string().trim().min(1).max(120);
const id = z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'is not an id: small letters, figures and hyphens');
const spot = z
  .tuple([z.number(), z.number()])
  .refine(
    ([latitude, longitude]) => isNearBritain({ latitude, longitude }),
    'is not a position in Britain: latitude stands first',
  )
  .readonly();
const line = z.array(spot).min(2).readonly();
const uprn = z
  .string()
  .regex(/^[1-9]\d{0,11}$/, 'is not a UPRN: at most twelve figures, the first not nought');
const postcode = z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/, 'is not a postcode such as SG1 9VO');
const outline = z.array(id).min(1).readonly();

const shape = z.strictObject({
  ...policyHeaderShape,
  note: z.string().trim().min(1).max(400),
  borders: z.array(z.strictObject({ id, line }).readonly()).readonly(),
  forces: z
    .array(z.strictObject({ id, name: text, short: text, isHome: z.boolean(), outline }).readonly())
    .readonly(),
  districts: z.array(z.strictObject({ id, name: text, council: text, outline }).readonly()).readonly(),
  neighbourhoods: z.array(z.strictObject({ name: text, district: id, centre: spot }).readonly()).readonly(),
  towns: z
    .array(
      z
        .strictObject({
          name: text,
          district: id.optional(),
          force: id.optional(),
          postcodes: z
            .array(z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]?$/, 'is not the first half of a postcode'))
            .readonly(),
          centre: spot,
        })
        .readonly(),
    )
    .readonly(),
  roads: z
    .array(
      z
        .strictObject({
          number: z.string().regex(/^[MAB]\d{1,4}(\(M\))?$/, 'is not the number of a road such as A1(M)'),
          directions: z.tuple([text, text]).readonly(),
          firstKilometre: z.number().min(0).max(999).optional(),
          junctions: z.array(z.strictObject({ name: text, place: text, at: spot }).readonly()).readonly(),
          line,
        })
        .readonly(),
    )
    .readonly(),
  landmarks: z
    .array(z.strictObject({ kind: z.enum(landmarkKinds), name: text, town: text, at: spot }).readonly())
    .readonly(),
  streets: z
    .array(z.strictObject({ uprn, name: text, town: text, postcode, at: spot }).readonly())
    .readonly(),
  addresses: z
    .array(z.strictObject({ uprn, house: text, street: text, town: text, postcode, at: spot }).readonly())
    .readonly(),
});

type Complain = (path: readonly (string | number)[], message: string) => void;

/** A place file (rule PL-40): refused whole when a name points nowhere, an outline does not close or a number is used twice. */
export const placesPolicySchema: z.ZodType<PlacesPolicy> = shape.superRefine((places, context) => {
  const complain: Complain = (path, message) => {
    context.addIssue({ code: 'custom', path: [...path], message });
  };
  checkOutlines(places, complain);
  checkNames(places, complain);
  checkOnce(places, complain);
});

function checkOutlines(places: PlacesPolicy, complain: Complain): void {
  const borders = new Map(places.borders.map((border) => [border.id, border]));
  for (const family of ['forces', 'districts'] as const) {
    for (const [at, area] of places[family].entries()) {
      const unknown = area.outline.findIndex((border) => !borders.has(border));
      if (unknown >= 0) complain([family, at, 'outline', unknown], 'is not the id of a border in this file');
      else if (ringOf(area.outline.flatMap((border) => borders.get(border) ?? [])) === null)
        complain(
          [family, at, 'outline'],
          'does not close: each border must join the one before, the last the first',
        );
    }
  }
}

function checkNames(places: PlacesPolicy, complain: Complain): void {
  const districts = new Set(places.districts.map((district) => district.id));
  const forces = new Set(places.forces.map((force) => force.id));
  const towns = new Set(places.towns.map(({ name }) => name));
  if (places.forces.filter(({ isHome }) => isHome).length !== 1)
    complain(['forces'], 'must hold exactly one force with isHome: true');
  for (const [at, { district }] of places.neighbourhoods.entries())
    if (!districts.has(district))
      complain(['neighbourhoods', at, 'district'], 'is not the id of a district in this file');
  for (const [at, { district, force }] of places.towns.entries()) {
    if ((district === undefined) === (force === undefined))
      complain(['towns', at], 'must name its district, or its force when it is outside; one of the two');
    else if (district !== undefined && !districts.has(district))
      complain(['towns', at, 'district'], 'is not the id of a district in this file');
    else if (force !== undefined && !forces.has(force))
      complain(['towns', at, 'force'], 'is not the id of a force in this file');
  }
  for (const family of ['landmarks', 'streets', 'addresses'] as const)
    for (const [at, { town }] of places[family].entries())
      if (!towns.has(town)) complain([family, at, 'town'], 'is not the name of a town in this file');
  const streets = new Set(places.streets.map(({ name, town }) => `${name}, ${town}`));
  for (const [at, { street, town }] of places.addresses.entries())
    if (!streets.has(`${street}, ${town}`))
      complain([`addresses`, at, 'street'], 'is not a street of that town in this file');
}

function checkOnce(places: PlacesPolicy, complain: Complain): void {
  const once = (family: keyof PlacesPolicy, keys: readonly string[], field: string): void => {
    const seen = new Set<string>();
    for (const [at, key] of keys.entries()) {
      if (seen.has(key)) complain([family, at, field], 'stands in this file twice');
      seen.add(key);
    }
  };
  once(
    'borders',
    places.borders.map((border) => border.id),
    'id',
  );
  once(
    'forces',
    places.forces.map((force) => force.id),
    'id',
  );
  once(
    'districts',
    places.districts.map((district) => district.id),
    'id',
  );
  once(
    'towns',
    places.towns.map(({ name }) => name),
    'name',
  );
  once(
    'roads',
    places.roads.map(({ number }) => number),
    'number',
  );
  once(
    'streets',
    places.streets.map(({ name, town }) => `${name}, ${town}`),
    'name',
  );
  const numbers = new Set(places.streets.map((street) => street.uprn));
  once(
    'streets',
    places.streets.map((street) => street.uprn),
    'uprn',
  );
  once(
    'addresses',
    places.addresses.map((address) => address.uprn),
    'uprn',
  );
  for (const [at, address] of places.addresses.entries())
    if (numbers.has(address.uprn)) complain(['addresses', at, 'uprn'], 'is a street’s number already');
}
