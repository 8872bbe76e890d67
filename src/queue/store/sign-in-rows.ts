import type { DeskStatus, DeskStatusKind, DeskStatusReason } from '../../shared/domain/desk-status.ts';
import type { ContactId, DeskId, HandlerId } from '../../shared/domain/ids.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import { accountColumns, accountOf, type AccountRow } from './account-rows.ts';
import type { AccountTransaction, AliasKind, SignIn, Standing } from './account-store.ts';
import type { Queryable } from './contact-rows.ts';

interface StandingRow extends AccountRow {
  readonly digest: string;
  readonly desk: DeskId;
  readonly created_at: string;
  readonly last_seen: string;
  readonly ended_at: string | null;
}

export async function standingRows(db: Queryable, digests: readonly string[]): Promise<Standing[]> {
  const { rows } = await db.query<StandingRow>(
    `select digest, desk, created_at, last_seen, ended_at, ${accountColumns}
     from sign_in join account on account.handler = sign_in.handler where digest = any($1::text[])`,
    [digests],
  );
  return rows.map((row) => ({
    account: accountOf(row),
    signIn: {
      digest: row.digest,
      handler: row.handler,
      desk: row.desk,
      at: asInstant(Number(row.created_at)),
      lastSeen: asInstant(Number(row.last_seen)),
      endedAt: row.ended_at === null ? null : asInstant(Number(row.ended_at)),
    },
  }));
}

export async function insertSignIn(db: Queryable, signIn: SignIn): Promise<void> {
  const { digest, handler, desk, at, lastSeen, endedAt } = signIn;
  await db.query(
    `insert into sign_in (digest, handler, desk, created_at, last_seen, ended_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [digest, handler, desk, at, lastSeen, endedAt],
  );
}

export async function touchSignIn(db: Queryable, digest: string, at: Instant): Promise<void> {
  await db.query('update sign_in set last_seen = greatest(last_seen, $2) where digest = $1', [digest, at]);
}

export async function endSignInRows(
  db: Queryable,
  which: Parameters<AccountTransaction['endSignIns']>[0],
  at: Instant,
): Promise<void> {
  const end = 'update sign_in set ended_at = $1 where ended_at is null';
  if ('digest' in which) await db.query(`${end} and digest = $2`, [at, which.digest]);
  else if ('handler' in which) await db.query(`${end} and handler = $2`, [at, which.handler]);
  else {
    const { desk, except, seenBefore } = which;
    await db.query(`${end} and desk = $2 and handler <> $3 and last_seen < $4`, [
      at,
      desk,
      except,
      seenBefore,
    ]);
  }
}

export async function lastSeenRow(db: Queryable, handler: HandlerId, desk: DeskId): Promise<Instant | null> {
  const { rows } = await db.query<{ last_seen: string | null }>(
    'select max(last_seen) as last_seen from sign_in where desk = $1 and handler = $2',
    [desk, handler],
  );
  const seen = rows[0]?.last_seen ?? null;
  return seen === null ? null : asInstant(Number(seen));
}

/** Desks at which somebody is signed in: not ended, the account open, and seen at or after an instant. */
export async function desksSignedIn(db: Queryable, seenSince: Instant): Promise<number> {
  const { rows } = await db.query<{ desks: string }>(
    `select count(distinct desk) as desks from sign_in join account on account.handler = sign_in.handler
     where ended_at is null and last_seen >= $1 and account.is_active`,
    [seenSince],
  );
  return Number(must(rows[0], 'a count').desks);
}

export async function putStatusRow(
  db: Queryable,
  desk: DeskId,
  handler: HandlerId,
  status: DeskStatus | null,
): Promise<void> {
  if (status === null) {
    await db.query('delete from desk_status where desk = $1', [desk]);
    return;
  }
  await db.query(
    `insert into desk_status (desk, handler, kind, reason, since) values ($1, $2, $3, $4, $5)
     on conflict (desk) do update set handler = $2, kind = $3, reason = $4, since = $5`,
    [desk, handler, status.kind, status.reason, status.since],
  );
}

export async function statusRow(db: Queryable, desk: DeskId): Promise<DeskStatus | null> {
  const { rows } = await db.query<{ kind: DeskStatusKind; reason: DeskStatusReason | null; since: string }>(
    'select kind, reason, since from desk_status where desk = $1',
    [desk],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return { kind: row.kind, reason: row.reason, since: asInstant(Number(row.since)) };
}

export async function paperLogRow(db: Queryable, name: string): Promise<ContactId | null> {
  const { rows } = await db.query<{ contact: ContactId }>(
    `select contact from contact_alias where kind = 'paper' and name = $1`,
    [name],
  );
  return rows[0]?.contact ?? null;
}

/** False when another transaction has given this name to a contact meanwhile. */
export async function insertAlias(
  db: Queryable,
  kind: AliasKind,
  name: string,
  contact: ContactId,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into contact_alias (kind, name, contact) values ($1, $2, $3) on conflict do nothing',
    [kind, name, contact],
  );
  return rowCount === 1;
}
