import { z } from 'zod';
import type { Marker } from '../../domain/assist/markers.ts';
import type { Plan } from '../../domain/assist/plans.ts';
import { markerEffects, type MarkerKindsPolicy } from '../../domain/policy/markers.ts';
import { callerKeys } from '../../domain/same-caller.ts';
import { policyHeaderShape } from './header.ts';

const words = (longest: number) => z.string().trim().min(2).max(longest);

/** `resources/policy/markers.yaml` (rule AS-16). */
export const markerKindsPolicySchema = z
  .strictObject({
    ...policyHeaderShape,
    places: z.strictObject({
      sureRadiusMetres: z.int().min(10).max(2000),
      mayBeAtMost: z.int().min(0).max(20),
      because: words(240),
    }),
    kinds: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z][a-z-]{1,39}$/, 'an id looks like high-risk-domestic-abuse'),
          name: words(60),
          advice: words(240),
          effects: z.array(z.enum(markerEffects)),
        }),
      )
      .min(1),
  })
  .superRefine(({ kinds }, check) => {
    const ids = kinds.map(({ id }) => id);
    for (const [n, id] of ids.entries()) {
      if (ids.indexOf(id) < n)
        check.addIssue({ code: 'custom', path: ['kinds', n, 'id'], message: `is there twice: ${id}` });
    }
  }) satisfies z.ZodType<MarkerKindsPolicy>;

/** Written as people write them, kept as keys: one that says nothing about who somebody is is refused. */
const numbers = z
  .array(keyed('a telephone number', (number) => callerKeys({ name: null, address: null, number }).number))
  .default([]);
const addresses = z
  .array(
    keyed('an address with a house number', (address) => {
      return callerKeys({ name: null, number: null, address }).address;
    }),
  )
  .default([]);
const names = z
  .array(keyed('a name of two words', (name) => callerKeys({ address: null, number: null, name }).name))
  .default([]);

function keyed(what: string, keyOf: (text: string) => string | null) {
  return z.string().transform((text, check) => {
    const key = keyOf(text);
    if (key !== null) return key;
    check.addIssue({ code: 'custom', message: `is not ${what}` });
    return z.NEVER;
  });
}

const markerSchema = z.strictObject({
  id: z.string().regex(/^MK-\d{4,8}$/, 'a marker is called like MK-0101'),
  kind: z.string().min(2),
  concerns: words(120),
  source: words(200),
  setAt: z.iso.date('is not a date like 2027-05-31'),
  reviewBy: z.iso.date('is not a date like 2027-05-31'),
  owner: words(120),
  note: z.string().max(500),
  numbers,
  addresses,
  names,
  places: z
    .array(
      z.strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        radiusMetres: z.number().min(1).max(2000),
      }),
    )
    .default([]),
});

const planSchema = z.strictObject({
  ref: z.string().regex(/^PL-\d{4,8}$/, 'a plan is called like PL-0417'),
  concerns: words(120),
  numbers,
  names,
  wording: words(1000),
  allowedActions: z.array(words(200)).min(1),
  limits: z.array(words(200)).min(1),
  owner: words(120),
  setAt: z.iso.date('is not a date like 2027-05-31'),
  reviewBy: z.iso.date('is not a date like 2027-05-31'),
  whatIsDifferent: words(300),
});

/** The register of markers: `resources/demo/markers.yaml`, or the force's own. Its kinds are checked against the policy given. */
export function markerRegisterSchema({
  kinds,
}: MarkerKindsPolicy): z.ZodType<{ readonly markers: readonly Marker[] }> {
  return z.strictObject({ markers: z.array(markerSchema) }).superRefine(({ markers }, check) => {
    for (const [n, marker] of markers.entries()) {
      const complain = (field: string, message: string): void =>
        check.addIssue({ code: 'custom', path: ['markers', n, field], message });
      if (markers.findIndex(({ id }) => id === marker.id) < n) complain('id', `is there twice: ${marker.id}`);
      if (!kinds.some(({ id }) => id === marker.kind))
        complain('kind', `is not a kind of the policy: ${marker.kind}`);
      if (marker.reviewBy < marker.setAt) complain('reviewBy', 'is before the marker was set');
      const keys = [marker.numbers, marker.addresses, marker.names, marker.places];
      if (keys.every((list) => list.length === 0))
        complain('id', 'can be found by nothing: give a number, an address, a name or a place');
    }
  });
}

/** The agreed plans: `resources/demo/plans.yaml`, or the force's own. */
export const planListSchema: z.ZodType<{ readonly plans: readonly Plan[] }> = z
  .strictObject({ plans: z.array(planSchema) })
  .superRefine(({ plans }, check) => {
    for (const [n, plan] of plans.entries()) {
      const complain = (field: string, message: string): void =>
        check.addIssue({ code: 'custom', path: ['plans', n, field], message });
      if (plans.findIndex(({ ref }) => ref === plan.ref) < n) complain('ref', `is there twice: ${plan.ref}`);
      if (plan.reviewBy < plan.setAt) complain('reviewBy', 'is before the plan was set');
      if (plan.numbers.length + plan.names.length === 0)
        complain('ref', 'can be found by nothing: give a number or a name');
    }
  });
