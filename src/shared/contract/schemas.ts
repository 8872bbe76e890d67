import { z } from 'zod';
import { channels } from '../domain/channel.ts';
import type { Act, ActKind, Command } from '../domain/command.ts';
import {
  channelStates,
  closeOutcomes,
  grades,
  type Actor,
  type Contact,
  type ContactSummary,
  type Due,
  type Grading,
  type Message,
  type Note,
  type Ownership,
} from '../domain/contact.ts';
import type { Happening, HappeningKind, LogEntry } from '../domain/event.ts';
import type {
  CommandId,
  ContactId,
  DeskId,
  Fence,
  HandlerId,
  Incarnation,
  Lsn,
  StoreEpoch,
} from '../domain/ids.ts';
import { deskStatusKinds, deskStatusReasons, isWhole, type DeskStatus } from '../domain/desk-status.ts';
import type { Refusal } from '../domain/lifecycle.ts';
import { locationMethods, type Location } from '../domain/location.ts';
import { roles } from '../domain/role.ts';
import { serviceClasses, type ServiceClass, type ServicePolicy } from '../domain/service-level.ts';
import type { Instant } from '../domain/time.ts';
import { must } from '../lib/assert.ts';

/**
 * Parsers for the domain, used at the doors: socket, IPC, stored JSON, files. Each is annotated with its domain type,
 * so that a parser which forgets or mistypes a field does not compile.
 */

/** A schema whose plain output is marked as the branded type it stands for. */
const branded = <T>(schema: z.ZodType): z.ZodType<T> => schema as unknown as z.ZodType<T>;

/**
 * The union of a table of shapes, one for each kind: a variant of the domain without its shape does not compile, and one
 * shape too many does not either.
 */
function oneOf<T>(shapes: Readonly<Record<string, z.ZodType>>): z.ZodType<T> {
  const [first, ...others] = Object.values(shapes) as unknown as readonly z.core.$ZodTypeDiscriminable[];
  return z.discriminatedUnion('kind', [
    must(first, 'shape of a union'),
    ...others,
  ]) as unknown as z.ZodType<T>;
}

const whole = z.int().nonnegative();

export const contactIdSchema = branded<ContactId>(z.uuid());
export const deskIdSchema = branded<DeskId>(z.uuid());
export const handlerIdSchema = branded<HandlerId>(z.string().min(1).max(32));
export const commandIdSchema = branded<CommandId>(z.uuid());
export const incarnationSchema = branded<Incarnation>(z.uuid());
export const storeEpochSchema = branded<StoreEpoch>(z.uuid());
export const lsnSchema = branded<Lsn>(whole);
export const fenceSchema = branded<Fence>(whole);
export const instantSchema = branded<Instant>(z.int());

export const actorSchema: z.ZodType<Actor> = z.object({
  desk: deskIdSchema,
  deskNumber: whole,
  handler: handlerIdSchema,
});

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

const summaryShape = {
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

const gradingSchema: z.ZodType<Grading> = z.object({
  id: commandIdSchema,
  grade: z.enum(grades).nullable(),
  reason: z.string(),
  by: actorSchema,
  at: instantSchema,
});

export const contactSchema: z.ZodType<Contact> = z.object({
  ...summaryShape,
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
    z.object({ to: z.enum(['A', 'B']), reason: z.string(), by: actorSchema, at: instantSchema }),
  ),
  closing: z
    .object({ outcome: z.enum(closeOutcomes), reason: z.string(), by: actorSchema, at: instantSchema })
    .nullable(),
});

/** Strict: a field that this version does not know is refused in a command, never dropped (rule L-05). */
const actShapes: { readonly [K in ActKind]: z.ZodType<Extract<Act, { kind: K }>> } = {
  claim: z.strictObject({ kind: z.literal('claim') }),
  release: z.strictObject({ kind: z.literal('release') }),
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
  }),
  promote: z.strictObject({ kind: z.literal('promote'), reason: z.string() }),
  demote: z.strictObject({ kind: z.literal('demote'), reason: z.string() }),
  close: z.strictObject({ kind: z.literal('close'), outcome: z.enum(closeOutcomes), reason: z.string() }),
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
  arrived: z.object({ kind: z.literal('arrived'), contact: contactSchema }),
  claimed: z.object({ kind: z.literal('claimed'), fence: fenceSchema }),
  released: z.object({ kind: z.literal('released') }),
  freed: z.object({ kind: z.literal('freed'), fence: fenceSchema, reason: z.string() }),
  located: z.object({ kind: z.literal('located'), location: locationSchema }),
  said: z.object({ kind: z.literal('said'), message: messageSchema }),
  line: z.object({ kind: z.literal('line'), state: z.enum(channelStates) }),
  noted: z.object({
    kind: z.literal('noted'),
    note: commandIdSchema,
    text: z.string(),
    happenedAt: instantSchema.nullable(),
    late: z.boolean(),
  }),
  graded: z.object({
    kind: z.literal('graded'),
    grading: commandIdSchema,
    grade: z.enum(grades).nullable(),
    reason: z.string(),
    due: dueSchema,
  }),
  promoted: z.object({ kind: z.literal('promoted'), reason: z.string() }),
  demoted: z.object({ kind: z.literal('demoted'), reason: z.string() }),
  closed: z.object({ kind: z.literal('closed'), outcome: z.enum(closeOutcomes), reason: z.string() }),
  reopened: z.object({ kind: z.literal('reopened'), fence: fenceSchema, reason: z.string() }),
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
  z.object({ code: z.literal('not-in-this-name') }),
  z.object({ code: z.literal('id-in-use') }),
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

/** The policy file `resources/policy/service-levels.json`, and what WELCOME serves of it. */
export const servicePolicySchema: z.ZodType<ServicePolicy> = z.object({
  version: z.string().min(1),
  targetMs: perClass,
  allowanceMs: perClass,
  lookFirstMs: whole,
});
