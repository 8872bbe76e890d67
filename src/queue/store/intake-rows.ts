import type { ContactId } from '../../shared/domain/ids.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { Queryable } from './contact-rows.ts';
import type { IntakeReceipt } from './queue-store.ts';

export async function receiptRow(db: Queryable, source: string, key: string): Promise<IntakeReceipt | null> {
  const { rows } = await db.query<IntakeReceipt & { readonly contact: ContactId }>(
    'select source, key, digest, contact, ref, warnings from intake_receipt where source = $1 and key = $2',
    [source, key],
  );
  return rows[0] ?? null;
}

/** False when another transaction has answered under this key meanwhile. */
export async function insertReceipt(db: Queryable, receipt: IntakeReceipt): Promise<boolean> {
  const { source, key, digest, contact, ref, warnings } = receipt;
  const { rowCount } = await db.query(
    `insert into intake_receipt (source, key, digest, contact, ref, warnings) values ($1, $2, $3, $4, $5, $6)
     on conflict (source, key) do nothing`,
    [source, key, digest, contact, ref, JSON.stringify(warnings)],
  );
  return rowCount === 1;
}

export async function updateReceiptRow(
  db: Queryable,
  source: string,
  key: string,
): Promise<IntakeReceipt | null> {
  const { rows } = await db.query<IntakeReceipt>(
    'select source, key, digest, contact, ref, warnings from update_receipt where source = $1 and key = $2',
    [source, key],
  );
  return rows[0] ?? null;
}

/** False when another transaction has answered under this key meanwhile. */
export async function insertUpdateReceipt(db: Queryable, receipt: IntakeReceipt): Promise<boolean> {
  const { source, key, digest, contact, ref, warnings } = receipt;
  const { rowCount } = await db.query(
    `insert into update_receipt (source, key, digest, contact, ref, warnings) values ($1, $2, $3, $4, $5, $6)
     on conflict (source, key) do nothing`,
    [source, key, digest, contact, ref, JSON.stringify(warnings)],
  );
  return rowCount === 1;
}

export async function toldTextRow(
  db: Queryable,
  digest: string,
): Promise<{ readonly contact: ContactId; readonly at: Instant } | null> {
  const { rows } = await db.query<{ contact: ContactId; at: string }>(
    'select contact, at from told_text where digest = $1',
    [digest],
  );
  return rows[0] === undefined ? null : { contact: rows[0].contact, at: asInstant(Number(rows[0].at)) };
}

export async function putToldText(
  db: Queryable,
  digest: string,
  contact: ContactId,
  at: Instant,
): Promise<void> {
  await db.query(
    `insert into told_text (digest, contact, at) values ($1, $2, $3)
     on conflict (digest) do update set contact = excluded.contact, at = excluded.at`,
    [digest, contact, at],
  );
}

/** The next number of a series of the public record. */
export async function nextInSeries(db: Queryable, series: string): Promise<number> {
  const { rows } = await db.query<{ last: number }>(
    `insert into record_number (series, last) values ($1, 1)
     on conflict (series) do update set last = record_number.last + 1 returning last`,
    [series],
  );
  return must(rows[0], `number of ${series}`).last;
}
