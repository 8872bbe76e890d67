import type { Call } from '../call.ts';
import type { Caller } from '../contact.ts';
import type { Location } from '../location.ts';
import {
  onRecord,
  planOnRecord,
  type MarkerOnRecord,
  type PlanOnRecord,
  type RecordParts,
  type SaidSpot,
} from '../record/parts.ts';
import { callerKeys, type CallerKeys } from '../same-caller.ts';
import { HOUSE_WITHIN } from './circle.ts';
import {
  markersFor,
  matchesTogether,
  noMarkerPlaces,
  type FoundMarker,
  type Marker,
  type MarkerPlaces,
} from './markers.ts';
import { planFor, type Plan } from './plans.ts';

/** What the force has on record about people, numbers and places. */
export interface Register {
  readonly markers: readonly Marker[];
  readonly plans: readonly Plan[];
}

export const emptyRegister: Register = { markers: [], plans: [] };

/**
 * What is on record about whoever has come (rules AS-16, AS-18): by the number, the name and the address told, by the address at which the
 * line was put in, and by the place a machine has told.
 */
export function onRecordOf(
  { markers, plans }: Register,
  told: { readonly caller: Caller; readonly call: Call | null; readonly location: Location | null },
  places: MarkerPlaces,
): Pick<RecordParts, 'markers' | 'plan'> {
  const { caller, call, location } = told;
  const subscriber = call?.subscriber ?? null;
  const keys: readonly CallerKeys[] = [
    callerKeys(caller),
    ...(subscriber === null ? [] : [callerKeys({ ...subscriber, number: null })]),
  ];
  const found = keys.flatMap((each, at) =>
    markersFor(markers, each, at === 0 ? circleOf(location) : null, places),
  );
  const plan = keys.map((each) => planFor(plans, each)).find((each) => each !== null) ?? null;
  return { markers: together(found).map(onRecord), plan: plan === null ? null : planOnRecord(plan) };
}

/** What the exchange's later words of a line add, the address at which it was put in: markers, and better matches of those known. */
export function markersOfCall(
  register: Register,
  call: Call,
  known: readonly MarkerOnRecord[],
): readonly MarkerOnRecord[] {
  const nobody = { name: null, number: null, address: null };
  const { markers } = onRecordOf(register, { caller: nobody, call, location: null }, noMarkerPlaces);
  return newTo(known, markers);
}

/** What a handler's words of who it is add: markers, and the agreed plan where none was known (rules R-24, AS-16, AS-18). */
export function onRecordOfSaid(
  register: Register,
  caller: Caller,
  { markers: known, plan: before }: Pick<RecordParts, 'markers' | 'plan'>,
): { readonly markers?: readonly MarkerOnRecord[]; readonly plan?: PlanOnRecord } {
  const { markers, plan } = onRecordOf(register, { caller, call: null, location: null }, noMarkerPlaces);
  const found = newTo(known, markers);
  return {
    ...(found.length === 0 ? {} : { markers: found }),
    ...(plan === null || before !== null ? {} : { plan }),
  };
}

/** What a place that came late adds: markers, and better matches of those already known (rule AS-16). */
export function markersAt(
  { markers }: Register,
  location: Location,
  known: readonly MarkerOnRecord[],
  places: MarkerPlaces,
): readonly MarkerOnRecord[] {
  const nobody: CallerKeys = { number: null, address: null, name: null };
  return newTo(known, markersFor(markers, nobody, circleOf(location), places).map(onRecord));
}

/** What the place adds that a handler has agreed: by its point, and by its house in its road (rule AS-27). */
export function markersAtSpot(
  { markers }: Register,
  said: Pick<SaidSpot, 'words' | 'detail' | 'point'>,
  known: readonly MarkerOnRecord[],
  places: MarkerPlaces,
): readonly MarkerOnRecord[] {
  const { point } = said;
  const nobody: CallerKeys = { number: null, address: null, name: null };
  const there = point === null ? null : { ...point, radiusMetres: HOUSE_WITHIN };
  const found = [
    ...markersFor(markers, nobody, there, places),
    ...addressesOf(said).flatMap((address) =>
      markersFor(markers, { ...nobody, address }, null, noMarkerPlaces),
    ),
  ];
  return newTo(known, together(found).map(onRecord));
}

/** The house of a spot with its road, as a key of `callerKeys`: what was said of it may hold more, "12, top floor". None without a house. */
export function addressesOf({ words, detail }: Pick<SaidSpot, 'words' | 'detail'>): readonly string[] {
  const houses = ['', detail, ...detail.split(',')].map((house) => `${house.trim()} ${words}`.trim());
  const keys = houses.map((address) => callerKeys({ name: null, number: null, address }).address);
  return [...new Set(keys)].filter((key) => key !== null);
}

/** What is not known yet, and what is known now by more than it was: with everything it was ever found by. */
function newTo(
  known: readonly MarkerOnRecord[],
  found: readonly MarkerOnRecord[],
): readonly MarkerOnRecord[] {
  return found.flatMap((marker) => {
    const before = known.find(({ id }) => id === marker.id)?.matchedBy ?? [];
    const matchedBy = matchesTogether(before, marker.matchedBy);
    const isMore = matchedBy.some((by) => !before.includes(by));
    return isMore ? [{ ...marker, matchedBy }] : [];
  });
}

const circleOf = (location: Location | null) =>
  location === null
    ? null
    : {
        latitude: location.latitude,
        longitude: location.longitude,
        radiusMetres: location.radiusMetres ?? 0,
      };

/** One entry for each marker, with everything it was found by. */
function together(found: readonly FoundMarker[]): readonly FoundMarker[] {
  const ids = [...new Set(found.map(({ marker }) => marker.id))];
  return ids.flatMap((id) => {
    const same = found.filter(({ marker }) => marker.id === id);
    const [first] = same;
    return first === undefined
      ? []
      : [{ ...first, matchedBy: matchesTogether(...same.map(({ matchedBy }) => matchedBy)) }];
  });
}
