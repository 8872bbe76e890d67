import type { Call } from '../call.ts';
import type { Caller } from '../contact.ts';
import type { Location } from '../location.ts';
import { onRecord, planOnRecord, type MarkerOnRecord, type RecordParts } from '../record/parts.ts';
import { callerKeys, type CallerKeys } from '../same-caller.ts';
import { markersFor, type FoundMarker, type Marker } from './markers.ts';
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
): Pick<RecordParts, 'markers' | 'plan'> {
  const { caller, call, location } = told;
  const subscriber = call?.subscriber ?? null;
  const keys: readonly CallerKeys[] = [
    callerKeys(caller),
    ...(subscriber === null ? [] : [callerKeys({ ...subscriber, number: null })]),
  ];
  const found = keys.flatMap((each, at) => markersFor(markers, each, at === 0 ? circleOf(location) : null));
  const plan = keys.map((each) => planFor(plans, each)).find((each) => each !== null) ?? null;
  return { markers: together(found).map(onRecord), plan: plan === null ? null : planOnRecord(plan) };
}

/** What the exchange's later words of a line add: the address at which it was put in. */
export function markersOfCall(
  register: Register,
  call: Call,
  known: readonly MarkerOnRecord[],
): readonly MarkerOnRecord[] {
  const nobody = { name: null, number: null, address: null };
  const { markers } = onRecordOf(register, { caller: nobody, call, location: null });
  return markers.filter(({ id }) => known.every((each) => each.id !== id));
}

/** What a place that came late adds to the markers already known (rule AS-16). */
export function markersAt(
  { markers }: Register,
  location: Location,
  known: readonly MarkerOnRecord[],
): readonly MarkerOnRecord[] {
  const nobody: CallerKeys = { number: null, address: null, name: null };
  return markersFor(markers, nobody, circleOf(location))
    .filter(({ marker }) => known.every(({ id }) => id !== marker.id))
    .map(onRecord);
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
      : [{ ...first, matchedBy: [...new Set(same.flatMap(({ matchedBy }) => matchedBy))] }];
  });
}
