import type { Channel } from './channel.ts';
import type { HandlerEnd, SafeContact } from './chat/chat.ts';
import type { Actor, Caller, CloseOutcome, Flags, Grade } from './contact.ts';
import type { CommandId, ContactId, Fence, HandlerId } from './ids.ts';
import type { SentWay } from './outbound/reach.ts';
import type { ClosingRecord } from './record/closing-record.ts';
import type { CrimeDecision } from './record/crime-decision.ts';
import type { SaidDescription } from './record/description.ts';
import type { HeardSound, LinkKind, Passed, SaidSpot, TriedCallBack } from './record/parts.ts';
import type { Instant } from './time.ts';
import type { TriageEntry } from './triage/entry.ts';
import type { MethaneReport } from './triage/major-incident.ts';
import type { Rationale } from './triage/rationale.ts';

/**
 * Everything a handler can ask for. One union travels through IPC, outbox, wire and training: a new act is a
 * new variant here, never a new channel (ARCHITECTURE, "Where a new command goes").
 */
export type Act =
  /** Make it mine. Decided at the queue alone (rule C-05). */
  | { readonly kind: 'claim' }
  /** Give it back to everybody. `reason`: what whoever takes it next should know; a chat that is handed back says it (rule CH-17). */
  | { readonly kind: 'release'; readonly reason?: string | undefined }
  /** Offer to everybody again what another desk holds and cannot work on (rule A-04). */
  | { readonly kind: 'free'; readonly reason: string }
  /** Words for the record. `happenedAt`: when it was said or done, if that was earlier (rule P-02). */
  | { readonly kind: 'note'; readonly text: string; readonly happenedAt: Instant | null }
  /**
   * How urgently to respond, by risk. Never moves a contact between bands. `null` takes the grade back (undo). A lower one needs
   * `rationale` (rule C-29). `undoes`: the command of one's own grading or asking that is taken back at once (rule X-10); `true`, which
   * an older desk left in its outbox, names none and takes nothing back.
   */
  | {
      readonly kind: 'grade';
      readonly grade: Grade | null;
      readonly reason: string;
      readonly rationale?: Rationale | undefined;
      readonly undoes?: CommandId | true | undefined;
    }
  /** The second person's word on a lower grade (rule C-29). */
  | { readonly kind: 'agree'; readonly grading: CommandId; readonly agreed: boolean; readonly reason: string }
  /** A new look at the risk: THRIVE, the kind of call, the answers, what was recommended (rules C-31, T-01). */
  | { readonly kind: 'triage'; readonly entry: TriageEntry }
  /** Who it is and what it is about, as a handler has learned it (rule R-24). */
  | { readonly kind: 'describe'; readonly said: SaidDescription }
  /** Where it is, as agreed with the caller. */
  | { readonly kind: 'place'; readonly spot: SaidSpot }
  /** What was tried to reach a person who is gone (rule C-20). */
  | {
      readonly kind: 'attempt';
      readonly attempt: TriedCallBack;
      /** The attempt that was written down wrongly: this one stands in its place. */
      readonly corrects?: CommandId | undefined;
    }
  /** They were told that we ring: by which safe number, when, and what about (rule C-37). */
  | { readonly kind: 'promise-call-back'; readonly words: string }
  /** What came over a line on which nobody speaks (rule C-21). */
  | { readonly kind: 'hear'; readonly sound: HeardSound }
  /** This belongs to another contact, and adds this to it (rule C-22). */
  | { readonly kind: 'link'; readonly to: ContactId; readonly as: LinkKind; readonly fact: string }
  /** It does not after all (rule C-23). `link`: the command that made it. */
  | { readonly kind: 'part'; readonly link: CommandId; readonly reason: string }
  /** A duty is done (rule C-25). */
  | { readonly kind: 'discharge'; readonly duty: string; readonly words: string }
  /** Open the force's incident log for it, which dispatch sees at once (rule C-26). */
  | { readonly kind: 'incident'; readonly category: string; readonly provisionalRef: string }
  /** Whether it is a crime, and which (rule C-27). */
  | { readonly kind: 'crime'; readonly decision: CrimeDecision }
  /** Given to another force or service (rule C-28). */
  | { readonly kind: 'pass'; readonly passed: Passed }
  /** Declare a major incident, or say more of it (rule C-30). */
  | {
      readonly kind: 'major';
      readonly name: string;
      readonly report: MethaneReport;
      /** The version on screen, which this one takes the place of; missing when none was there. */
      readonly replaces?: CommandId | undefined;
      /** Handed on from that contact, where it stood until now (rule C-35); `replaces` names the version there. */
      readonly from?: ContactId | undefined;
      /** Who at the other end said yes, having read it back; never missing with `from`. */
      readonly acceptedBy?: string | undefined;
    }
  /** The major incident is over. `major`: the version on screen; a desk that named none ends nothing. */
  | { readonly kind: 'stand-down'; readonly reason: string; readonly major?: CommandId | undefined }
  /** A line to the public in a chat: on its way to them once the queue has it, and never taken back (rule CH-01). */
  | { readonly kind: 'reply'; readonly text: string; readonly canned: string | null }
  /** Somebody has checked on the person who left by the safety exit, and says how (rule CH-07). */
  | { readonly kind: 'check-exit'; readonly words: string }
  /** The conversation is over; the contact is written up and closed like any other (rule CH-09). */
  | { readonly kind: 'end-chat'; readonly reason: HandlerEnd }
  /** Put aside for an emergency: the public's page says so (rule CH-06). */
  | { readonly kind: 'park'; readonly because: 'emergency' }
  /** In hand again. */
  | { readonly kind: 'resume' }
  /** How they may be reached without harm, as agreed with them (rule CH-10). */
  | { readonly kind: 'safe-contact'; readonly safe: SafeContact }
  /** The language of the conversation, which wins over every reading; `null`: as it is read again (rule LG-04). */
  | { readonly kind: 'choose-language'; readonly code: string | null }
  /** Send somebody their reference, by the way that they chose and as it stands on this handler's screen (rule MX-01). */
  | {
      readonly kind: 'send-reference';
      readonly way: SentWay;
      readonly to: string;
      readonly neutral: boolean;
    }
  /** Offer a chat to a colleague by name: it stays with who has it until they have said yes (rule CH-16). `words`: what they should know. */
  | { readonly kind: 'offer-chat'; readonly to: Actor; readonly words: string }
  /** Their word on it. `offer`: the command that made it; `words`: why not, where it is a no. */
  | {
      readonly kind: 'answer-offer';
      readonly offer: CommandId;
      readonly accepted: boolean;
      readonly words: string;
    }
  /** Not offered any more. */
  | { readonly kind: 'withdraw-offer'; readonly offer: CommandId }
  /** Into band A, with the reason. */
  | { readonly kind: 'promote'; readonly reason: string }
  /** Out of band A again, with the reason. */
  | { readonly kind: 'demote'; readonly reason: string }
  /**
   * Finish, with an outcome, a result in a line and what the record needs (rule R-06). `undoes`: the command of one's own taking up again, which
   * is taken back at once (rule R-21), and the contact ends as it had ended; `true`, which an older desk left in its outbox, names none and closes
   * like any other.
   */
  | {
      readonly kind: 'close';
      readonly outcome: CloseOutcome;
      readonly reason: string;
      readonly record: ClosingRecord | null;
      readonly undoes?: CommandId | true | undefined;
    }
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
