import type { Command } from '../../shared/domain/command.ts';
import type { Contact, ContactSummary } from '../../shared/domain/contact.ts';
import type { ToldEntry } from '../../shared/contract/salvage.ts';
import type { CommandId, ContactId, HandlerId, Incarnation, Lsn } from '../../shared/domain/ids.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import type { OrderKey } from '../../shared/domain/ordering.ts';
import type { ServicePolicy } from '../../shared/domain/service-level.ts';
import type { PhotoId } from '../../shared/domain/record/photo.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Cursor } from '../../shared/contract/queue-link.ts';
import type { Draft, OpenTabs } from '../../shared/contract/workstation.ts';
import type { FindingStore } from './finding.ts';
import type { HistoryStore } from './history-rows.ts';
import type { KeptOutage, MissedWhole } from './kept-outage.ts';
import type { KeptPolicy } from './kept-policy.ts';
import type { KeptSession, KnownPerson } from './kept-session.ts';

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

/** Half-typed words of somebody, and when they were kept. */
export interface KeptDraft {
  readonly contact: ContactId;
  readonly handler: HandlerId;
  readonly draft: Draft;
  readonly savedAt: Instant;
}

/** What goes with a command into the same transaction. */
export interface Keeping {
  readonly keptAt: Instant;
  readonly mono: number;
  /** The writer's draft on the contact goes. */
  readonly clearsDraft: boolean;
  /** The contact that the command writes down, at revision 0 (rule P-03). */
  readonly provisional?: Contact;
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
  /** Contacts that should be here and are not: they are wanted from now on (rule L-24). */
  readonly lacking: readonly ContactId[];
  /** What was told of contacts of which only a flash is here, or nothing: how far each has come without this desk. */
  readonly unseen: readonly { readonly contact: ContactId; readonly rev: number }[];
}

export interface InboxPage {
  readonly summaries: readonly ContactSummary[];
  readonly next: OrderKey | null;
}

/**
 * The desk's durable memory. Every method that changes something is one transaction and is durable when it returns
 * (the memory twin excepted, which says so by `kind`). Methods are synchronous: one commit takes well under a
 * millisecond, and the workstation process has nothing else to keep smooth.
 *
 * Faults of the disk are thrown as `SqliteFault`; after one, nothing of that call has been kept.
 */
export interface DeskStore extends FindingStore, HistoryStore {
  readonly kind: 'file' | 'memory';
  /** Who takes the log of commits into the file: the store, within some of its commits, or somebody else beside it. */
  setCheckpoints(by: 'own' | 'elsewhere'): void;
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
  /** When the queue last confirmed the copy, by its own clock; `null`: never. */
  heardAt(): Instant | null;
  keepHeardAt(at: Instant): void;
  greeting(): Greeting | null;
  keepGreeting(greeting: Greeting): void;

  /**
   * Applies events in order and moves the cursor with them (rule S-02); settles what they answer (rule X-06). What it lacks for
   * that is wanted from the same transaction on, so that no end of the program forgets it.
   */
  commitEvents(entries: readonly ToldEntry[], cursor: Cursor): Committed;
  /** Contacts that should be here and are not, at most `limit`. */
  wanted(limit: number): readonly ContactId[];
  /** The queue has not given it: it is not waited for any more. */
  unwant(contact: ContactId): void;
  /**
   * Takes in a contact that was asked for, unless the log has built one here already; it is not wanted any more. One that is
   * closed is kept from `at`, by the queue's clock, for as long as one that is closed then (rule S-12).
   */
  takeInAsked(contact: Contact, at: Instant): void;
  /** Takes a flash in; false when the copy is already as new (rule L-09). Never moves the cursor. */
  commitFlash(summary: ContactSummary): boolean;
  /**
   * Replaces the whole copy and the cursor, keeping outbox and drafts (rule L-11), and contacts written down here whose
   * command is still in the outbox (rule P-03). Returns what it settled.
   */
  installSnapshot(contacts: Iterable<Contact>, cursor: Cursor): readonly OutboxRow[];
  /**
   * Forgets closed contacts that ended, or were last asked for, before `before` and have nothing unsent or half-typed. Returns
   * how many.
   */
  forgetClosed(before: Instant): number;

