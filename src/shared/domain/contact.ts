import type { Channel } from './channel.ts';
import type { CommandId, ContactId, DeskId, Fence, HandlerId } from './ids.ts';
import type { Location } from './location.ts';
import type { ClosingRecord } from './record/closing-record.ts';
import type { DutyKind, DecidedUnder, RecordParts } from './record/parts.ts';
import type { Instant } from './time.ts';
import type { Rationale } from './triage/rationale.ts';

/** Who acts: a handler at a desk. */
export interface Actor {
  readonly desk: DeskId;
  /** The number painted on the desk, given by the queue: what colleagues call it. */
  readonly deskNumber: number;
  readonly handler: HandlerId;
}

/**
 * Who must answer for a contact (rule C-04). Only the queue moves it, along the edges of `lifecycle.ts`.
 * - `waiting`: nobody's, offered to all
 * - `owned`: exactly one handler's, under the contact's current fence
 * - `link-lost`: owned, but the owner's desk is out of reach
 * - `verify`: the owner stayed out of reach; somebody must check, and taking it is a claim
 * - `closed`: a person has given it an outcome
 */
export type Ownership =
  | { readonly kind: 'waiting'; readonly since: Instant }
  | { readonly kind: 'owned'; readonly by: Actor; readonly since: Instant }
  | { readonly kind: 'link-lost'; readonly by: Actor; readonly since: Instant }
  | { readonly kind: 'verify'; readonly lastOwner: Actor; readonly since: Instant }
  | { readonly kind: 'closed'; readonly by: Actor; readonly since: Instant };

/**
 * The state of the line itself, as its channel reports it (the second of the three state fields).
 * `left-by-exit`: the person left by the safety exit of a public page, and nothing may be sent to them until checked.
 */
export const channelStates = [
  'ringing',
  'connected',
  'queued',
  'active',
  'delivered',
  'ended',
  'dropped',
  'left-by-exit',
] as const;
export type ChannelState = (typeof channelStates)[number];

/** What the owner is doing with it (the third state field). */
export type WorkState = 'open' | 'parked' | 'wrap-up';

/**
 * The five grades of response, by risk and never by who is free: G1 immediate, G2 priority, G3 standard,
 * G4 scheduled, G5 resolved without deployment. Names and targets are policy data; the numbers are fixed.
 * Source: national call grading; a force may rename them.
 */
export const grades = ['G1', 'G2', 'G3', 'G4', 'G5'] as const;
export type Grade = (typeof grades)[number];

/** Who agreed that a grade may stand below which floors (rule T-13). */
export interface Leave {
  readonly by: Actor;
  readonly floors: readonly { readonly rule: string; readonly grade: Grade }[];
}

export interface Grading {
  /** The id of the command that gave it, so that one command can never grade twice (rule X-03). */
  readonly id: CommandId;
  /** `null`: the grade before was taken back, and no other stands in its place. */
  readonly grade: Grade | null;
  readonly reason: string;
  /** Why it may be lower than the one before, or why it is not the recommended one; `null` where none was written (rules C-29, T-19). */
  readonly rationale: Rationale | null;
  /** The second person's word on it; missing where none was given. */
  readonly leave?: Leave | undefined;
  /** The grading of one's own that this one has taken back: neither counts when grades are compared (rules T-15, X-10). */
  readonly undoes?: CommandId | undefined;
  /** The versions in force then (rule Y-07). */
  readonly policies?: DecidedUnder | undefined;
  readonly by: Actor;
  readonly at: Instant;
}

export interface Note {
  /** The id of the command that wrote it, so that one command can never write two notes (rule X-03). */
  readonly id: CommandId;
  readonly text: string;
  readonly by: Actor;
  /** When the queue wrote it down. */
  readonly at: Instant;
  /** When it was said or done, if that was earlier: typed in from paper (rule P-02). `null`: when it was written. */
  readonly happenedAt: Instant | null;
  /** True when its writer no longer owned the contact: words kept, effects refused (rule C-10). */
  readonly late: boolean;
}

/** One message of a text channel, or a further text from the same person. Plain text, shown as text, never in logs. */
export interface Message {
  /** The source's key for it, so that one message is never there twice (rule C-17). */
  readonly key: string;
  readonly from: 'public' | 'assistant';
  readonly text: string;
  /** BCP 47 tag of the words as written; `null` when English or not known. */
  readonly language: string | null;
  /** When it was written, by the source's clock. */
  readonly at: Instant;
}

