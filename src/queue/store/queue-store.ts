import type { Realm } from '../../shared/contract/realm.ts';
import type { Actor, Contact, ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactEvent, LogEntry } from '../../shared/domain/event.ts';
import type {
  CommandId,
  ContactId,
  DeskId,
  Fence,
  HandlerId,
  Incarnation,
  Lsn,
  StoreEpoch,
} from '../../shared/domain/ids.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { AccountReads, AccountTransaction } from './account-store.ts';
import type { OutboundTransaction } from './outbound-store.ts';
import type { AuditDraft, AuditEntry, AuditHead } from './audit-chain.ts';
import type { PhotoReads, PhotoTransaction } from './photo-store.ts';

/**
 * Where the truth is kept. Everything one command or one arrival writes is written in one transaction (rule S-10);
 * what may be written is decided above, in `execute-command.ts` and `accept-contact.ts`, once for both stores.
 */
export interface QueueStore extends AccountReads, PhotoReads {
  readonly realm: Realm;
  /** The time line of this database: positions of another one mean nothing here (rule L-02). */
  readonly storeEpoch: StoreEpoch;
  /** The key of the twelve-month index, made once (rule AS-23). 32 bytes in hexadecimal; never logged. */
  readonly historyKey: string;

  /**
   * Runs `work` in one transaction: its writes are all durable when the promise resolves, and none of them happened
   * when it rejects. `work` is run again from the start when transactions got in each other's way, so it must do
   * nothing but use `tx`. Rejects with `StoreUnavailable` when the database cannot be reached or lost the answer;
   * then the writes may or may not be there, and asking again under the same command id or key is safe. `lane`: who asks; `calls-and-desks` when
   * left out.
   */
  transact<T>(work: (tx: StoreTransaction) => Promise<T>, lane?: StoreLane): Promise<T>;

  /** The last committed position; 0 before the first. */
  head(): Promise<Lsn>;
  /** Entries after a position, in order and without gaps, at most `limit`. Fewer means: there are no more yet. */
  entriesAfter(after: Lsn, limit: number): Promise<readonly CommittedEntry[]>;
  /**
   * What a desk must know first, all at one position. Waits for a command of this life of the desk that is being
   * committed, here or at another node, and counts it (rule L-08).
   */
  greeting(desk: DeskId, incarnation: Incarnation): Promise<Greeting>;
  /** What desks keep (rule S-12), at one position, in the one order (rules O-01, O-06): not closed, or closed since. */
  snapshot(closedSince: Instant): Promise<Snapshot>;
  /**
   * Contacts that ended at or after `since` and before `before`, in the order in which they ended and then of their ids, behind `after`, at most
   * `limit`.
   */
  endedBetween(
    range: { readonly after: Ended | null; readonly since: Instant; readonly before: Instant },
    limit: number,
  ): Promise<readonly Contact[]>;
  /** The contacts with these ids; unknown ids are left out. */
  contacts(ids: readonly ContactId[]): Promise<readonly Contact[]>;
  /** Web chats that wait for a handler and whose person has not left, in the one order; at most a thousand. */
  waitingChats(): Promise<readonly WaitingChat[]>;
  /** Online reports that nobody has taken or graded yet; one that was made an emergency is none. */
  waitingReports(): Promise<WaitingReports>;
  /** `seenSince`: a desk that was heard of then or later, with a sign-in that has not ended, counts as signed in. */
  vitals(seenSince: Instant): Promise<Vitals>;
  /** Entries of the audit after a number, in order, at most `limit`. */
  auditAfter(seq: number, limit: number): Promise<readonly AuditEntry[]>;
  auditHead(): Promise<AuditHead>;

  /**
   * Calls `listener` after something may have been committed, by this node or by another. Carries nothing and may
   * come too often, but a commit of this node is never without one.
   */
  onCommit(listener: () => void): Disposable;

  /** Rejects with `StoreNewer` when a newer program has changed the database's form meanwhile (rule S-05). */
  checkForm(): Promise<void>;

  close(): Promise<void>;
}

/** Who a transaction is for. What other sources write never holds more than its share of the connections (rule C-33). */
export type StoreLane = 'calls-and-desks' | 'other-sources';

/**
 * One transaction's hands. Callers take things in this order, so that no two transactions wait for each other: a
 * desk's command counter, a contact, a consultation, a told text, an arrival number, `append`. The last two take the same counter row;
 * whoever has it waits only for a receipt or a result under his own key, whose keeper wants nothing more.
 */
export interface StoreTransaction extends AccountTransaction, OutboundTransaction, PhotoTransaction {
  /** The last command number of this life of a desk, held until the end of the transaction. 0 before the first. */
  lockCommandCounter(desk: DeskId, incarnation: Incarnation): Promise<number>;
  /** Which command came under a number, or `null`. */
  commandNumbered(desk: DeskId, incarnation: Incarnation, cmdSeq: number): Promise<CommandId | null>;
  /** Gives the next number to a command and moves the counter there. */
  numberCommand(desk: DeskId, incarnation: Incarnation, cmdSeq: number, command: CommandId): Promise<void>;
  resultOf(command: CommandId): Promise<CommandResult | null>;
  keepResult(result: CommandResult): Promise<void>;

  /**
   * Rule C-05: one conditional update. The contact as its new owner has it, or `null` when it waits for nobody (or
   * does not exist). Never reads first.
   */
  claimIfWaiting(contact: ContactId, by: Actor, at: Instant): Promise<Contact | null>;
  /** The contact as it stands, or `null`. Not held: for what never changes of it. */
  contact(contact: ContactId): Promise<Contact | null>;
  /** Contacts that go by one of these references, exactly as stored, the newest received first, at most `limit`. Not held. */
  contactsNamed(references: readonly string[], limit: number): Promise<readonly Contact[]>;
  /** The contact, held until the end of the transaction, or `null`. */
  lockContact(contact: ContactId): Promise<Contact | null>;
  /** Replaces a contact that is still at `before`'s revision and fence; anything else is a bug and rejects. */
  writeContact(before: Contact, after: Contact): Promise<void>;
  insertContact(contact: Contact): Promise<void>;

