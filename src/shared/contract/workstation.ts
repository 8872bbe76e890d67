import { z } from 'zod';
import type { Pending, InboxRow } from '../domain/view.ts';
import type { OrderKey } from '../domain/ordering.ts';
import { faultSchema } from './fault.ts';
import { realms } from './queue-link.ts';
import {
  actKindSchema,
  actSchema,
  actorSchema,
  commandIdSchema,
  contactIdSchema,
  contactSchema,
  contactSummarySchema,
  instantSchema,
  refusalSchema,
} from './schemas.ts';
import type { PushName, RequestName } from './workstation-names.ts';

/**
 * THE contract between the window and the workstation: two tables, name → schemas. Types are inferred from them and
 * both ends are derived from them. Everything a handler *does* is one `command.submit`; a new act needs no new name.
 */

/** The contract's version: raised, with a line of history, when the hash test in `tests/contract` asks for it. */
export const WORKSTATION_VERSION = 1;
export const workstationHistory: Readonly<Record<number, string>> = {
  1: 'first version: inbox in pages and patches, contact, commands, drafts, outbox, settings',
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

export const deskStateSchema = z.object({
  realm: z.enum(realms),
  profile: z.string(),
  /** `null` until the queue has given this desk its number. */
  me: actorSchema.nullable(),
  link: linkStatusSchema,
  /** Where work is kept: an encrypted file, or only in memory (and then it says so). */
  storage: z.enum(['file', 'memory']),
  faults: z.array(z.object({ id: count, fault: faultSchema })),
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

export const draftSchema = z.object({ text: z.string().max(100_000), caret: count });
/** Half-typed words and where the caret stood. */
export type Draft = z.infer<typeof draftSchema>;

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
  z.object({ kind: z.literal('unknown') }),
]);
export type ContactReading = z.infer<typeof contactReadingSchema>;

const settingsSchema = z.object({
  theme: z.enum(['day', 'night', 'system']),
  density: z.enum(['compact', 'comfortable']),
  /** WCAG 2.1.4: letters as commands can be switched off; the same acts stay on other keys. */
  singleLetterKeys: z.boolean(),
  /** Percentages of the panes, left to right. */
  layout: z.array(z.number()).max(5),
});
export type Settings = z.infer<typeof settingsSchema>;
export const defaultSettings: Settings = {
  theme: 'system',
  density: 'comfortable',
  singleLetterKeys: true,
  layout: [],
};

const nothing = z.object({});

export const requests = {
  /** The desk's whole state, as `desk.changed` pushes it. */
  'desk.read': { input: nothing, output: deskStateSchema },
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
      total: count,
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
  'outbox.read': { input: nothing, output: outboxStateSchema },
  /** The handler has seen a refusal or a late contribution. A waiting item cannot be dismissed. */
  'outbox.dismiss': { input: z.object({ id: commandIdSchema }), output: nothing },
  'fault.dismiss': { input: z.object({ id: count }), output: nothing },
  'settings.read': { input: nothing, output: settingsSchema },
  'settings.save': { input: settingsSchema, output: nothing },
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
