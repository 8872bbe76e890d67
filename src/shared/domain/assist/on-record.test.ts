import { describe, expect, it } from 'vitest';
import { demoMarkers, shippedMarkerKinds } from '../../../../tests/harness/assist-data.ts';
import { aCall, aContact, anActor, testStart } from '../../../../tests/harness/builders.ts';
import { triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import { apply } from '../lifecycle.ts';
import type { Location } from '../location.ts';
import { must } from '../../lib/assert.ts';
import { emptyEntry, pictureOf } from '../triage/entry.ts';
import { floorFor } from '../triage/floors.ts';
import { markersAt, markersOfCall, onRecordOf, type Register } from './on-record.ts';

const { places } = shippedMarkerKinds();
const [, found] = demoMarkers();
const name = 'Dana Wright';
const marker = {
  ...must(found, 'a marker'),
  kind: 'treat-as-urgent',
  names: ['dana wright'],
  numbers: [],
  addresses: [],
  places: [{ latitude: 51.75, longitude: -0.47, radiusMetres: 40 }],
};
const register: Register = { markers: [marker], plans: [] };
const location = (radiusMetres: number | null): Location => ({
  method: 'aml',
  latitude: 51.75,
  longitude: -0.47,
  radiusMetres,
  place: null,
  at: testStart,
});
const caller = { name, number: null, address: null };
const arrived = onRecordOf(register, { caller, call: null, location: null }, places).markers;

describe('what is on record', () => {
  it('AS-16, AS-20: a marker known by name alone gains the place that is told later, and its floor holds from then on', () => {
    expect(arrived.map(({ matchedBy }) => matchedBy)).toEqual([['same-name']]);
    const before = aContact({
      channel: '999-voice',
      markers: arrived,
      grade: 'G3',
      ownership: { kind: 'owned', by: anActor(), since: testStart },
    });
    const markers = markersAt(register, location(20), before.markers, places);
    expect(markers.map(({ id, matchedBy }) => [id, matchedBy])).toEqual([
      [marker.id, ['same-name', 'place']],
    ]);
    const what = { kind: 'located', location: location(20), markers } as const;
    const after = apply(before, { contact: before.id, rev: before.rev + 1, at: testStart, by: null, what });
    expect(after.markers).toEqual(markers);
    expect(after.marks.duties).toEqual(['re-thrive']);
    // Known by the number already, the place as well is no new risk.
    const sure = {
      ...before,
      markers: arrived.map((one) => ({ ...one, matchedBy: ['same-number' as const] })),
    };
    const event = { contact: sure.id, rev: sure.rev + 1, at: testStart, by: null, what };
    expect(apply(sure, event).marks.duties).toEqual([]);
    const floor = (contact: typeof after) => floorFor(triagePolicy, pictureOf(contact, emptyEntry))?.grade;
    expect([floor(before), floor(after)]).toEqual([undefined, 'G1']);
  });

  it('AS-16: what is known as well already is not told again, and nothing that was known is lost', () => {
    const here = markersAt(register, location(20), arrived, places);
    const call = aCall({ subscriber: { name, address: null } });
    expect([
      markersAt(register, location(20), here, places),
      markersAt(register, location(9_000), here, places),
      markersOfCall(register, call, here),
    ]).toEqual([[], [], []]);
  });

  it('AS-20: a wide circle is told as one and gives no floor; a better location later takes its place', () => {
    const nobody = onRecordOf(
      register,
      { caller: { ...caller, name: null }, call: null, location: location(9_000) },
      places,
    );
    expect(nobody.markers.map(({ matchedBy }) => matchedBy)).toEqual([['wide-place']]);
    expect(floorFor(triagePolicy, pictureOf(aContact({ markers: nobody.markers }), emptyEntry))).toBeNull();
    expect(aContact({ markers: nobody.markers }).marks.markers).toEqual([]);
    const better = markersAt(register, location(20), nobody.markers, places);
    expect(better.map(({ matchedBy }) => matchedBy)).toEqual([['place']]);
  });
});
