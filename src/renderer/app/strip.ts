import type { CommandId, ContactId } from '../../shared/domain/ids.ts';
import type { IncidentSplit } from '../../shared/domain/triage/major-incident.ts';

/** The strip that is open in the work pane: for which contact, and what it asks. */
export type Strip = ReasonedStrip | WhichMajor;

/** Which of several major incidents a call is about, of which it is said already how (rule T-21): one key. */
export interface WhichMajor {
  readonly kind: 'which-major';
  readonly contact: ContactId;
  readonly split: IncidentSplit;
  /** Those that were on when it was asked, in the order of their digits. */
  readonly majors: readonly ContactId[];
}

/** Asks for a reason. */
export type ReasonedStrip =
  /** Part from a linked contact. `link`: the command that made it. */
  | { readonly kind: 'part'; readonly contact: ContactId; readonly link: CommandId; readonly other: string }
  | {
      readonly kind: 'promote' | 'demote' | 'reopen' | 'free' | 'check-exit' | 'promise-call-back';
      readonly contact: ContactId;
    };
