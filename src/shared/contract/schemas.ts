import { z } from 'zod';
import {
  contactIdSchema,
  decidedBySchema,
  handlerIdSchema,
  commandIdSchema,
  lsnSchema,
  fenceSchema,
  instantSchema,
  actorSchema,
  asked,
  branded,
  oneOf,
  recorded,
  whole,
} from './basic-schemas.ts';
import { chatActShapes, chatEndSchema, chatHappeningShapes, chatRefusals } from './chat-schemas.ts';
import { channels } from '../domain/channel.ts';
import type { Act, ActKind, Command } from '../domain/command.ts';
import {
  channelStates,
  closeOutcomes,
  grades,
  type Closing,
  type Contact,
  type ContactSummary,
  type Due,
  type Grading,
  type Message,
  type Note,
  type Ownership,
} from '../domain/contact.ts';
import type { Happening, HappeningKind, LogEntry } from '../domain/event.ts';
import { deskStatusKinds, deskStatusReasons, isWhole, type DeskStatus } from '../domain/desk-status.ts';
import type { Refusal } from '../domain/lifecycle.ts';
import { locationMethods, type Location } from '../domain/location.ts';
import { duplicateFaults } from '../domain/record/close-duplicate.ts';
import { dutyKinds } from '../domain/record/parts.ts';
import { roles } from '../domain/role.ts';
import { serviceClasses, type ServiceClass, type ServicePolicy } from '../domain/service-level.ts';
import { lineInLanguageSchema } from './language-schemas.ts';
import { photoSchema } from './photo-schemas.ts';
import { markerSchema, planSchema } from './marker-schemas.ts';
import {
  callSchema,
  lateWordsSchema,
  linkedSchema,
  majorSchema,
  linkKindSchema,
  recordPartsShape,
  recordSchemas,
  rowMarksSchema,
} from './record-schemas.ts';

/**
 * Parsers for the domain, used at the doors: socket, IPC, stored JSON, files. Each is annotated with its domain type,
 * so that a parser which forgets or mistypes a field does not compile.
 */

const inAct = recordSchemas(asked);
const onRecord = recordSchemas(recorded);

const ownershipSchema: z.ZodType<Ownership> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting'), since: instantSchema }),
  z.object({ kind: z.literal('owned'), by: actorSchema, since: instantSchema }),
  z.object({ kind: z.literal('link-lost'), by: actorSchema, since: instantSchema }),
  z.object({ kind: z.literal('verify'), lastOwner: actorSchema, since: instantSchema }),
  z.object({ kind: z.literal('closed'), by: actorSchema, since: instantSchema }),
]);

const dueSchema: z.ZodType<Due> = z.object({
  at: instantSchema,
  targetMs: whole,
  allowances: z.array(z.object({ because: z.enum(['vulnerable', 'repeat', 'look-first']), ms: whole })),
  policy: z.string(),
});

/** What of a summary is read, field by field. */
export const summaryShape = {
  id: contactIdSchema,
  ref: z.string(),
  channel: z.enum(channels),
  receivedAt: instantSchema,
  seq: whole,
  rev: whole,
  fence: fenceSchema,
  band: z.enum(['A', 'B']),
  bandSince: instantSchema,
  due: dueSchema,
  ownership: ownershipSchema,
  channelState: z.enum(channelStates),
  work: z.enum(['open', 'parked', 'wrap-up']),
  callBackDue: z.boolean(),
  title: z.string(),
  place: z.string().nullable(),
  language: z.string().nullable(),
  flags: z.object({ vulnerable: z.boolean(), repeat: z.boolean(), lookFirst: z.boolean() }),
  grade: z.enum(grades).nullable(),
  marks: rowMarksSchema,
};

export const contactSummarySchema: z.ZodType<ContactSummary> = z.object(summaryShape);

const noteSchema: z.ZodType<Note> = z.object({
  id: commandIdSchema,
  text: z.string(),
  by: actorSchema,
  at: instantSchema,
  happenedAt: instantSchema.nullable(),
  late: z.boolean(),
});

export const locationSchema: z.ZodType<Location> = z.object({
  method: z.enum(locationMethods),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radiusMetres: z.number().nonnegative().nullable(),
  place: z.string().nullable(),
  at: instantSchema,
});

const messageSchema: z.ZodType<Message> = z.object({
  key: z.string(),
  from: z.enum(['public', 'assistant']),
  text: z.string(),
  language: z.string().nullable(),
  at: instantSchema,
});

