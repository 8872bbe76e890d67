import { assert } from '../../shared/lib/assert.ts';
import {
  isOpenEmergency,
  ownerOf,
  summaryOf,
  type Contact,
  type ContactSummary,
} from '../../shared/domain/contact.ts';
import type { CommandId, ContactId, Incarnation } from '../../shared/domain/ids.ts';
import { compareContacts, compareKeys, orderKey } from '../../shared/domain/ordering.ts';
import type { Cursor } from '../../shared/contract/queue-link.ts';
import type { Draft } from '../../shared/contract/workstation.ts';
import type { Committed, DeskStore, Greeting, Held, OutboxRow } from './desk-store.ts';
import { takeIn, takeInFlash } from './take-in.ts';

/** A desk store that keeps nothing on disk: for desks without a keychain, for training and for simulation. */
export function memoryStore(firstIncarnation: Incarnation): DeskStore {
  let incarnation = firstIncarnation;
  let cursor: Cursor | null = null;
  let greeting: Greeting | null = null;
  let contacts = new Map<ContactId, Held>();
  let outbox: OutboxRow[] = [];
  let nextSeq = 1;
  const drafts = new Map<ContactId, Draft>();

  const open = (): ContactSummary[] =>
    [...contacts.values()]
      .map((held) => held.summary)
      .filter((summary) => summary.ownership.kind !== 'closed');

  function settle(at: Cursor): OutboxRow[] {
    const isSettled = ({ standing }: OutboxRow) => standing.kind === 'applied' && standing.lsn <= at.lsn;
    const settled = outbox.filter(isSettled);
    outbox = outbox.filter((row) => !isSettled(row));
    return settled;
  }

  return {
    kind: 'memory',
    incarnation: () => incarnation,
    renewIncarnation(next) {
      incarnation = next;
      nextSeq = 1;
      outbox = outbox.map((row) =>
        row.standing.kind === 'waiting' || row.standing.kind === 'applied'
          ? { ...row, seq: nextSeq++, standing: { kind: 'waiting' } }
          : row,
      );
    },
    cursor: () => cursor,
    forgetCursor() {
      cursor = null;
    },
    greeting: () => greeting,
    keepGreeting(next) {
      greeting = next;
    },

    commitEvents(entries, to): Committed {
      const touched = new Map<ContactId, Held>();
      for (const entry of entries) {
        const taken = takeIn(touched.get(entry.contact) ?? contacts.get(entry.contact) ?? null, entry);
        if (taken.kind === 'incomplete') return { touched: [], settled: [], incomplete: true };
        if (taken.kind === 'changed') touched.set(entry.contact, taken.held);
      }
      for (const [id, held] of touched) contacts.set(id, held);
      cursor = to;
      return { touched: [...touched.keys()], settled: settle(to), incomplete: false };
    },
    commitFlash(summary) {
      const held = takeInFlash(contacts.get(summary.id) ?? null, summary);
      if (held !== null) contacts.set(summary.id, held);
      return held !== null;
    },
    installSnapshot(all, to) {
      contacts = new Map(
        [...all].map((contact: Contact) => [contact.id, { contact, summary: summaryOf(contact) }]),
      );
      cursor = to;
      return settle(to);
    },
    forgetClosed(before) {
      const unsent = new Set(outbox.map((row) => row.command.contact));
      const old = [...contacts.values()].filter(
        ({ summary }) =>
          summary.ownership.kind === 'closed' && summary.ownership.since < before && !unsent.has(summary.id),
      );
      for (const { summary } of old) {
        contacts.delete(summary.id);
        drafts.delete(summary.id);
      }
      return old.length;
    },

    held: (id) => contacts.get(id) ?? null,
    page(after, limit) {
      const all = open().sort(compareContacts);
      const rest = after === null ? all : all.filter((summary) => compareKeys(orderKey(summary), after) > 0);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      const next = rest.length > page.length && last !== undefined ? orderKey(last) : null;
      return { ids: page.map((summary) => summary.id), next, total: all.length };
    },
    openEmergencies: () => open().filter(isOpenEmergency).sort(compareContacts),
    ownedBy: (deskId) => open().filter((summary) => ownerOf(summary)?.desk === deskId),

    keep(command, { keptAt, mono, clearsDraft }) {
      assert(!outbox.some((row) => row.command.id === command.id), `command ${command.id} is kept twice`);
      const row: OutboxRow = { seq: nextSeq++, command, keptAt, mono, standing: { kind: 'waiting' } };
      outbox.push(row);
      if (clearsDraft) drafts.delete(command.contact);
      return row;
    },
    lastSeq: () => nextSeq - 1,
    outbox: () => [...outbox],
    answer(id, standing) {
      const leaves =
        standing.kind === 'done' ||
        (standing.kind === 'applied' && cursor !== null && standing.lsn <= cursor.lsn);
      if (leaves) outbox = outbox.filter((row) => row.command.id !== id);
      else outbox = outbox.map((row) => (row.command.id === id ? { ...row, standing } : row));
      return leaves;
    },
    dismiss(id) {
      const answered = ({ standing }: OutboxRow) => standing.kind === 'refused' || standing.kind === 'late';
      outbox = outbox.filter((row) => row.command.id !== id || !answered(row));
    },
    withdraw(ids: readonly CommandId[], lastSeq, refusal) {
      nextSeq = lastSeq + 1;
      outbox = outbox.map((row) => {
        if (ids.includes(row.command.id)) return { ...row, seq: 0, standing: { kind: 'refused', refusal } };
        return row.standing.kind === 'waiting' && row.seq > lastSeq ? { ...row, seq: nextSeq++ } : row;
      });
    },

    saveDraft(contact, draft) {
      if (draft === null) drafts.delete(contact);
      else drafts.set(contact, draft);
    },
    draft: (contact) => drafts.get(contact) ?? null,
    close() {},
  };
}
