import type Database from 'better-sqlite3';
import { assertDurable, asSqliteFault, SqliteFault } from '../../platform/sqlite.ts';
import { summaryOf } from '../../shared/domain/contact.ts';
import type { ContactId, Incarnation } from '../../shared/domain/ids.ts';
import { contactRows } from './contact-rows.ts';
import { deskRows } from './desk-rows.ts';
import type { Committed, DeskStore, OutboxRow } from './desk-store.ts';
import { draftRows } from './draft-rows.ts';
import { guestRows } from './guest-rows.ts';
import { historyRows } from './history-rows.ts';
import { outageRows } from './outage-rows.ts';
import { outboxRows } from './outbox-rows.ts';
import { photoRows } from './photo-rows.ts';
import { policyRows } from './policy-rows.ts';
import { sessionRows } from './session-rows.ts';
import { isOwnWords, takeIn, takeInAsked, takeInFlash, writtenDownHere } from './take-in.ts';
import { windowRows } from './window-rows.ts';

/** A quarter of what SQLite would gather: its checkpoints alone took twenty-five milliseconds. */
const CHECKPOINT_PAGES = 250;
/** … and with somebody else at it, so much that it only happens when they do not keep up: thirty-two megabytes. */
const CHECKPOINT_PAGES_LEFT = 8_000;
/** Somebody else's checkpoint ends well within this. Milliseconds. */
const TRUNCATE_LIMIT_MS = 5_000;
const TRUNCATE_EVERY_MS = 10;

/**
 * While a snapshot is put in, so much of the file may be kept at hand: its contacts stand in other orders in the other
 * tables, and with the usual sixteen megabytes nearly every row of those was read from the file and written back.
 */
const SNAPSHOT_CACHE_MIB = 256;

/**
 * The desk's store in an open, migrated database file. Contact rows, cursor and outbox move together or not at all
 * (rules S-02, X-06).
 *
 * @param newIncarnation the life this file begins if it is new; an existing file keeps its own.
 */
