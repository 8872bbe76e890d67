import type { Actor, CloseOutcome, Contact, Due, Grade } from './contact.ts';
import type { CommandId, ContactId, Fence, Lsn } from './ids.ts';
import type { Instant } from './time.ts';

/** Everything that can have happened to a contact. The queue appends them; nobody changes or removes one. */
export type Happening =
  | { readonly kind: 'arrived'; readonly contact: Contact }
  | { readonly kind: 'claimed'; readonly fence: Fence }
  | { readonly kind: 'released' }
  | { readonly kind: 'noted'; readonly note: CommandId; readonly text: string; readonly late: boolean }
  | {
      readonly kind: 'graded';
      readonly grading: CommandId;
      readonly grade: Grade;
      readonly reason: string;
      readonly due: Due;
    }
  | { readonly kind: 'promoted'; readonly reason: string }
  | { readonly kind: 'demoted'; readonly reason: string }
  | { readonly kind: 'closed'; readonly outcome: CloseOutcome; readonly reason: string }
  | { readonly kind: 'reopened'; readonly fence: Fence; readonly reason: string };

export type HappeningKind = Happening['kind'];

/** One entry of the log, as it concerns one contact. */
export interface ContactEvent {
  readonly contact: ContactId;
  /** The contact's revision after this event. */
  readonly rev: number;
  /** When the queue committed it, by the queue's clock. */
  readonly at: Instant;
  /** Whose act it was; `null` for what came from outside (an arrival). */
  readonly by: Actor | null;
  readonly what: Happening;
}

/** An event with its place in the log. */
export interface LogEntry extends ContactEvent {
  readonly lsn: Lsn;
}
