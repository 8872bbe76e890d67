import type { ContactId } from '../../shared/domain/ids.ts';
import type { Scope } from './inbox-scope.ts';
import type { Measures, Place } from './list-geometry.ts';
import type { ListEntry } from './list-lanes.ts';

/**
 * The list at one moment. A new object each time something changed, and its parts are new only if they did, so that
 * painting can compare by identity: what happens out of sight paints nothing.
 */
export interface ListSnapshot {
  /** The rows in sight and a few more, below the pinned ones. */
  readonly entries: readonly ListEntry[];
  /** The place of `entries[0]` in the whole list. */
  readonly start: number;
  /** The same as a screen reader is told it: for a moment after an emergency came, as it was before. */
  readonly toldStart: number;
  readonly total: number;
  /** The emergencies that stand pinned over the top: as many as do not cover the selected row. */
  readonly emergencies: readonly ListEntry[];
  readonly pinned: number;
  readonly selected: ContactId | null;
  readonly selectedIndex: number;
  readonly place: Place;
  readonly measures: Measures;
  /** Contacts that came above what is in sight since the handler last saw the top. */
  readonly newAbove: number;
  readonly scope: Scope;
}

/** A snapshot with every part of the one before that says the same: the very one before, if all of them do. */
export function withPartsOf(before: ListSnapshot, taken: ListSnapshot): ListSnapshot {
  const { place } = taken;
  const now: ListSnapshot = {
    ...taken,
    entries: sameOr(before.entries, taken.entries),
    emergencies: sameOr(before.emergencies, taken.emergencies),
    place:
      before.place.scrollTop === place.scrollTop && before.place.lead === place.lead ? before.place : place,
  };
  const parts = Object.keys(now) as (keyof ListSnapshot)[];
  return parts.every((part) => Object.is(before[part], now[part])) ? before : now;
}

/** The rows as they were, if these are the same ones. */
export function sameOr(before: readonly ListEntry[], now: readonly ListEntry[]): readonly ListEntry[] {
  const isSame = before.length === now.length && before.every((entry, at) => entry === now[at]);
  return isSame ? before : now;
}