const callerSchema = z.object({
  name: z.string().nullable(),
  number: z.string().nullable(),
  address: z.string().nullable(),
});
const flagsSchema = z.object({ vulnerable: z.boolean(), repeat: z.boolean(), lookFirst: z.boolean() });

const floorsSchema = z.array(z.object({ rule: z.string(), grade: z.enum(grades) }));

const gradingSchema: z.ZodType<Grading> = z.object({
  id: commandIdSchema,
  grade: z.enum(grades).nullable(),
  reason: z.string(),
  rationale: onRecord.rationale.nullable().default(null),
  leave: z.object({ by: actorSchema, floors: floorsSchema }).optional(),
  undoes: commandIdSchema.optional(),
  policies: decidedBySchema,
  by: actorSchema,
  at: instantSchema,
});

const closingSchema: z.ZodType<Closing> = z.object({
  outcome: z.enum(closeOutcomes),
  reason: z.string(),
  record: onRecord.closingRecord.nullable().default(null),
  policies: decidedBySchema,
  by: actorSchema,
  at: instantSchema,
});

/** What of a contact is read, field by field. */
export const contactShape = {
  ...summaryShape,
  ...recordPartsShape,
  enteredAt: instantSchema,
  claimedReceivedAt: instantSchema.nullable(),
  source: z.string(),
  provisionalRef: z.string().nullable(),
  paperLog: z.string().nullable(),
  caller: callerSchema,
  account: z.string(),
  locations: z.array(locationSchema),
  messages: z.array(messageSchema),
  notes: z.array(noteSchema),
  gradings: z.array(gradingSchema),
  bandChanges: z.array(
    z.object({
      to: z.enum(['A', 'B']),
      reason: z.string(),
      fence: fenceSchema.optional(),
      by: actorSchema,
      at: instantSchema,
    }),
  ),
  closing: closingSchema.nullable(),
  promised: z
    .array(z.object({ id: commandIdSchema, words: z.string(), by: actorSchema, at: instantSchema }))
    .optional(),
  reopened: z
    .object({
      id: commandIdSchema.optional(),
      at: instantSchema.optional(),
      closing: closingSchema,
      rev: whole,
      by: actorSchema,
    })
    .optional(),
} as const;
export const contactSchema: z.ZodType<Contact> = z.object(contactShape);

