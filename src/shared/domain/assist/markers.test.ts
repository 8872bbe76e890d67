import { describe, expect, it } from 'vitest';
import {
  demoMarkers,
  demoPlans,
  readResource,
  resourceText,
  shippedMarkerKinds,
} from '../../../../tests/harness/assist-data.ts';
import { markerRegisterSchema, planListSchema } from '../../contract/policy/markers.ts';
import { must } from '../../lib/assert.ts';
import { callerKeys } from '../same-caller.ts';
import { asInstant } from '../time.ts';
import {
  hasEffect,
  isSureMatch,
  isStale,
  markersFor,
  matchWords,
  noMarkerPlaces,
  shownMarkers,
  type Marker,
  type MarkerMatch,
} from './markers.ts';
import { mayFollow, planFor } from './plans.ts';

const kinds = shippedMarkerKinds();
const register = demoMarkers();
const nobody = { name: null, number: null, address: null };
const keys = (caller: Partial<typeof nobody> | Record<string, string>) =>
  callerKeys({ ...nobody, ...caller });
const now = asInstant(Date.UTC(2026, 10, 22, 12));
const ids = (
  found: readonly { readonly marker: Marker; readonly matchedBy: readonly string[] }[],
): string[] => found.map(({ marker, matchedBy }) => `${marker.id} ${matchedBy.join(' ')}`);

describe('markers', () => {
  it('AS-16: a marker is found by number, address, name and place, and it is said by which', () => {
    expect(ids(markersFor(register, keys({ number: '+44 7700 900227' }), null, kinds.places))).toEqual([
      'MK-0101 same-number',
    ]);
    expect(ids(markersFor(register, keys({ name: 'QUESTED, Mara' }), null, kinds.places))).toEqual([
      'MK-0101 same-name',
    ]);
    const place = { latitude: 51.7522, longitude: -0.4722, radiusMetres: 28 };
    expect(ids(markersFor(register, keys({}), place, kinds.places))).toEqual(['MK-0101 place']);
    expect(ids(markersFor(register, keys({}), { ...place, latitude: 51.755 }, kinds.places))).toEqual([]);
    expect(
      ids(markersFor(register, keys({ address: '12 coldharbour yard ware sg12 9mo' }), null, kinds.places)),
    ).toEqual(['MK-0104 same-address', 'MK-0105 same-address']);
    expect(ids(markersFor(register, keys({ number: '07700 900001' }), null, kinds.places))).toEqual([]);
  });

  it('AS-20: in a circle as wide as a mast’s it may be anybody: told as that, the nearest few, and nothing rests on it', () => {
    const mast = { latitude: 51.7522, longitude: -0.4722, radiusMetres: 10_000 };
    const [first] = register;
    const many = Array.from({ length: 40 }, (_, n): Marker => {
      const at = { latitude: 51.7522 + n / 1_000, longitude: -0.4722, radiusMetres: 30 };
      return { ...must(first, 'a marker'), id: `MK-${1000 + n}`, places: [at] };
    }).toReversed();
    const found = markersFor(many, keys({}), mast, kinds.places);
    expect(ids(found)).toEqual([4, 3, 2, 1, 0].map((n) => `MK-${1000 + n} wide-place`));
    expect(found.some(({ matchedBy }) => isSureMatch(matchedBy))).toBe(false);
    const wide = { ...mast, radiusMetres: kinds.places.sureRadiusMetres };
    expect(isSureMatch(must(markersFor(many, keys({}), wide, kinds.places)[0], 'one').matchedBy)).toBe(true);
    expect(markersFor(many, keys({}), wide, noMarkerPlaces)).toEqual([]);
  });

  it('AS-16: who is not known matches no marker', () => {
    expect(markersFor(register, keys({}), null, kinds.places)).toEqual([]);
  });

  it('AS-16: the gravest kind comes first, and one whose kind nobody knows before all', () => {
    const found = markersFor(
      register,
      keys({ address: '12 Coldharbour Yard, Ware SG12 9MO' }),
      null,
      kinds.places,
    );
    expect(ids(shownMarkers(found, kinds, now))).toEqual(['MK-0105 same-address', 'MK-0104 same-address']);
    const unknown = found.map((one) =>
      one.marker.id === 'MK-0104' ? { ...one, marker: { ...one.marker, kind: 'new' } } : one,
    );
    expect(shownMarkers(unknown, kinds, now).map(({ marker, kind }) => [marker.id, kind?.id])).toEqual([
      ['MK-0104', undefined],
      ['MK-0105', 'officer-safety'],
    ]);
  });

  it.each<[readonly MarkerMatch[], string]>([
    [['same-number'], 'matched by number'],
    [['same-number', 'same-address', 'place'], 'matched by number, address and place'],
    [['same-address', 'same-name'], 'matched by address and name'],
    [['same-address'], 'matched by address only: it may concern somebody else there'],
    [['same-address', 'place'], 'matched by address and place only: it may concern somebody else there'],
    [['same-name'], 'matched by name only: make sure who it is'],
    [['wide-place'], 'matched by a wide area only: it may be somebody else, find out where they are'],
  ])('AS-16: what a match by %j leaves open is said with it', (matchedBy, words) => {
    expect(matchWords(matchedBy)).toBe(words);
  });

  it('AS-17: past its review a marker is shown and said to be stale; the day itself is within, by London’s clock', () => {
    const marker = { ...must(register[0], 'a marker'), reviewBy: '2026-06-30' };
    expect(isStale(marker, asInstant(Date.parse('2026-06-30T22:59:59Z')))).toBe(false);
    expect(isStale(marker, asInstant(Date.parse('2026-06-30T23:00:00Z')))).toBe(true);
    const found = markersFor([marker], keys({ number: '07700 900227' }), null, kinds.places);
    expect(shownMarkers(found, kinds, now).map(({ stale }) => stale)).toEqual([true]);
  });

  it('AS-16: a marker has the effects of its kind, and no others', () => {
    const shown = shownMarkers(
      markersFor(register, keys({ number: '07700 900227' }), null, kinds.places),
      kinds,
      now,
    );
    expect(hasEffect(shown, 'no-cold-call-back')).toBe(true);
    expect(hasEffect(shown, 'banking-protocol')).toBe(false);
  });

  it('AS-16: every kind of the guidance is there, and the demo uses only these', () => {
    expect(kinds.kinds).toHaveLength(16);
    expect(register.every(({ kind }) => kinds.kinds.some(({ id }) => id === kind))).toBe(true);
  });

  it.each([
    [
      'kind: domestic-abuse',
      'kind: domestic',
      /line 16, column 5: markers\[2\]\.kind is not a kind of the policy: domestic/,
    ],
    [
      'numbers: [07700 900227]',
      'numbers: [withheld]',
      /markers\[1\]\.numbers\[1\] is not a telephone number/,
    ],
    ['names: [Mara Quested]', 'names: [Mara]', /markers\[1\]\.names\[1\] is not a name of two words/],
    ['    owner: Hate crime', '    own: Hate crime', /markers\[6\]\.own is not a field that is known here/],
    ['reviewBy: 2027-07-13', 'reviewBy: 2025-07-13', /markers\[1\]\.reviewBy is before the marker was set/],
    ['MK-0102', 'MK-0101', /markers\[2\]\.id is there twice: MK-0101/],
    ['    numbers: [07700 900623]\n', '', /markers\[3\]\.id can be found by nothing/],
  ])('AS-16: a register with “%s” as “%s” is refused with its line and field', (good, bad, sentence) => {
    const text = resourceText('demo/markers.yaml').replace(good, bad);
    expect(() => readResource('demo/markers.yaml', markerRegisterSchema(kinds), text)).toThrow(sentence);
  });
});

