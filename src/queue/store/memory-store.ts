import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import { isChat, isChatOver } from '../../shared/domain/chat/chat.ts';
import { createHash } from 'node:crypto';
import type { Realm } from '../../shared/contract/realm.ts';
import {
  isOpenEmergency,
  needsPerson,
  ownerOf,
  summaryOf,
  type Contact,
} from '../../shared/domain/contact.ts';
import { apply } from '../../shared/domain/lifecycle.ts';
import {
  asFence,
  asLsn,
  type Lsn,
  asStoreEpoch,
  type CommandId,
  type ContactId,
  type DeskId,
  type NewId,
} from '../../shared/domain/ids.ts';
import { compareContacts } from '../../shared/domain/ordering.ts';
import { referencesOf } from '../../shared/domain/record/references-of.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { assert } from '../../shared/lib/assert.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import { auditFact, chained, emptyAudit, type AuditEntry, type AuditHead } from './audit-chain.ts';
import {
  accountsOn,
  desksSignedIn,
  emptyAccountState,
  standingOf,
  type AccountState,
} from './memory-accounts.ts';
import { emptyPhotoState, photoReadsOf, photosOn, type PhotoState } from './memory-photos.ts';
import { outboundOn, type KeptMessage } from './memory-outbound.ts';
import type {
  CommandResult,
  CommittedEntry,
  IntakeReceipt,
  QueueStore,
  StoreTransaction,
} from './queue-store.ts';

/** Everything the store keeps. Values in it are replaced, never changed, so readers may share them. */
interface MemoryState extends AccountState, PhotoState {
  readonly contacts: Map<ContactId, Contact>;
  readonly entries: Map<number, CommittedEntry>;
  readonly audit: Map<number, AuditEntry>;
  readonly counters: Map<string, number>;
  readonly numbers: Map<string, CommandId>;
  readonly results: Map<CommandId, CommandResult>;
  readonly receipts: Map<string, IntakeReceipt>;
  readonly updateReceipts: Map<string, IntakeReceipt>;
  readonly toldTexts: Map<string, { readonly contact: ContactId; readonly at: Instant }>;
  readonly exchangePositions: Map<string, Lsn>;
  readonly messages: Map<CommandId, KeptMessage>;
  readonly consultations: Map<string, true>;
  readonly desks: Map<DeskId, number>;
  readonly daily: Map<string, number>;
}

const emptyState = (): MemoryState => ({
  ...emptyAccountState(),
  ...emptyPhotoState(),
  contacts: new Map(),
  entries: new Map(),
  audit: new Map(),
  counters: new Map(),
  numbers: new Map(),
  results: new Map(),
  receipts: new Map(),
  updateReceipts: new Map(),
  toldTexts: new Map(),
  exchangePositions: new Map(),
  messages: new Map(),
  consultations: new Map(),
  desks: new Map(),
  daily: new Map(),
});

const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);

/**
 * The store without a database: for training, simulation and tests, under the same contract suite (rule S-11). It keeps
 * nothing when the program ends. Transactions run one after the other; a failed one is undone.
 */
