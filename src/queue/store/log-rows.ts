import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactEvent } from '../../shared/domain/event.ts';
import { asLsn, type ContactId, type Lsn } from '../../shared/domain/ids.ts';
import { asInstant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { AuditHead } from './audit-chain.ts';
import type { Queryable } from './contact-rows.ts';
import type { CommittedEntry } from './queue-store.ts';

/** Nodes that share a database wake each other on this channel. No payload: the log says what happened. */
export const WAKE_CHANNEL = 'fcr_log';

/** The counter row as it stands after this transaction's step. Holding it is what puts commits in order (rule L-02). */
export async function stepShard(
  db: Queryable,
  step: { readonly events: 0 | 1 },
): Promise<{ readonly lsn: Lsn; readonly audit: AuditHead }> {
  const { rows } = await db.query<{ lsn: string; audit_seq: string; audit_hash: string }>(
    'update shard set lsn = lsn + $1 where id = 1 returning lsn, audit_seq, audit_hash',
    [step.events],
  );
  const row = must(rows[0], 'the counter row');
  return { lsn: asLsn(Number(row.lsn)), audit: { seq: Number(row.audit_seq), hash: row.audit_hash } };
}

export async function moveAuditHead(db: Queryable, head: AuditHead): Promise<void> {
  await db.query('update shard set audit_seq = $1, audit_hash = $2 where id = 1', [head.seq, head.hash]);
}

export async function nextArrivalSeq(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ arrival_seq: string }>(
    'update shard set arrival_seq = arrival_seq + 1 where id = 1 returning arrival_seq',
  );
  return Number(must(rows[0], 'the counter row').arrival_seq);
}

export async function nextDeskSeq(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ desk_seq: number }>(
    'update shard set desk_seq = desk_seq + 1 where id = 1 returning desk_seq',
  );
  return must(rows[0], 'the counter row').desk_seq;
}

export async function headOf(db: Queryable): Promise<Lsn> {
  const { rows } = await db.query<{ lsn: string }>('select lsn from shard where id = 1');
  return asLsn(Number(must(rows[0], 'the counter row').lsn));
}

export async function insertEntry(
  db: Queryable,
  lsn: Lsn,
  event: ContactEvent,
  flash: ContactSummary | null,
): Promise<void> {
  await db.query(
    `insert into event (lsn, contact, rev, at, by, kind, body, flash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      lsn,
      event.contact,
      event.rev,
      event.at,
      event.by === null ? null : JSON.stringify(event.by),
      event.what.kind,
      JSON.stringify(event.what),
      flash === null ? null : JSON.stringify(flash),
    ],
  );
}

/** Takes effect at the commit, for every node that listens. */
export async function wakeNodes(db: Queryable): Promise<void> {
  await db.query('select pg_notify($1, $2)', [WAKE_CHANNEL, '']);
}

interface EventRow {
  readonly lsn: string;
  readonly contact: ContactId;
  readonly rev: number;
  readonly at: string;
  readonly by: CommittedEntry['by'];
  readonly body: CommittedEntry['what'];
  readonly flash: CommittedEntry['flash'];
}

export async function entriesAfterRow(db: Queryable, after: Lsn, limit: number): Promise<CommittedEntry[]> {
  const { rows } = await db.query<EventRow>(
    'select lsn, contact, rev, at, by, body, flash from event where lsn > $1 order by lsn limit $2',
    [after, limit],
  );
  return rows.map(({ lsn, contact, rev, at, by, body, flash }) => ({
    lsn: asLsn(Number(lsn)),
    contact,
    rev,
    at: asInstant(Number(at)),
    by,
    what: body,
    flash,
  }));
}

/** How far an exchange has been told, or `null` when it never was (rule TE-09). */
export async function exchangePositionRow(db: Queryable, source: string): Promise<Lsn | null> {
  const { rows } = await db.query<{ lsn: string }>('select lsn from exchange_position where source = $1', [
    source,
  ]);
  return rows[0] === undefined ? null : asLsn(Number(rows[0].lsn));
}

/** It never goes back: of two nodes that tell the same exchange the slower one changes nothing. */
export async function putExchangePosition(db: Queryable, source: string, lsn: Lsn): Promise<void> {
  await db.query(
    `insert into exchange_position (source, lsn) values ($1, $2)
     on conflict (source) do update set lsn = greatest(exchange_position.lsn, excluded.lsn)`,
    [source, lsn],
  );
}