  held(contact: ContactId): Held | null;
  /** The revision of what `held` shows, without reading it; `null` when the contact is not here. */
  revOf(contact: ContactId): number | null;
  /** A page of what is not closed, in the one order, after a key. */
  page(after: OrderKey | null, limit: number): InboxPage;
  /** Every open emergency this desk knows of, in order. */
  openEmergencies(): readonly ContactSummary[];
  /** Contacts owned from a desk, with their fences, for HELLO. */
  ownedBy(deskId: string): readonly ContactSummary[];

  /** Keeps a command under the next number, and what goes with it. */
  keep(command: Command, keeping: Keeping): OutboxRow;
  /** The highest number given in this incarnation; 0 before the first. */
  lastSeq(): number;
  /** All rows, in the order they were given. */
  outbox(): readonly OutboxRow[];
  /** Writes down the queue's answer. Returns true when the row left at once (nothing to wait for). */
  answer(
    id: CommandId,
    standing: Exclude<OutboxStanding, { kind: 'waiting' }> | { readonly kind: 'done' },
  ): boolean;
  /**
   * Removes an answered row that the handler has seen; a waiting one stays. The contact that a refused `log` had written
   * down goes with it.
   */
  dismiss(id: CommandId): void;
  /**
   * Takes back commands the queue never received (their numbers are above `lastSeq`): they stay as refused, and the
   * waiting ones behind them close up. The next number follows on.
   */
  withdraw(ids: readonly CommandId[], lastSeq: number, refusal: Refusal): void;

  saveDraft(handler: HandlerId, contact: ContactId, draft: Draft | null, at: Instant): void;
  draft(handler: HandlerId, contact: ContactId): Draft | null;
  /** Somebody's drafts, newest first. */
  drafts(handler: HandlerId): readonly KeptDraft[];

  /** Who works here, across restarts. */
  session(): KeptSession;
  keepSession(session: KeptSession): void;
  /** Somebody signs in: the session and what is known of them, together. Work that bears no name becomes theirs. */
  keepSignIn(session: KeptSession, known: KnownPerson): void;
  /** When the window last asked for anything, by this desk's clock; `null`: never since the first sign-in. */
  seenAt(): Instant | null;
  keepSeenAt(at: Instant): void;
  /** The highest time this desk has known, kept with the session; `null`: none since the first sign-in (rule A-06). */
  latestAt(): Instant | null;
  keepLatestAt(at: Instant): void;
  /** Everybody who has signed in here, also those whose time is over. */
  people(): readonly KnownPerson[];
  keepPerson(known: KnownPerson): void;
  forgetPerson(handler: HandlerId): void;

  /** Policies that the queue has served, by name, without their texts (rule Y-06). */
  policies(): readonly KeptPolicy[];
  policyText(name: string): string | null;
  /** In place of the one of that name. */
  keepPolicy(policy: KeptPolicy, text: string): void;
  forgetPolicy(name: string): void;

  /** A photo that was shown here; it goes with its contact (rule PH-09). */
  photo(id: PhotoId): Buffer | null;
  /** Kept only with a contact that is here. */
  keepPhoto(contact: ContactId, id: PhotoId, jpeg: Buffer): void;

  tabs(handler: HandlerId): OpenTabs | null;
  keepTabs(handler: HandlerId, open: OpenTabs): void;
  missed(): MissedWhole | null;
  keepMissed(report: MissedWhole | null): void;
  /** What has been collected of an outage that is not over; `null`: there is none (rule X-11). */
  outage(): KeptOutage | null;
  /** Writes down how far it has come, and contacts that moved, as they were; one that is there stays as it is. */
  keepOutage(outage: Omit<KeptOutage, 'before'>, moved: KeptOutage['before']): void;
  /** The outage is over, and this is the report now. */
  endOutage(report: MissedWhole | null): void;
  /** Sets numbers of paper logs aside, durably before they are printed; returns the first of them (rule P-01). */
  reservePaper(count: number): number;
  /**
   * After a sign-off: forgets the copy, its place in the log, tabs, report, and the key without which the history is nothing. Contacts on which somebody has a draft
   * stay; outbox, drafts, people and policies stay (rules A-07, S-13).
   */
  wipe(): void;

  close(): void;
}
