import type { CloseOutcome, Grade } from './contact.ts';
import type { CommandId, ContactId, Fence } from './ids.ts';

/**
 * Everything a handler can ask for. One union travels through IPC, outbox, wire and training: a new act is a
 * new variant here, never a new channel (ARCHITECTURE, "Where a new command goes").
 */
export type Act =
  /** Make it mine. Decided at the queue alone (rule C-05). */
  | { readonly kind: 'claim' }
  /** Give it back to everybody. */
  | { readonly kind: 'release' }
  /** Words for the record. */
  | { readonly kind: 'note'; readonly text: string }
  /** How urgently to respond, by risk. Never moves a contact between bands. */
  | { readonly kind: 'grade'; readonly grade: Grade; readonly reason: string }
  /** Into band A, with the reason. */
  | { readonly kind: 'promote'; readonly reason: string }
  /** Out of band A again, with the reason. */
  | { readonly kind: 'demote'; readonly reason: string }
  /** Finish, with an outcome and a reason. */
  | { readonly kind: 'close'; readonly outcome: CloseOutcome; readonly reason: string }
  /** Take up again what was closed: whoever does so owns it (rule C-04). */
  | { readonly kind: 'reopen'; readonly reason: string }
  /** I have read its details: an entry in the audit, nothing else (rule C-12). */
  | { readonly kind: 'consult' };

export type ActKind = Act['kind'];

/** An act on a contact, as the desk keeps it in its outbox and sends it. */
export interface Command {
  readonly id: CommandId;
  readonly contact: ContactId;
  /** The contact's fence as the handler saw it: the queue refuses the effect when it is no longer current (rule C-06). */
  readonly fence: Fence;
  /** The contact's revision as the handler saw it. For the record; not a condition. */
  readonly baseRev: number;
  readonly act: Act;
}

/** A note is at most this long. Characters. Longer texts are split by the handler, never cut by the program. */
export const NOTE_LIMIT = 4_000;
/** A reason is at most this long. Characters. */
export const REASON_LIMIT = 500;
