import { z } from 'zod';
import type { Pending, InboxRow } from '../domain/view.ts';
import { linkKinds as suggestedKinds, strengths } from '../domain/assist/duplicates.ts';
import { channels } from '../domain/channel.ts';
import { grades } from '../domain/contact.ts';
import { sameReasons } from '../domain/same-caller.ts';
import { SAME_NUMBER_TOLD, sameNumberKinds } from '../domain/same-number.ts';
import type { OrderKey } from '../domain/ordering.ts';
import { deskStatusKinds } from '../domain/desk-status.ts';
import { policyNames } from '../domain/policy/policies.ts';
import { colleagueSchema } from './chat-schemas.ts';
import { faultSchema } from './fault.ts';
import { serviceStateSchema } from './language-schemas.ts';
import { photoIdSchema } from './photo-schemas.ts';
import { realms } from './realm.ts';
import { densities, themes, type Settings } from './settings.ts';
import {
  actorSchema,
  commandIdSchema,
  contactIdSchema,
  handlerIdSchema,
  instantSchema,
} from './basic-schemas.ts';
import {
  actKindSchema,
  actSchema,
  contactSchema,
  contactSummarySchema,
  deskStatusSchema,
  personSchema,
  refusalSchema,
} from './schemas.ts';
import type { PushName, RequestName } from './workstation-names.ts';

/**
 * THE contract between the window and the workstation: two tables, name → schemas. Types are inferred from them and
 * both ends are derived from them. Everything a handler *does* is one `command.submit`; a new act needs no new name.
 */

/** The contract's version: raised, with a line of history, when the hash test in `tests/contract` asks for it. */
export const WORKSTATION_VERSION = 8;
export const workstationHistory: Readonly<Record<number, string>> = {
  1: 'first version: inbox in pages and patches, contact, commands, drafts, outbox, settings',
  2: 'session, lock, desk status, search, history, what was missed, tabs, paper',
  3: 'policies, related contacts, contacts by reference, half-filled sheets in drafts; everything of DeskLink 3',
  4: 'everything of DeskLink 4',
  5: 'contact.ask; what twelve months know of a caller; who is typing in a chat; who rings from the number of somebody to be rung back; everything of DeskLink 5',
  6: 'how loud a desk is; pointing at a window that is not looked at; how the translation service stands; everything of DeskLink 6',
  7: 'colleagues.read; photo.read; everything of DeskLink 7',
  8: 'the versions of the policies that decided stand on what is on a contact’s record; training.start',
};

const count = z.int().nonnegative();

const pendingSchema: z.ZodType<Pending> = z.object({
  id: commandIdSchema,
  kind: actKindSchema,
  keptAt: instantSchema,
  doubt: refusalSchema.nullable(),
});

export const inboxRowSchema: z.ZodType<InboxRow> = z.object({
  summary: contactSummarySchema,
  pending: z.array(pendingSchema),
  sameNumber: z
    .array(z.object({ contact: contactIdSchema, ref: z.string(), is: z.enum(sameNumberKinds) }))
    .max(SAME_NUMBER_TOLD)
    .optional(),
});

const orderKeySchema: z.ZodType<OrderKey> = z.object({
  lane: z.union([z.literal(0), z.literal(1)]),
  first: z.number(),
  second: z.number(),
  id: z.string(),
});

/** The link as the status line shows it. Ages are the window's to compute, from `confirmedAt`. */
export const linkStatusSchema = z.object({
  /** `suspect`: a heart-beat is overdue (amber). `down`: nothing heard for 12 s, or no socket (red). */
  kind: z.enum(['connecting', 'catching-up', 'live', 'suspect', 'down', 'refused']),
  /** When the queue last confirmed that this copy is current, by this desk's clock; `null`: never in this run. */
  confirmedAt: instantSchema.nullable(),
  roundTripMs: z.number().nullable(),
  /** Events still to come while catching up. */
  behind: count,
  /** When the next try is due, by this desk's clock. */
  retryAt: instantSchema.nullable(),
  /** What to add to this desk's clock to get the queue's. Milliseconds. */
  offsetMs: z.number(),
});
export type LinkStatus = z.infer<typeof linkStatusSchema>;

