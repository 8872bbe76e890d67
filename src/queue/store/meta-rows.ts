import { realms, type Realm } from '../../shared/contract/realm.ts';
import { asStoreEpoch, type StoreEpoch } from '../../shared/domain/ids.ts';
import { must } from '../../shared/lib/assert.ts';
import type { Queryable } from './contact-rows.ts';

/** What a database is: which time line, which world. Made once; a database that has them keeps them. */
export async function openMeta(
  db: Queryable,
  first: { readonly storeEpoch: string; readonly realm: Realm },
): Promise<{ readonly storeEpoch: StoreEpoch; readonly realm: Realm; readonly historyKey: string }> {
  await db.query('insert into meta (id, store_epoch, realm) values (1, $1, $2) on conflict (id) do nothing', [
    first.storeEpoch,
    first.realm,
  ]);
  const { rows } = await db.query<{ store_epoch: string; realm: string; history_key: string }>(
    'select store_epoch, realm, history_key from meta where id = 1',
  );
  const row = must(rows[0], 'the database’s own facts');
  const realm = must(
    realms.find((known) => known === row.realm),
    'the database’s realm',
  );
  return { storeEpoch: asStoreEpoch(row.store_epoch), realm, historyKey: row.history_key };
}

/** The realm of a database, or `null` of one in which there is nothing of a queue yet. */
export async function realmRow(db: Queryable): Promise<Realm | null> {
  const { rows: tables } = await db.query<{ exists: boolean }>(
    `select to_regclass('meta') is not null as exists`,
  );
  if (tables[0]?.exists !== true) return null;
  const { rows } = await db.query<{ realm: string }>('select realm from meta where id = 1');
  return realms.find((known) => known === rows[0]?.realm) ?? null;
}

/** Begins a new time line: positions told before mean nothing any more (rule L-02). */
export async function changeEpoch(db: Queryable, storeEpoch: string): Promise<void> {
  await db.query('update meta set store_epoch = $1 where id = 1', [storeEpoch]);
}

/** Whether a commit is on disk before it is told, on this server and connection. */
export async function durability(
  db: Queryable,
): Promise<{ readonly fsync: string; readonly synchronousCommit: string }> {
  const { rows } = await db.query<{ fsync: string; synchronous_commit: string }>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`,
  );
  const row = must(rows[0], 'the server’s settings');
  return { fsync: row.fsync, synchronousCommit: row.synchronous_commit };
}
