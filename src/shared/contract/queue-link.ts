import { z } from 'zod';
import { serviceStateSchema } from './language-schemas.ts';
import { policyStampsSchema } from './policy/manifest.ts';
import { realms } from './realm.ts';
import {
  commandIdSchema,
  contactIdSchema,
  deskIdSchema,
  fenceSchema,
  handlerIdSchema,
  incarnationSchema,
  instantSchema,
  lsnSchema,
  storeEpochSchema,
} from './basic-schemas.ts';
import {
  actSchema,
  contactSummarySchema,
  deskStatusSchema,
  logEntryShape,
  personSchema,
  refusalSchema,
  servicePolicySchema,
} from './schemas.ts';

/**
 * DeskLink: what a desk and the central queue say to each other, one JSON text frame at a time.
 * The rules (who may say what when, and what it promises) are in docs/spec/link.md, with ids.
 */

/**
 * The protocol's version and history. `tests/contract` holds a hash of every schema below: when it changes, add a line
 * here and raise the number, or the floor if desks of the old version can no longer be served.
 */
export const LINK_VERSION = 8;
export const LINK_FLOOR = 7;
export const linkHistory: Readonly<Record<number, string>> = {
  1: 'first version: HELLO to BYE, claims with fences, FLASH, snapshots, resume',
  2: 'sign-in: HELLO needs a token, commands name who gave them; DESK; contacts written down, freed, located, said, line',
  3: 'policies by version and digest, POLICY; triage, places, call-backs, links, duties, incidents, crimes, passing on, major incidents; closing has a record',
  4: 'what a desk must know to show what is still to be done: risk words in what was told later; a duplicate refused because its parent is closed; how a reopened contact had ended; which policies decided; a closed contact that a line brings back; names of calls as long as the intake takes them; what a clock that is ahead claimed; what is taken back, corrected, replaced or ended is named; leave by floors; no grade may be asked for; late contributions; wide places',
  5: 'what a linked child was told later reaches its parent; since when a grade stands and the risk was looked at, on the row; a rationale of no crime; why the line was left; a taking up again and a major incident that is handed on are named; ASK, FOUND, ANSWER: a contact that a desk does not hold, by its reference or id, and the twelve-month index with its key; WELCOME says the queue’s version; who the caller is and what it is about; markers found at an agreed place; a place told after the closing may bring the contact back; who rings again from the same number; chats: lines to the public and how far they came, the safety exit and who checked, how a chat ended, put aside and in hand again, safe contact, who may be back; public forms; TYPING, WRITING; translations of lines, the language that was chosen',
  6: 'a recorded crime’s provisional reference; when what was made an emergency is due; who has accepted a major incident that is handed on; WELCOME and TRANSLATION say how the translation service stands; a translation may ask for a look by its risk words',
  7: 'a reference sent to whoever asked for it, by the way that they chose, and what became of it; by which way a form’s sender may be reached; a chat is offered to a colleague, taken over, declined, withdrawn, or given back with a word; who is signed in can be asked for; a call-back is promised; photos of the public on a contact, told when they were looked at',
  8: 'the versions of the policies that decided stand on a contact’s grades, incident, crime, links, call-back attempts and closing, and on the event of an attempt',
};

/** The largest frame the queue accepts from a desk. Bytes of UTF-8 (rule L-04). */
export const UP_FRAME_LIMIT = 64 * 1024;
/** The largest frame a desk accepts from the queue: WELCOME with its emergencies must fit (rules L-04, L-08). */
export const DOWN_FRAME_LIMIT = 1024 * 1024;
/** Commands sent and not yet answered, per desk. */
export const IN_FLIGHT_LIMIT = 32;
/** Open emergencies that WELCOME itself carries; the rest follow as FLASH before any other frame (rule L-08). */
export const WELCOME_EMERGENCIES = 400;

/** Questions of one desk that are not answered yet (rule L-24). */
export const ASKS_AT_ONCE = 6;
/** References in one question: "41/14/03" may be a crime's or an incident's. */
export const ASKED_REFERENCES = 2;
/** Rows of the twelve-month index in one answer (rule AS-23). */
export const HISTORY_PAGE = 200;
/** Contacts in one question. */
export const ASKED_CONTACTS = 16;

/** Close codes of the socket. Only those in `finalCloseCodes` stop a desk from trying again by itself (rule L-14). */
export const closeCodes = {
  noHello: 4001,
  badFrame: 4002,
  notAuthorised: 4003,
  revoked: 4004,
  /** The token is unknown or has run out: somebody must sign in. */
  signInNeeded: 4005,
  tooSlow: 4008,
  displaced: 4009,
  epochChanged: 4010,
  draining: 4012,
  tryLater: 4013,
} as const;
export const finalCloseCodes: ReadonlySet<number> = new Set([
  closeCodes.notAuthorised,
  closeCodes.revoked,
  closeCodes.signInNeeded,
  closeCodes.displaced,
]);

const count = z.int().nonnegative();
const cursorSchema = z.object({ storeEpoch: storeEpochSchema, lsn: lsnSchema });
/** A place in the log of one time line of the queue's database. */
export type Cursor = z.infer<typeof cursorSchema>;

