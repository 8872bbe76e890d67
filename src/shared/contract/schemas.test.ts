import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import policyFile from '../../../resources/policy/seed/service-levels.json' with { type: 'json' };
import { always, anyAct, anyContact, anyHistory, turnsOf } from '../../../tests/harness/arbitraries.ts';
import {
  aCall,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  aRationale,
  testStart,
} from '../../../tests/harness/builders.ts';
import { summaryOf, type Grading } from '../domain/contact.ts';
import { asCommandId, asLsn } from '../domain/ids.ts';
import type { Happening } from '../domain/event.ts';
import type { Refusal } from '../domain/lifecycle.ts';
import { noParts } from '../domain/record/parts.ts';
import { noMarks } from '../domain/record/row-marks.ts';
import {
  actSchema,
  commandSchema,
  contactSchema,
  contactSummarySchema,
  happeningSchema,
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

/** `null` where a field is empty says the same as the field left out. */
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, inner: unknown) => inner ?? undefined);

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
/** What came later than the first form: where it is missing, this is read (rules C-20 to C-31). */
const cameLater: Readonly<Record<string, unknown>> = {
  ...noParts,
  marks: noMarks,
  rationale: null,
  tellCaller: false,
  record: null,
  crimeRef: null,
  closing: null,
  withoutIncident: '',
  backTo: null,
  turnSince: null,
  weighed: null,
};
/** The same name came later in one place only: a crime's reference until the queue's. */
const cameLaterAt = (place: readonly (string | number)[]): unknown =>
  place.at(-2) === 'crime' && place.at(-1) === 'provisionalRef' ? '' : cameLater[String(place.at(-1))];