  /** True for the first look of a handler at a contact in this minute (rule C-12). */
  firstConsultation(contact: ContactId, handler: HandlerId, minute: number): Promise<boolean>;

  /** What was answered under a source's key before, or `null` (rule C-02). */
  receiptOf(source: string, key: string): Promise<IntakeReceipt | null>;
  keepReceipt(receipt: IntakeReceipt): Promise<void>;
  /** The same for what a source told of a contact later, under keys of their own (rule C-17). */
  updateReceiptOf(source: string, key: string): Promise<IntakeReceipt | null>;
  keepUpdateReceipt(receipt: IntakeReceipt): Promise<void>;
  /** In which contact a text was last said, and when by the queue's time; `null`: in none (rule TE-06). `digest`: of source, number and words. */
  toldText(digest: string): Promise<{ readonly contact: ContactId; readonly at: Instant } | null>;
  /** Puts it in place of what was kept before. Held until the end of the transaction. */
  keepToldText(digest: string, contact: ContactId, at: Instant): Promise<void>;
  /** How far in the log an exchange has been told what handlers do, or `null` when it never was (rule TE-09). */
  exchangePosition(source: string): Promise<Lsn | null>;
  /** It has been told so far. Never goes back. */
  keepExchangePosition(source: string, lsn: Lsn): Promise<void>;
  /** The next arrival number of the queue, and of the day. `day` is any word for the day: `20261122`. */
  nextArrival(day: string): Promise<{ readonly seq: number; readonly ofDay: number }>;

  /** The next number in a series of the public record: `isr 2026-03-14`, `crime 2026` (rules C-26, C-27). Never given twice. */
  nextRecordNumber(series: string): Promise<number>;

  /** The number painted on a desk; a desk never seen before gets the next one. */
  deskNumber(desk: DeskId): Promise<number>;

  /**
   * Adds to the log and to the audit. With an event: gives it the next position and returns that. Without one: the
   * audit entry alone, and `null`. Held from here to the end of the transaction, which is what makes positions follow
   * the order of commits, so it comes late.
   */
  append(event: ContactEvent | null, flash: ContactSummary | null, fact: AuditDraft): Promise<Lsn | null>;
}

/** A log entry, and the summary to flash when it opened, took or ended an open emergency, or changed one (rule L-09). */
export interface CommittedEntry extends LogEntry {
  readonly flash: ContactSummary | null;
}

/** How a command ended. Kept for ever under its id, in the transaction of its effect (rule L-16). */
export interface CommandResult {
  readonly command: CommandId;
  readonly desk: DeskId;
  /** Digest of what was asked: the same id with another body is refused. Empty: of an older form, not comparable. */
  readonly digest: string;
  readonly status: 'applied' | 'refused' | 'late';
  readonly refusal: Refusal | null;
  readonly lsn: Lsn | null;
  readonly rev: number | null;
  /** When the handler did it, by the desk's clocks. For the record; decides nothing (rule L-17). */
  readonly deskTime: DeskTime;
}

/** A moment by a desk's clocks: `offset` and `err` relate `wall` to the queue's time. Milliseconds. */
export interface DeskTime {
  readonly mono: number;
  readonly wall: Instant;
  readonly offset: number;
  readonly err: number;
}

/** What a source was answered under one key. */
export interface IntakeReceipt {
  readonly source: string;
  readonly key: string;
  /** Digest of the body: the same key with another body is refused. */
  readonly digest: string;
  readonly contact: ContactId;
  readonly ref: string;
  readonly warnings: readonly string[];
}

/** What WELCOME says of the store, read at one position. */
export interface Greeting {
  readonly head: Lsn;
  readonly lastCmdSeq: number;
  /** Every open emergency, in the one order (rule L-08). */
  readonly emergencies: readonly ContactSummary[];
  /** What this desk owns. */
  readonly owned: readonly { readonly contact: ContactId; readonly fence: Fence; readonly rev: number }[];
}

/** A contact that has ended, in the order of ends. */
export interface Ended {
  readonly closedAt: Instant;
  readonly contact: ContactId;
}

export interface Snapshot {
  readonly asOf: Lsn;
  readonly contacts: readonly Contact[];
}

/** A chat that waits, for its place in the line: nothing personal. */
export interface WaitingChat {
  readonly id: ContactId;
  /** When the person began it. */
  readonly since: Instant;
}

/** Reports that nobody has looked at: counts alone. */
export interface WaitingReports {
  readonly count: number;
  /** When the one that has waited longest was received; `null` when none waits. */
  readonly since: Instant | null;
}

/** Counts for `/health`: nothing personal. */
export interface Vitals {
  readonly head: Lsn;
  readonly openEmergencies: number;
  readonly waiting: number;
  /** When the contact that has waited longest was received; `null` when nobody waits. */
  readonly waitingSince: Instant | null;
  /** Desks at which somebody is signed in. */
  readonly signedIn: number;
}

/** The database cannot be reached, or the connection ended before it answered. Ask again under the same key. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The database was written by a newer program (rule S-05). It is left untouched. */
export class StoreNewer extends Error {
  override readonly name = 'StoreNewer';
}

/** The database belongs to another realm (rule L-03). It is left untouched. */
export class StoreOfOtherRealm extends Error {
  override readonly name = 'StoreOfOtherRealm';
}
