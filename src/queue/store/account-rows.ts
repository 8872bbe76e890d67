import type { HandlerId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/role.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import type { Account, Attempts } from './account-store.ts';
import type { Queryable } from './contact-rows.ts';

/** An account as a row. `account.` is written out because sign-ins are read together with theirs. */
export interface AccountRow {
  readonly handler: HandlerId;
  readonly name: string;
  readonly role: Role;
  readonly is_active: boolean;
  readonly scrypt_n: number;
  readonly scrypt_r: number;
  readonly scrypt_p: number;
  readonly salt: string;
  readonly hash: string;
}

export const accountColumns = `account.handler, account.name, account.role, account.is_active, account.scrypt_n,
  account.scrypt_r, account.scrypt_p, account.salt, account.hash`;

export function accountOf(row: AccountRow): Account {
  const { handler, name, role, is_active: isActive, scrypt_n: n, scrypt_r: r, scrypt_p: p, salt, hash } = row;
  return { handler, name, role, isActive, pin: { n, r, p, salt, hash } };
}

export async function accountRow(db: Queryable, handler: HandlerId): Promise<Account | null> {
  const { rows } = await db.query<AccountRow>(`select ${accountColumns} from account where handler = $1`, [
    handler,
  ]);
  return rows[0] === undefined ? null : accountOf(rows[0]);
}

export async function accountRows(db: Queryable): Promise<Account[]> {
  const { rows } = await db.query<AccountRow>(`select ${accountColumns} from account order by handler`);
  return rows.map(accountOf);
}

export async function upsertAccount(db: Queryable, account: Account): Promise<void> {
  const { handler, name, role, isActive, pin } = account;
  await db.query(
    `insert into account (handler, name, role, is_active, scrypt_n, scrypt_r, scrypt_p, salt, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (handler) do update set name = $2, role = $3, is_active = $4, scrypt_n = $5, scrypt_r = $6,
       scrypt_p = $7, salt = $8, hash = $9`,
    [handler, name, role, isActive, pin.n, pin.r, pin.p, pin.salt, pin.hash],
  );
}

/** The wrong PINs under a key, locked; made empty when there are none, so that two at once wait for each other. */
export async function lockAttempts(db: Queryable, key: string): Promise<Attempts> {
  await db.query(
    `insert into sign_in_attempt (key, recent, waits, until_at, forget_at) values ($1, '[]', 0, 0, 0)
     on conflict (key) do nothing`,
    [key],
  );
  const { rows } = await db.query<{ recent: Instant[]; waits: number; until_at: string }>(
    'select recent, waits, until_at from sign_in_attempt where key = $1 for update',
    [key],
  );
  const row = rows[0];
  // Thrown away by another node between the two statements: as if there had been none.
  if (row === undefined) return { recent: [], waits: 0, until: asInstant(0) };
  return { recent: row.recent, waits: row.waits, until: asInstant(Number(row.until_at)) };
}

export async function upsertAttempts(
  db: Queryable,
  key: string,
  attempts: Attempts,
  forgetAt: Instant,
): Promise<void> {
  await db.query(
    `insert into sign_in_attempt (key, recent, waits, until_at, forget_at) values ($1, $2, $3, $4, $5)
     on conflict (key) do update set recent = $2, waits = $3, until_at = $4, forget_at = $5`,
    [key, JSON.stringify(attempts.recent), attempts.waits, attempts.until, forgetAt],
  );
}

export async function deleteAttempts(db: Queryable, key: string): Promise<void> {
  await db.query('delete from sign_in_attempt where key = $1', [key]);
}

/** Passes over those that somebody holds: they are about to be written again. */
export async function deleteAttemptsBefore(db: Queryable, now: Instant): Promise<void> {
  await db.query(
    `delete from sign_in_attempt where key in
       (select key from sign_in_attempt where forget_at < $1 order by key for update skip locked)`,
    [now],
  );
}
