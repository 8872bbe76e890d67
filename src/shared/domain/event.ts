import type { Call } from './call.ts';
import type { ChatEnd, HandlerEnd, SafeContact } from './chat/chat.ts';
import type { Actor, ChannelState, CloseOutcome, Contact, Due, Grade, Leave, Message } from './contact.ts';
import type { CommandId, ContactId, Fence, Lsn } from './ids.ts';
import type { LineInLanguage } from './language/lines.ts';
import type { Location } from './location.ts';
import type { SentWay } from './outbound/reach.ts';
import type { Carried } from './outbound/sending.ts';
import type { ClosingRecord } from './record/closing-record.ts';
import type { CrimeDecision } from './record/crime-decision.ts';
import type { SaidDescription } from './record/description.ts';
import type { Photo } from './record/photo.ts';
import type {
  HeardSound,
  LateWords,
  LinkKind,
  Linked,
  MajorIncident,
  MarkerOnRecord,
  Passed,
  PlanOnRecord,
  DecidedUnder,
  SaidSpot,
  TriedCallBack,
} from './record/parts.ts';
import type { Instant } from './time.ts';
import type { TriageEntry } from './triage/entry.ts';
import type { MethaneReport } from './triage/major-incident.ts';
import type { Rationale } from './triage/rationale.ts';

/** Everything that can have happened to a contact. The queue appends them; nobody changes or removes one. */
export type Happening = HappeningItself & {
  /** Which versions of the policies decided it, by name; missing where none did, and on a desk that has not heard the queue (rule Y-07). */
  readonly policies?: DecidedUnder | undefined;
};