/** Who works here. Everything but signing in is refused until somebody does; `locked` hides all but emergencies (rule A-09). */
export const sessionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('signed-out'),
    /** Why nobody is signed in any more; `null` at the start and after a sign-off. */
    because: z.enum(['expired', 'revoked']).nullable(),
    /** People who may sign in although the queue cannot be reached, because they did here less than 12 h ago (rule A-06). */
    knownHere: z.array(handlerIdSchema),
    /** Work of earlier handlers that waits to be sent with the next sign-in (rule A-08). */
    unsent: count,
    /** The demonstration's accounts, to be typed in; empty in the live realm. */
    demo: z.array(z.object({ person: personSchema, pin: z.string() })),
  }),
  z.object({
    kind: z.literal('signed-in'),
    person: personSchema,
    locked: z.boolean(),
    /** Until when it holds without the queue. By this desk's clock. */
    until: instantSchema,
  }),
]);
export type SessionState = z.infer<typeof sessionSchema>;

/** What came while this desk was cut off (rules ): told once, when the copy is whole again. */
export const missedSchema = z.object({
  /** From when to when nothing was heard. By the queue's clock. */
  from: instantSchema,
  to: instantSchema,
  /** Each contact stands in one list only, the first that fits. */
  conflicts: z.array(
    z.object({
      contact: contactIdSchema,
      ref: z.string().nullable(),
      title: z.string(),
      act: actKindSchema,
      outcome: z.enum(['refused', 'late']),
      refusal: refusalSchema.nullable(),
    }),
  ),
  newEmergencies: z.array(contactSummarySchema),
  /** Were mine, or waited, and belong to somebody else now; or were freed from me and wait. */
  takenByOthers: z.array(contactSummarySchema),
  closed: z.array(contactSummarySchema),
  regraded: z.array(z.object({ before: z.enum(grades).nullable(), contact: contactSummarySchema })),
  /** How long these lists are: of each only the newest are told. */
  totals: z.object({ newEmergencies: count, takenByOthers: count, closed: count, regraded: count }),
  /** Others that arrived and wait. */
  arrived: count,
  /** What was kept here and has been received since. */
  sent: count,
});
export type Missed = z.infer<typeof missedSchema>;

export const deskStateSchema = z.object({
  realm: z.enum(realms),
  profile: z.string(),
  session: sessionSchema,
  /** `null` while nobody is signed in. */
  status: deskStatusSchema.nullable(),
  /** The report of the last time this desk was cut off, until the handler has seen it. */
  missed: missedSchema.nullable(),
  /** `full`: nothing can be kept; `nearly-full`: what is left is for emergencies (rule S-14). */
  disk: z.enum(['enough', 'nearly-full', 'full']),
  /** `null` until the queue has given this desk its number, or nobody is signed in. */
  me: actorSchema.nullable(),
  link: linkStatusSchema,
  /** Where work is kept: an encrypted file, or only in memory (and then it says so). */
  storage: z.enum(['file', 'memory']),
  faults: z.array(z.object({ id: count, fault: faultSchema })),
  /** How the translation service stood when the queue last said so; `null`: it has not, or reads nothing (rule LG-15). */
  translation: serviceStateSchema.nullable(),
  appVersion: z.string(),
});
export type DeskState = z.infer<typeof deskStateSchema>;

const outboxItemSchema = z.object({
  id: commandIdSchema,
  contact: contactIdSchema,
  /** The contact's reference, or `null` if this desk does not have the contact. */
  ref: z.string().nullable(),
  act: actSchema,
  keptAt: instantSchema,
  /** `waiting`: kept here, not received. `refused`, `late`: received; stays until the handler has seen it. */
  state: z.enum(['waiting', 'refused', 'late']),
  refusal: refusalSchema.nullable(),
});
export type OutboxItem = z.infer<typeof outboxItemSchema>;

export const outboxStateSchema = z.object({ items: z.array(outboxItemSchema) });
export type OutboxState = z.infer<typeof outboxStateSchema>;

