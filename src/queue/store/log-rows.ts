import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactEvent } from '../../shared/domain/event.ts';
import { asLsn, type ContactId, type Lsn } from '../../shared/domain/ids.ts';
import { asInstant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { AuditEntry, AuditHead } from './audit-chain.ts';
import { auditInsert, auditValues } from './audit-rows.ts';
import type { Queryable } from './contact-rows.ts';
import type { CommittedEntry } from './queue-store.ts';

/** Nodes that share a database wake each other on this channel. No payload: the log says what happened. */
export const WAKE_CHANNEL = 'fcr_log';

/** The counter row: the end of the log and of the audit. Holding it is what puts commits in order (rule L-02). */
export interface CounterRow {
  readonly lsn: Lsn;
  readonly audit: AuditHead;
}

interface CounterColumns {
  readonly lsn: string;
  readonly audit_seq: string;
  readonly audit_hash: string;
}

const counterOf = ({ lsn, audit_seq: seq, audit_hash: hash }: CounterColumns): CounterRow => ({
  lsn: asLsn(Number(lsn)),
  audit: { seq: Number(seq), hash },
});

/** Held until the end of the transaction: nobody else commits anything meanwhile. */
export async function lockCounterRow(db: Queryable): Promise<CounterRow> {
  const { rows } = await db.query<CounterColumns>(
    'select lsn, audit_seq, audit_hash from shard where id = 1 for update',
  );
  return counterOf(must(rows[0], 'the counter row'));
}

/** The next number of all arrivals, and of those of a day. Both are held until the end of the transaction, and with them the counter row. */
export async function nextArrivalNumbers(
  db: Queryable,
  day: string,
): Promise<{ readonly seq: number; readonly ofDay: number; readonly counter: CounterRow }> {
  const { rows } = await db.query<CounterColumns & { readonly arrival_seq: string; readonly last: number }>(
    `with of_day as (
       insert into arrival_day (day, last) values ($1, 1)
       on conflict (day) do update set last = arrival_day.last + 1 returning last
     )
     update shard set arrival_seq = arrival_seq + 1 from of_day where id = 1
     returning arrival_seq, of_day.last, lsn, audit_seq, audit_hash`,
    [day],
  );
  const row = must(rows[0], `numbers of an arrival on ${day}`);
  return { seq: Number(row.arrival_seq), ofDay: row.last, counter: counterOf(row) };
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

/** What a transaction leaves behind: its audit entry, and the event that it tells of, if it tells of one. */
export interface LogStep {
  /** The end of the log with this step. */
  readonly lsn: Lsn;
  readonly event: { readonly event: ContactEvent; readonly flash: ContactSummary | null } | null;
  readonly audit: AuditEntry;
}

/**
 * Event, audit entry, head of the chain and the word to other nodes in one statement: everybody else waits for the counter row meanwhile,
 * and each question of its own would cost them a round trip (rule C-33). The word takes effect at the commit.
 */
export async function insertStep(db: Queryable, { lsn, event, audit }: LogStep): Promise<void> {
  const moved = 'moved as (update shard set lsn = $1, audit_seq = $2, audit_hash = $3 where id = 1)';
  const chain = [lsn, audit.seq, audit.hash];
  if (event === null) {
    await db.query(`with ${moved} ${auditInsert(4)}`, [...chain, ...auditValues(audit)]);
    return;
  }
  const { event: told, flash } = event;
  await db.query(
    `with ${moved}, told as (
       insert into event (lsn, contact, rev, at, by, kind, body, flash) values ($1, $4, $5, $6, $7, $8, $9, $10)
     ) ${auditInsert(12)} returning pg_notify($11, '')`,
    [
      ...chain,
      told.contact,
      told.rev,
      told.at,
      told.by === null ? null : JSON.stringify(told.by),
      told.what.kind,
      JSON.stringify(told.what),
      flash === null ? null : JSON.stringify(flash),
      WAKE_CHANNEL,
      ...auditValues(audit),
    ],
  );
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