describe('agreed plans', () => {
  const plans = demoPlans();

  it('AS-18: the plan of a persistent caller is found by number, by name as well', () => {
    expect(planFor(plans, keys({ number: '07700 900956' }))).toMatchObject({
      plan: { ref: 'PL-0417' },
      matchedBy: ['same-number'],
    });
    expect(planFor(plans, keys({ name: 'Mr Graham Tolhurst' }))?.matchedBy).toEqual(['same-name']);
    expect(planFor(plans, keys({ number: '07700 900957' }))).toBeNull();
    expect(planFor(plans, keys({}))).toBeNull();
  });

  it('AS-18: one by number stands before one by name, a later one before an earlier', () => {
    const [plan] = plans;
    if (plan === undefined) throw new Error('no plan');
    const byName = { ...plan, ref: 'PL-0001', numbers: [], setAt: '2026-11-01' };
    const earlier = { ...plan, ref: 'PL-0002', setAt: '2025-11-01' };
    const caller = keys({ number: '07700 900956', name: 'Graham Tolhurst' });
    for (const list of [
      [byName, earlier, plan],
      [plan, earlier, byName],
    ])
      expect(planFor(list, caller)?.plan.ref).toBe('PL-0417');
  });

  it('AS-18: no plan is without the question what is different today, and none is followed before its answer', () => {
    const text = resourceText('demo/plans.yaml').replace(/ {4}whatIsDifferent:.*\n/, '');
    expect(() => readResource('demo/plans.yaml', planListSchema, text)).toThrow(
      /plans\[1\]\.whatIsDifferent is missing/,
    );
    expect(['', '  ', '.', '—', 'nothing', 'ne', 'нічого'].map(mayFollow)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});