/** May be left out for ever. */
const optional = new Set([
  ...['rationale', 'undoes', 'reopened', 'reopens', 'policies', 'riskWords', 'lookFirst'],
  ...[
    'leave',
    'floors',
    'corrects',
    'endedDuty',
    'believes',
    'replaces',
    'claimedAt',
    'later',
    'rangAgain',
    'leftBecause',
    'end',
  ],
  'reopening',
  'reach',
]);
/** Elsewhere a field of that name is never missing: the fence of a change of band, what a stand-down ends. */
function isOptionalThere(value: unknown, place: readonly (string | number)[]): boolean {
  const holder = place.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value);
  const { kind } = holder as { readonly kind?: unknown };
  const isStandDown = kind === 'stand-down';
  // Another band has another target (rule K-08); older events said nothing of it.
  const isBandChange = kind === 'promoted' || kind === 'demoted';
  // Whose undoing it was, and when, came later than the rest of a reopening.
  const isReopening = place.at(-2) === 'reopened' && (place.at(-1) === 'id' || place.at(-1) === 'at');
  return (
    isReopening ||
    (place.at(-1) === 'due' && isBandChange) ||
    (place.at(-1) === 'fence' && place.at(-3) === 'bandChanges') ||
    (place.at(-1) === 'major' && isStandDown)
  );
}
/** What stands under keys of its own: any key is known. */
const keyed = new Set<string | number | undefined>(['answers', 'policies']);

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

  it('L-04: it refuses a value from which any field is missing, but what came later, which is then empty', () => {
    const anyField = anyPlaced.filter(([, place]) => typeof place.at(-1) === 'string');
    always(
      fc.property(anyField, ([value, place]) => {
        const key = String(place.at(-1));
        fc.pre(!keyed.has(place.at(-2)));
        const parsed = schema.safeParse(changedAt(overTheWire(value), place, () => undefined));
        if (!parsed.success) return;
        const later = cameLaterAt(place);
        const mayLack = later !== undefined || optional.has(key) || isOptionalThere(value, place);
        expect(mayLack, JSON.stringify(place)).toBe(true);
        const empty = changedAt(value, place, () => (later ?? undefined) as Json | undefined);
        expect(withoutNulls(parsed.data)).toEqual(withoutNulls(empty));
      }),
    );
  });

  const isObject = (old: Json): old is { [key: string]: Json } =>
    typeof old === 'object' && old !== null && !Array.isArray(old);
  const title = strict.has(schema) ? 'it refuses an unknown field' : 'it passes over an unknown field';
  it(`L-05: ${title}, in whatever depth`, () => {
    always(
      fc.property(anyPlaced, ([value, place]) => {
        fc.pre(!keyed.has(place.at(-1)));
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
      'below-floor': { code: 'below-floor', floor: 'G1', because: 'Somebody is badly hurt.' },
      'plan-unasked': { code: 'plan-unasked', plan: 'PL-0417' },
      'rationale-missing': { code: 'rationale-missing', parts: ['risk', 'options'] },
      'nothing-asked': { code: 'nothing-asked' },
      'own-asking': { code: 'own-asking' },
      'record-incomplete': { code: 'record-incomplete', missing: ['category', 'crime'] },
      'linked-already': { code: 'linked-already' },
      'parent-closed': {
        code: 'parent-closed',
        ref: 'CON-20261122-000041',
        open: ['tell-caller', 're-thrive'],
      },
      'not-a-duplicate': { code: 'not-a-duplicate', ref: 'CON-20261122-000041', because: 'graded-lower' },
      'closed-as-duplicate': { code: 'closed-as-duplicate', ref: 'CON-20261122-000041' },
      'not-linked': { code: 'not-linked' },
      'unknown-other': { code: 'unknown-other' },
      'no-such-duty': { code: 'no-such-duty' },
      'incident-open': { code: 'incident-open', ref: '2026-11-22/0412' },
      'no-major-incident': { code: 'no-major-incident' },
      'major-changed': { code: 'major-changed', name: 'Tanker', by },
      'not-whole': { code: 'not-whole', field: 'result' },
      'not-in-this-name': { code: 'not-in-this-name' },
      'id-in-use': { code: 'id-in-use' },
      'left-by-exit': { code: 'left-by-exit' },
      'chat-over': { code: 'chat-over', end: 'ended-by-public' },
      'not-a-chat': { code: 'not-a-chat' },
      'no-safe-way': { code: 'no-safe-way', because: 'none-chosen' },
      'not-that-way': { code: 'not-that-way', way: 'text' },
      'not-recorded': { code: 'not-recorded' },
      'sent-already': { code: 'sent-already', at: testStart },
      'nothing-to-check': { code: 'nothing-to-check' },
      'cannot-take': { code: 'cannot-take', to: by, because: 'limit', n: 2 },
      'offer-gone': { code: 'offer-gone', because: 'run-out', by },
    };
    const values = Object.values(refusals);
    expect(values.map((refusal) => refusalSchema.parse(overTheWire(refusal)))).toEqual(values);
  });

  it('C-20 to C-31: a contact that was stored before there was such a record reads as one with nothing on it', () => {
    const { grade: _g, ...now } = aContact({
      grade: 'G2',
      ownership: { kind: 'closed', by: anActor(), since: testStart },
    });
    const { marks: _m, ...before } = Object.fromEntries(
      Object.entries({ ...now, grade: 'G2' }).filter(([key]) => !Object.hasOwn(noParts, key)),
    );
    const [{ rationale: _r, ...grading }] = now.gradings as [Grading];
    const { record: _w, ...closing } = now.closing ?? {};
    expect(contactSchema.parse(overTheWire({ ...before, gradings: [grading], closing }))).toEqual({
      ...now,
      grade: 'G2',
      ...noParts,
      marks: noMarks,
      gradings: [{ ...grading, rationale: null }],
      closing: { ...closing, record: null },
    });
  });

  it('C-25, C-26: a row that was stored before there were marks says none', () => {
    const { marks: _m, ...before } = summaryOf(aContact());
    expect(contactSummarySchema.parse(overTheWire(before))).toEqual({ ...before, marks: noMarks });
  });

  it('L-05, C-29, R-06: a grading and a closing of a program before read as such without rationale and record', () => {
    const due = aContact().due;
    const grading = asCommandId(anId(0xc1));
    const read = [
      { kind: 'graded', grading, grade: 'G2', reason: 'weapon', due },
      { kind: 'closed', outcome: 'advice', reason: 'told whom to ask' },
    ].map((what) => happeningSchema.parse(what));
    expect(read).toEqual([
      { kind: 'graded', grading, grade: 'G2', reason: 'weapon', due, rationale: null, tellCaller: false },
      {
        kind: 'closed',
        outcome: 'advice',
        reason: 'told whom to ask',
        record: null,
        crimeRef: null,
        closing: null,
      },
    ] satisfies readonly Happening[]);
    expect(actSchema.parse({ kind: 'close', outcome: 'advice', reason: 'x' })).toEqual({
      kind: 'close',
      outcome: 'advice',
      reason: 'x',
      record: null,
    });
  });

  it('C-22, C-29, TE-01: what only the queue or a source makes happen has its parser', () => {
    const id = asCommandId(anId(0xc1));
    const other = { contact: aContact().id, ref: 'CON-20261122-000001' };
    const happenings: readonly Happening[] = [
      { kind: 'call', call: aCall({ handOver: 'caller-dropped', waited: { menu: 3, queue: 41 } }) },
      { kind: 'linked', link: id, as: 'repeat', parent: other, fact: 'a knife', found: ['weapon'] },
      { kind: 'joined', link: id, as: 'repeat', child: other, fact: '', found: [], due: aContact().due },
      { kind: 'joined', link: id, as: 'same-caller', child: other, fact: '', found: [], due: null },
      { kind: 'child-told', link: id, found: ['injury'], due: aContact().due },
      { kind: 'grade-asked', grading: id, grade: 'G4', reason: 'left', rationale: aRationale() },
      { kind: 'grade-answered', grading: id, agreed: true, reason: 'seen', due: aContact().due },
      {
        kind: 'incident-opened',
        policies: { categories: 'categories-2026-11-1' },
        incident: id,
        ref: '2026-11-22/0412',
        provisionalRef: 'PROV-7KQ4TX',
        category: 'AS-NUI',
      },
      { kind: 'crime-decided', crime: id, decision: { kind: 'not-yet' }, ref: '41/895/26' },
    ];
    expect(happenings.map((what) => happeningSchema.parse(overTheWire(what)))).toEqual(happenings);
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