/** How a contact ended. `resolved` is the ordinary case. */
export const closeOutcomes = [
  'resolved',
  'passed-on',
  'advice',
  'duplicate',
  'no-reply',
  'not-police',
] as const;
export type CloseOutcome = (typeof closeOutcomes)[number];

export interface Closing {
  readonly outcome: CloseOutcome;
  readonly reason: string;
  /** `null`: closed before the record asked for it. */
  readonly record: ClosingRecord | null;
  /** The versions in force then (rule Y-07). */
  readonly policies?: DecidedUnder | undefined;
  readonly by: Actor;
  readonly at: Instant;
}

/** What they were told of being rung: by which safe number, when, what about. */
export interface PromisedCallBack {
  readonly id: CommandId;
  readonly words: string;
  readonly by: Actor;
  readonly at: Instant;
}

/** A closed contact was taken up again: how it had ended until then. */
export interface Reopening {
  /** The command and when the queue wrote it down: by which it can be taken back. Missing in what is older than these fields. */
  readonly id?: CommandId | undefined;
  readonly at?: Instant | undefined;
  readonly closing: Closing;
  /** The contact's revision right after it: whether anything has happened since. */
  readonly rev: number;
  readonly by: Actor;
}

/**
 * When the contact should be answered, and why then (rules K-01 to K-06). Written by an event and never
 * recomputed by the passing of time.
 */
export interface Due {
  readonly at: Instant;
  /** The target of its class, from received. Milliseconds. */
  readonly targetMs: number;
  /** What was taken off, and for what. Milliseconds each. */
  readonly allowances: readonly {
    readonly because: 'vulnerable' | 'repeat' | 'look-first';
    readonly ms: number;
  }[];
  /** The policy file's version these numbers came from. */
  readonly policy: string;
}

/** Things a colleague would call out across the room. */
export interface Flags {
  readonly vulnerable: boolean;
  readonly repeat: boolean;
  /** Risk words were found: a person should look first (rule O-07). Never set or cleared by silence. */
  readonly lookFirst: boolean;
}

/**
 * What a row and the emergency strip need, and what FLASH carries. Bounded in size, and free of names,
 * numbers and the public's own words (rule C-11).
 */
export interface ContactSummary {
  readonly id: ContactId;
  /** The reference a handler reads out: `CON-20261122-000041`; `PROV-…` offline, `TRN-…` in training. */
  readonly ref: string;
  readonly channel: Channel;
  /** When the public reached us. Duties run from here. */
  readonly receivedAt: Instant;
  /** Arrival number at the queue: breaks ties of time in band A. */
  readonly seq: number;
  /** Revision: 1 on arrival, one more with each event; 0 while it is only on the desk that wrote it down. Never goes back on any screen. */
  readonly rev: number;
  readonly fence: Fence;
  readonly band: 'A' | 'B';
  /** Band A: when it rang or was promoted. Band B: equals `receivedAt`. */
  readonly bandSince: Instant;
  readonly due: Due;
  readonly ownership: Ownership;
  readonly channelState: ChannelState;
  readonly work: WorkState;
  /** The person is gone and must be rung back (rule C-08). */
  readonly callBackDue: boolean;
  readonly title: string;
  /** Where, without a house number. `null` when nobody knows yet. */
  readonly place: string | null;
  /** BCP 47 tag of what the person speaks; `null` when English or not known. */
  readonly language: string | null;
  readonly flags: Flags;
  readonly grade: Grade | null;
  readonly marks: RowMarks;
}

