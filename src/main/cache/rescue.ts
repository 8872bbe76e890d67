import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { openForReading } from '../../platform/sqlite.ts';
import type { Fault } from '../../shared/contract/fault.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { rescuedContact } from './contact-rows.ts';
import { rescuedGreeting, rescuedLastPaper } from './desk-rows.ts';
import type { DeskStore, Greeting, KeptDraft, OutboxRow } from './desk-store.ts';
import { iterateDrafts, keptDraftOf } from './draft-rows.ts';
import type { KeptSession, KnownPerson } from './kept-session.ts';
import { iterateOutbox, rescuedRowOf } from './outbox-rows.ts';
import { iteratePeople, knownPersonOf, rescuedSession } from './session-rows.ts';

/** What could be read of the work that existed only in a damaged file. */
export interface Rescued {
  readonly outbox: readonly OutboxRow[];
  readonly drafts: readonly KeptDraft[];
  /** Contacts that a command of the outbox has written down here (rule P-03). */
  readonly written: ReadonlyMap<ContactId, Contact>;
  /** Who signed in here and who works here now, so that a damaged file sends nobody away (rule A-06). */
  readonly people: readonly KnownPerson[];
  readonly session: KeptSession | null;
  /** The desk's number and policy: without them nothing could be written down before the queue is back (rule P-03). */
  readonly greeting: Greeting | null;
  /** The last number given to a paper log (rule P-01); `null` when it could not be read. */
  readonly lastPaper: number | null;
  /** True when some of it could not be read: unsent work may be in the file that was set aside. */
  readonly unreadable: boolean;
}

/**
 * Reads unsent work out of damaged files, as far as it goes. Never throws: a damaged file may do anything. Several files,
 * oldest first, are those of one rescue that was cut off and begun again.
 */
export function rescue(paths: readonly string[], key: string): Rescued {
  const all = paths.map((path) => rescueOne(path, key));
  const outbox = new Map(all.flatMap((one) => one.outbox).map((row) => [row.command.id, row]));
  const drafts = new Map(
    all.flatMap((one) => one.drafts).map((draft) => [`${draft.contact} ${draft.handler}`, draft]),
  );
  return {
    outbox: [...outbox.values()],
    drafts: [...drafts.values()],
    written: new Map(all.flatMap((one) => [...one.written])),
    people: all.flatMap((one) => one.people),
    session: all.findLast((one) => one.session !== null)?.session ?? null,
    greeting: all.findLast((one) => one.greeting !== null)?.greeting ?? null,
    lastPaper: all.some((one) => one.lastPaper === null)
      ? null
      : Math.max(0, ...all.map((one) => one.lastPaper ?? 0)),
    unreadable: all.some((one) => one.unreadable),
  };
}

function rescueOne(path: string, key: string): Rescued {
  const nothing: Rescued = {
    outbox: [],
    drafts: [],
    written: new Map(),
    people: [],
    session: null,
    greeting: null,
    lastPaper: null,
    unreadable: true,
  };
  if (!existsSync(path)) return nothing;
  const db = attempt(() => openForReading(path, key));
  if (db === null) return nothing;
  try {
    const outbox = readable(db, iterateOutbox, rescuedRowOf);
    const drafts = readable(db, iterateDrafts, keptDraftOf);
    const logs = outbox.rows.filter(({ command }) => command.act.kind === 'log');
    const written = logs.flatMap(({ command }) => attempt(() => rescuedContact(db, command.contact)) ?? []);
    return {
      outbox: outbox.rows,
      drafts: drafts.rows,
      written: new Map(written.map((contact) => [contact.id, contact])),
      people: readable(db, iteratePeople, knownPersonOf).rows,
      session: attempt(() => rescuedSession(db)),
      greeting: attempt(() => rescuedGreeting(db)),
      lastPaper: attempt(() => rescuedLastPaper(db)),
      unreadable: !outbox.isWhole || !drafts.isWhole,
    };
  } finally {
    attempt(() => db.close());
  }
}

type Iterate = (db: Database, order: 'asc' | 'desc') => IterableIterator<unknown>;

/** The rows of a table from both ends up to what cannot be read, so that a bad page costs only the rows on it. */
function readable<T>(
  db: Database,
  iterate: Iterate,
  parse: (row: unknown) => T,
): { rows: T[]; isWhole: boolean } {
  const forwards = readUntilBroken(() => iterate(db, 'asc'));
  const backwards = forwards.isWhole ? [] : readUntilBroken(() => iterate(db, 'desc')).rows.reverse();
  const found = [...forwards.rows, ...backwards];
  const rows = found.flatMap((row) => attempt(() => parse(row)) ?? []);
  return { rows, isWhole: forwards.isWhole && rows.length === found.length };
}

function readUntilBroken(begin: () => IterableIterator<unknown>): { rows: unknown[]; isWhole: boolean } {
  const rows: unknown[] = [];
  const isWhole = attempt(() => {
    for (const row of begin()) rows.push(row);
    return true;
  });
  return { rows, isWhole: isWhole ?? false };
}

/** Where paper numbers go on when it cannot be read how far they had come: no desk gets so far by printing (rule P-01). */
const BEYOND_PAPERS = 5_000;

/**
 * Keeps in a new store what was saved from a damaged one. Commands keep their ids, so that what the queue had already
 * done is not done twice (rule X-03). Returns what the handler is told.
 */
export function carryOver(saved: Rescued, store: DeskStore, setAside: string): Fault {
  const unsent: string[] = [];
  let salvaged = 0;
  for (const { command, keptAt, standing } of saved.outbox) {
    // The queue has the words of a late one; only the notice is lost.
    if (standing.kind === 'late') continue;
    if (standing.kind === 'refused') {
      // Stays until the handler has seen it, without a number of its own (rule X-06).
      const { seq } = store.keep(command, { keptAt, mono: 0, clearsDraft: false });
      store.withdraw([command.id], seq - 1, standing.refusal);
      continue;
    }
    // A claim that was never answered is not made late on anybody's behalf (rule X-08).
    if (command.act.kind === 'claim') {
      unsent.push(`claim of contact ${command.contact}`);
      continue;
    }
    const contact = saved.written.get(command.contact);
    const provisional = command.act.kind === 'log' && contact?.rev === 0 ? { provisional: contact } : {};
    store.keep(command, { keptAt, mono: 0, clearsDraft: false, ...provisional });
    if (command.act.kind !== 'consult') salvaged += 1;
  }
  for (const { handler, contact, draft, savedAt } of saved.drafts) {
    store.saveDraft(handler, contact, draft, savedAt);
    salvaged += 1;
  }
  for (const known of saved.people) store.keepPerson(known);
  if (saved.session !== null) store.keepSession(saved.session);
  if (saved.greeting !== null) store.keepGreeting(saved.greeting);
  const papers = saved.lastPaper ?? BEYOND_PAPERS;
  if (papers > 0) store.reservePaper(papers);
  return { kind: 'cache-damaged', setAside, salvaged, unsent, unreadable: saved.unreadable };
}

function attempt<R>(work: () => R): R | null {
  try {
    return work();
  } catch {
    return null;
  }
}
