import type { Command } from '../../shared/domain/command.ts';
import type { Contact, ContactSummary } from '../../shared/domain/contact.ts';
import type { LogEntry } from '../../shared/domain/event.ts';
import type { CommandId, ContactId, Incarnation, Lsn } from '../../shared/domain/ids.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import type { OrderKey } from '../../shared/domain/ordering.ts';
import type { ServicePolicy } from '../../shared/domain/service-level.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Cursor } from '../../shared/contract/queue-link.ts';
import type { Draft } from '../../shared/contract/workstation.ts';

/** What the desk has of one contact. `contact` is `null` while only a flash has come. */
export interface Held {
  /** The newest there is, whether it came by flash or in the log. */
  readonly summary: ContactSummary;
  /** The contact as the log has it up to the cursor. */
  readonly contact: Contact | null;
}

/** Where a command stands between this desk and the queue. */
export type OutboxStanding =
  /** Kept here; sent or not, the queue has not answered. */
  | { readonly kind: 'waiting' }
  /** Done at the queue as event `lsn`, which this desk has not applied yet (rule X-06). */
  | { readonly kind: 'applied'; readonly lsn: Lsn }
  /** Answered, and the handler has not seen it yet. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'late' };

export interface OutboxRow {
  /** The command's number in this incarnation: 1, 2, 3 … (rule L-16). */
  readonly seq: number;
  readonly command: Command;
  readonly keptAt: Instant;
  /** This desk's monotonic clock when it was kept. Milliseconds; compares only within one run. */
  readonly mono: number;
  readonly standing: OutboxStanding;
}

/** What a desk must know of itself to work before the queue has answered. */
export interface Greeting {
  readonly deskNumber: number;
  readonly policy: ServicePolicy;
}

export interface Committed {
  /** Contacts whose copy changed. */
  readonly touched: readonly ContactId[];
  /** Outbox rows that left because the event of their result is now applied. */
  readonly settled: readonly OutboxRow[];
  /** An event needed a contact this desk does not hold: the copy is incomplete and a snapshot must be asked for. */
  readonly incomplete: boolean;
}

export interface InboxPage {
  readonly ids: readonly ContactId[];
  readonly next: OrderKey | null;
  readonly total: number;
}

/**
 * The desk's durable memory. Every method that changes something is one transaction and is durable when it returns
 * (the memory twin excepted, which says so by `kind`). Methods are synchronous: one commit takes well under a
 * millisecond, and the workstation process has nothing else to keep smooth.
 *
 * Faults of the disk are thrown as `SqliteFault`; after one, nothing of that call has been kept.
 */
export interface DeskStore {
  readonly kind: 'file' | 'memory';
  incarnation(): Incarnation;
  /**
   * Begins another life: this file turned out to be older than what the queue has seen of the desk, or the queue's own
   * past may have changed. Commands whose effect is not yet in the copy keep their ids, are numbered from 1 again, and
   * wait to be sent (rule L-16).
   */
  renewIncarnation(incarnation: Incarnation): void;

  /** How far the log has been taken in; `null` before the first snapshot. */
  cursor(): Cursor | null;
  /** Gives the place in the log up: the next connection brings a snapshot. */
  forgetCursor(): void;
  greeting(): Greeting | null;
  keepGreeting(greeting: Greeting): void;

  /** Applies events in order and moves the cursor with them (rule S-02); settles what they answer (rule X-06). */
  commitEvents(entries: readonly LogEntry[], cursor: Cursor): Committed;
  /** Takes a flash in; false when the copy is already as new (rule L-09). Never moves the cursor. */
  commitFlash(summary: ContactSummary): boolean;
  /** Replaces the whole copy and the cursor, keeping outbox and drafts (rule L-11). Returns what it settled. */
  installSnapshot(contacts: Iterable<Contact>, cursor: Cursor): readonly OutboxRow[];
  /** Forgets closed contacts that ended before `before` and have nothing unsent. Returns how many. */
  forgetClosed(before: Instant): number;

  held(contact: ContactId): Held | null;
  /** A page of what is not closed, in the one order, after a key. */
  page(after: OrderKey | null, limit: number): InboxPage;
  /** Every open emergency this desk knows of, in order. */
  openEmergencies(): readonly ContactSummary[];
  /** Contacts owned from a desk, with their fences, for HELLO. */
  ownedBy(deskId: string): readonly ContactSummary[];

  /** Keeps a command under the next number; with `clearsDraft` the contact's draft goes in the same transaction. */
  keep(
    command: Command,
    at: { readonly keptAt: Instant; readonly mono: number; readonly clearsDraft: boolean },
  ): OutboxRow;
  /** The highest number given in this incarnation; 0 before the first. */
  lastSeq(): number;
  /** All rows, in the order they were given. */
  outbox(): readonly OutboxRow[];
  /** Writes down the queue's answer. Returns true when the row left at once (nothing to wait for). */
  answer(
    id: CommandId,
    standing: Exclude<OutboxStanding, { kind: 'waiting' }> | { readonly kind: 'done' },
  ): boolean;
  /** Removes an answered row that the handler has seen; a waiting one stays. */
  dismiss(id: CommandId): void;
  /**
   * Takes back commands the queue never received (their numbers are above `lastSeq`): they stay as refused, and the
   * waiting ones behind them close up. The next number follows on.
   */
  withdraw(ids: readonly CommandId[], lastSeq: number, refusal: Refusal): void;

  saveDraft(contact: ContactId, draft: Draft | null, at: Instant): void;
  draft(contact: ContactId): Draft | null;

  close(): void;
}