// ---- desk → queue ----

const helloSchema = z.object({
  t: z.literal('HELLO'),
  v: z.int(),
  deskId: deskIdSchema,
  incarnation: incarnationSchema,
  appVersion: z.string().max(40),
  realm: z.enum(realms),
  /** Who works here, and the token that their sign-in gave (rule A-02). */
  signIn: z.object({ handler: handlerIdSchema, token: z.string().max(200) }),
  resume: z.object({ cursor: cursorSchema.nullable(), lastCmdAcked: count }),
  owns: z.array(z.object({ contact: contactIdSchema, fence: fenceSchema, rev: count, state: z.string() })),
});

const ackSchema = z.object({ t: z.literal('ACK'), cursor: cursorSchema });
const creditSchema = z.object({ t: z.literal('CREDIT'), bytes: count });

const cmdSchema = z.strictObject({
  t: z.literal('CMD'),
  cmdSeq: z.int().positive(),
  cmdId: commandIdSchema,
  contact: contactIdSchema,
  fence: fenceSchema,
  baseRev: count,
  /** Whose act it is: the handler of this session, or an earlier one of this desk (rule A-08). */
  by: handlerIdSchema,
  body: actSchema,
  /** When the handler did it, by this desk's clocks; `offset` and `err` relate `wall` to the queue's time. */
  at: z.strictObject({ mono: z.number(), wall: instantSchema, offset: z.number(), err: z.number() }),
});

const heartbeatSchema = z.object({
  t: z.literal('HB'),
  n: count,
  cursor: cursorSchema.nullable(),
  /** The last command number given on this desk. Reported; the queue does not act on it yet. */
  cmdSeq: count,
});

/** What the person at the desk is doing; the newest counts (rule A-10). */
const deskFrameSchema = z.object({ t: z.literal('DESK'), status: deskStatusSchema });

/** What a desk asks the queue for because it does not hold it (rule L-24). */
const askedSchema = z.discriminatedUnion('kind', [
  /** Contacts that go by a reference, exactly as it is stored (rule R-22). */
  z.object({
    kind: z.literal('reference'),
    references: z.array(z.string().min(1).max(40)).min(1).max(ASKED_REFERENCES),
  }),
  z.object({ kind: z.literal('contacts'), contacts: z.array(contactIdSchema).min(1).max(ASKED_CONTACTS) }),
  /** Who is signed in, and what they have in hand; the lines of its answer are colleagues (rule CH-16). */
  z.object({ kind: z.literal('colleagues') }),
  /** A page of the twelve-month index, behind the last row that the desk has; the lines of its answer are rows of `history.ts` (rule AS-23). */
  z.object({
    kind: z.literal('history'),
    after: z.object({ closedAt: instantSchema, contact: contactIdSchema }).nullable(),
    since: instantSchema,
  }),
]);
export type Asked = z.infer<typeof askedSchema>;

/** `n`: numbers the questions of one connection, 1, 2, 3 … */
const askSchema = z.object({ t: z.literal('ASK'), n: z.int().positive(), asked: askedSchema });

/** The handler is typing in a chat, at this moment: kept nowhere, and over by itself after `TYPING_HOLDS_MS` (rule CH-05). */
const typingSchema = z.object({ t: z.literal('TYPING'), contact: contactIdSchema });

const byeSchema = z.object({ t: z.literal('BYE'), code: z.string(), resumable: z.boolean() });

export const upFrameSchema = z.discriminatedUnion('t', [
  helloSchema,
  ackSchema,
  creditSchema,
  cmdSchema,
  heartbeatSchema,
  deskFrameSchema,
  typingSchema,
  askSchema,
  byeSchema,
]);
export type UpFrame = z.infer<typeof upFrameSchema>;
export type Hello = z.infer<typeof helloSchema>;
export type Cmd = z.infer<typeof cmdSchema>;
export type Ask = z.infer<typeof askSchema>;

// ---- queue → desk ----

const welcomeSchema = z.object({
  t: z.literal('WELCOME'),
  /** The queue's own version. Missing from those older than 5, which know no ASK. */
  v: z.int().optional(),
  session: z.string(),
  storeEpoch: storeEpochSchema,
  head: lsnSchema,
  /** True: events follow from the desk's cursor. False: a snapshot follows. */
  resumed: z.boolean(),
  lastCmdSeq: count,
  serverTime: instantSchema,
  /** The key of the twelve-month index (rule AS-23). Missing from queues older than 5. */
  historyKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  hbMs: z.int().positive(),
  leaseMs: z.int().positive(),
  credits: count,
  /** The cap of the desk's back-off. Milliseconds. */
  retryCapMs: z.int().positive(),
  limits: z.object({ frame: z.int().positive(), inFlight: z.int().positive() }),
  /** The number painted on this desk. */
  deskNumber: count,
  /** Who is signed in here, with the role in force now, and until when that holds without the queue (rule A-06). */
  signedIn: z.object({ person: personSchema, until: instantSchema }),
  policy: servicePolicySchema,
  /** Every policy in force; the desk fetches those it does not have (rule Y-04). */
  policies: policyStampsSchema,
  /** How the translation service stands; `null`: this queue reads and translates nothing (rule LG-15). */
  translation: serviceStateSchema.nullable().optional(),
  emergencies: z.array(contactSummarySchema),
  /** How many open emergencies there are in all; those beyond the list follow as FLASH. */
  emergencyCount: count,
  owned: z.array(z.object({ contact: contactIdSchema, fence: fenceSchema, rev: count })),
});

