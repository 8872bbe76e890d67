import type { LandmarkKind, PlacesPolicy, Road, Spot } from '../policy/places.ts';
import { buildAreas, pointFrom, type AreaMap } from './areas.ts';
import { placeWords, slipKeys } from './place-words.ts';
import type { Point } from './point.ts';

export type EntryKind = 'town' | 'street' | 'address' | 'junction' | LandmarkKind;

/** Within so many metres; or no better than somewhere on this road, somewhere in this area. */
export type Precision = number | 'road' | 'area';

/** One thing with a name that can be found. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  /** `Larkmere Close`; of an address with its house: `12 Coldharbour Yard`. */
  readonly name: string;
  /** The words of the name, written one way. An address is found by its street's words, and by its house. */
  readonly words: readonly string[];
  readonly house: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly uprn: string | null;
  readonly point: Point;
  readonly precision: Precision;
}

/** Everything that can be found, with its indexes. Built once from a place file; a search reads few of its entries (rule PL-12). */
export interface Gazetteer {
  readonly note: string;
  readonly areas: AreaMap;
  readonly entries: readonly Entry[];
  readonly roads: readonly Road[];
  readonly towns: readonly TownEntry[];
  readonly byUprn: ReadonlyMap<string, number>;
  /** Postcode without a space. */
  readonly byPostcode: ReadonlyMap<string, readonly number[]>;
  /** The whole name, its words joined by a space, in order of the alphabet: what begins alike stands together. */
  readonly names: readonly NameRow[];
  readonly byWord: ReadonlyMap<string, readonly number[]>;
  /** All words that names hold, in order. */
  readonly wordList: readonly string[];
  /** A word with a letter left out → the words it may have been. */
  readonly bySlip: ReadonlyMap<string, readonly string[]>;
}

export interface NameRow {
  readonly name: string;
  readonly entry: number;
}

export interface TownEntry {
  readonly name: string;
  readonly words: readonly string[];
  readonly postcodes: readonly string[];
  readonly point: Point;
}

/** How far off a sketched landmark and junction may be, metres. */
const SKETCHED_WITHIN = 500;
const ADDRESS_WITHIN = 20;

export function buildGazetteer(places: PlacesPolicy): Gazetteer {
  const entries = entriesOf(places);
  const byPostcode = new Map<string, number[]>();
  const byWord = new Map<string, number[]>();
  for (const [at, { words, postcode }] of entries.entries()) {
    for (const word of new Set(words)) push(byWord, word, at);
    if (postcode !== null) push(byPostcode, postcode.replace(' ', ''), at);
  }
  const bySlip = new Map<string, string[]>();
  const wordList = [...byWord.keys()].toSorted();
  for (const word of wordList) for (const key of slipKeys(word)) push(bySlip, key, word);
  return {
    note: places.note,
    areas: buildAreas(places),
    entries,
    roads: places.roads,
    towns: places.towns.map(({ name, postcodes, centre }) => ({
      name,
      words: placeWords(name),
      postcodes,
      point: pointFrom(centre),
    })),
    byUprn: new Map(entries.flatMap(({ uprn }, at) => (uprn === null ? [] : [[uprn, at] as const]))),
    byPostcode,
    names: entries
      .map(({ words }, entry) => ({ name: words.join(' '), entry }))
      .toSorted((one, other) =>
        one.name < other.name ? -1 : one.name > other.name ? 1 : one.entry - other.entry,
      ),
    byWord,
    wordList,
    bySlip,
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const row = map.get(key);
  if (row === undefined) map.set(key, [value]);
  else row.push(value);
}

/** In the order in which equals are shown: what is larger and better known first. */
function entriesOf(places: PlacesPolicy): Entry[] {
  const entry = (
    kind: EntryKind,
    id: string,
    name: string,
    at: Spot,
    precision: Precision,
    more: Partial<Entry> = {},
  ): Entry => ({
    id,
    kind,
    name,
    words: placeWords(name),
    house: null,
    town: null,
    postcode: null,
    uprn: null,
    point: pointFrom(at),
    precision,
    ...more,
  });
  return [
    ...places.towns.map(({ name, centre }) => entry('town', `town:${name}`, name, centre, 'area')),
    ...places.landmarks.map(({ kind, name, town, at }) =>
      entry(kind, `${kind}:${name}, ${town}`, name, at, SKETCHED_WITHIN, { town }),
    ),
    ...places.roads.flatMap(({ number, junctions }) =>
      junctions.map(({ name, place, at }) =>
        entry('junction', `junction:${number} ${name}`, `${number} ${name}`, at, SKETCHED_WITHIN, {
          town: place,
        }),
      ),
    ),
    ...places.streets.map(({ uprn, name, town, postcode, at }) =>
      entry('street', `uprn:${uprn}`, name, at, 'road', { town, postcode, uprn }),
    ),
    ...places.addresses.map(({ uprn, house, street, town, postcode, at }) =>
      entry(
        'address',
        `uprn:${uprn}`,
        /^\d/.test(house) ? `${house} ${street}` : `${house}, ${street}`,
        at,
        ADDRESS_WITHIN,
        {
          words: placeWords(street),
          house: houseKey(house),
          town,
          postcode,
          uprn,
        },
      ),
    ),
  ];
}

/** A house as it is compared: "Flat 2" and "2" are not the same; "12A" and "12 a" are. */
export const houseKey = (house: string): string => house.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