/** Strict: a field that this version does not know is refused in a command, never dropped (rule L-05). */
const actShapes: { readonly [K in ActKind]: z.ZodType<Extract<Act, { kind: K }>> } = {
  claim: z.strictObject({ kind: z.literal('claim') }),
  release: z.strictObject({ kind: z.literal('release'), reason: z.string().optional() }),
  free: z.strictObject({ kind: z.literal('free'), reason: z.string() }),
  note: z.strictObject({
    kind: z.literal('note'),
    text: z.string(),
    happenedAt: instantSchema.nullable(),
  }),
  grade: z.strictObject({
    kind: z.literal('grade'),
    grade: z.enum(grades).nullable(),
    reason: z.string(),
    rationale: inAct.rationale.optional(),
    undoes: z.union([commandIdSchema, z.literal(true)]).optional(),
  }),
  promote: z.strictObject({ kind: z.literal('promote'), reason: z.string() }),
  demote: z.strictObject({ kind: z.literal('demote'), reason: z.string() }),
  close: z.strictObject({
    kind: z.literal('close'),
    outcome: z.enum(closeOutcomes),
    reason: z.string(),
    // A desk that closed before the record asked for it left none in its outbox; the queue says what is missing.
    record: inAct.closingRecord.nullable().default(null),
    undoes: z.union([commandIdSchema, z.literal(true)]).optional(),
  }),
  reopen: z.strictObject({ kind: z.literal('reopen'), reason: z.string() }),
  log: z.strictObject({
    kind: z.literal('log'),
    channel: z.enum(channels),
    receivedAt: instantSchema,
    title: z.string(),
    place: z.string().nullable(),
    language: z.string().nullable(),
    caller: callerSchema,
    account: z.string(),
    flags: flagsSchema,
    paperLog: z.string().max(40).nullable(),
    provisionalRef: z.string().max(40),
  }),
  consult: z.strictObject({ kind: z.literal('consult') }),
  agree: z.strictObject({
    kind: z.literal('agree'),
    grading: commandIdSchema,
    agreed: z.boolean(),
    reason: z.string(),
  }),
  triage: z.strictObject({ kind: z.literal('triage'), entry: inAct.entry }),
  describe: z.strictObject({ kind: z.literal('describe'), said: inAct.saidDescription }),
  place: z.strictObject({ kind: z.literal('place'), spot: inAct.saidSpot }),
  attempt: z.strictObject({
    kind: z.literal('attempt'),
    attempt: inAct.triedCallBack,
    corrects: commandIdSchema.optional(),
  }),
  'promise-call-back': z.strictObject({ kind: z.literal('promise-call-back'), words: z.string() }),
  hear: z.strictObject({ kind: z.literal('hear'), sound: inAct.heardSound }),
  link: z.strictObject({
    kind: z.literal('link'),
    to: contactIdSchema,
    as: linkKindSchema,
    fact: z.string(),
  }),
  part: z.strictObject({ kind: z.literal('part'), link: commandIdSchema, reason: z.string() }),
  discharge: z.strictObject({ kind: z.literal('discharge'), duty: z.string().max(60), words: z.string() }),
  incident: z.strictObject({
    kind: z.literal('incident'),
    category: z.string().max(60),
    provisionalRef: z.string().max(40),
  }),
  crime: z.strictObject({ kind: z.literal('crime'), decision: inAct.crimeDecision }),
  pass: z.strictObject({ kind: z.literal('pass'), passed: inAct.passed }),
  major: z.strictObject({
    kind: z.literal('major'),
    name: z.string(),
    report: inAct.methane,
    replaces: commandIdSchema.optional(),
    from: contactIdSchema.optional(),
    acceptedBy: z.string().optional(),
  }),
  'stand-down': z.strictObject({
    kind: z.literal('stand-down'),
    reason: z.string(),
    major: commandIdSchema.optional(),
  }),
  ...chatActShapes,
};
export const actSchema: z.ZodType<Act> = oneOf<Act>(actShapes);
export const actKindSchema: z.ZodType<ActKind> = branded<ActKind>(z.enum(Object.keys(actShapes)));

export const commandSchema: z.ZodType<Command> = z.strictObject({
  id: commandIdSchema,
  contact: contactIdSchema,
  fence: fenceSchema,
  baseRev: whole,
  by: handlerIdSchema,
  act: actSchema,
});

