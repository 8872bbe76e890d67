import { unreachable } from '../../lib/assert.ts';
import { findJunction, findMarker, findRoad, nearestTown, type RoadSearch } from './find-on-road.ts';
import { findWords } from './find-words.ts';
import { findOfEntry, plainFind, withAreas, type Find, type FoundPlace } from './found-place.ts';
import type { Gazetteer } from './gazetteer.ts';
import { namingWords } from './place-words.ts';
import { readPlaceText, type PlaceText } from './place-text.ts';
import type { Point } from './point.ts';

export interface LookUpOptions {
  /** Where the caller is believed to be: of equal names the nearer comes first. */
  readonly near?: Point | null;
  /** At most so many places. Eight when absent: as many as a list shows without rolling. */
  readonly limit?: number;
}

export interface LookUp {
  /** Best first. */
  readonly found: readonly FoundPlace[];
  /** As what the text was read. */
  readonly read: PlaceText;
  /** What to say or ask when the text cannot be turned into a place; `null` when it can. */
  readonly advice: string | null;
  /** How many entries were compared. */
  readonly lookedAt: number;
}

/** The places that a text may mean, best first (rules PL-10 to PL-16). Never a position that the file does not hold. */
export const findPlaces = (
  gazetteer: Gazetteer,
  query: string,
  options: LookUpOptions = {},
): readonly FoundPlace[] => lookUp(gazetteer, query, options).found;

/** The same, with how the text was read and what to ask when it leads nowhere. */
export function lookUp(
  gazetteer: Gazetteer,
  query: string,
  { near = null, limit = 8 }: LookUpOptions = {},
): LookUp {
  const read = readPlaceText(query);
  const { finds, advice, lookedAt } = search(gazetteer, read, query, near);
  const seen = new Set<string>();
  const once = finds.filter(({ id }) => !seen.has(id) && seen.add(id));
  return {
    found: once.slice(0, limit).map((find) => withAreas(gazetteer, find)),
    read,
    advice: once.length === 0 ? advice : null,
    lookedAt,
  };
}

interface Result {
  readonly finds: readonly Find[];
  readonly advice: string | null;
  readonly lookedAt: number;
}

const nothing = (advice: string | null): Result => ({ finds: [], advice, lookedAt: 0 });
const NOT_KNOWN = 'Nothing of that name is known here. Ask for the town, a junction or a landmark.';

