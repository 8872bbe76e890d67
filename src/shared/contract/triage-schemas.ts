import { z } from 'zod';
import { grades } from '../domain/contact.ts';
import type { Answer } from '../domain/triage/answers.ts';
import type { TriageEntry } from '../domain/triage/entry.ts';
import { methaneFields, type MethaneReport } from '../domain/triage/major-incident.ts';
import type { Rationale } from '../domain/triage/rationale.ts';
import { thresholdSteps, type RightCareAnswer } from '../domain/triage/right-care.ts';
import {
  harmKinds,
  immediacies,
  likelihoods,
  opportunities,
  severities,
  type LetterAnswer,
  type Thrive,
} from '../domain/triage/thrive.ts';
import { instantSchema, oneOf, type ObjectReader } from './basic-schemas.ts';

/** Parsers for what triage writes (docs/spec/triage.md): of commands and of the log. */

const words = z.string();

const methaneField = words.nullable();

/** Strictly for an act, leniently for what is on the record. */
export function triageSchemas(object: ObjectReader) {
  const answerShapes = {
    yes: object({ kind: z.literal('yes') }),
    no: object({ kind: z.literal('no') }),
    'not-known': object({ kind: z.literal('not-known') }),
    choice: object({ kind: z.literal('choice'), ids: z.array(z.string().max(60)).max(20) }),
    text: object({ kind: z.literal('text'), text: words }),
    number: object({ kind: z.literal('number'), number: z.number() }),
    time: object({ kind: z.literal('time'), at: instantSchema.nullable(), text: words }),
    place: object({ kind: z.literal('place'), text: words, readBack: z.boolean() }),
  } as const satisfies { readonly [K in Answer['kind']]: z.ZodType };
  const answerSchema: z.ZodType<Answer> = oneOf<Answer>(answerShapes);

  const letterOf = <Facts>(facts: z.ZodType<Facts>): z.ZodType<LetterAnswer<Facts>> =>
    z
      .discriminatedUnion('kind', [
        object({ kind: z.literal('none') }),
        object({ kind: z.literal('found'), text: words, facts }),
      ])
      .nullable();

  const thriveSchema: z.ZodType<Thrive> = object({
    threat: letterOf(
      object({
        immediacy: z.enum(immediacies).nullable(),
        actor: words.nullable(),
        target: words.nullable(),
      }),
    ),
    harm: letterOf(
      object({ kinds: z.array(z.enum(harmKinds)).max(12), severity: z.literal(severities).nullable() }),
    ),
    risk: letterOf(object({ likelihood: z.enum(likelihoods).nullable(), interimPlan: words.nullable() })),
    investigation: letterOf(
      object({
        opportunities: z.array(z.enum(opportunities)).max(12),
        preservationGiven: z.boolean().nullable(),
      }),
    ),
    vulnerability: letterOf(object({ markers: z.array(z.string().max(60)).max(30), who: words.nullable() })),
    engagement: letterOf(object({ safeContact: words.nullable(), expectationTold: z.boolean().nullable() })),
  });

  const rightCareSchema: z.ZodType<RightCareAnswer> = z.discriminatedUnion('step', [
    object({
      step: z.enum(thresholdSteps),
      answer: z.enum(['yes', 'no', 'not-known']),
      words,
    }),
    object({ step: z.literal('duty-holder'), agency: words, done: words }),
    object({
      step: z.literal('agency-told'),
      person: words,
      at: instantSchema,
      theirRef: words.nullable(),
    }),
    object({ step: z.literal('caller-told'), words }),
    object({ step: z.literal('re-contact'), when: words }),
  ]);

  const entry: z.ZodType<TriageEntry> = object({
    callType: z.string().max(60).nullable(),
    answers: z.record(z.string().max(60), answerSchema),
    thrive: thriveSchema,
    rightCare: z.array(rightCareSchema).max(100),
    different: words.nullable(),
    recommended: object({ grade: z.enum(grades), because: z.array(words).max(60) }).nullable(),
    policies: z.record(z.string().max(60), z.string().max(80)),
  });

  const rationale: z.ZodType<Rationale> = object({
    information: words,
    risk: words,
    policy: words,
    options: words,
    decision: words,
  });

  const methane: z.ZodType<MethaneReport> = object(
    Object.fromEntries(methaneFields.map((field) => [field, methaneField])) as Record<
      (typeof methaneFields)[number],
      typeof methaneField
    >,
  );
  return { entry, rationale, methane };
}
