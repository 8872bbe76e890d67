import { areasAt } from './areas.ts';
import type { Entry, EntryKind, Gazetteer, Precision } from './gazetteer.ts';
import type { Point } from './point.ts';

export type FoundKind = EntryKind | 'road' | 'marker-post' | 'grid-reference' | 'coordinates';

/** How the typed text and the place agree; in this order of trust. `number`: by a number or a position, not by a name. */
export type Matched = 'number' | 'exact' | 'prefix' | 'word' | 'slip' | 'town-only';

/** A place that may be meant, with everything a handler needs to tell it from another of the same name. */
export interface FoundPlace {
  /** The same place has the same id in every search. */
  readonly id: string;
  readonly kind: FoundKind;
  readonly name: string;
  /** The town, or the nearest one; `null` where none is known. */
  readonly town: string | null;
  readonly postcode: string | null;
  readonly uprn: string | null;
  /** The house that was asked for. With a precision of `road` the file knows the street and not the house. */
  readonly house: string | null;
  readonly district: string | null;
  readonly neighbourhood: string | null;
  /** The force whose place it is; `null` beyond the map, and of a road while nothing says where on it. */
  readonly force: string | null;
  /** Whether that force is the one this desk works for. */
  readonly isHome: boolean;
  readonly point: Point;
  readonly precision: Precision;
  /** Of a road: both directions of travel. */
  readonly directions: readonly [string, string] | null;
  /** Of a road: the one that was said or that its carriageway means; `null` when it must be asked. */
  readonly direction: string | null;
  readonly matched: Matched;
  /** Why it is in the list, as half a sentence: "the name as typed". */
  readonly why: string;
  /** Other towns that have a place of this name. */
  readonly alsoIn: readonly string[];
}

/** What is known of a find before its areas are looked up. */
export type Find = Omit<FoundPlace, 'district' | 'neighbourhood' | 'force' | 'isHome'>;

/** A find that has nothing of its own but these. */
export const plainFind = (
  own: Pick<Find, 'id' | 'kind' | 'name' | 'point' | 'precision' | 'matched' | 'why'> & Partial<Find>,
): Find => ({
  town: null,
  postcode: null,
  uprn: null,
  house: null,
  directions: null,
  direction: null,
  alsoIn: [],
  ...own,
});

export const findOfEntry = (entry: Entry, how: Pick<Find, 'matched' | 'why'> & Partial<Find>): Find =>
  plainFind({
    id: entry.id,
    kind: entry.kind,
    name: entry.name,
    town: entry.kind === 'town' ? null : entry.town,
    postcode: entry.postcode,
    uprn: entry.uprn,
    point: entry.point,
    precision: entry.precision,
    ...how,
  });

/** Adds whose place it is (rule PL-20). */
export function withAreas({ areas }: Gazetteer, find: Find): FoundPlace {
  // A road without a place on it may be anybody's.
  if (find.kind === 'road' && find.town === null)
    return { ...find, district: null, neighbourhood: null, force: null, isHome: false };
  const at = areasAt(areas, find.point, 0);
  return {
    ...find,
    district: at.district?.name ?? null,
    neighbourhood: at.neighbourhood,
    force: at.force?.name ?? null,
    isHome: at.force?.isHome ?? false,
  };
}

/** The place in one line, as a list shows it: name, town, postcode. */
export const placeLine = ({ name, town, postcode }: Pick<FoundPlace, 'name' | 'town' | 'postcode'>): string =>
  [name, [town, postcode].filter((part) => part !== null).join(' ')].filter((part) => part !== '').join(', ');