function search(gazetteer: Gazetteer, read: PlaceText, query: string, near: Point | null): Result {
  switch (read.kind) {
    case 'empty':
      return nothing(null);
    case 'refused':
      return nothing(read.reason);
    case 'what3words':
      return nothing(
        `Only the what3words service can say where ///${read.words} is. Keep the words, and ask for a road, a junction or a landmark.`,
      );
    case 'grid-reference':
      return position(gazetteer, 'grid-reference', read.reference, read.point, read.squareMetres);
    case 'coordinates': {
      const { latitude, longitude } = read.point;
      return position(
        gazetteer,
        'coordinates',
        `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
        read.point,
        20,
      );
    }
    case 'postcode':
      return byPostcode(gazetteer, read);
    case 'uprn':
      return byUprn(gazetteer, read.uprn);
    case 'marker-post':
      return onRoad(findMarker(gazetteer, read));
    case 'junction': {
      const { finds, advice } = findJunction(gazetteer, read);
      // Without a road several may fit: the nearer first, where it is known what is near.
      const words = read.road === null && read.rest !== '' ? findWords(gazetteer, read.rest, near) : null;
      const town = words?.town?.point ?? near;
      const sorted = town === null ? finds : byDistance(finds, town);
      return { finds: sorted, advice, lookedAt: words?.lookedAt ?? 0 };
    }
    case 'road':
      return byRoad(gazetteer, read, near);
    case 'words':
      return byWords(gazetteer, query, near);
    default:
      return unreachable(read);
  }
}

const onRoad = ({ finds, advice }: RoadSearch): Result => ({ finds, advice, lookedAt: 0 });

const byDistance = (finds: readonly Find[], from: Point): readonly Find[] =>
  finds.toSorted((one, other) => squared(one.point, from) - squared(other.point, from));
const squared = (one: Point, other: Point): number =>
  // A degree of longitude is some 0.62 of one of latitude here; enough to say which is nearer.
  (one.latitude - other.latitude) ** 2 + ((one.longitude - other.longitude) * 0.62) ** 2;

function position(
  gazetteer: Gazetteer,
  kind: 'grid-reference' | 'coordinates',
  name: string,
  point: Point,
  metres: number,
): Result {
  const why = kind === 'coordinates' ? 'the position as given' : 'the square of the grid';
  const town = nearestTown(gazetteer, point);
  const find = plainFind({
    id: `${kind}:${name}`,
    kind,
    name,
    town,
    point,
    precision: metres,
    matched: 'number',
    why,
  });
  return { finds: [find], advice: null, lookedAt: 0 };
}

/** Streets of a whole postcode; else the towns of its first half, which is all the file then knows. */
function byPostcode(
  gazetteer: Gazetteer,
  { outward, inward }: Extract<PlaceText, { kind: 'postcode' }>,
): Result {
  const rows = inward === null ? [] : (gazetteer.byPostcode.get(`${outward}${inward}`) ?? []);
  const whole = rows.flatMap((at) => {
    const entry = gazetteer.entries[at];
    return entry === undefined ? [] : [findOfEntry(entry, { matched: 'number', why: 'the postcode' })];
  });
  if (whole.length > 0) return { finds: whole, advice: null, lookedAt: whole.length };
  const names = new Set(
    gazetteer.towns.filter(({ postcodes }) => postcodes.includes(outward)).map(({ name }) => name),
  );
  const why =
    inward === null ? `in ${outward}` : `in ${outward}; ${outward} ${inward} itself is not known here`;
  return {
    finds: gazetteer.entries
      .slice(0, gazetteer.towns.length)
      .filter(({ name }) => names.has(name))
      .map((entry) => findOfEntry(entry, { matched: 'town-only', why })),
    advice: `The postcode ${[outward, inward].filter((half) => half !== null).join(' ')} is not known here. Ask for the street and the town.`,
    lookedAt: gazetteer.towns.length,
  };
}

function byUprn(gazetteer: Gazetteer, uprn: string): Result {
  const entry = gazetteer.entries[gazetteer.byUprn.get(uprn) ?? -1];
  if (entry === undefined) return nothing(`UPRN ${uprn} is not known here. Ask for the street and the town.`);
  return { finds: [findOfEntry(entry, { matched: 'number', why: 'the UPRN' })], advice: null, lookedAt: 1 };
}

/** A numbered road in words: a landmark on it that is named comes first, then the road itself. */
function byRoad(
  gazetteer: Gazetteer,
  read: Extract<PlaceText, { kind: 'road' }>,
  near: Point | null,
): Result {
  const words = findWords(gazetteer, `${read.road} ${read.rest}`, near);
  const { finds, advice } = findRoad(gazetteer, read, { town: words.town, near });
  const said = new Set(namingWords(read.rest).filter((word) => words.town?.words.includes(word) !== true));
  const named = words.finds.filter(({ kind, name, matched, town }) => {
    const isHere = words.town === null || town === words.town.name;
    const isSaid = namingWords(name).some((word) => said.has(word));
    return (
      isHere &&
      isSaid &&
      kind !== 'junction' &&
      kind !== 'town' &&
      (matched === 'exact' || matched === 'word')
    );
  });
  const junctions = words.finds.flatMap((find) => {
    const road =
      find.kind === 'junction' ? finds.find(({ name }) => find.name.startsWith(`${name} `)) : undefined;
    return road === undefined ? [] : [{ ...find, directions: road.directions, direction: road.direction }];
  });
  const on = words.town === null ? junctions : byDistance(junctions, words.town.point);
  return { finds: [...named, ...finds, ...on, ...words.finds], advice, lookedAt: words.lookedAt };
}

/** Names; and when a town was named and nothing in it found, the town alone, which says so. */
function byWords(gazetteer: Gazetteer, query: string, near: Point | null): Result {
  const { finds, town, lookedAt } = findWords(gazetteer, query, near);
  const isThere = finds.some((find) => find.town === town?.name);
  if (town === null || isThere) return { finds, advice: NOT_KNOWN, lookedAt };
  const entry = gazetteer.entries.find(({ kind, name }) => kind === 'town' && name === town.name);
  const alone =
    entry === undefined
      ? []
      : [findOfEntry(entry, { matched: 'town-only', why: 'only the town is known; ask for more' })];
  const strong = finds.filter(({ matched }) => matched === 'exact');
  const weak = finds.filter(({ matched }) => matched !== 'exact');
  return { finds: [...strong, ...alone, ...weak], advice: NOT_KNOWN, lookedAt };
}
