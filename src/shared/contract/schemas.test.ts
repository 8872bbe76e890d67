import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import policyFile from '../../../resources/policy/service-levels.json' with { type: 'json' };
import { always, anyAct, anyContact, anyHistory, turnsOf } from '../../../tests/harness/arbitraries.ts';
import { aCommand, aContact, aPolicy, anActor, testStart } from '../../../tests/harness/builders.ts';
import { summaryOf } from '../domain/contact.ts';
import { asLsn } from '../domain/ids.ts';
import type { Refusal } from '../domain/lifecycle.ts';
import {
  actSchema,
  commandSchema,
  contactSchema,
  contactSummarySchema,
  logEntrySchema,
  refusalSchema,
  servicePolicySchema,
} from './schemas.ts';

/** As a value is after it went over the wire, through IPC or into a file. */
const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Place = readonly (string | number)[];

/** Every place in a JSON value, outermost first. */
function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, inner]) =>
      placesOf(inner, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** A copy of the value in which what stands at `place` is changed; `undefined` takes the key out. */
function changedAt(value: unknown, place: Place, change: (old: Json) => Json | undefined): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return change(value as Json);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const inner = changedAt(copy[key], rest, change);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}

/** Something of another type in its place: what a broken or hostile sender might put there. */
const ofAnotherType = (old: Json): Json => {
  if (typeof old === 'string') return 7;
  if (typeof old === 'number') return String(old);
  if (typeof old === 'boolean') return 'true';
  return old === null ? [7] : 'x';
};

const anyEntry = anyHistory
  .map((history) => turnsOf(history).flatMap(({ event }) => (event === null ? [] : [event])))
  .filter((events) => events.length > 0)
  .chain((events) => fc.constantFrom(...events).map((event) => ({ ...event, lsn: asLsn(event.rev) })));
const anyArrival = anyContact.map((contact) => ({
  lsn: asLsn(1),
  contact: contact.id,
  rev: 1,
  at: contact.enteredAt,
  by: null,
  what: { kind: 'arrived', contact },
}));
const anyRefusal = anyHistory
  .map((history) =>
    turnsOf(history).flatMap(({ decision }) => (decision.kind === 'refused' ? [decision.refusal] : [])),
  )
  .filter((refusals) => refusals.length > 0)
  .chain((refusals) => fc.constantFrom(...refusals));
const anyCommand = fc.tuple(anyContact, anyAct).map(([on, act]) => aCommand({ on, act }));
const anyLivedContact = anyHistory.map((history) => turnsOf(history).at(-1)?.contact ?? history.start);

const parsers: readonly [string, z.ZodType, fc.Arbitrary<unknown>][] = [
  ['a contact on arrival', contactSchema, anyContact],
  ['a contact with a history', contactSchema, anyLivedContact],
  ['a summary', contactSummarySchema, anyContact.map(summaryOf)],
  ['an entry of the log', logEntrySchema, anyEntry],
  ['an arrival', logEntrySchema, anyArrival],
  ['a refusal', refusalSchema, anyRefusal],
  ['an act', actSchema, anyAct],
  ['a command', commandSchema, anyCommand],
  ['a policy', servicePolicySchema, fc.constant(aPolicy())],
];
const strict = new Set<z.ZodType>([actSchema, commandSchema]);

