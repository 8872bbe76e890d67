import { assert } from '../../shared/lib/assert.ts';
import {
  isOpenEmergency,
  ownerOf,
  summaryOf,
  type Contact,
  type ContactSummary,
} from '../../shared/domain/contact.ts';
import type { CommandId, ContactId, HandlerId, Incarnation } from '../../shared/domain/ids.ts';
import type { PhotoId } from '../../shared/domain/record/photo.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { compareContacts, compareKeys, orderKey } from '../../shared/domain/ordering.ts';
import type { Cursor } from '../../shared/contract/queue-link.ts';
import type { Committed, DeskStore, Greeting, Held, OutboxRow } from './desk-store.ts';
import { memoryFinding } from './memory-finding.ts';
import { memoryHistory } from './memory-history.ts';
import { nobodyNamed } from './kept-session.ts';
import { memoryPeople } from './memory-people.ts';
import { memoryPolicies } from './memory-policies.ts';
import { isOwnWords, takeIn, takeInAsked, takeInFlash, writtenDownHere } from './take-in.ts';

/** A desk store that keeps nothing on disk: for desks without a keychain, for training and for simulation. */
export function memoryStore(firstIncarnation: Incarnation): DeskStore {
  let incarnation = firstIncarnation;
  let cursor: Cursor | null = null;
  let greeting: Greeting | null = null;
  let contacts = new Map<ContactId, Held>();
  let outbox: OutboxRow[] = [];
  let nextSeq = 1;
  const wanted = new Set<ContactId>();
  /** Closed contacts that were asked for, and when. */
  const guests = new Map<ContactId, Instant>();
  /** Each goes with its contact. */
  const photos = new Map<PhotoId, { readonly contact: ContactId; readonly jpeg: Buffer }>();
  const { drafts, ...people } = memoryPeople();
  const { dropHistoryKey, ...history } = memoryHistory();

  const open = (): ContactSummary[] =>
    [...contacts.values()]
      .map((held) => held.summary)
      .filter((summary) => summary.ownership.kind !== 'closed');

  function forgetPhotos(): void {
    for (const [id, { contact }] of photos) if (!contacts.has(contact)) photos.delete(id);
  }

  function settle(at: Cursor): OutboxRow[] {
    const isSettled = ({ standing }: OutboxRow) => standing.kind === 'applied' && standing.lsn <= at.lsn;
    const settled = outbox.filter(isSettled);
    outbox = outbox.filter((row) => !isSettled(row));
    return settled;
  }

  function adopt(by: HandlerId): void {
    drafts.adopt(by);
    outbox = outbox.map((row) =>
      row.command.by === nobodyNamed ? { ...row, command: { ...row.command, by } } : row,
    );
  }

  return {
    kind: 'memory',
    setCheckpoints: () => undefined,
    ...memoryFinding(() => contacts.values()),
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
      const lacking = new Set<ContactId>();
      const unseen: { contact: ContactId; rev: number }[] = [];
      for (const entry of entries) {
        const held = touched.get(entry.contact) ?? contacts.get(entry.contact) ?? null;
        const taken = takeIn(held, entry);
        if (taken.kind === 'changed') touched.set(entry.contact, taken.held);
        else if ((held?.contact ?? null) === null) unseen.push({ contact: entry.contact, rev: entry.rev });
        if (taken.kind === 'lacking') lacking.add(entry.contact);
      }
      for (const [id, held] of touched) contacts.set(id, held);
      for (const id of lacking) wanted.add(id);
      cursor = to;
      return { touched: [...touched.keys()], settled: settle(to), lacking: [...lacking], unseen };
    },
    wanted: (limit) => [...wanted].sort().slice(0, limit),
    unwant: (contact) => void wanted.delete(contact),
    takeInAsked(contact, at) {
      const held = takeInAsked(contacts.get(contact.id) ?? null, contact);
      if (held !== null) contacts.set(contact.id, held);
      wanted.delete(contact.id);
      if (contact.ownership.kind === 'closed') guests.set(contact.id, at);
    },
    commitFlash(summary) {
      const held = takeInFlash(contacts.get(summary.id) ?? null, summary);
      if (held !== null) contacts.set(summary.id, held);
      return held !== null;
    },
    installSnapshot(all, to) {
      const settled = settle(to);
      const ownWords = writtenDownHere(outbox, (id) => contacts.get(id) ?? null);
      contacts = new Map(
        [...all].map((contact: Contact) => [contact.id, { contact, summary: summaryOf(contact) }]),
      );
      for (const held of ownWords) if (!contacts.has(held.summary.id)) contacts.set(held.summary.id, held);
      wanted.clear();
      for (const id of [...guests.keys()]) if (!contacts.has(id)) guests.delete(id);
      forgetPhotos();
      cursor = to;
      return settled;
    },
    forgetClosed(before) {
      const unsent = new Set(outbox.map((row) => row.command.contact));
      const old = [...contacts.values()].filter(
        ({ summary }) =>
          summary.ownership.kind === 'closed' &&
          summary.ownership.since < before &&
          (guests.get(summary.id) ?? 0) < before &&
          !unsent.has(summary.id) &&
          !drafts.areOn(summary.id),
      );
      for (const { summary } of old) {
        contacts.delete(summary.id);
        guests.delete(summary.id);
      }
      forgetPhotos();
      return old.length;
    },

    held: (id) => contacts.get(id) ?? null,
    revOf: (id) => contacts.get(id)?.summary.rev ?? null,
    page(after, limit) {
      const all = open().sort(compareContacts);
      const rest = after === null ? all : all.filter((summary) => compareKeys(orderKey(summary), after) > 0);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      const next = rest.length > page.length && last !== undefined ? orderKey(last) : null;
      return { summaries: page, next };
    },
    openEmergencies: () => open().filter(isOpenEmergency).sort(compareContacts),
    ownedBy: (deskId) => open().filter((summary) => ownerOf(summary)?.desk === deskId),

    keep(command, { keptAt, mono, clearsDraft, provisional }) {
      assert(!outbox.some((row) => row.command.id === command.id), `command ${command.id} is kept twice`);
      const row: OutboxRow = { seq: nextSeq++, command, keptAt, mono, standing: { kind: 'waiting' } };
      outbox.push(row);
      if (clearsDraft) drafts.save(command.by, command.contact, null, keptAt);
      if (provisional !== undefined)
        contacts.set(provisional.id, { contact: provisional, summary: summaryOf(provisional) });
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
      const seen = outbox.find(({ command }) => command.id === id);
      if (seen?.standing.kind === 'refused' && seen.command.act.kind === 'log') {
        const held = contacts.get(seen.command.contact);
        if (held !== undefined && isOwnWords(held)) contacts.delete(seen.command.contact);
      }
      outbox = outbox.filter((row) => row.command.id !== id || !answered(row));
    },
    withdraw(ids: readonly CommandId[], lastSeq, refusal) {
      nextSeq = lastSeq + 1;
      outbox = outbox.map((row) => {
        if (ids.includes(row.command.id)) return { ...row, seq: 0, standing: { kind: 'refused', refusal } };
        return row.standing.kind === 'waiting' && row.seq > lastSeq ? { ...row, seq: nextSeq++ } : row;
      });
    },

    ...people,
    ...history,
    ...memoryPolicies(),
    photo: (id) => photos.get(id)?.jpeg ?? null,
    keepPhoto(contact, id, jpeg) {
      if (contacts.has(contact)) photos.set(id, { contact, jpeg });
    },
    saveDraft: (handler, contact, draft, at) => drafts.save(handler, contact, draft, at),
    draft: drafts.get,
    drafts: drafts.all,
    keepSignIn(session, known) {
      people.keepSession(session);
      people.keepPerson(known);
      adopt(known.person.handler);
    },
    wipe() {
      contacts = new Map([...contacts].filter(([id]) => drafts.areOn(id)));
      wanted.clear();
      dropHistoryKey();
      for (const id of [...guests.keys()]) if (!contacts.has(id)) guests.delete(id);
      forgetPhotos();
      cursor = null;
      people.forgetWindow();
    },
    close() {},
  };
}
