import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { openForReading } from '../../platform/sqlite.ts';
import type { Fault } from '../../shared/contract/fault.ts';
import type { Draft } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { asInstant } from '../../shared/domain/time.ts';
import type { DeskStore, OutboxRow } from './desk-store.ts';
import { iterateDrafts, rescuedDraftOf } from './draft-rows.ts';
import { iterateOutbox, rescuedRowOf } from './outbox-rows.ts';

/** What could be read of the work that existed only in a damaged file. */
export interface Rescued {
  readonly outbox: readonly OutboxRow[];
  readonly drafts: readonly { readonly contact: ContactId; readonly draft: Draft }[];
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
  const drafts = new Map(all.flatMap((one) => one.drafts).map((draft) => [draft.contact, draft]));
  return {
    outbox: [...outbox.values()],
    drafts: [...drafts.values()],
    unreadable: all.some((one) => one.unreadable),
  };
}

function rescueOne(path: string, key: string): Rescued {
  const nothing = { outbox: [], drafts: [], unreadable: true };
  if (!existsSync(path)) return nothing;
  const db = attempt(() => openForReading(path, key));
  if (db === null) return nothing;
  try {
    const outbox = readable(db, iterateOutbox, rescuedRowOf);
    const drafts = readable(db, iterateDrafts, rescuedDraftOf);
    return { outbox: outbox.rows, drafts: drafts.rows, unreadable: !outbox.isWhole || !drafts.isWhole };
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
    store.keep(command, { keptAt, mono: 0, clearsDraft: false });
    if (command.act.kind !== 'consult') salvaged += 1;
  }
  for (const { contact, draft } of saved.drafts) {
    store.saveDraft(contact, draft, asInstant(0));
    salvaged += 1;
  }
  return { kind: 'cache-damaged', setAside, salvaged, unsent, unreadable: saved.unreadable };
}

function attempt<R>(work: () => R): R | null {
  try {
    return work();
  } catch {
    return null;
  }
}
