import type { CommandId, ContactId } from '../../shared/domain/ids.ts';
import type { WayOut } from '../../shared/domain/outbound/reach.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** A message to the public, from the order to go until it is known how it ended (rule MX-06). */
export interface OutboundMessage extends WayOut {
  /** The command that ordered it. */
  readonly id: CommandId;
  readonly contact: ContactId;
  /** The contact’s reference, by which an answer is known for one. */
  readonly ref: string;
  readonly subject: string;
  readonly text: string;
  readonly orderedAt: Instant;
}

/** One that is to be tried now. */
export interface DueMessage extends OutboundMessage {
  /** How often it was tried, this time included. */
  readonly tries: number;
}

/** What the queue keeps of what goes out. A row is there exactly as long as its contact says that it is on its way. */
export interface OutboundTransaction {
  /** Due at once. */
  keepMessage(message: OutboundMessage): Promise<void>;
  /**
   * The message that has been due longest, due again at `again` unless it is ended or put off before: whoever took it may die on the way. Of
   * several nodes one gets it; `null` when none is due.
   */
  takeDueMessage(now: Instant, again: Instant): Promise<DueMessage | null>;
  /** To be tried again then. */
  putOffMessage(id: CommandId, until: Instant): Promise<void>;
  /** It is known how it ended. False: it was known before. */
  endMessage(id: CommandId): Promise<boolean>;
  /** When the next is due, or `null`. */
  nextMessageDue(): Promise<Instant | null>;
}