export function createMemoryStore(options: { readonly realm: Realm; readonly newId: NewId }): QueueStore {
  const state = emptyState();
  const commits = new Emitter<void>();
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time, reads included, so that nobody sees half a transaction. */
  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  const auditHead = (): AuditHead => {
    const entry = state.audit.get(state.audit.size);
    return entry === undefined ? emptyAudit : { seq: entry.seq, hash: entry.hash };
  };
  const all = () => [...state.contacts.values()].sort(compareContacts);

  return {
    realm: options.realm,
    storeEpoch: asStoreEpoch(options.newId()),
    historyKey: createHash('sha256').update(options.newId()).digest('hex'),
    transact: (work) =>
      inTurn(async () => {
        const undo: (() => void)[] = [];
        try {
          const done = await work(transactionOn(state, undo));
          if (undo.length > 0) queueMicrotask(() => commits.emit());
          return done;
        } catch (error) {
          for (const step of undo.toReversed()) step();
          throw error;
        }
      }),
    head: () => inTurn(() => asLsn(state.entries.size)),
    entriesAfter: (after, limit) =>
      inTurn(() => {
        const entries: CommittedEntry[] = [];
        for (let lsn = after + 1; lsn <= after + limit; lsn += 1) {
          const entry = state.entries.get(lsn);
          if (entry === undefined) break;
          entries.push(entry);
        }
        return entries;
      }),
    greeting: (desk, incarnation) =>
      inTurn(() => ({
        head: asLsn(state.entries.size),
        lastCmdSeq: state.counters.get(keyOf(desk, incarnation)) ?? 0,
        emergencies: all().filter(isOpenEmergency).map(summaryOf),
        owned: all()
          .filter((contact) => ownerOf(contact)?.desk === desk)
          .map(({ id, fence, rev }) => ({ contact: id, fence, rev })),
      })),
    snapshot: (closedSince) =>
      inTurn(() => {
        const isKept = ({ ownership }: Contact): boolean =>
          ownership.kind !== 'closed' || ownership.since >= closedSince;
        return { asOf: asLsn(state.entries.size), contacts: all().filter(isKept) };
      }),
    endedBetween: ({ after, since, before }, limit) =>
      inTurn(() =>
        [...state.contacts.values()]
          .filter(({ ownership, id }) => {
            if (ownership.kind !== 'closed' || ownership.since < since || ownership.since >= before)
              return false;
            if (after === null) return true;
            return (
              ownership.since > after.closedAt || (ownership.since === after.closedAt && id > after.contact)
            );
          })
          .sort((a, b) => a.ownership.since - b.ownership.since || (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      ),
    contacts: (ids) => inTurn(() => ids.flatMap((id) => state.contacts.get(id) ?? [])),
    waitingChats: () =>
      inTurn(() => {
        const isGone = ({ channelState }: Contact): boolean =>
          channelState === 'ended' || channelState === 'left-by-exit';
        return all()
          .filter((contact) => contact.channel === 'web-chat' && needsPerson(contact) && !isGone(contact))
          .slice(0, 1_000)
          .map(({ id, receivedAt: since }) => ({ id, since }));
      }),
    waitingReports: () =>
      inTurn(() => {
        const since = [...state.contacts.values()]
          .filter(
            (contact) =>
              contact.channel === 'online-report' &&
              contact.band === 'B' &&
              contact.grade === null &&
              needsPerson(contact),
          )
          .map(({ receivedAt }) => receivedAt)
          .sort((a, b) => a - b);
        return { count: since.length, since: since[0] ?? null };
      }),
    vitals: (seenSince) =>
      inTurn(() => {
        const waiting = [...state.contacts.values()].filter(needsPerson);
        const since = waiting.map((contact) => contact.receivedAt).sort((a, b) => a - b);
        return {
          head: asLsn(state.entries.size),
          openEmergencies: waiting.filter(isOpenEmergency).length,
          waiting: waiting.length,
          waitingSince: since[0] ?? null,
          signedIn: desksSignedIn(state, seenSince),
        };
      }),
    ...photoReadsOf(state, inTurn),
    accounts: () =>
      inTurn(() => [...state.accounts.values()].sort((a, b) => (a.handler < b.handler ? -1 : 1))),
    standings: (digests) => inTurn(() => digests.flatMap((digest) => standingOf(state, digest) ?? [])),
    auditAfter: (seq, limit) => inTurn(() => [...state.audit.values()].slice(seq, seq + limit)),
    auditHead: () => inTurn(auditHead),
    onCommit: (listener) => commits.subscribe(listener),
    checkForm: async () => undefined,
    close: () => inTurn(() => undefined),
  };
}

function transactionOn(state: MemoryState, undo: (() => void)[]): StoreTransaction {
  /** Puts a value and remembers how to take it back. */
  function put<K, V>(map: Map<K, V>, key: K, value: V): void {
    const had = map.has(key);
    const before = map.get(key) as V;
    undo.push(() => void (had ? map.set(key, before) : map.delete(key)));
    map.set(key, value);
  }
  function drop<K, V>(map: Map<K, V>, key: K): void {
    if (!map.has(key)) return;
    const before = map.get(key) as V;
    undo.push(() => void map.set(key, before));
    map.delete(key);
  }
  function next<K>(map: Map<K, number>, key: K): number {
    const value = (map.get(key) ?? 0) + 1;
    put(map, key, value);
    return value;
  }

  return {
    ...accountsOn(state, { put, drop }),
    ...photosOn(state, put),
    colleagues: async (seenSince) => colleaguesOf(state, seenSince),
    lockCommandCounter: async (desk, incarnation) => state.counters.get(keyOf(desk, incarnation)) ?? 0,
    commandNumbered: async (desk, incarnation, cmdSeq) =>
      state.numbers.get(keyOf(desk, incarnation, cmdSeq)) ?? null,
    async numberCommand(desk, incarnation, cmdSeq, command) {
      const counted = next(state.counters, keyOf(desk, incarnation));
      assert(counted === cmdSeq, `command ${command} is number ${counted}, not ${cmdSeq}`);
      put(state.numbers, keyOf(desk, incarnation, cmdSeq), command);
    },
    resultOf: async (command) => state.results.get(command) ?? null,
    async keepResult(result) {
      assert(!state.results.has(result.command), `command ${result.command} has two results`);
      put(state.results, result.command, result);
    },
    async claimIfWaiting(id, by, at) {
      const contact = state.contacts.get(id);
      if (contact === undefined || !needsPerson(contact)) return null;
      const what = { kind: 'claimed', fence: asFence(contact.fence + 1) } as const;
      const owned = apply(contact, { contact: id, rev: contact.rev + 1, at, by, what });
      put(state.contacts, id, owned);
      return owned;
    },
    contact: async (id) => state.contacts.get(id) ?? null,
    contactsNamed: async (references, limit) =>
      [...state.contacts.values()]
        .filter((contact) => referencesOf(contact).some((one) => references.includes(one)))
        .sort((one, other) => other.receivedAt - one.receivedAt || other.seq - one.seq)
        .slice(0, limit),
    lockContact: async (id) => state.contacts.get(id) ?? null,
    async writeContact(before, after) {
      const now = state.contacts.get(before.id);
      const current = now?.rev === before.rev && now.fence === before.fence;
      assert(current, `contact ${before.id} is not at rev ${before.rev}`);
      put(state.contacts, after.id, after);
    },
    async insertContact(contact) {
      assert(!state.contacts.has(contact.id), `contact ${contact.id} arrived twice`);
      put(state.contacts, contact.id, contact);
    },
    async firstConsultation(contact, handler, minute) {
      const key = keyOf(contact, handler, minute);
      if (state.consultations.has(key)) return false;
      put(state.consultations, key, true);
      return true;
    },
    receiptOf: async (source, key) => state.receipts.get(keyOf(source, key)) ?? null,
    keepReceipt: async (receipt) => put(state.receipts, keyOf(receipt.source, receipt.key), receipt),
    updateReceiptOf: async (source, key) => state.updateReceipts.get(keyOf(source, key)) ?? null,
    keepUpdateReceipt: async (receipt) =>
      put(state.updateReceipts, keyOf(receipt.source, receipt.key), receipt),
    toldText: async (digest) => state.toldTexts.get(digest) ?? null,
    keepToldText: async (digest, contact, at) => put(state.toldTexts, digest, { contact, at }),
    exchangePosition: async (source) => state.exchangePositions.get(source) ?? null,
    keepExchangePosition: async (source, lsn) =>
      put(state.exchangePositions, source, asLsn(Math.max(lsn, state.exchangePositions.get(source) ?? 0))),
    ...outboundOn(state.messages, { put, drop }),
    nextArrival: async (day) => ({ seq: next(state.daily, 'all days'), ofDay: next(state.daily, day) }),
    nextRecordNumber: async (series) => next(state.daily, series),
    async deskNumber(desk) {
      const known = state.desks.get(desk);
      if (known !== undefined) return known;
      put(state.desks, desk, state.desks.size + 1);
      return state.desks.size;
    },
    async append(event, flash, draft) {
      const logged = event === null ? null : { ...event, lsn: asLsn(state.entries.size + 1) };
      if (logged !== null) put(state.entries, logged.lsn, { ...logged, flash });
      const tail = state.audit.get(state.audit.size) ?? emptyAudit;
      const entry = chained({ seq: tail.seq, hash: tail.hash }, auditFact(draft, logged));
      put(state.audit, entry.seq, entry);
      return logged?.lsn ?? null;
    },
  };
}

/** As `colleagueRows` has it of the database. */
function colleaguesOf(state: MemoryState, seenSince: Instant): readonly Colleague[] {
  const chatsOf = (desk: DeskId) =>
    [...state.contacts.values()].filter(
      (contact) => isChat(contact) && !isChatOver(contact) && ownerOf(contact)?.desk === desk,
    );
  return [...state.statuses]
    .flatMap(([desk, { handler, status }]): readonly Colleague[] => {
      const account = state.accounts.get(handler);
      const deskNumber = state.desks.get(desk);
      const isIn = [...state.signIns.values()].some(
        (one) =>
          one.desk === desk && one.handler === handler && one.endedAt === null && one.lastSeen >= seenSince,
      );
      if (account?.isActive !== true || deskNumber === undefined || !isIn) return [];
      const { name, role } = account;
      const chats = chatsOf(desk);
      const hasRisk = chats.some(({ band, flags }) => band === 'A' || flags.lookFirst);
      return [
        {
          actor: { desk, deskNumber, handler },
          ...{ name, role, status: status.kind, chats: chats.length, hasRisk },
        },
      ];
    })
    .sort((one, other) => one.actor.deskNumber - other.actor.deskNumber);
}