type HappeningItself =
  | { readonly kind: 'arrived'; readonly contact: Contact }
  | { readonly kind: 'claimed'; readonly fence: Fence }
  /** `back`: of a chat, what whoever takes it next should know, and the command that said it (rule CH-17); missing where nothing was said. */
  | {
      readonly kind: 'released';
      readonly back?: { readonly id: CommandId; readonly words: string } | undefined;
    }
  /** Taken from a desk that cannot work on it; the fence moves, so that nothing of the former owner has effect. */
  | { readonly kind: 'freed'; readonly fence: Fence; readonly reason: string }
  /** Its source has found out where; when, the location itself says. `markers`: what is on record there and was not known yet (rule AS-16). */
  | {
      readonly kind: 'located';
      readonly location: Location;
      readonly markers?: readonly MarkerOnRecord[] | undefined;
      /** There when what is on record there brings a closed contact back: its next fence (rule C-32). */
      readonly reopens?: Fence | undefined;
    }
  /** The public, or the assistant before the handler, has written more. */
  | {
      readonly kind: 'said';
      readonly message: Message;
      /** There when its words ask for a look first: when the contact is due from now on (rules AS-04, O-07). */
      readonly lookFirst?: Due | undefined;
      /** The groups of risk words in it that ask for a look, by the policy in force then (rule T-23). */
      readonly riskWords?: readonly string[] | undefined;
    }
  /** The line itself has changed. `dropped` on an emergency makes a call-back due (rule C-08). */
  | {
      readonly kind: 'line';
      readonly state: ChannelState;
      /** How a chat ended, where its source says; missing for every other line. */
      readonly end?: ChatEnd | undefined;
      /** There when it brings a closed contact back: its next fence (rule C-32). */
      readonly reopens?: Fence | undefined;
    }
  | {
      readonly kind: 'noted';
      readonly note: CommandId;
      readonly text: string;
      readonly happenedAt: Instant | null;
      readonly late: boolean;
    }
  | {
      readonly kind: 'graded';
      readonly grading: CommandId;
      readonly grade: Grade | null;
      readonly reason: string;
      readonly due: Due;
      /** Why it may be lower than before; of any other only where somebody has written it (rules C-29, T-19). */
      readonly rationale: Rationale | null;
      /** The caller believes the earlier one and must be told. */
      readonly tellCaller: boolean;
      /** It takes that grading back: the one before it stands again, with the leave it had. */
      readonly undoes?: CommandId | undefined;
    }
  /** A lower grade waits for a second person (rule C-29). */
  | {
      readonly kind: 'grade-asked';
      readonly grading: CommandId;
      /** `null`: no grade in place of the one that stands. */
      readonly grade: Grade | null;
      readonly reason: string;
      readonly rationale: Rationale;
    }
  /** The second person's word: with `due` the lower grade stands from now on, without it the earlier one stays. */
  | {
      readonly kind: 'grade-answered';
      readonly grading: CommandId;
      readonly agreed: boolean;
      readonly reason: string;
      readonly due: Due | null;
      /** Every floor that it goes below, as they stood then: the leave is for these and for no others (rule T-13). */
      readonly floors?: Leave['floors'] | undefined;
    }
  /** The telephone's side has changed; told whole (rule TE-01). */
  | {
      readonly kind: 'call';
      readonly call: Call;
      readonly markers?: readonly MarkerOnRecord[] | undefined;
      /** There when it brings a closed contact back: its next fence (rule C-32). */
      readonly reopens?: Fence | undefined;
    }
  | { readonly kind: 'triaged'; readonly triage: CommandId; readonly entry: TriageEntry }
  /** `markers`, `plan`: what is on record about them and was not known yet (rules R-24, AS-16). */
  | {
      readonly kind: 'described';
      readonly description: CommandId;
      readonly said: SaidDescription;
      readonly markers?: readonly MarkerOnRecord[] | undefined;
      readonly plan?: PlanOnRecord | undefined;
    }
  /** `markers`: what is on record there and was not known yet; the queue's to say (rule AS-27). */
  | {
      readonly kind: 'placed';
      readonly spot: CommandId;
      readonly said: SaidSpot;
      readonly markers?: readonly MarkerOnRecord[] | undefined;
    }
  | {
      readonly kind: 'tried';
      readonly attempt: CommandId;
      readonly tried: TriedCallBack;
      readonly corrects?: CommandId | undefined;
    }
  /** A call-back was promised: somebody must be rung, with the same questions first as whoever was cut off (rule C-37). */
  | { readonly kind: 'call-back-promised'; readonly promise: CommandId; readonly words: string }
  /** What an earlier owner says late: kept as they said it, and nothing follows from it (rule C-10). */
  | { readonly kind: 'contributed'; readonly contribution: CommandId; readonly said: LateWords }
  | {
      readonly kind: 'heard';
      readonly heard: CommandId;
      readonly sound: HeardSound;
      /** As of what was written (rule T-23). */
      readonly riskWords?: readonly string[] | undefined;
    }
  /** The end of a link at the child's side; the queue writes the other at the same moment (rule C-22). */
  | {
      readonly kind: 'linked';
      readonly link: CommandId;
      readonly as: LinkKind;
      readonly parent: Linked;
      readonly fact: string;
      readonly found: readonly string[];
    }
  /** The end at the parent's side. `due` is there when what the child adds raises it (rule C-24). */
  | {
      readonly kind: 'joined';
      readonly link: CommandId;
      readonly as: LinkKind;
      readonly child: Linked;
      readonly fact: string;
      readonly found: readonly string[];
      readonly due: Due | null;
      /** Whoever rang first is on the child's line: the same caller, or the same number whatever they are linked as (rule T-17). */
      readonly rangAgain?: true | undefined;
    }
  /** At the parent's side: the child's words have told of something more since the two were linked (rule C-34). */
  | {
      readonly kind: 'child-told';
      readonly link: CommandId;
      readonly found: readonly string[];
      readonly due: Due;
    }
  /** A link is no more; at either end (rule C-23). */
  | { readonly kind: 'parted'; readonly link: CommandId; readonly reason: string }
  | { readonly kind: 'discharged'; readonly duty: string; readonly words: string }
  /** `ref`: the queue's number; `null` only on a desk that has not heard it yet (rule C-26). */
  | {
      readonly kind: 'incident-opened';
      readonly incident: CommandId;
      readonly ref: string | null;
      readonly provisionalRef: string;
      readonly category: string;
    }
  | {
      readonly kind: 'crime-decided';
      readonly crime: CommandId;
      readonly decision: CrimeDecision;
      readonly ref: string | null;
    }
  | { readonly kind: 'passed-on'; readonly passing: CommandId; readonly passed: Passed }
  | {
      readonly kind: 'major-declared';
      readonly major: CommandId;
      readonly name: string;
      readonly report: MethaneReport;
      /** Handed on from there, with every version that it had (rule C-35). */
      readonly from?: Linked | undefined;
      /** Who there said yes; missing in what was handed on before it was asked. */
      readonly acceptedBy?: string | undefined;
      readonly versions?: readonly MajorIncident[] | undefined;
    }
  | {
      readonly kind: 'stood-down';
      readonly reason: string;
      /** It is not over: it was handed on to there, by that command (rule C-35). */
      readonly to?: Linked | undefined;
      readonly handing?: CommandId | undefined;
    }
  /** A line to the public, the n-th of its chat (rules CH-01, CH-02). */
  | {
      readonly kind: 'replied';
      readonly reply: CommandId;
      readonly n: number;
      readonly text: string;
      readonly canned: string | null;
    }
  /** Our lines up to this one are in the person's browser, or on their screen (rule CH-03). */
  | { readonly kind: 'reached'; readonly upTo: number; readonly how: 'delivered' | 'seen' }
  /** What a machine made of a line that is there already: beside it, never in its place (rule LG-05). */
  | {
      readonly kind: 'translated';
      readonly about: LineInLanguage;
      /** As of `said`: risk words that only the translation has (rules AS-02, O-07, T-23). */
      readonly lookFirst?: Due | undefined;
      readonly riskWords?: readonly string[] | undefined;
    }
  /** A photo of theirs has been looked at by a machine, and can be shown or not (rules PH-04, PH-06). */
  | { readonly kind: 'attached'; readonly photo: Photo }
  | { readonly kind: 'exit-checked'; readonly words: string }
  | { readonly kind: 'chat-ended'; readonly reason: HandlerEnd }
  | { readonly kind: 'parked'; readonly because: 'emergency' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'safe-contact-agreed'; readonly agreed: CommandId; readonly safe: SafeContact }
  | { readonly kind: 'language-chosen'; readonly code: string | null }
  /** A handler has said that somebody is to get their reference; from here on it is on its way (rule MX-01). */
  | {
      readonly kind: 'reference-ordered';
      readonly sending: CommandId;
      readonly way: SentWay;
      readonly to: string;
      readonly neutral: boolean;
    }
  /** Whoever carries it has taken it, or it will never get there (rule MX-07). */
  | ({ readonly kind: 'carried'; readonly sending: CommandId } & Carried)
  /** A chat is offered to a colleague, whose it is not yet (rule CH-16). `until`: after that nobody takes it by this offer. */
  | {
      readonly kind: 'chat-offered';
      readonly offer: CommandId;
      readonly to: Actor;
      readonly words: string;
      readonly until: Instant;
    }
  /** They have said yes: theirs from this moment, under a new fence. */
  | { readonly kind: 'taken-over'; readonly offer: CommandId; readonly fence: Fence }
  | { readonly kind: 'offer-declined'; readonly offer: CommandId; readonly words: string }
  | { readonly kind: 'offer-withdrawn'; readonly offer: CommandId }
  /** `due`: as an emergency from then on, or as before it was one (rule K-08); missing in what was decided before it was kept. */
  | { readonly kind: 'promoted'; readonly reason: string; readonly due?: Due | undefined }
  | { readonly kind: 'demoted'; readonly reason: string; readonly due?: Due | undefined }
  /** `record` is missing in what was closed before the record asked for it. */
  | {
      readonly kind: 'closed';
      readonly outcome: CloseOutcome;
      readonly reason: string;
      readonly record: ClosingRecord | null;
      /** Given by the queue when the closing itself records the crime (rule C-27). */
      readonly crimeRef: string | null;
      /** The command; `null` in what was closed before the record asked for it. */
      readonly closing: CommandId | null;
    }
  | {
      readonly kind: 'reopened';
      readonly fence: Fence;
      readonly reason: string;
      /** The command; missing in what was taken up again before it was kept. */
      readonly reopening?: CommandId | undefined;
    };

export type HappeningKind = Happening['kind'];

/** One entry of the log, as it concerns one contact. */
export interface ContactEvent {
  readonly contact: ContactId;
  /** The contact's revision after this event. */
  readonly rev: number;
  /** When the queue committed it, by the queue's clock. */
  readonly at: Instant;
  /** Whose act it was; `null` for what came from outside: an arrival, a location, a message, the line. */
  readonly by: Actor | null;
  readonly what: Happening;
}

/** An event with its place in the log. */
export interface LogEntry extends ContactEvent {
  readonly lsn: Lsn;
}
