import type Database from 'better-sqlite3';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { CallerKeys } from '../../shared/domain/same-caller.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** Where the index ends: the contact that ended last of those it has. */
export interface HistoryEnd {
  readonly closedAt: Instant;
  readonly contact: ContactId;
}

/** A row as it is kept: found by its hashes, read with the key. */
export interface SealedHistory extends HistoryEnd {
  readonly receivedAt: Instant;
  readonly keys: CallerKeys;
  readonly sealed: Buffer;
}

/** The index of twelve months, in the desk's store (rule AS-23). */
export interface HistoryStore {
  /** The key that the queue has handed to who is signed in here; `null`: nobody is, or none has come. */
  historyKey(): string | null;
  /** `print`: tells keys apart. Rows of another key go: nobody could find them. */
  keepHistoryKey(key: string, print: string): void;
  historyEnd(): HistoryEnd | null;
  /** Keeps a page, in place of what is known of the same contacts, and how far it goes. */
  keepHistory(rows: readonly SealedHistory[], end: HistoryEnd | null): void;
  /** Rows that share one of the keys, the newest received of each, at most `limit` of each. */
  historyOf(keys: CallerKeys, limit: number): readonly SealedHistory[];
  /** Forgets what ended before. */
  forgetHistory(before: Instant): void;
}

interface Row {
  readonly contact: ContactId;
  readonly closedAt: Instant;
  readonly receivedAt: Instant;
  readonly number: string | null;
  readonly address: string | null;
  readonly name: string | null;
  readonly sealed: Buffer;
}

const columns = 'contact, closed_at as closedAt, received_at as receivedAt, number, address, name, sealed';

/** The statements on `history` and `history_key`. */
export function historyRows(db: Database) {
  const put = db.prepare(`
    insert or replace into history (contact, closed_at, received_at, number, address, name, sealed)
    values (:contact, :closedAt, :receivedAt, :number, :address, :name, :sealed)`);
  const by = {
    number: db.prepare(`select ${columns} from history where number = ? order by received_at desc limit ?`),
    address: db.prepare(`select ${columns} from history where address = ? order by received_at desc limit ?`),
    name: db.prepare(`select ${columns} from history where name = ? order by received_at desc limit ?`),
  };
  const forget = db.prepare('delete from history where closed_at < ?');
  const empty = db.prepare('delete from history');
  const state = db.prepare(
    'select key, print, end_at as endAt, end_id as endId from history_key where one = 1',
  );
  const setKey = db.prepare(`
    insert into history_key (one, key, print) values (1, :key, :print)
    on conflict (one) do update set key = excluded.key, print = excluded.print`);
  const setEnd = db.prepare('update history_key set end_at = ?, end_id = ?');
  const dropKey = db.prepare('update history_key set key = null');
  const read = () =>
    state.get() as
      | {
          readonly key: string | null;
          readonly print: string;
          readonly endAt: Instant | null;
          readonly endId: ContactId | null;
        }
      | undefined;

  return {
    historyKey: (): string | null => read()?.key ?? null,
    keepHistoryKey(key: string, print: string): void {
      const before = read();
      setKey.run({ key, print });
      if (before === undefined || before.print === print) return;
      empty.run();
      setEnd.run(null, null);
    },
    historyEnd(): HistoryEnd | null {
      const { endAt = null, endId = null } = read() ?? {};
      return endAt === null || endId === null ? null : { closedAt: endAt, contact: endId };
    },
    keepHistory(rows: readonly SealedHistory[], end: HistoryEnd | null): void {
      for (const { contact, closedAt, receivedAt, keys, sealed } of rows)
        put.run({ contact, closedAt, receivedAt, ...keys, sealed });
      if (end !== null) setEnd.run(end.closedAt, end.contact);
    },
    historyOf(keys: CallerKeys, limit: number): SealedHistory[] {
      const found = (['number', 'address', 'name'] as const).flatMap((kind) =>
        keys[kind] === null ? [] : (by[kind].all(keys[kind], limit) as Row[]),
      );
      return [...new Map(found.map((row) => [row.contact, row])).values()].map(
        ({ number, address, name, ...row }) => ({ ...row, keys: { number, address, name } }),
      );
    },
    forgetHistory: (before: Instant) => void forget.run(before),
    dropHistoryKey: () => void dropKey.run(),
  };
}
