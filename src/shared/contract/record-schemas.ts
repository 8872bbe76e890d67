import { z } from 'zod';
import { CALL_ID_LIMIT, callMarks, handOvers, lineTypes, type Call } from '../domain/call.ts';
import type { RowMarks } from '../domain/contact.ts';
import { grades } from '../domain/contact.ts';
import { callerToldKinds, type ClosingRecord } from '../domain/record/closing-record.ts';
import type { CrimeDecision } from '../domain/record/crime-decision.ts';
import type { SaidDescription } from '../domain/record/description.ts';
import {
  callBackResults,
  callBackWays,
  dutyKinds,
  heardKinds,
  linkKinds,
  safeToRing,
  type HeardSound,
  type LateWords,
  type Linked,
  type MajorIncident,
  type Passed,
  type RecordParts,
  type SaidSpot,
  type TriedCallBack,
} from '../domain/record/parts.ts';
import {
  actorSchema,
  commandIdSchema,
  contactIdSchema,
  decidedBySchema,
  handlerIdSchema,
  instantSchema,
  oneOf,
  recorded,
  whole,
  type ObjectReader,
} from './basic-schemas.ts';
import { chatPartsShape } from './chat-schemas.ts';
import { photoSchema } from './photo-schemas.ts';
import { markerSchema, planSchema } from './marker-schemas.ts';
import { triageSchemas } from './triage-schemas.ts';

/** Parsers for what people and machines add to a contact after its arrival (docs/spec/record.md, telephony.md). */

const words = z.string();
const code = z.string().max(60);

export const callSchema: z.ZodType<Call> = z.object({
  id: z.string().max(CALL_ID_LIMIT),
  handOver: z.enum(handOvers),
  line: z.enum(lineTypes),
  subscriber: z.object({ name: words.nullable(), address: words.nullable() }).nullable(),
  network: words.nullable(),
  cell: words.nullable(),
  marks: z.array(z.enum(callMarks)),
  operatorHeard: words.nullable(),
  waited: z.object({ menu: whole, queue: whole }).nullable(),
  recording: words.nullable(),
  otherAgency: words.nullable(),
  offeredAt: instantSchema,
  answeredAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  asOf: instantSchema,
  // Calls that were stored before it was kept say none.
  claimedAt: instantSchema.nullable().default(null),
});

/** What a handler writes into the record: strictly for an act, leniently for what is on the record. */
export function recordSchemas(object: ObjectReader) {
  const triage = triageSchemas(object);
  const crimeShapes = {
    recorded: object({ kind: z.literal('recorded'), offence: words, offenceClass: code.nullable() }),
    'not-a-crime': object({
      kind: z.literal('not-a-crime'),
      because: code,
      words,
      rationale: triage.rationale.optional(),
    }),
    elsewhere: object({ kind: z.literal('elsewhere'), force: words, theirRef: words.nullable() }),
    'not-yet': object({ kind: z.literal('not-yet') }),
  } as const satisfies { readonly [K in CrimeDecision['kind']]: z.ZodType };
  const crimeDecision: z.ZodType<CrimeDecision> = oneOf<CrimeDecision>(crimeShapes);

  const closingRecord: z.ZodType<ClosingRecord> = object({
    category: code.nullable(),
    qualifiers: z.array(code).max(40),
    result: words,
    crime: crimeDecision,
    callerTold: object({ kind: z.enum(callerToldKinds), words }).nullable(),
    parent: contactIdSchema.nullable(),
    // Missing in what was closed, or kept in an outbox, before it was asked.
    withoutIncident: words.default(''),
  });

  const saidDescription: z.ZodType<SaidDescription> = object({
    title: words,
    caller: object({ name: words.nullable(), number: words.nullable(), address: words.nullable() }),
    language: words.nullable(),
  });

  const spotShape = {
    words,
    detail: words,
    point: object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
    }).nullable(),
    readBack: z.boolean(),
  };
  const saidSpot: z.ZodType<SaidSpot> = object(spotShape);

  const triedShape = {
    safe: z.enum(safeToRing),
    way: z.enum(callBackWays),
    result: z.enum(callBackResults),
    words,
  };
  const triedCallBack: z.ZodType<TriedCallBack> = object(triedShape);

  const soundShape = { what: z.enum(heardKinds), means: z.enum(['yes', 'no']).nullable(), words };
  const heardSound: z.ZodType<HeardSound> = object(soundShape);

  const passedShape = {
    to: words,
    takenBy: words.nullable(),
    theirRef: words.nullable(),
    stayedOn: z.boolean(),
    leftBecause: words.optional(),
    pack: words,
  };
  const passed: z.ZodType<Passed> = object(passedShape);

  return {
    ...triage,
    shapes: { spot: spotShape, tried: triedShape, sound: soundShape, passed: passedShape },
    crimeDecision,
    closingRecord,
    saidDescription,
    saidSpot,
    triedCallBack,
    heardSound,
    passed,
  };
}

