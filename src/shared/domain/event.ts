import type { Actor, ChannelState, CloseOutcome, Contact, Due, Grade, Message } from './contact.ts';
import type { CommandId, ContactId, Fence, Lsn } from './ids.ts';
import type { Location } from './location.ts';
import type { Instant } from './time.ts';

/** Everything that can have happened to a contact. The queue appends them; nobody changes or removes one. */
export type Happening =
  | { readonly kind: 'arrived'; readonly contact: Contact }
  | { readonly kind: 'claimed'; readonly fence: Fence }
  | { readonly kind: 'released' }
  /** Taken from a desk that cannot work on it; the fence moves, so that nothing of the former owner has effect. */
  | { readonly kind: 'freed'; readonly fence: Fence; readonly reason: string }
  /** Its source has found out where; when, the location itself says. */
  | { readonly kind: 'located'; readonly location: Location }
  /** The public, or the assistant before the handler, has written more. */
  | { readonly kind: 'said'; readonly message: Message }
  /** The line itself has changed. `dropped` on an emergency makes a call-back due (rule C-08). */
  | { readonly kind: 'line'; readonly state: ChannelState }
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
  /** Whose act it was; `null` for what came from outside: an arrival, a location, a message, the line. */
  readonly by: Actor | null;
  readonly what: Happening;
}

/** An event with its place in the log. */
export interface LogEntry extends ContactEvent {
  readonly lsn: Lsn;
}
