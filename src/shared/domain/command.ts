import type { Channel } from './channel.ts';
import type { Caller, CloseOutcome, Flags, Grade } from './contact.ts';
import type { CommandId, ContactId, Fence, HandlerId } from './ids.ts';
import type { Instant } from './time.ts';

/**
 * Everything a handler can ask for. One union travels through IPC, outbox, wire and training: a new act is a
 * new variant here, never a new channel (ARCHITECTURE, "Where a new command goes").
 */
export type Act =
  /** Make it mine. Decided at the queue alone (rule C-05). */
  | { readonly kind: 'claim' }
  /** Give it back to everybody. */
  | { readonly kind: 'release' }
  /** Offer to everybody again what another desk holds and cannot work on (rule A-04). */
  | { readonly kind: 'free'; readonly reason: string }
  /** Words for the record. `happenedAt`: when it was said or done, if that was earlier (rule P-02). */
  | { readonly kind: 'note'; readonly text: string; readonly happenedAt: Instant | null }
  /** How urgently to respond, by risk. Never moves a contact between bands. `null` takes the grade back (undo). */
  | { readonly kind: 'grade'; readonly grade: Grade | null; readonly reason: string }
  /** Into band A, with the reason. */
  | { readonly kind: 'promote'; readonly reason: string }
  /** Out of band A again, with the reason. */
  | { readonly kind: 'demote'; readonly reason: string }
  /** Finish, with an outcome and a reason. */
  | { readonly kind: 'close'; readonly outcome: CloseOutcome; readonly reason: string }
  /** Take up again what was closed: whoever does so owns it (rule C-04). */
  | { readonly kind: 'reopen'; readonly reason: string }
  /** A contact that reached a person past every machine: by telephone, at the counter, on paper (rules P-01 to P-05). */
  | ({ readonly kind: 'log' } & LoggedContact)
  /** I have read its details: an entry in the audit, nothing else (rule C-12). */
  | { readonly kind: 'consult' };

/** What a handler writes down of a contact that no machine has brought. */
export interface LoggedContact {
  readonly channel: Channel;
  /** When the person reached us, as the handler has it. */
  readonly receivedAt: Instant;
  readonly title: string;
  /** Where, without a house number. */
  readonly place: string | null;
  readonly language: string | null;
  readonly caller: Caller;
  readonly account: string;
  readonly flags: Flags;
  /** The number of the paper log it is typed in from; `null` when it was typed as it came. */
  readonly paperLog: string | null;
  /** Given by the desk, and said to the caller while the queue's own reference is not there yet. */
  readonly provisionalRef: string;
}

export type ActKind = Act['kind'];

/** An act on a contact, as the desk keeps it in its outbox and sends it. */
export interface Command {
  readonly id: CommandId;
  readonly contact: ContactId;
  /** The contact's fence as the handler saw it: the queue refuses the effect when it is no longer current (rule C-06). */
  readonly fence: Fence;
  /** The contact's revision as the handler saw it. For the record; not a condition. */
  readonly baseRev: number;
  /** Whose act it is. A desk sends what an earlier handler left unsent, in that handler's name (rule A-08). */
  readonly by: HandlerId;
  readonly act: Act;
}

/** A note is at most this long. Characters. Longer texts are split by the handler, never cut by the program. */
export const NOTE_LIMIT = 4_000;
/** A reason is at most this long. Characters. */
export const REASON_LIMIT = 500;
/** A contact's title or place is at most this long. Characters. */
export const TITLE_LIMIT = 160;
/** The public's own words, typed by a handler, are at most this long. Characters. */
export const ACCOUNT_TYPED_LIMIT = 8_000;