const onRecord = recordSchemas(recorded);

export const linkedSchema: z.ZodType<Linked> = z.object({ contact: contactIdSchema, ref: words });
export const linkKindSchema = z.enum(linkKinds);

const doneShape = { by: actorSchema, at: instantSchema };
const writtenShape = { id: commandIdSchema, ...doneShape };
const decidedShape = { ...writtenShape, policies: decidedBySchema };
const becauseSchema = z.object({ ...doneShape, reason: words });

export const majorSchema: z.ZodType<MajorIncident> = z.object({
  ...writtenShape,
  name: words,
  report: onRecord.methane,
  acceptedBy: words.optional(),
  stoodDown: becauseSchema.nullable(),
});

export const lateWordsSchema: z.ZodType<LateWords> = oneOf<LateWords>({
  hear: z.object({ kind: z.literal('hear'), sound: onRecord.heardSound }),
  attempt: z.object({ kind: z.literal('attempt'), attempt: onRecord.triedCallBack }),
  triage: z.object({ kind: z.literal('triage'), entry: onRecord.entry }),
  pass: z.object({ kind: z.literal('pass'), passed: onRecord.passed }),
});

/** With what a contact has that was stored before there was such a part. */
export const recordPartsShape = {
  call: callSchema.nullable().default(null),
  descriptions: z
    .array(z.object({ ...writtenShape, said: onRecord.saidDescription, before: onRecord.saidDescription }))
    .default([]),
  spots: z.array(z.object({ ...onRecord.shapes.spot, ...writtenShape })).default([]),
  markers: z.array(markerSchema).default([]),
  plan: planSchema.nullable().default(null),
  triage: z.array(z.object({ ...writtenShape, entry: onRecord.entry })).default([]),
  asked: z
    .object({
      ...decidedShape,
      grade: z.enum(grades).nullable(),
      reason: words,
      rationale: onRecord.rationale,
    })
    .nullable()
    .default(null),
  attempts: z
    .array(
      z.object({
        ...onRecord.shapes.tried,
        ...decidedShape,
        corrects: commandIdSchema.optional(),
        endedDuty: z.literal(true).optional(),
      }),
    )
    .default([]),
  heard: z.array(z.object({ ...onRecord.shapes.sound, ...writtenShape })).default([]),
  links: z
    .array(
      z.object({
        ...decidedShape,
        kind: linkKindSchema,
        side: z.enum(['child', 'parent']),
        other: linkedSchema,
        fact: words,
        found: z.array(words),
        rangAgain: z.literal(true).optional(),
        later: z
          .array(z.object({ found: z.array(words), by: actorSchema.nullable(), at: instantSchema }))
          .optional(),
        parted: becauseSchema.nullable(),
      }),
    )
    .default([]),
  duties: z
    .array(
      z.object({
        id: words,
        kind: z.enum(dutyKinds),
        because: words,
        since: instantSchema,
        believes: z.enum(grades).nullable().optional(),
        done: z.object({ ...doneShape, words }).nullable(),
      }),
    )
    .default([]),
  incident: z
    .object({ ...decidedShape, ref: words.nullable(), provisionalRef: words, category: words })
    .nullable()
    .default(null),
  crime: z
    .object({
      ...decidedShape,
      decision: onRecord.crimeDecision,
      ref: words.nullable(),
      // Of an older program: it had none.
      provisionalRef: words.default(''),
    })
    .nullable()
    .default(null),
  passedOn: z.array(z.object({ ...onRecord.shapes.passed, ...writtenShape })).default([]),
  major: majorSchema.nullable().default(null),
  earlierMajors: z.array(majorSchema).default([]),
  late: z.array(z.object({ ...writtenShape, said: lateWordsSchema })).default([]),
  ...chatPartsShape,
  photos: z.array(photoSchema).default([]),
} as const satisfies { readonly [K in keyof RecordParts]: z.ZodType };

/** A row that was stored before there were marks says none. */
export const rowMarksSchema: z.ZodType<RowMarks> = z
  .object({
    isr: words.nullable(),
    crimeDueAt: instantSchema.nullable(),
    duties: z.array(z.enum(dutyKinds)),
    major: words.nullable(),
    markers: z.array(words),
    backTo: handlerIdSchema.nullable().default(null),
    turnSince: instantSchema.nullable().default(null),
    weighed: z.object({ gradedAt: instantSchema, lookedAt: instantSchema }).nullable().default(null),
    offer: z.object({ id: commandIdSchema, to: actorSchema, until: instantSchema }).optional(),
  })
  .default({
    isr: null,
    crimeDueAt: null,
    duties: [],
    major: null,
    markers: [],
    backTo: null,
    turnSince: null,
    weighed: null,
  });