export const draftSchema = z.object({
  text: z.string().max(100_000),
  caret: count,
  /** Half-filled sheets over the record, by name; as each sheet writes them (rule X-09). */
  sheets: z.record(z.string().max(40), z.string().max(50_000)).optional(),
});
/** Half-typed words and where the caret stood. */
export type Draft = z.infer<typeof draftSchema>;

/** Where a search found its words. */
const foundIn = z.enum(['reference', 'title', 'place', 'caller', 'account', 'message', 'note']);
export const searchHitSchema = z.object({
  summary: contactSummarySchema,
  in: foundIn,
  /** The words around the find, as plain text; the find itself is from `from` up to, not including, `to`. */
  excerpt: z.object({ text: z.string(), from: count, to: count }),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** Why an earlier contact is shown beside this one. */
export const historyItemSchema = z.object({
  summary: contactSummarySchema,
  because: z.array(z.enum(['same-number', 'same-address', 'same-name'])).min(1),
});
export type HistoryItem = z.infer<typeof historyItemSchema>;

/** Two contacts that may belong together: nothing is linked by it (rule AS-10). */
const suggestionSchema = z.object({
  summary: contactSummarySchema,
  kinds: z.array(z.enum(suggestedKinds)).min(1),
  /** Sentences for the handler. */
  because: z.array(z.string()).min(1),
  strength: z.enum(strengths),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

const repeatSchema = z.object({
  kind: z.enum(['repeat-caller', 'repeat-victim', 'repeat-location']),
  /** With the contact at hand. */
  count,
  sentence: z.string(),
  /** The earlier ones, newest first. */
  contacts: z.array(z.object({ id: contactIdSchema, ref: z.string(), receivedAt: instantSchema })),
});

const relatedSchema = z.object({
  /** Strongest first; what is linked already is not among them. */
  suggestions: z.array(suggestionSchema).max(8),
  repeats: z.array(repeatSchema),
  /** By what the caller was in touch before within twelve months, with the contact at hand; empty where 72 hours say it all (rule AS-23). */
  year: z.array(z.object({ because: z.enum(sameReasons), count, vulnerable: count, last: instantSchema })),
  /** Of those, what ended so long ago that this desk does not hold it; newest first. */
  older: z.array(
    z.object({
      contact: contactIdSchema,
      ref: z.string(),
      receivedAt: instantSchema,
      channel: z.enum(channels),
      grade: z.enum(grades).nullable(),
      category: z.string().nullable(),
      vulnerable: z.boolean(),
      markers: z.array(z.string()),
      isr: z.string().nullable(),
      crime: z.string().nullable(),
      because: z.array(z.enum(sameReasons)).min(1),
    }),
  ),
  /** Why nothing could be looked for, for the handler; `null` when it was. */
  trouble: z.string().nullable(),
});
export type RelatedContacts = z.infer<typeof relatedSchema>;

const byReferenceSchema = z.object({
  /** What was meant by it; `null` for nothing at all, `foreign` for none of ours. */
  kind: z.enum(['isr', 'crime', 'either', 'contact', 'prov', 'foreign']).nullable(),
  /** As it is stored; what was typed when it is none of ours. */
  reference: z.string(),
  contacts: z.array(contactSummarySchema),
});
export type ByReference = z.infer<typeof byReferenceSchema>;

const askedSchema = z.object({
  /**
   * `not-yours`: there is one, and this role may not see it. `away`: the queue cannot be asked now. `not-kept`: this desk's disk has refused
   * what was found.
   */
  kind: z.enum(['found', 'not-there', 'not-yours', 'too-many', 'away', 'not-kept']),
  contacts: z.array(contactSummarySchema),
});
export type AskedContacts = z.infer<typeof askedSchema>;

const tabsSchema = z.object({ tabs: z.array(contactIdSchema).max(20), active: contactIdSchema.nullable() });
export type OpenTabs = z.infer<typeof tabsSchema>;

const signInAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signed-in') }),
  z.object({ kind: z.literal('wrong'), attemptsLeft: count }),
  z.object({ kind: z.literal('too-many'), retryAfterMs: count }),
  /** The queue does not answer, and this person has not signed in here within 12 h. `address`: where it was looked for. */
  z.object({ kind: z.literal('unreachable'), address: z.string().nullable() }),
  z.object({ kind: z.literal('other-realm'), realm: z.enum(realms) }),
  /** The disk refused; without it a desk cannot know who works there. */
  z.object({ kind: z.literal('not-kept'), code: z.string() }),
]);
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

const contactReadingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('here'),
    contact: contactSchema,
    pending: z.array(pendingSchema),
    /** Ids of notes and gradings in `contact` that the queue has not received yet. */
    keptHere: z.array(commandIdSchema),
    draft: draftSchema.nullable(),
  }),
  /** Only the flash has come so far; the details follow in the log. */
  z.object({ kind: z.literal('flash-only'), summary: contactSummarySchema, draft: draftSchema.nullable() }),
  /** Not on this desk. `draft`: words kept under its id all the same, such as a form of a new contact (rule P-03). */
  z.object({ kind: z.literal('unknown'), draft: draftSchema.nullable() }),
]);
export type ContactReading = z.infer<typeof contactReadingSchema>;

