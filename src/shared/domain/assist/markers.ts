import { unreachable } from '../../lib/assert.ts';
import { londonDayOf, type Day } from '../london.ts';
import type { MarkerEffect, MarkerKind, MarkerKindsPolicy } from '../policy/markers.ts';
import { isSameHouse, sameCaller, sameReasons, type CallerKeys, type SameBecause } from '../same-caller.ts';
import type { Instant } from '../time.ts';
import { gapBetween, metresBetween, type Circle } from './circle.ts';

/** A warning or a need on record about a person, a number or a place. Never without its source, its dates and whoever answers for it. */
export interface Marker {
  /** `MK-0101`. */
  readonly id: string;
  /** Id of its kind in the policy. */
  readonly kind: string;
  /** Whom or what it concerns, in words. */
  readonly concerns: string;
  /** Who said so, and in what record. */
  readonly source: string;
  readonly setAt: Day;
  /** To be looked at again by the end of this day. */
  readonly reviewBy: Day;
  /** A role, never a person's name. */
  readonly owner: string;
  readonly note: string;
  /** By what it is found: the keys of `callerKeys`, and circles on the ground. */
  readonly numbers: readonly string[];
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  readonly places: readonly Circle[];
}

/** `wide-place`: only in the area of a mast or the like, which takes in strangers too. */
export const markerMatches = [...sameReasons, 'place', 'wide-place'] as const;
export type MarkerMatch = (typeof markerMatches)[number];

/** A marker that a contact touches, and by what. */
export interface FoundMarker {
  readonly marker: Marker;
  /** Never empty; by the number first. */
  readonly matchedBy: readonly MarkerMatch[];
}

/** The markers that a caller or a place touches, in the order of the register. One past its review is among them. */
export function markersFor(
  register: readonly Marker[],
  caller: CallerKeys,
  place: Circle | null,
  { sureRadiusMetres, mayBeAtMost }: MarkerPlaces,
): readonly FoundMarker[] {
  const isSure = place !== null && place.radiusMetres <= sureRadiusMetres;
  const there = place === null ? [] : markersThere(register, place);
  const told = new Set(isSure ? there : there.slice(0, mayBeAtMost));
  return register.flatMap((marker) => {
    const byKey = keysMatch(marker, caller);
    const byPlace = told.has(marker) ? [isSure ? ('place' as const) : ('wide-place' as const)] : [];
    const matchedBy = [...byKey, ...byPlace];
    return matchedBy.length > 0 ? [{ marker, matchedBy }] : [];
  });
}

/** How near a place must be known: of the policy. */
export type MarkerPlaces = Pick<MarkerKindsPolicy['places'], 'sureRadiusMetres' | 'mayBeAtMost'>;

/** Without the policy no place is known well enough, and nothing is told by it alone. */
export const noMarkerPlaces: MarkerPlaces = { sureRadiusMetres: -1, mayBeAtMost: 0 };

/** The markers whose circles the place touches, the nearest to its middle first. */
function markersThere(register: readonly Marker[], place: Circle): readonly Marker[] {
  return register
    .flatMap((marker) => {
      const near = marker.places.filter((circle) => gapBetween(circle, place) === 0);
      return near.length === 0
        ? []
        : [{ marker, metres: Math.min(...near.map((circle) => metresBetween(circle, place))) }];
    })
    .sort((a, b) => a.metres - b.metres || (a.marker.id < b.marker.id ? -1 : 1))
    .map(({ marker }) => marker);
}

/** Whether anything may rest on a match (rule AS-20): a name is not unique, and a wide area is not a place. */
export const isSureMatch = (matchedBy: readonly MarkerMatch[]): boolean =>
  matchedBy.some((by) => by !== 'same-name' && by !== 'wide-place');

/** Everything a marker was found by, in the order in which it is said. */
export const matchesTogether = (...all: readonly (readonly MarkerMatch[])[]): readonly MarkerMatch[] =>
  markerMatches.filter(
    (by) =>
      all.some((one) => one.includes(by)) &&
      // Once the place is known better, the wide area says nothing more.
      !(by === 'wide-place' && all.some((one) => one.includes('place'))),
  );

