import { asLsn } from '../../shared/domain/ids.ts';
import { asInstant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { AuditEntry, AuditHead } from './audit-chain.ts';
import type { Queryable } from './contact-rows.ts';

/** One audit entry as a row: the same fields, numbers as PostgreSQL gives them. */
type AuditRow = Omit<AuditEntry, 'seq' | 'at' | 'lsn' | 'deskNumber'> & {
  readonly seq: string;
  readonly at: string;
  readonly lsn: string | null;
  readonly desk_number: number | null;
};

const columns =
  'seq, at, contact, desk, desk_number, handler, source, act, outcome, command, lsn, digest, previous, hash';

/** Puts one entry at the end of the chain, its values from parameter `first` on: a part of the statement that keeps the rest. */
export const auditInsert = (first: number): string =>
  `insert into audit (${columns}) values (${Array.from({ length: 14 }, (_, at) => `$${first + at}`).join(', ')})`;

export const auditValues = (entry: AuditEntry): readonly unknown[] => [
  entry.seq,
  entry.at,
  entry.contact,
  entry.desk,
  entry.deskNumber,
  entry.handler,
  entry.source,
  entry.act,
  entry.outcome,
  entry.command,
  entry.lsn,
  entry.digest,
  entry.previous,
  entry.hash,
];

export async function auditAfterRow(db: Queryable, seq: number, limit: number): Promise<AuditEntry[]> {
  const { rows } = await db.query<AuditRow>(
    `select ${columns} from audit where seq > $1 order by seq limit $2`,
    [seq, limit],
  );
  return rows.map(({ desk_number: deskNumber, ...row }) => ({
    ...row,
    seq: Number(row.seq),
    at: asInstant(Number(row.at)),
    lsn: row.lsn === null ? null : asLsn(Number(row.lsn)),
    deskNumber,
  }));
}

export async function auditHeadRow(db: Queryable): Promise<AuditHead> {
  const { rows } = await db.query<{ audit_seq: string; audit_hash: string }>(
    'select audit_seq, audit_hash from shard where id = 1',
  );
  const row = must(rows[0], 'the counter row');
  return { seq: Number(row.audit_seq), hash: row.audit_hash };
}