/** A policy as this desk has it (rules Y-06, Y-08). */
const policyReadingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('here'),
    name: z.enum(policyNames),
    version: z.string(),
    owner: z.string(),
    review: z.string(),
    /** `seed`: what came with the program, because no queue has served this desk one yet. */
    from: z.enum(['queue', 'seed']),
    /** When the queue served it, by this desk's clock; `null` for the seed. */
    fetchedAt: instantSchema.nullable(),
    /** Read with the schema of its name before it is told: the window trusts it, and carries none of those schemas. */
    value: z.unknown(),
  }),
  /** A sentence for the handler. */
  z.object({ kind: z.literal('not-there'), sentence: z.string() }),
]);
export type PolicyReading = z.infer<typeof policyReadingSchema>;

/** A photo as this desk has it. */
const photoReadingSchema = z.discriminatedUnion('kind', [
  /** The bytes of a JPEG in base64: not every way between two processes carries bytes. */
  z.object({ kind: z.literal('here'), jpeg: z.string() }),
  /** Not kept here, and the queue cannot be asked now. */
  z.object({ kind: z.literal('not-fetched') }),
  /** This desk knows of no such photo. */
  z.object({ kind: z.literal('not-there') }),
]);
export type PhotoReading = z.infer<typeof photoReadingSchema>;

const settingsSchema: z.ZodType<Settings> = z.object({
  theme: z.enum(themes),
  density: z.enum(densities),
  singleLetterKeys: z.boolean(),
  volume: z.int().min(0).max(100),
  layout: z.array(z.number()).max(5),
});

const nothing = z.object({});