/** By what a caller is one of those listed. `null` keys are nobody's. */
export function keysMatch(
  {
    numbers,
    addresses = [],
    names,
  }: {
    readonly numbers: readonly string[];
    readonly addresses?: readonly string[];
    readonly names: readonly string[];
  },
  caller: CallerKeys,
): readonly SameBecause[] {
  const isIn = (keys: readonly string[], key: string | null): string | null =>
    key !== null && keys.includes(key) ? key : null;
  const { address } = caller;
  const isThere = address !== null && addresses.some((known) => isSameHouse(known, address));
  return sameCaller(
    {
      number: isIn(numbers, caller.number),
      address: isThere ? address : null,
      name: isIn(names, caller.name),
    },
    caller,
  );
}

/** Past its review: still shown, and said to be past it (rule AS-17). Days are London's. */
export function isStale({ reviewBy }: { readonly reviewBy: Day }, now: Instant): boolean {
  return londonDayOf(now) > reviewBy;
}

/** What is shown of markers that were found: gravest kind first; of one kind, those past their review last. */
export interface ShownMarker extends FoundMarker {
  /** `null` when the policy does not know the kind: the marker is shown nevertheless. */
  readonly kind: MarkerKind | null;
  readonly stale: boolean;
}

export function shownMarkers(
  found: readonly FoundMarker[],
  { kinds }: MarkerKindsPolicy,
  now: Instant,
): readonly ShownMarker[] {
  // One whose weight nobody knows is -1: it comes first.
  const rank = ({ marker }: FoundMarker): number => kinds.findIndex(({ id }) => id === marker.kind);
  return found
    .map((one) => ({
      ...one,
      kind: kinds.find(({ id }) => id === one.marker.kind) ?? null,
      stale: isStale(one.marker, now),
    }))
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        Number(a.stale) - Number(b.stale) ||
        (a.marker.id < b.marker.id ? -1 : a.marker.id > b.marker.id ? 1 : 0),
    );
}

/** Whether one of the markers has an effect. */
export function hasEffect(shown: readonly ShownMarker[], effect: MarkerEffect): boolean {
  return shown.some(({ kind }) => kind?.effects.includes(effect) === true);
}

const keyWords: Readonly<Record<MarkerMatch, string>> = {
  'same-number': 'number',
  'same-address': 'address',
  'same-name': 'name',
  place: 'place',
  'wide-place': 'a wide area',
};

/** Whether a marker stands on where it is alone, a name alone, or on something of the caller's own (rule AS-16). */
export type MatchStrength = 'caller' | 'place-only' | 'name-only' | 'may-be';

/** An address or a place is shared, and so is a name; a number, or a name at an address, is taken for the caller's. */
export function matchStrength(matchedBy: readonly MarkerMatch[]): MatchStrength {
  if (matchedBy.every((by) => by === 'same-name')) return 'name-only';
  if (!isSureMatch(matchedBy)) return 'may-be';
  return matchedBy.every((by) => by === 'same-address' || by === 'place') ? 'place-only' : 'caller';
}

/** How a match is said to a handler, with what it leaves open: "matched by address only: it may concern somebody else there". */
export function matchWords(matchedBy: readonly MarkerMatch[]): string {
  const keys = matchedBy.map((by) => keyWords[by]);
  const last = keys.pop() ?? '';
  const all = `matched by ${keys.length === 0 ? last : `${keys.join(', ')} and ${last}`}`;
  const strength = matchStrength(matchedBy);
  switch (strength) {
    case 'caller':
      return all;
    case 'place-only':
      return `${all} only: it may concern somebody else there`;
    case 'name-only':
      return `${all} only: make sure who it is`;
    case 'may-be':
      return `${all} only: it may be somebody else, find out where they are`;
    default:
      return unreachable(strength);
  }
}
