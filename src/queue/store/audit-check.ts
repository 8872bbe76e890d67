import { Client } from 'pg';
import { asLsn, type Lsn } from '../../shared/domain/ids.ts';
import { must } from '../../shared/lib/assert.ts';
import { emptyAudit, endFlaw, eventFlaw, walkChain, type AuditEntry, type AuditHead } from './audit-chain.ts';
import { auditAfterRow, auditHeadRow } from './audit-rows.ts';
import { entriesAfterRow } from './log-rows.ts';
import { migrations, versionOf } from './migrate.ts';
import { StoreNewer, type QueueStore } from './queue-store.ts';

/** What a check found: how many entries hold, and the first thing that does not, or `null`. */
export interface AuditFinding {
  readonly entries: number;
  readonly flaw: string | null;
}

/** Entries read at a time. */
const BATCH = 500;

/**
 * Walks the whole audit and the whole log, in batches (rule C-14): every entry follows from the one before, every event
 * is the one that was audited, every event is audited and no audited event is gone. Nothing may be committed meanwhile,
 * so `source` is a transaction with one view, or a store at rest.
 */
export async function checkAudit(
  source: Pick<QueueStore, 'auditAfter' | 'auditHead' | 'entriesAfter'>,
): Promise<AuditFinding> {
  let last: AuditHead = emptyAudit;
  let lsn = asLsn(0);
  for (;;) {
    const entries = await source.auditAfter(last.seq, BATCH);
    const walked = walkChain(last, entries);
    last = walked.last;
    if (walked.flaw !== null) return { entries: last.seq, flaw: walked.flaw };
    const end = lastPosition(entries) ?? lsn;
    const events = await source.entriesAfter(lsn, BATCH);
    const flaw = eventFlaw(
      entries,
      events.filter((event) => event.lsn <= end),
    );
    if (flaw !== null) return { entries: last.seq, flaw };
    lsn = end;
    if (entries.length < BATCH) break;
  }
  const [more] = await source.entriesAfter(lsn, 1);
  const unaudited = more === undefined ? null : `event ${more.lsn} is in no audit entry`;
  return { entries: last.seq, flaw: endFlaw(last, await source.auditHead()) ?? unaudited };
}

function lastPosition(entries: readonly AuditEntry[]): Lsn | undefined {
  return entries.findLast((entry) => entry.lsn !== null)?.lsn ?? undefined;
}

/**
 * The same for a database, which it cannot change: one read-only transaction, at one position, also while queues work
 * on it. Rejects with a sentence when there is no audit to check.
 */
export async function checkAuditOf(connectionString: string): Promise<AuditFinding> {
  const client = new Client({
    connectionString,
    options: '-c default_transaction_read_only=on',
    application_name: 'fcr-audit',
  });
  // The question that is being asked tells of a connection that ends.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const found = await versionOf(client);
    const known = must(migrations.at(-1), 'the newest form').version;
    if (found === 0) throw new Error('This database holds nothing of a queue.');
    if (found > known)
      throw new StoreNewer(`The database has form ${found}; this program knows up to ${known}.`);
    return await checkAudit({
      auditAfter: (seq, limit) => auditAfterRow(client, seq, limit),
      auditHead: () => auditHeadRow(client),
      entriesAfter: (after, limit) => entriesAfterRow(client, after, limit),
    });
  } finally {
    await client.end();
  }
}

/** What was found, in one sentence. */
export function auditSentence({ entries, flaw }: AuditFinding): string {
  return flaw ?? `${entries.toLocaleString('en-GB')} ${entries === 1 ? 'entry' : 'entries'}, unbroken`;
}