export const requests = {
  /** The desk's whole state, as `desk.changed` pushes it. */
  'desk.read': { input: nothing, output: deskStateSchema },
  /** Says what the person at this desk is doing. `since` is the desk's own to set. */
  'desk.set-status': {
    input: z.object({ kind: z.enum(deskStatusKinds), reason: z.string().nullable() }),
    output: nothing,
  },
  /** Somebody signs in: at the queue, or, when it does not answer, by what this desk knows of them (rules ). */
  'session.sign-in': {
    input: z.object({ handler: z.string(), pin: z.string() }),
    output: signInAnswerSchema,
  },
  /** Ends the handler's work here. What they still own must be closed or released first, unless the link is down (rule A-07). */
  'session.sign-off': {
    input: nothing,
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('signed-off'), unsent: count }),
      z.object({ kind: z.literal('still-yours'), contacts: z.array(contactSummarySchema) }),
    ]),
  },
  'session.lock': { input: nothing, output: nothing },
  'session.unlock': {
    input: z.object({ pin: z.string() }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('unlocked') }),
      z.object({ kind: z.literal('wrong'), attemptsLeft: count }),
      z.object({ kind: z.literal('too-many'), retryAfterMs: count }),
    ]),
  },
  /**
   * A page of the inbox in the one order, open contacts only. `revision` says which patches it already contains:
   * a patch with a revision up to it brings nothing new for these rows.
   */
  'inbox.read': {
    input: z.object({ after: orderKeySchema.nullable(), limit: z.int().min(1).max(2_000) }),
    output: z.object({
      revision: count,
      rows: z.array(inboxRowSchema),
      next: orderKeySchema.nullable(),
    }),
  },
  /** Everything about one contact, with this desk's own undecided work on top. Reading is logged (rule C-12). */
  'contact.read': { input: z.object({ contact: contactIdSchema }), output: contactReadingSchema },
  /**
   * Asks for an act, under an id that the window makes: asking again under the same id, because the answer was lost,
   * does nothing twice (rule X-03). `kept`: durable on this desk; the queue's word follows as `command.answered`.
   */
  'command.submit': {
    input: z.object({ id: commandIdSchema, contact: contactIdSchema, act: actSchema }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('kept'), id: commandIdSchema }),
      z.object({ kind: z.literal('refused'), refusal: refusalSchema }),
      /** The disk refused: nothing was kept. Keep the words on screen. */
      z.object({ kind: z.literal('not-kept'), code: z.string() }),
    ]),
  },
  /** Keeps half-typed words. `null` forgets them (they were sent or given up by the handler's own act). */
  'draft.save': {
    input: z.object({ contact: contactIdSchema, draft: draftSchema.nullable() }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('kept'), at: instantSchema }),
      z.object({ kind: z.literal('not-kept'), code: z.string() }),
    ]),
  },
  /** The handler's own drafts, newest first. */
  'drafts.read': {
    input: nothing,
    output: z.object({
      drafts: z.array(
        z.object({
          contact: contactIdSchema,
          ref: z.string().nullable(),
          title: z.string().nullable(),
          savedAt: instantSchema,
          characters: count,
        }),
      ),
    }),
  },
  /** Every word must be found, each as the beginning of a word; newest contacts first (rule W-20). */
  'search.read': {
    input: z.object({ text: z.string().max(200), limit: z.int().min(1).max(200) }),
    output: z.object({
      hits: z.array(searchHitSchema),
      /** False when there were more than `limit`. */
      complete: z.boolean(),
      /** How many contacts this desk holds to search in. */
      searched: count,
    }),
  },
  /** Earlier contacts of the same caller that this desk holds, newest first (rule W-21). */
  'history.read': {
    input: z.object({ contact: contactIdSchema }),
    output: z.object({ items: z.array(historyItemSchema) }),
  },
  /** What may belong together with a contact, and what it repeats, among what this desk holds (rules AS-10, AS-11, AS-19). */
  'contact.related': { input: z.object({ contact: contactIdSchema }), output: relatedSchema },
  /** The contacts that go by a reference as somebody says it: of an incident, a crime, a contact, or a provisional one. */
  'contact.by-reference': { input: z.object({ typed: z.string().max(200) }), output: byReferenceSchema },
  /**
   * The same from the queue, also of what ended long ago, and contacts by their id. What it finds is on this desk when the answer comes. An
   * audited look-up, so only for what the handler has said or chosen (rules L-24, A-13).
   */
  'contact.ask': {
    input: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('reference'), typed: z.string().max(200) }),
      z.object({ kind: z.literal('contact'), contact: contactIdSchema }),
    ]),
    output: askedSchema,
  },
  /** A photo of a contact, fetched from the queue when this desk has not kept it (rules PH-07 to PH-09). */
  'photo.read': {
    input: z.object({ contact: contactIdSchema, photo: photoIdSchema }),
    output: photoReadingSchema,
  },
  /** Who is signed in at other desks and what they have in hand, asked of the queue at this moment; `null`: it cannot be asked (rule CH-16). */
  'colleagues.read': {
    input: nothing,
    output: z.object({ colleagues: z.array(colleagueSchema).nullable() }),
  },
  'missed.dismiss': { input: nothing, output: nothing },
  /** Which contacts the handler had open, to show them again after the program was closed (rule W-22). */
  'tabs.read': { input: nothing, output: tabsSchema },
  'tabs.save': { input: tabsSchema, output: nothing },
  /** The handler is typing in a chat: told to the public's page as long as it is told again, and kept nowhere (rule CH-05). */
  'chat.typing': { input: z.object({ contact: contactIdSchema }), output: nothing },
  'policy.read': { input: z.object({ name: z.enum(policyNames) }), output: policyReadingSchema },
  /** Sets numbers of paper logs aside: each is given once, for ever (rule P-01). */
  'paper.reserve': {
    input: z.object({ count: z.int().min(1).max(50) }),
    output: z.object({ numbers: z.array(z.string()) }),
  },
  /** Prints what the window's print view shows: on the default printer, or as a file where there is none. The shell's. */
  'paper.print': {
    input: nothing,
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('printed'), printer: z.string() }),
      z.object({ kind: z.literal('saved'), path: z.string() }),
      z.object({ kind: z.literal('failed'), why: z.string() }),
    ]),
  },
  'outbox.read': { input: nothing, output: outboxStateSchema },
  /** The handler has seen a refusal or a late contribution. A waiting item cannot be dismissed. */
  'outbox.dismiss': { input: z.object({ id: commandIdSchema }), output: nothing },
  'fault.dismiss': { input: z.object({ id: count }), output: nothing },
  'settings.read': { input: nothing, output: settingsSchema },
  'settings.save': { input: settingsSchema, output: nothing },
  /** How many emergencies wait: a window that is not looked at is pointed at (rule W-34). */
  'window.attend': { input: z.object({ emergencies: count }), output: nothing },
  /** This program ends and begins again as training, with nobody signed in here (rule TS-01). */
  'training.start': { input: nothing, output: nothing },
} satisfies Record<RequestName, { input: z.ZodType; output: z.ZodType }>;