const happeningShapes: { readonly [K in HappeningKind]: z.ZodType<Extract<Happening, { kind: K }>> } = {
  arrived: z.object({ kind: z.literal('arrived'), policies: decidedBySchema, contact: contactSchema }),
  claimed: z.object({ kind: z.literal('claimed'), fence: fenceSchema }),
  released: z.object({
    kind: z.literal('released'),
    back: z.object({ id: commandIdSchema, words: z.string() }).optional(),
  }),
  freed: z.object({ kind: z.literal('freed'), fence: fenceSchema, reason: z.string() }),
  located: z.object({
    kind: z.literal('located'),
    location: locationSchema,
    markers: z.array(markerSchema).optional(),
    reopens: fenceSchema.optional(),
  }),
  said: z.object({
    kind: z.literal('said'),
    policies: decidedBySchema,
    message: messageSchema,
    lookFirst: dueSchema.optional(),
    riskWords: z.array(z.string()).optional(),
  }),
  translated: z.object({
    kind: z.literal('translated'),
    policies: decidedBySchema,
    about: lineInLanguageSchema,
    lookFirst: dueSchema.optional(),
    riskWords: z.array(z.string()).optional(),
  }),
  attached: z.object({ kind: z.literal('attached'), photo: photoSchema }),
  line: z.object({
    kind: z.literal('line'),
    state: z.enum(channelStates),
    end: chatEndSchema.optional(),
    reopens: fenceSchema.optional(),
  }),
  noted: z.object({
    kind: z.literal('noted'),
    note: commandIdSchema,
    text: z.string(),
    happenedAt: instantSchema.nullable(),
    late: z.boolean(),
  }),
  graded: z.object({
    kind: z.literal('graded'),
    policies: decidedBySchema,
    grading: commandIdSchema,
    grade: z.enum(grades).nullable(),
    reason: z.string(),
    due: dueSchema,
    rationale: onRecord.rationale.nullable().default(null),
    tellCaller: z.boolean().default(false),
    undoes: commandIdSchema.optional(),
  }),
  'grade-asked': z.object({
    kind: z.literal('grade-asked'),
    policies: decidedBySchema,
    grading: commandIdSchema,
    grade: z.enum(grades).nullable(),
    reason: z.string(),
    rationale: onRecord.rationale,
  }),
  'grade-answered': z.object({
    kind: z.literal('grade-answered'),
    policies: decidedBySchema,
    grading: commandIdSchema,
    agreed: z.boolean(),
    reason: z.string(),
    due: dueSchema.nullable(),
    floors: floorsSchema.optional(),
  }),
  call: z.object({
    kind: z.literal('call'),
    call: callSchema,
    markers: z.array(markerSchema).optional(),
    reopens: fenceSchema.optional(),
  }),
  triaged: z.object({ kind: z.literal('triaged'), triage: commandIdSchema, entry: onRecord.entry }),
  described: z.object({
    kind: z.literal('described'),
    description: commandIdSchema,
    said: onRecord.saidDescription,
    markers: z.array(markerSchema).optional(),
    plan: planSchema.optional(),
  }),
  placed: z.object({
    kind: z.literal('placed'),
    spot: commandIdSchema,
    said: onRecord.saidSpot,
    markers: z.array(markerSchema).optional(),
  }),
  'call-back-promised': z.object({
    kind: z.literal('call-back-promised'),
    promise: commandIdSchema,
    words: z.string(),
  }),
  tried: z.object({
    kind: z.literal('tried'),
    policies: decidedBySchema,
    attempt: commandIdSchema,
    tried: onRecord.triedCallBack,
    corrects: commandIdSchema.optional(),
  }),
  contributed: z.object({
    kind: z.literal('contributed'),
    contribution: commandIdSchema,
    said: lateWordsSchema,
  }),
  heard: z.object({
    kind: z.literal('heard'),
    policies: decidedBySchema,
    heard: commandIdSchema,
    sound: onRecord.heardSound,
    riskWords: z.array(z.string()).optional(),
  }),
  linked: z.object({
    kind: z.literal('linked'),
    policies: decidedBySchema,
    link: commandIdSchema,
    as: linkKindSchema,
    parent: linkedSchema,
    fact: z.string(),
    found: z.array(z.string()),
  }),
  joined: z.object({
    kind: z.literal('joined'),
    policies: decidedBySchema,
    link: commandIdSchema,
    as: linkKindSchema,
    child: linkedSchema,
    fact: z.string(),
    found: z.array(z.string()),
    due: dueSchema.nullable(),
    rangAgain: z.literal(true).optional(),
  }),
  'child-told': z.object({
    kind: z.literal('child-told'),
    policies: decidedBySchema,
    link: commandIdSchema,
    found: z.array(z.string()),
    due: dueSchema,
  }),
  parted: z.object({ kind: z.literal('parted'), link: commandIdSchema, reason: z.string() }),
  discharged: z.object({ kind: z.literal('discharged'), duty: z.string(), words: z.string() }),
  'incident-opened': z.object({
    kind: z.literal('incident-opened'),
    policies: decidedBySchema,
    incident: commandIdSchema,
    ref: z.string().nullable(),
    provisionalRef: z.string(),
    category: z.string(),
  }),
  'crime-decided': z.object({
    kind: z.literal('crime-decided'),
    policies: decidedBySchema,
    crime: commandIdSchema,
    decision: onRecord.crimeDecision,
    ref: z.string().nullable(),
  }),
  'passed-on': z.object({ kind: z.literal('passed-on'), passing: commandIdSchema, passed: onRecord.passed }),
  'major-declared': z.object({
    kind: z.literal('major-declared'),
    major: commandIdSchema,
    name: z.string(),
    report: onRecord.methane,
    from: linkedSchema.optional(),
    acceptedBy: z.string().optional(),
    versions: z.array(majorSchema).optional(),
  }),
  'stood-down': z.object({
    kind: z.literal('stood-down'),
    reason: z.string(),
    to: linkedSchema.optional(),
    handing: commandIdSchema.optional(),
  }),
  promoted: z.object({ kind: z.literal('promoted'), reason: z.string(), due: dueSchema.optional() }),
  demoted: z.object({ kind: z.literal('demoted'), reason: z.string(), due: dueSchema.optional() }),
  closed: z.object({
    kind: z.literal('closed'),
    policies: decidedBySchema,
    outcome: z.enum(closeOutcomes),
    reason: z.string(),
    record: onRecord.closingRecord.nullable().default(null),
    crimeRef: z.string().nullable().default(null),
    closing: commandIdSchema.nullable().default(null),
  }),
  reopened: z.object({
    kind: z.literal('reopened'),
    fence: fenceSchema,
    reason: z.string(),
    reopening: commandIdSchema.optional(),
  }),
  ...chatHappeningShapes,
};
export const happeningSchema: z.ZodType<Happening> = oneOf<Happening>(happeningShapes);