describe.each(parsers)('the parser of %s', (_name, schema, values) => {
  it('L-05: it gives back what the domain made, word for word', () => {
    always(
      fc.property(values, (value) => {
        expect(schema.safeParse(overTheWire(value))).toEqual({ success: true, data: value });
      }),
      { runs: 150 },
    );
  });

  const anyPlaced = values.chain((value) =>
    fc.tuple(fc.constant(value), fc.constantFrom(...placesOf(value))),
  );

  it('L-04: it refuses a value of another type in any place', () => {
    always(
      fc.property(anyPlaced, ([value, place]) => {
        const broken = changedAt(overTheWire(value), place, ofAnotherType);
        expect(schema.safeParse(broken).success, JSON.stringify(place)).toBe(false);
      }),
    );
  });

  it('L-04: it refuses a value from which any field is missing', () => {
    const anyField = anyPlaced.filter(([, place]) => typeof place.at(-1) === 'string');
    always(
      fc.property(anyField, ([value, place]) => {
        const broken = changedAt(overTheWire(value), place, () => undefined);
        expect(schema.safeParse(broken).success, JSON.stringify(place)).toBe(false);
      }),
    );
  });

  const isObject = (old: Json): old is { [key: string]: Json } =>
    typeof old === 'object' && old !== null && !Array.isArray(old);
  const title = strict.has(schema) ? 'it refuses an unknown field' : 'it passes over an unknown field';
  it(`L-05: ${title}, in whatever depth`, () => {
    always(
      fc.property(anyPlaced, ([value, place]) => {
        const richer = changedAt(overTheWire(value), place, (old) =>
          isObject(old) ? { ...old, addedLater: true } : old,
        );
        fc.pre(JSON.stringify(richer) !== JSON.stringify(overTheWire(value)));
        const parsed = schema.safeParse(richer);
        if (strict.has(schema)) expect(parsed.success, JSON.stringify(place)).toBe(false);
        else expect(parsed).toEqual({ success: true, data: value });
      }),
    );
  });
});

describe('what the parsers hold to', () => {
  it('K-06: the policy that ships is read, and what desks need not know of it is left out', () => {
    expect(servicePolicySchema.parse(policyFile)).toEqual({
      version: policyFile.version,
      targetMs: policyFile.targetMs,
      allowanceMs: policyFile.allowanceMs,
      lookFirstMs: policyFile.lookFirstMs,
    });
  });

  it('K-06: a policy in which a class has no target is refused, or less than none', () => {
    const { emergency: _without, ...targets } = policyFile.targetMs;
    const broken = [
      { ...policyFile, targetMs: targets },
      { ...policyFile, targetMs: { ...policyFile.targetMs, emergency: -1 } },
      { ...policyFile, version: '' },
    ];
    expect(broken.map((policy) => servicePolicySchema.safeParse(policy).success)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('C-06: every refusal a desk can be told has its parser', () => {
    const by = anActor();
    const since = testStart;
    const refusals: { readonly [C in Refusal['code']]: Extract<Refusal, { code: C }> } = {
      taken: { code: 'taken', by, since },
      fenced: { code: 'fenced', by: null },
      'not-yours': { code: 'not-yours' },
      'already-yours': { code: 'already-yours' },
      closed: { code: 'closed', by, since },
      'not-closed': { code: 'not-closed' },
      'already-in-band': { code: 'already-in-band', band: 'A' },
      'text-missing': { code: 'text-missing' },
      'text-too-long': { code: 'text-too-long', limit: 500, length: 501 },
      'unknown-contact': { code: 'unknown-contact' },
      'link-down': { code: 'link-down' },
      role: { code: 'role', role: 'trainee', act: 'claim', emergency: true },
      'already-logged': { code: 'already-logged', ref: 'CON-20261122-000041' },
      'not-in-this-name': { code: 'not-in-this-name' },
      'id-in-use': { code: 'id-in-use' },
    };
    const values = Object.values(refusals);
    expect(values.map((refusal) => refusalSchema.parse(overTheWire(refusal)))).toEqual(values);
  });

  it.each<[string, unknown]>([
    ['an id that is no UUID', 'CON-20261122-000041'],
    ['an empty id', ''],
    ['an id with something after it', `${aContact().id}\n`],
  ])('L-04: %s is refused', (_what, id) => {
    expect(contactSchema.safeParse({ ...aContact(), id }).success).toBe(false);
  });

  it.each<[string, unknown]>([
    ['a fraction', 1.5],
    ['below zero', -1],
    ['beyond what numbers can count exactly', 2 ** 53],
    ['not a number', Number.NaN],
  ])('L-04: a revision that is %s is refused', (_what, rev) => {
    expect(contactSchema.safeParse({ ...aContact(), rev }).success).toBe(false);
  });
});