export function sqliteStore(db: Database, newIncarnation: Incarnation): DeskStore {
  const contacts = contactRows(db);
  const desk = deskRows(db);
  const drafts = draftRows(db);
  const guests = guestRows(db);
  const { dropHistoryKey, ...history } = historyRows(db);
  const outages = outageRows(db);
  const outbox = outboxRows(db);
  const photos = photoRows(db);
  const policies = policyRows(db);
  const sessions = sessionRows(db);
  const window = windowRows(db);

  /** One transaction, durable when it returns. What the disk refuses is thrown as `SqliteFault`. */
  function commit<R>(work: () => R): R {
    try {
      return db.transaction(work).immediate();
    } catch (error) {
      throw asSqliteFault(error);
    }
  }

  /** Given back afterwards: a desk receives a snapshot seldom. */
  function withRoom<R>(work: () => R): R {
    const usual = Number(db.pragma('cache_size', { simple: true }));
    db.pragma(`cache_size = ${-1_024 * SNAPSHOT_CACHE_MIB}`);
    try {
      return work();
    } finally {
      db.pragma(`cache_size = ${usual}`);
      db.pragma('shrink_memory');
    }
  }

  // Taking the log of commits into the file is part of some commit: little and often, so that none takes long.
  const checkpointAfter = (pages: number): void => void db.pragma(`wal_autocheckpoint = ${pages}`);
  checkpointAfter(CHECKPOINT_PAGES);
  commit(() => {
    desk.begin(newIncarnation);
    contacts.findableFromNowOn();
  });
  assertDurable(db);

  return {
    kind: 'file',
    setCheckpoints: (by) => checkpointAfter(by === 'own' ? CHECKPOINT_PAGES : CHECKPOINT_PAGES_LEFT),
    ...contacts.finding,
    ...history,
    keepHistoryKey: (key, print) => commit(() => history.keepHistoryKey(key, print)),
    keepHistory: (rows, end) => commit(() => history.keepHistory(rows, end)),
    forgetHistory: (before) => commit(() => history.forgetHistory(before)),
    indexSome: (limit) => commit(() => contacts.indexSome(limit)),
    incarnation: () => desk.incarnation(),
    renewIncarnation: (next) =>
      commit(() => {
        desk.setIncarnation(next);
        outbox.unanswer();
        renumber(0);
      }),
    cursor: () => desk.cursor(),
    forgetCursor: () => commit(() => desk.forgetCursor()),
    heardAt: () => desk.heardAt(),
    keepHeardAt: (at) => commit(() => desk.setHeardAt(at)),
    greeting: () => desk.greeting(),
    keepGreeting: (greeting) => commit(() => desk.setGreeting(greeting)),

    commitEvents: (entries, to): Committed =>
      commit(() => {
        const touched = new Set<ContactId>();
        const lacking = new Set<ContactId>();
        const unseen: { contact: ContactId; rev: number }[] = [];
        for (const entry of entries) {
          const held = contacts.get(entry.contact);
          const taken = takeIn(held, entry);
          if (taken.kind === 'changed') {
            contacts.put(taken.held);
            touched.add(entry.contact);
            continue;
          }
          if ((held?.contact ?? null) === null) unseen.push({ contact: entry.contact, rev: entry.rev });
          if (taken.kind === 'passed-over') continue;
          guests.want(entry.contact);
          lacking.add(entry.contact);
        }
        desk.setCursor(to);
        return { touched: [...touched], settled: outbox.settle(to.lsn), lacking: [...lacking], unseen };
      }),
    wanted: (limit) => guests.wanted(limit),
    unwant: (contact) => commit(() => guests.unwant(contact)),
    takeInAsked: (contact, at) =>
      commit(() => {
        const held = takeInAsked(contacts.get(contact.id), contact);
        if (held !== null) contacts.put(held);
        guests.unwant(contact.id);
        if (contact.ownership.kind === 'closed') guests.put(contact.id, at);
      }),
    commitFlash: (summary) =>
      commit(() => {
        const held = takeInFlash(contacts.get(summary.id), summary);
        if (held !== null) contacts.put(held);
        return held !== null;
      }),
    installSnapshot: (all, to) =>
      withRoom(() =>
        commit(() => {
          const settled = outbox.settle(to.lsn);
          const ownWords = writtenDownHere(outbox.all(), contacts.get);
          contacts.replaceAll(() => {
            for (const contact of all) contacts.put({ contact, summary: summaryOf(contact) });
            for (const held of ownWords) if (contacts.get(held.summary.id) === null) contacts.put(held);
          });
          // It has what was wanted; what was asked for besides is asked for again by whoever needs it.
          guests.unwantAll();
          guests.removeGone();
          photos.removeGone();
          desk.setCursor(to);
          return settled;
        }),
      ),
    forgetClosed: (before) =>
      commit(() => {
        const forgotten = contacts.forgetClosed(before);
        guests.removeGone();
        photos.removeGone();
        return forgotten;
      }),

    held: (id) => contacts.get(id),
    revOf: (id) => contacts.revOf(id),
    page: (after, limit) => contacts.page(after, limit),
    openEmergencies: () => contacts.openEmergencies(),
    ownedBy: (deskId) => contacts.ownedBy(deskId),

    keep: (command, { keptAt, mono, clearsDraft, provisional }) =>
      commit(() => {
        const seq = desk.nextSeq();
        outbox.insert(seq, command, keptAt, mono);
        desk.setNextSeq(seq + 1);
        if (clearsDraft) drafts.remove(command.by, command.contact);
        if (provisional !== undefined)
          contacts.put({ contact: provisional, summary: summaryOf(provisional) });
        return { seq, command, keptAt, mono, standing: { kind: 'waiting' } } satisfies OutboxRow;
      }),
    lastSeq: () => desk.nextSeq() - 1,
    outbox: () => outbox.all(),
    answer: (id, standing) =>
      commit(() => {
        const cursor = desk.cursor();
        const leaves =
          standing.kind === 'done' ||
          (standing.kind === 'applied' && cursor !== null && standing.lsn <= cursor.lsn);
        if (leaves) outbox.remove(id);
        else outbox.setStanding(id, standing);
        return leaves;
      }),
    dismiss: (id) =>
      commit(() => {
        const row = outbox.all().find(({ command }) => command.id === id);
        outbox.removeSeen(id);
        if (row?.standing.kind !== 'refused' || row.command.act.kind !== 'log') return;
        const held = contacts.get(row.command.contact);
        if (held !== null && isOwnWords(held)) contacts.remove(held.summary.id);
      }),
    withdraw: (ids, lastSeq, refusal) =>
      commit(() => {
        for (const id of ids) outbox.setRefused(id, JSON.stringify(refusal));
        renumber(lastSeq);
      }),

    saveDraft: (handler, contact, draft, at) =>
      commit(() =>
        draft === null ? drafts.remove(handler, contact) : drafts.put(handler, contact, draft, at),
      ),
    draft: (handler, contact) => drafts.get(handler, contact),
    drafts: (handler) => drafts.all(handler),

    session: () => sessions.get(),
    keepSession: (session) => commit(() => sessions.put(session)),
    keepSignIn: (session, known) =>
      commit(() => {
        sessions.put(session);
        sessions.putPerson(known);
        drafts.adopt(known.person.handler);
        outbox.adopt(known.person.handler);
      }),
    seenAt: () => sessions.seenAt(),
    keepSeenAt: (at) => commit(() => sessions.setSeenAt(at)),
    latestAt: () => sessions.latestAt(),
    keepLatestAt: (at) => commit(() => sessions.setLatestAt(at)),
    people: () => sessions.people(),
    keepPerson: (known) => commit(() => sessions.putPerson(known)),
    forgetPerson: (handler) => commit(() => sessions.removePerson(handler)),

    policies: () => policies.all(),
    policyText: (name) => policies.text(name),
    keepPolicy: (policy, text) => commit(() => policies.put(policy, text)),
    forgetPolicy: (name) => commit(() => policies.remove(name)),

    photo: (id) => photos.get(id),
    keepPhoto: (contact, id, jpeg) => commit(() => photos.put(id, contact, jpeg)),

    tabs: (handler) => window.tabs(handler),
    keepTabs: (handler, open) => commit(() => window.putTabs(handler, open)),
    missed: () => window.missed(),
    keepMissed: (report) => commit(() => window.putMissed(report)),
    outage: () => outages.get(),
    keepOutage: (so, moved) => commit(() => outages.put(so, moved)),
    endOutage: (report) =>
      commit(() => {
        window.putMissed(report);
        outages.remove();
      }),
    reservePaper: (count) =>
      commit(() => {
        const last = desk.lastPaper();
        desk.setLastPaper(last + count);
        return last + 1;
      }),
    wipe() {
      commit(() => {
        contacts.removeUndrafted();
        dropHistoryKey();
        guests.unwantAll();
        guests.removeGone();
        photos.removeGone();
        desk.forgetCursor();
        window.removeTabs();
        window.putMissed(null);
        outages.remove();
      });
      try {
        // What was overwritten in the file must not live on in its log.
        emptyLog();
      } catch (error) {
        throw asSqliteFault(error);
      }
    },
    close: () => void db.close(),
  };

  /** SQLite does not wait for a checkpoint that is going on elsewhere, and says that it was busy. */
  function emptyLog(): void {
    for (let waited = 0; waited < TRUNCATE_LIMIT_MS; waited += TRUNCATE_EVERY_MS) {
      const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
      if (done?.busy === 0) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRUNCATE_EVERY_MS);
    }
    throw new SqliteFault('busy');
  }

  /** Numbers the waiting commands above `lastSeq` afresh, in their order, and the next one behind them. */
  function renumber(lastSeq: number): void {
    const waiting = outbox.all().filter((row) => row.standing.kind === 'waiting' && row.seq > lastSeq);
    // Numbers only go down here, and in ascending order, so no two rows meet on the way.
    waiting.forEach((row, index) => outbox.setSeq(row.command.id, lastSeq + 1 + index));
    desk.setNextSeq(lastSeq + 1 + waiting.length);
  }
}