/** What else a row must say, derived from the whole contact by `row-marks.ts` and by nobody else. */
export interface RowMarks {
  /** The force's incident, `2026-03-14/0412`; `null` while none is open or its number has not come. */
  readonly isr: string | null;
  /** By when it must be settled whether this is a crime; `null` once it is (rule R-08). */
  readonly crimeDueAt: Instant | null;
  /** Duties nobody has done yet, one entry for each kind. */
  readonly duties: readonly DutyKind[];
  /** A major incident was declared on it and is not stood down: what everybody calls it. */
  readonly major: string | null;
  /** On record: somebody could be hurt by the bell, by silence, or by a low grade. The kinds alone. */
  readonly markers: readonly string[];
  /** A chat may be of somebody whom this handler had a while ago: it is told to them, and offered to everybody (rule CH-12). */
  readonly backTo: HandlerId | null;
  /** Since when the person in a chat waits for a line of ours; `null` when the next line is theirs, or nobody is there (rule CH-04). */
  readonly turnSince: Instant | null;
  /** A chat is offered to a colleague, who has not answered (rule CH-16); missing where none is. Whether it has run out the time says. */
  readonly offer?: OfferMark | undefined;
  /** By which every desk says that the target of the grade is near (rule T-17); `null` while it has none, and once it is closed. */
  readonly weighed: Weighed | null;
}

/** An offer that nobody has answered: to whom, and until when it can be. */
export interface OfferMark {
  readonly id: CommandId;
  readonly to: Actor;
  readonly until: Instant;
}

/** Since when the grade stands, and when the risk was last looked at. */
export interface Weighed {
  readonly gradedAt: Instant;
  readonly lookedAt: Instant;
}

/** The public's side, as the source gave it. Plain text, shown as text, never in logs. */
export interface Caller {
  readonly name: string | null;
  readonly number: string | null;
  readonly address: string | null;
}

/** Everything the queue and the desk keep about one contact. */
export interface Contact extends ContactSummary, RecordParts {
  /** The reference under which it began on a desk without the queue: `PROV-…`; said to the caller then (rule P-03). */
  readonly provisionalRef: string | null;
  /** The number of the paper log it was typed in from (rule P-01). */
  readonly paperLog: string | null;
  /** When the queue wrote it down. */
  readonly enteredAt: Instant;
  /** The source's own idea of when, if its clock disagreed with the queue's (rule C-03). */
  readonly claimedReceivedAt: Instant | null;
  readonly source: string;
  readonly caller: Caller;
  /** The public's own words, verbatim. */
  readonly account: string;
  /** Every location that was ever told, in the order of their times; the last one is in force (rule C-16). */
  readonly locations: readonly Location[];
  /** What was written after the account, oldest first. */
  readonly messages: readonly Message[];
  readonly notes: readonly Note[];
  /** Every grading ever made, oldest first; the last one is in force. */
  readonly gradings: readonly Grading[];
  /** Why it was promoted to, or demoted from, band A; oldest first. */
  readonly bandChanges: readonly {
    readonly to: 'A' | 'B';
    readonly reason: string;
    /** The contact's own at that moment: whether anybody has taken it since. Missing in what is older than this field. */
    readonly fence?: Fence | undefined;
    readonly by: Actor;
    readonly at: Instant;
  }[];
  readonly closing: Closing | null;
  /** Call-backs that were promised, oldest first (rule C-37); missing where none was. */
  readonly promised?: readonly PromisedCallBack[] | undefined;
  /** Missing until it is taken up again, and once it is closed anew. */
  readonly reopened?: Reopening | undefined;
}

/** The summary of a whole contact: drops everything personal. */
export function summaryOf(contact: Contact): ContactSummary {
  const {
    id,
    ref,
    channel,
    receivedAt,
    seq,
    rev,
    fence,
    band,
    bandSince,
    due,
    ownership,
    channelState,
    work,
  } = contact;
  const { callBackDue, title, place, language, flags, grade, marks } = contact;
  return {
    id,
    ref,
    channel,
    receivedAt,
    seq,
    rev,
    fence,
    band,
    bandSince,
    due,
    ownership,
    channelState,
    work,
    callBackDue,
    title,
    place,
    language,
    flags,
    grade,
    marks,
  };
}

/** Waits for somebody: offered to every desk (rule O-03). */
export function needsPerson(contact: ContactSummary): boolean {
  return contact.ownership.kind === 'waiting' || contact.ownership.kind === 'verify';
}

/** Stands in the emergency strip and in the pinned group: band A and waiting for a person (rule O-03). */
export function isOpenEmergency(contact: ContactSummary): boolean {
  return contact.band === 'A' && needsPerson(contact);
}

/** Whose it is now, or `null`. */
export function ownerOf(contact: ContactSummary): Actor | null {
  const { ownership } = contact;
  return ownership.kind === 'owned' || ownership.kind === 'link-lost' ? ownership.by : null;
}