export const logEntryShape = {
  lsn: lsnSchema,
  contact: contactIdSchema,
  rev: whole,
  at: instantSchema,
  by: actorSchema.nullable(),
  what: happeningSchema,
};

export const logEntrySchema: z.ZodType<LogEntry> = z.object(logEntryShape);

export const refusalSchema: z.ZodType<Refusal> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('taken'), by: actorSchema, since: instantSchema }),
  z.object({ code: z.literal('fenced'), by: actorSchema.nullable() }),
  z.object({ code: z.literal('not-yours') }),
  z.object({ code: z.literal('already-yours') }),
  z.object({ code: z.literal('closed'), by: actorSchema, since: instantSchema }),
  z.object({ code: z.literal('not-closed') }),
  z.object({ code: z.literal('already-in-band'), band: z.enum(['A', 'B']) }),
  z.object({ code: z.literal('text-missing') }),
  z.object({ code: z.literal('text-too-long'), limit: whole, length: whole }),
  z.object({ code: z.literal('unknown-contact') }),
  z.object({ code: z.literal('link-down') }),
  z.object({ code: z.literal('role'), role: z.enum(roles), act: actKindSchema, emergency: z.boolean() }),
  z.object({ code: z.literal('already-logged'), ref: z.string() }),
  z.object({ code: z.literal('below-floor'), floor: z.enum(grades), because: z.string() }),
  z.object({ code: z.literal('rationale-missing'), parts: z.array(z.string()) }),
  z.object({ code: z.literal('plan-unasked'), plan: z.string() }),
  z.object({ code: z.literal('nothing-asked') }),
  z.object({ code: z.literal('own-asking') }),
  z.object({ code: z.literal('record-incomplete'), missing: z.array(z.string()) }),
  z.object({ code: z.literal('linked-already') }),
  z.object({ code: z.literal('parent-closed'), ref: z.string(), open: z.array(z.enum(dutyKinds)) }),
  z.object({ code: z.literal('not-a-duplicate'), ref: z.string(), because: z.enum(duplicateFaults) }),
  z.object({ code: z.literal('closed-as-duplicate'), ref: z.string() }),
  z.object({ code: z.literal('not-linked') }),
  z.object({ code: z.literal('unknown-other') }),
  z.object({ code: z.literal('no-such-duty') }),
  z.object({ code: z.literal('incident-open'), ref: z.string().nullable() }),
  z.object({ code: z.literal('no-major-incident') }),
  z.object({ code: z.literal('major-changed'), name: z.string(), by: actorSchema }),
  z.object({ code: z.literal('not-whole'), field: z.string() }),
  z.object({ code: z.literal('not-in-this-name') }),
  z.object({ code: z.literal('id-in-use') }),
  ...chatRefusals,
]);

const deskStatusReasonSchema = z.enum(Object.values(deskStatusReasons).flat());
/** A state with a reason that is not one of its own is refused. */
export const deskStatusSchema: z.ZodType<DeskStatus> = z
  .object({
    kind: z.enum(deskStatusKinds),
    reason: deskStatusReasonSchema.nullable(),
    since: instantSchema,
  })
  .refine(isWhole, 'reason is not one of this state');

/** Somebody with an account at the queue, as a desk shows them. */
export const personSchema = z.object({
  handler: handlerIdSchema,
  name: z.string(),
  role: z.enum(roles),
});
export type Person = z.infer<typeof personSchema>;

/** An object, not a record: a class that a newer queue knows is passed over like any unknown field (rule L-05). */
const perClass = z.object(
  Object.fromEntries(serviceClasses.map((name) => [name, whole])) as Record<ServiceClass, typeof whole>,
);

/** The policy file `resources/policy/seed/service-levels.json`, and what WELCOME serves of it. */
export const servicePolicySchema: z.ZodType<ServicePolicy> = z.object({
  version: z.string().min(1),
  targetMs: perClass,
  allowanceMs: perClass,
  lookFirstMs: whole,
});
