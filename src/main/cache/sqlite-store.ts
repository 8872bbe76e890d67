import type Database from 'better-sqlite3';
import { assertDurable, asSqliteFault } from '../../platform/sqlite.ts';
import { summaryOf } from '../../shared/domain/contact.ts';
import type { ContactId, Incarnation } from '../../shared/domain/ids.ts';
import { contactRows } from './contact-rows.ts';
import { deskRows } from './desk-rows.ts';
import type { Committed, DeskStore, OutboxRow } from './desk-store.ts';
import { draftRows } from './draft-rows.ts';
import { outboxRows } from './outbox-rows.ts';
import { takeIn, takeInFlash } from './take-in.ts';

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
  const outbox = outboxRows(db);

  /** One transaction, durable when it returns. What the disk refuses is thrown as `SqliteFault`. */
  function commit<R>(work: () => R): R {
    try {
      return db.transaction(work).immediate();
    } catch (error) {
      throw asSqliteFault(error);
    }
  }

  commit(() => desk.begin(newIncarnation));
  assertDurable(db);

  return {
    kind: 'file',
    incarnation: () => desk.incarnation(),
    renewIncarnation: (next) =>
      commit(() => {
        desk.setIncarnation(next);
        outbox.unanswer();
        renumber(0);
      }),
    cursor: () => desk.cursor(),
    forgetCursor: () => commit(() => desk.forgetCursor()),
    greeting: () => desk.greeting(),
    keepGreeting: (greeting) => commit(() => desk.setGreeting(greeting)),

    commitEvents(entries, to): Committed {
      const incomplete = new Error('incomplete');
      try {
        return commit(() => {
          const touched = new Set<ContactId>();
          for (const entry of entries) {
            const taken = takeIn(contacts.get(entry.contact), entry);
            // Thrown so that the transaction leaves nothing of the batch behind.
            if (taken.kind === 'incomplete') throw incomplete;
            if (taken.kind === 'passed-over') continue;
            contacts.put(taken.held);
            touched.add(entry.contact);
          }
          desk.setCursor(to);
          return { touched: [...touched], settled: outbox.settle(to.lsn), incomplete: false };
        });
      } catch (error) {
        if (error === incomplete) return { touched: [], settled: [], incomplete: true };
        throw error;
      }
    },
    commitFlash: (summary) =>
      commit(() => {
        const held = takeInFlash(contacts.get(summary.id), summary);
        if (held !== null) contacts.put(held);
        return held !== null;
      }),
    installSnapshot: (all, to) =>
      commit(() => {
        contacts.removeAll();
        for (const contact of all) contacts.put({ contact, summary: summaryOf(contact) });
        desk.setCursor(to);
        return outbox.settle(to.lsn);
      }),
    forgetClosed: (before) => commit(() => contacts.forgetClosed(before)),

    held: (id) => contacts.get(id),
    page: (after, limit) => contacts.page(after, limit),
    openEmergencies: () => contacts.openEmergencies(),
    ownedBy: (deskId) => contacts.ownedBy(deskId),

    keep: (command, { keptAt, mono, clearsDraft }) =>
      commit(() => {
        const seq = desk.nextSeq();
        outbox.insert(seq, command, keptAt, mono);
        desk.setNextSeq(seq + 1);
        if (clearsDraft) drafts.remove(command.contact);
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
    dismiss: (id) => commit(() => outbox.removeSeen(id)),
    withdraw: (ids, lastSeq, refusal) =>
      commit(() => {
        for (const id of ids) outbox.setRefused(id, JSON.stringify(refusal));
        renumber(lastSeq);
      }),

    saveDraft: (contact, draft, at) =>
      commit(() => (draft === null ? drafts.remove(contact) : drafts.put(contact, draft, at))),
    draft: (contact) => drafts.get(contact),
    close: () => void db.close(),
  };

  /** Numbers the waiting commands above `lastSeq` afresh, in their order, and the next one behind them. */
  function renumber(lastSeq: number): void {
    const waiting = outbox.all().filter((row) => row.standing.kind === 'waiting' && row.seq > lastSeq);
    // Numbers only go down here, and in ascending order, so no two rows meet on the way.
    waiting.forEach((row, index) => outbox.setSeq(row.command.id, lastSeq + 1 + index));
    desk.setNextSeq(lastSeq + 1 + waiting.length);
  }
}
