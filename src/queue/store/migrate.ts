import type { PoolClient } from 'pg';
import type { Queryable } from './contact-rows.ts';
import { journal } from './migrations/0001-journal.ts';
import { people } from './migrations/0002-people.ts';
import { sentBy } from './migrations/0003-sent-by.ts';
import { recordNumbers } from './migrations/0004-record-numbers.ts';
import { callsReturn } from './migrations/0005-calls-return.ts';
import { toldTexts } from './migrations/0006-told-texts.ts';
import { versionsKept } from './migrations/0007-versions-kept.ts';
import { exchangePositions } from './migrations/0008-exchange-positions.ts';
import { named } from './migrations/0009-named.ts';
import { historyKey } from './migrations/0010-history-key.ts';
import { callerAndWeighed } from './migrations/0011-caller-and-weighed.ts';
import { chats } from './migrations/0012-chats.ts';
import { crimeNamed } from './migrations/0013-crime-named.ts';
import { photos } from './migrations/0014-photos.ts';
import { outbound } from './migrations/0015-outbound.ts';
import { StoreNewer } from './queue-store.ts';

/** One step of the database's form. Numbered, forward only, one transaction each (rule S-05). */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** All steps, oldest first. */
export const migrations: readonly Migration[] = [
  journal,
  people,
  sentBy,
  recordNumbers,
  callsReturn,
  toldTexts,
  versionsKept,
  exchangePositions,
  named,
  historyKey,
  callerAndWeighed,
  chats,
  crimeNamed,
  photos,
  outbound,
];

/** Any number, as long as every node takes the same: only one of them migrates. */
const MIGRATION_LOCK = 4_207_311;

/**
 * Brings a database to this program's form. Throws `StoreNewer`, having touched nothing, when it already has a form that
 * this program does not know. Safe when several nodes start at once.
 */
export async function migrate(client: PoolClient, steps: readonly Migration[] = migrations): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    const found = await knownVersionOf(client, steps);
    for (const step of steps.filter(({ version }) => version > found)) await apply(client, step);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}

/** The form of a database. Throws `StoreNewer` when it is one that this program does not know. */
export async function knownVersionOf(
  client: Queryable,
  steps: readonly Migration[] = migrations,
): Promise<number> {
  const found = await versionOf(client);
  const known = steps.at(-1)?.version ?? 0;
  if (found <= known) return found;
  throw new StoreNewer(
    `The database has form ${found}; this program knows up to ${known}. Update the program.`,
  );
}

/** The form of a database; 0 of one that has none. */
export async function versionOf(client: Queryable): Promise<number> {
  const { rows: tables } = await client.query<{ exists: boolean }>(
    `select to_regclass('schema_version') is not null as exists`,
  );
  if (tables[0]?.exists !== true) return 0;
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from schema_version',
  );
  return rows[0]?.version ?? 0;
}

async function apply(client: PoolClient, { version, name, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(
      `create table if not exists schema_version (
         version integer primary key, name text not null, applied_at timestamptz not null default now())`,
    );
    await client.query(sql);
    await client.query('insert into schema_version (version, name) values ($1, $2)', [version, name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
