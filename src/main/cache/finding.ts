import type { SearchHit } from '../../shared/contract/workstation.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Location } from '../../shared/domain/location.ts';
import { sameCaller, type CallerKeys, type SameBecause } from '../../shared/domain/same-caller.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Held } from './desk-store.ts';
import { squaresAround } from './map-square.ts';
import { compareNewest, hitIn } from './search-match.ts';
import { queryOf, type Query } from './search-query.ts';
import type { Matches, SameCallerRow } from './search-rows.ts';

/** What a search found. */
export interface Searched {
  /** Newest received first; those of one millisecond by id. */
  readonly hits: readonly SearchHit[];
  /** False when there were more than were asked for. */
  readonly complete: boolean;
  /** How many contacts there are to search in. */
  readonly searched: number;
}

/** A contact of the same caller, and by what. */
export interface SameCaller {
  readonly summary: ContactSummary;
  readonly because: readonly SameBecause[];
}

/** The part of a desk's store that finds contacts. */
export interface FindingStore {
  /** Contacts, open and closed, in which each typed word is the beginning of a word (rule W-20). */
  search(typed: string, limit: number): Searched;
  /** Contacts that share the caller's number, address or name, newest received first (rule W-21). */
  sameCaller(keys: CallerKeys, limit: number): readonly SameCaller[];
  /** The same contacts, at most `limit` for each of the three, without reading them. */
  ofCaller(keys: CallerKeys, limit: number): readonly ContactId[];
  /** Contacts received within so many milliseconds of an instant, the nearest in time: at most `limit` before and `limit` after. */
  receivedNear(at: Instant, withinMs: number, limit: number): readonly ContactId[];
  /**
   * Contacts that were located within a kilometre of a point, and some further away; at most `limit` for each of nine squares of the
   * map, newest received first.
   */
  locatedNear(point: Pick<Location, 'latitude' | 'longitude'>, limit: number): readonly ContactId[];
  /** Contacts that go by a reference, exactly as it is stored: their own, an incident's, a crime's, a provisional one. */
  byReference(reference: string, limit: number): readonly ContactId[];
  /**
   * Brings the search index up to date with at most `limit` contacts. True when there is more to do. What is found does not
   * depend on it; how quickly does.
   */
  indexSome(limit: number): boolean;
}

/** What the file's index offers. */
interface Index {
  readonly search: (query: Query, limit: number) => Matches;
  readonly sameCaller: (keys: CallerKeys, limit: number) => readonly SameCallerRow[];
  readonly receivedNear: FindingStore['receivedNear'];
  readonly byReference: FindingStore['byReference'];
  readonly inSquares: (squares: readonly number[], limit: number) => readonly ContactId[];
  readonly count: () => number;
  readonly get: (contact: ContactId) => Held | null;
}

/** Finds by the index, and reads only the contacts that are shown. */
export function findingIn({
  search,
  sameCaller: sameCallerRows,
  receivedNear,
  byReference,
  inSquares,
  count,
  get,
}: Index): Omit<FindingStore, 'indexSome'> {
  return {
    search(typed, limit) {
      const query = queryOf(typed);
      const searched = count();
      if (query.length === 0) return { hits: [], complete: true, searched };
      const { contacts, complete } = search(query, limit);
      const hits = contacts.flatMap((contact) => {
        const held = get(contact);
        return held === null ? [] : (hitIn(held, query) ?? []);
      });
      return { hits, complete, searched };
    },
    sameCaller: (keys, limit) =>
      sameCallerRows(keys, limit)
        .flatMap((row) => {
          const held = get(row.contact);
          return held === null ? [] : [{ summary: held.summary, because: sameCaller(keys, row) }];
        })
        .sort((one, other) => compareNewest(one.summary, other.summary))
        .slice(0, limit),
    ofCaller: (keys, limit) => sameCallerRows(keys, limit).map(({ contact }) => contact),
    receivedNear,
    locatedNear: (point, limit) => inSquares(squaresAround(point), limit),
    byReference,
  };
}