/** Other policies are in force: what WELCOME said of them, anew (rule Y-05). */
const policySchema = z.object({
  t: z.literal('POLICY'),
  policy: servicePolicySchema,
  policies: policyStampsSchema,
});

/** The translation service stands otherwise now: what WELCOME said of it, anew (rule LG-15). */
const translationSchema = z.object({ t: z.literal('TRANSLATION'), state: serviceStateSchema });

const flashSchema = z.object({ t: z.literal('FLASH'), lsn: lsnSchema, summary: contactSummarySchema });

const evtSchema = z.object({
  t: z.literal('EVT'),
  /** Position of the previous event in this desk's view: a hole cannot be silent (rule L-06). */
  prev: lsnSchema,
  ...logEntryShape,
});

const snapSchema = z.object({
  t: z.literal('SNAP'),
  id: z.string(),
  part: z.int().positive(),
  of: z.int().positive(),
  asOf: lsnSchema,
  /** A slice of the snapshot's text: one JSON contact per line. */
  data: z.string(),
});

const snapEndSchema = z.object({
  t: z.literal('SNAPEND'),
  id: z.string(),
  asOf: lsnSchema,
  count,
  /** Of the whole text, in UTF-8. Hexadecimal. */
  sha256: z.string().length(64),
});

/** A slice of the answer to a question: one JSON contact per line, as in SNAP. */
const foundSchema = z.object({
  t: z.literal('FOUND'),
  n: z.int().positive(),
  part: z.int().positive(),
  data: z.string(),
});

/**
 * The end of an answer. `not-yours`: there is one, and this role may not see it; `too-many`: asked too often within a minute. Everything but
 * `found` comes without a slice.
 */
const answerSchema = z.object({
  t: z.literal('ANSWER'),
  n: z.int().positive(),
  outcome: z.enum(['found', 'not-there', 'not-yours', 'too-many']),
  count,
  /** Of the whole text, in UTF-8. Hexadecimal. */
  sha256: z.string().length(64),
});

const resSchema = z.object({
  t: z.literal('RES'),
  cmdSeq: z.int().positive(),
  cmdId: commandIdSchema,
  /**
   * `applied`: done; `duplicate`: was done before, here is the same answer; `refused`: not done, `refusal` says why;
   * `late`: the words were kept as a contribution, nothing else was done.
   */
  status: z.enum(['applied', 'duplicate', 'refused', 'late']),
  refusal: refusalSchema.nullable(),
  lsn: lsnSchema.nullable(),
  rev: count.nullable(),
});

const fencedSchema = z.object({
  t: z.literal('FENCED'),
  contact: contactIdSchema,
  fence: fenceSchema,
  owner: z.object({ deskNumber: count, handler: handlerIdSchema }).nullable(),
  why: z.string(),
});

const heartbeatAckSchema = z.object({
  t: z.literal('HBACK'),
  n: count,
  serverTime: instantSchema,
  head: lsnSchema,
});
const reconnectSchema = z.object({
  t: z.literal('RECONNECT'),
  notBeforeMs: count,
  windowMs: count,
  to: z.string().nullable(),
});

/** The public is typing in a chat of this desk, as `TYPING` the other way. */
const writingSchema = z.object({ t: z.literal('WRITING'), contact: contactIdSchema });

export const downFrameSchema = z.discriminatedUnion('t', [
  welcomeSchema,
  policySchema,
  translationSchema,
  flashSchema,
  evtSchema,
  snapSchema,
  snapEndSchema,
  foundSchema,
  answerSchema,
  resSchema,
  fencedSchema,
  heartbeatAckSchema,
  reconnectSchema,
  writingSchema,
  byeSchema,
]);
export type DownFrame = z.infer<typeof downFrameSchema>;
export type Welcome = z.infer<typeof welcomeSchema>;
export type Evt = z.infer<typeof evtSchema>;
export type Res = z.infer<typeof resSchema>;
export type FoundPart = z.infer<typeof foundSchema>;
export type AnswerEnd = z.infer<typeof answerSchema>;

/** A frame as read, or why it is not one: the sentence names the field, never its value. */
export type ParsedFrame<T> =
  { readonly ok: true; readonly frame: T } | { readonly ok: false; readonly why: string };

/** Reads one frame off the wire. Unknown frame types and broken ones are refused; unknown fields are passed over. */
export function parseFrame<T>(schema: z.ZodType<T>, text: string): ParsedFrame<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, frame: parsed.data };
  const issue = parsed.error.issues[0];
  return {
    ok: false,
    why: issue === undefined ? 'not a frame' : `${issue.path.join('.') || 'frame'}: ${issue.code}`,
  };
}