export const pushes = {
  'desk.changed': deskStateSchema,
  /** Revisions grow by one; a window that misses one reads the inbox afresh. */
  'inbox.changed': z.object({
    revision: count,
    upserts: z.array(inboxRowSchema),
    removals: z.array(contactIdSchema),
    /** True when the whole inbox was replaced (a snapshot): read it afresh. */
    reset: z.boolean(),
  }),
  'outbox.changed': outboxStateSchema,
  /** The queue's word on one command of this desk. */
  'command.answered': z.object({
    id: commandIdSchema,
    contact: contactIdSchema,
    kind: actKindSchema,
    status: z.enum(['applied', 'refused', 'late']),
    refusal: refusalSchema.nullable(),
  }),
  /** Another version of a policy is in force at this desk (rule Y-05). */
  'policy.changed': z.object({ name: z.enum(policyNames), version: z.string() }),
  /** The public is typing in a chat of this desk: over by itself after `TYPING_HOLDS_MS` (rule CH-05). */
  'chat.public-typing': z.object({ contact: contactIdSchema }),
  /**
   * The process behind the window died, or works again. While it is down requests fail; what was kept is on disk. After
   * `up` the window reads everything afresh.
   */
  'workstation.changed': z.object({ state: z.enum(['down', 'up']), times: count, cause: z.string() }),
} satisfies Record<PushName, z.ZodType>;

export type Input<N extends RequestName> = z.infer<(typeof requests)[N]['input']>;
export type Output<N extends RequestName> = z.infer<(typeof requests)[N]['output']>;
export type Payload<N extends PushName> = z.infer<(typeof pushes)[N]>;

/** One function per request: what a workstation implements, whoever calls it. */
export type RequestHandlers = { readonly [N in RequestName]: (input: Input<N>) => Promise<Output<N>> };

/** The window's side of the contract, however it is carried: preload bridge, browser host or in-memory test. */
export interface WorkstationBridge {
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  subscribe<N extends PushName>(name: N, listener: (payload: Payload<N>) => void): () => void;
}

/** How an answer crosses a process boundary: never a thrown error, because those arrive flattened. */
export type Envelope =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };
