import { colleaguesAt } from './offered-chat.ts';
import type { Colleague } from '../shared/domain/chat/colleague.ts';
import { keyedHash } from '../platform/keyed-hash.ts';
import { HISTORY_PAGE } from '../shared/contract/queue-link.ts';
import type { Realm } from '../shared/contract/realm.ts';
import { SIGN_IN_HOLDS_MS } from '../shared/contract/sign-in.ts';
import { emptyRegister, type Register } from '../shared/domain/assist/on-record.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import type { Actor, Contact } from '../shared/domain/contact.ts';
import type {
  CommandId,
  ContactId,
  DeskId,
  HandlerId,
  Incarnation,
  Lsn,
  NewId,
  StoreEpoch,
} from '../shared/domain/ids.ts';
import { HISTORY_MS, historyRowOf, type HistoryRow } from '../shared/domain/history.ts';
import type { LineInLanguage } from '../shared/domain/language/lines.ts';
import type { ServiceState } from '../shared/domain/language/translation.ts';
import type { Carried } from '../shared/domain/outbound/sending.ts';
import { KEEP_CLOSED_MS } from '../shared/domain/retention.ts';
import type { PolicyVersions } from '../shared/domain/policy/policies.ts';
import type { ServicePolicy } from '../shared/domain/service-level.ts';
import { HOUR, later, type Clock, type Instant } from '../shared/domain/time.ts';
import { Emitter } from '../shared/lib/emitter.ts';
import { acceptContact, type Acceptance, type Handover } from './accept-contact.ts';
import { acceptTranslation } from './accept-translation.ts';
import { acceptUpdate, type UpdateAcceptance, type UpdateHandover } from './accept-update.ts';
import { UnreadableByDesks } from './append-event.ts';
import { executeCommand, refuseOutright, type Execution, type NumberedCommand } from './execute-command.ts';
import { isOnDesks, lookUp, type LookedUp, type LookUp } from './look-up.ts';
import { settleMessage, takeMessage, type Taken } from './outbound/settle-message.ts';
import type { PolicySource } from './policy/policy-source.ts';
import { Turns } from '../shared/lib/turns.ts';
import type { DueMessage } from './store/outbound-store.ts';
import type {
  CommittedEntry,
  Ended,
  Greeting,
  IntakeReceipt,
  QueueStore,
  Snapshot,
  StoreLane,
  Vitals,
  WaitingChat,
  WaitingReports,
} from './store/queue-store.ts';

export interface QueueServiceOptions {
  readonly store: QueueStore;
  readonly policies: PolicySource;
  /** What the force has on record about people and places; nothing when left out. */
  readonly register?: Register;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** What may wait of one contact; of more, its source is asked to come again. Fewer than the intake takes at once. */
const WAITING_OF_CONTACT = 32;

/** Of so many keys of sources it is remembered which contact they stand for. */
const REMEMBERED_KEYS = 8_192;

/**
 * The central queue without a wire: accepts contacts, decides commands, and tells what was committed. The same object
 * serves sockets, training inside a desk, and tests. Methods reject with `StoreUnavailable` when the database is away;
 * asking again under the same key or command id is then always safe.
 */
export class QueueService {
  readonly #store: QueueStore;
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #register: Register;
  readonly policies: PolicySource;
  readonly #handedOver = new Map<string, ContactId>();
  /** They would wait for each other in the database, each with a connection (rule C-33). */
  readonly #ofContact = new Turns({ atOnce: 1, waiting: WAITING_OF_CONTACT });

  /**
   * What this node has just committed, in the turn in which it learnt so. Not in the order of the log, and nothing of
   * other nodes: it is for flashes (rule L-09). Whoever needs order reads the log.
   */
  readonly committed = new Emitter<CommittedEntry>();

  /** How the translation service stands, told when that changes; `null`: nothing is read or translated here (rule LG-15). */
  readonly translationTold = new Emitter<ServiceState>();
  #translation: ServiceState | null = null;

  /** A handler is typing in a chat, at this node's desks. Kept nowhere (rule CH-05). */
  readonly typing = new Emitter<{ readonly contact: ContactId; readonly desk: DeskId }>();
  /** The public is. */
  readonly typingPublic = new Emitter<ContactId>();

  constructor(options: QueueServiceOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#register = options.register ?? emptyRegister;
    this.policies = options.policies;
  }

  /** Targets and allowances in force now. */
  get policy(): ServicePolicy {
    return this.policies.servicePolicy;
  }

  /** What commands are decided by. */
  get decisionPolicy(): DecisionPolicy {
    return this.policies.decisionPolicy;
  }

  /** What stands on a record that is made now (rule Y-07). */
  versionsInForce(): PolicyVersions {
    return this.policies.versionsInForce();
  }

  get translation(): ServiceState | null {
    return this.#translation;
  }

  /** The translation service stands so from now on. */
  tellTranslation(state: ServiceState): void {
    this.#translation = state;
    this.translationTold.emit(state);
  }

  get clock(): Clock {
    return this.#clock;
  }

  get realm(): Realm {
    return this.#store.realm;
  }

  get storeEpoch(): StoreEpoch {
    return this.#store.storeEpoch;
  }

  now(): Instant {
    return this.#clock.now();
  }

  /** Keeps one contact, once per source and key (rules C-01 to C-03). */
  async accept(handover: Handover, lane: StoreLane = 'calls-and-desks'): Promise<Acceptance> {
    const now = this.#clock.now();
    const { decisionPolicy: policy, realm } = this;
    const context = { now, policy, register: this.#register, realm, newId: this.#newId };
    const acceptance = await this.#store.transact((tx) => acceptContact(tx, handover, context), lane);
    if (acceptance.kind === 'accepted') this.committed.emit(acceptance.entry);
    return acceptance;
  }

  /**
   * Adds what a source tells later of a contact that it has handed over, once per source and key (rules C-16, C-17), of one contact one thing at a
   * time. Rejects with `TooManyWaiting` when too much waits for that.
   */
  async update(handover: UpdateHandover, lane: StoreLane = 'calls-and-desks'): Promise<UpdateAcceptance> {
    const { source, contactKey } = handover;
    const acceptance = await this.#ofContact.run(JSON.stringify([source, contactKey]), () => {
      const context = { now: this.#clock.now(), register: this.#register, policy: this.decisionPolicy };
      return this.#store.transact((tx) => acceptUpdate(tx, handover, context), lane);
    });
    if (acceptance.kind === 'accepted')
      for (const entry of [acceptance.entry, ...acceptance.parents]) this.committed.emit(entry);
    return acceptance;
  }

  /** Keeps what is known of the language of a line, beside the line (rule LG-05). */
  async keepTranslation(contact: ContactId, about: LineInLanguage): Promise<void> {
    const now = this.#clock.now();
    const entry = await this.#store.transact(
      (tx) => acceptTranslation(tx, { contact, about, now, policy: this.decisionPolicy }),
      'other-sources',
    );
    if (entry !== null) this.committed.emit(entry);
  }

  /** What was kept under a key of what a source tells later, or `null`. */
  receiptOfUpdate(source: string, key: string): Promise<IntakeReceipt | null> {
    return this.#store.transact((tx) => tx.updateReceiptOf(source, key));
  }

  /** Told on to whoever listens at this moment. A contact that the source has not handed over is passed over. */
  async publicTypes({ source, contactKey }: Pick<UpdateHandover, 'source' | 'contactKey'>): Promise<void> {
    const contact = await this.contactUnder(source, contactKey);
    if (contact !== null) this.typingPublic.emit(contact);
  }

  /** The contact that a source has handed over under a key, or `null`. */
  async contactUnder(source: string, key: string): Promise<ContactId | null> {
    const name = JSON.stringify([source, key]);
    const known = this.#handedOver.get(name);
    if (known !== undefined) return known;
    const receipt = await this.#store.transact((tx) => tx.receiptOf(source, key), 'other-sources');
    if (receipt === null) return null;
    // A key stands for one contact for ever; which are remembered is a matter of room.
    if (this.#handedOver.size >= REMEMBERED_KEYS) this.#handedOver.clear();
    this.#handedOver.set(name, receipt.contact);
    return receipt.contact;
  }

  /** The chats that wait for a handler with their person still there, in the one order. */
  waitingChats(): Promise<readonly WaitingChat[]> {
    return this.#store.waitingChats();
  }

  /** Online reports that nobody has looked at. */
  waitingReports(): Promise<WaitingReports> {
    return this.#store.waitingReports();
  }

  /** The contact in which a text was last said, if that was within so many milliseconds (rule TE-06). */
  async toldBefore(digest: string, withinMs: number): Promise<Contact | null> {
    const told = await this.#store.transact((tx) => tx.toldText(digest));
    if (told === null || told.at < later(this.now(), -withinMs)) return null;
    return (await this.#store.contacts([told.contact]))[0] ?? null;
  }

  /** How far an exchange has been told what handlers do; the log's end for one that never was, and from then on (rule TE-09). */
  async exchangePosition(source: string): Promise<Lsn> {
    const known = await this.#store.transact((tx) => tx.exchangePosition(source));
    if (known !== null) return known;
    const head = await this.#store.head();
    await this.keepExchangePosition(source, head);
    return head;
  }

  /** It has taken every act so far. */
  async keepExchangePosition(source: string, lsn: Lsn): Promise<void> {
    await this.#store.transact((tx) => tx.keepExchangePosition(source, lsn));
  }

  /** The message to the public that has been due longest; nobody else gets it for so long (rule MX-06). */
  async takeMessage(forMs: number): Promise<Taken | null> {
    const now = this.#clock.now();
    const again = later(now, forMs);
    const taken = await this.#store.transact((tx) => takeMessage(tx, { now, again }), 'other-sources');
    if (taken?.kind === 'stopped' && taken.entry !== null) this.committed.emit(taken.entry);
    return taken;
  }

  /** How it ended (rule MX-07). */
  async settleMessage(message: DueMessage, carried: Carried): Promise<void> {
    const now = this.#clock.now();
    const entry = await this.#store.transact(
      (tx) => settleMessage(tx, message, carried, now),
      'other-sources',
    );
    if (entry !== null) this.committed.emit(entry);
  }

  async putOffMessage(id: CommandId, until: Instant): Promise<void> {
    await this.#store.transact((tx) => tx.putOffMessage(id, until), 'other-sources');
  }

  nextMessageDue(): Promise<Instant | null> {
    return this.#store.transact((tx) => tx.nextMessageDue(), 'other-sources');
  }

  /** Decides one command, exactly once (rules L-16, X-03, S-10). */
  async execute(by: Actor, numbered: NumberedCommand): Promise<Execution> {
    const context = {
      by,
      now: this.#clock.now(),
      policy: this.decisionPolicy,
      register: this.#register,
      realm: this.realm,
    };
    const execution = await this.#store
      .transact((tx) => executeCommand(tx, numbered, context))
      .catch((error: unknown) => {
        if (!(error instanceof UnreadableByDesks)) throw error;
        const refusal = { code: 'not-whole', field: error.field } as const;
        return this.#store.transact((tx) => refuseOutright(tx, numbered, context, refusal));
      });
    if (execution.kind === 'decided') {
      for (const entry of [execution.entry, ...execution.otherEntries])
        if (entry !== null) this.committed.emit(entry);
    }
    return execution;
  }

  /** Who acts when this handler works at this desk: the queue gives each desk its number, once and for ever. */
  async actorAt(desk: DeskId, handler: HandlerId): Promise<Actor> {
    const deskNumber = await this.#store.transact((tx) => tx.deskNumber(desk));
    return { desk, deskNumber, handler };
  }

  /** What WELCOME says (rule L-08), read at one position. */
  greeting(desk: DeskId, incarnation: Incarnation): Promise<Greeting> {
    return this.#store.greeting(desk, incarnation);
  }

  head(): Promise<Lsn> {
    return this.#store.head();
  }

  /** The log after a position, in order, at most `limit` entries. */
  entriesAfter(after: Lsn, limit: number): Promise<readonly CommittedEntry[]> {
    return this.#store.entriesAfter(after, limit);
  }

  /** What a desk keeps: everything open, and what was closed lately (rule S-12). */
  /** Every contact that is not closed, in the one order. */
  async openContacts(): Promise<readonly Contact[]> {
    const { contacts } = await this.#store.snapshot(this.now());
    return contacts.filter(({ ownership }) => ownership.kind !== 'closed');
  }

  snapshot(): Promise<Snapshot> {
    return this.#store.snapshot(later(this.now(), -KEEP_CLOSED_MS));
  }

  contacts(ids: readonly ContactId[]): Promise<readonly Contact[]> {
    return this.#store.contacts(ids);
  }

  /** What a desk does not hold and asks for, audited as it is told (rules L-24, A-13). */
  lookUp(by: Actor, asked: LookUp): Promise<LookedUp> {
    const now = this.#clock.now();
    const context = { by, now, keptSince: later(now, -KEEP_CLOSED_MS) };
    return this.#store.transact((tx) => lookUp(tx, asked, context));
  }

  /** Who is signed in, and what they have in hand: for whoever would hand a chat on (rule CH-16). */
  colleagues(): Promise<readonly Colleague[]> {
    return this.#store.transact((tx) => colleaguesAt(tx, this.#clock.now()));
  }

  /** Whether some of these are not on desks any more, so that asking for them is looking them up. */
  async isLookUp(ids: readonly ContactId[]): Promise<boolean> {
    const keptSince = later(this.now(), -KEEP_CLOSED_MS);
    const contacts = await this.#store.contacts(ids);
    return contacts.length === 0 || contacts.some((contact) => !isOnDesks(contact, keptSince));
  }

  /** The key of the twelve-month index: for who is signed in, and nobody else (rule AS-23). */
  get historyKey(): string {
    return this.#store.historyKey;
  }

  /**
   * A page of the twelve-month index: what ended so long ago that desks are about to forget it, or have. Nothing that ended then can be
   * committed any more, so a page is never passed by.
   */
  async historyPage(after: Ended | null, since: Instant): Promise<readonly HistoryRow[]> {
    const now = this.now();
    const oldest = later(now, -HISTORY_MS);
    const range = {
      after,
      since: since > oldest ? since : oldest,
      before: later(now, HOUR - KEEP_CLOSED_MS),
    };
    const { hash } = keyedHash(this.#store.historyKey);
    const contacts = await this.#store.endedBetween(range, HISTORY_PAGE);
    return contacts.flatMap((contact) => historyRowOf(contact, hash) ?? []);
  }

  vitals(): Promise<Vitals> {
    return this.#store.vitals(later(this.now(), -SIGN_IN_HOLDS_MS));
  }

  /** Calls `listener` when the log may have grown, by this node or another. May come too often. */
  onLogGrown(listener: () => void): Disposable {
    return this.#store.onCommit(listener);
  }
}
