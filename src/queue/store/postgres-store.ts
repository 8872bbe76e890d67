import { Pool, type PoolClient } from 'pg';
import { systemTimers } from '../../platform/clock.ts';
import { errorCode, type Logger } from '../../platform/log.ts';
import type { Realm } from '../../shared/contract/realm.ts';
import type { NewId } from '../../shared/domain/ids.ts';
import { SECOND } from '../../shared/domain/time.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import { accountRows } from './account-rows.ts';
import { auditAfterRow, auditHeadRow } from './audit-rows.ts';
import { lockCounter } from './command-rows.ts';
import {
  contactsByIds,
  contactsEnded,
  contactsSince,
  deskView,
  waitingChatRows,
  waitingReportCounts,
  waitingCounts,
} from './contact-rows.ts';
import { CounterOrder } from './counter-order.ts';
import { entriesAfterRow, headOf } from './log-rows.ts';
import { LogListener } from './log-listener.ts';
import { changeEpoch, durability, openMeta } from './meta-rows.ts';
import { knownVersionOf, migrate } from './migrate.ts';
import { isAway, isUnheard, mayTryAgain } from './postgres-errors.ts';
import { photoPiece, photosToReadRows } from './photo-rows.ts';
import { transactionOn } from './postgres-transaction.ts';
import { Turns } from '../../shared/lib/turns.ts';
import {
  StoreOfOtherRealm,
  StoreUnavailable,
  type QueueStore,
  type StoreLane,
  type StoreTransaction,
} from './queue-store.ts';
import { desksSignedIn, standingRows } from './sign-in-rows.ts';

export interface PostgresStoreOptions {
  /** Carries a password: never logged. */
  readonly connectionString: string;
  readonly realm: Realm;
  readonly newId: NewId;
  readonly log: Logger;
  /** True after the database was restored from a copy: begins a new time line (rule L-02). */
  readonly newEpoch?: boolean;
  /** How long an answer of the database is waited for. Milliseconds; 12 s unless a test says otherwise. */
  readonly answerLimitMs?: number;
}

/** How often a transaction is run again when another one got in its way. */
const TRIES = 10;
const CONNECTIONS = 12;
/**
 * Of them, what sources other than telephony may hold together: chats, reports, messages (rule C-33). One keeps the counter row busy while the
 * other gets ready; each more would only stand before a call.
 */
const FOR_OTHER_SOURCES = 2;

/** What a statement may take at the server. Milliseconds. */
const STATEMENT_LIMIT_MS = 10 * SECOND;
/** Connecting, or waiting for a connection of the pool to be free. Milliseconds. */
const CONNECT_LIMIT_MS = 5 * SECOND;
/** After this an answer is not waited for any more: the server has given up before, so the way to it is gone. */
const ANSWER_LIMIT_MS = STATEMENT_LIMIT_MS + 2 * SECOND;

/**
 * What every connection is set to. A commit is told only when it is on disk, and nothing waits for ever on a lock or
 * on a program that has gone away in the middle.
 */
const SETTINGS = [
  '-c synchronous_commit=on',
  '-c default_transaction_isolation=read\\ committed',
  '-c lock_timeout=5s',
  `-c statement_timeout=${STATEMENT_LIMIT_MS}`,
  '-c idle_in_transaction_session_timeout=15s',
].join(' ');

/**
 * Opens the truth in PostgreSQL, brought to this program's form. Rejects with `StoreNewer`, `StoreOfOtherRealm` or
 * `StoreUnavailable`, having changed nothing that was there.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<QueueStore> {
  const { connectionString, log } = options;
  const connection = {
    connectionString,
    options: SETTINGS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: options.answerLimitMs ?? ANSWER_LIMIT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECT_LIMIT_MS,
    application_name: 'fcr-queue',
  };
  const pool = new Pool({ ...connection, max: CONNECTIONS });
  // Without a listener, an idle connection that the server ends would end the program.
  pool.on('error', (error) => log.warn('a database connection ended', { error: errorCode(error) }));
  // The same for one that ends while it is in use but between two questions; the next question tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const commits = new Emitter<void>();
  const opened = await orAway(() => open(pool, options)).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const listener = new LogListener({ connection, log, woken: () => commits.emit() });
  listener.start();

  const read = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> =>
    inTransaction(pool, 'begin isolation level repeatable read read only', work);

  // The intake bounds how many come: nobody is turned away here.
  const others = new Turns({ atOnce: FOR_OTHER_SOURCES, waiting: Number.POSITIVE_INFINITY });
  const order = new CounterOrder(systemTimers);
  async function transact<T>(work: (tx: StoreTransaction) => Promise<T>, lane: StoreLane): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      using turn = order.turnOf(lane);
      try {
        const done = await inTransaction(pool, 'begin', (client) =>
          work(transactionOn(client, () => turn.atCounter())),
        );
        commits.emit();
        return done;
      } catch (error) {
        if (!mayTryAgain(error) || tried === TRIES) throw error;
        log.info('a transaction is run again', { tried, error: errorCode(error) });
      }
    }
  }

  return {
    ...opened,
    transact: (work, lane = 'calls-and-desks') =>
      lane === 'other-sources' ? others.run('all', () => transact(work, lane)) : transact(work, lane),
    head: () => orAway(() => headOf(pool)),
    entriesAfter(after, limit) {
      listener.start();
      return orAway(() => entriesAfterRow(pool, after, limit));
    },
    greeting: (desk, incarnation) =>
      // The lock waits for a command that is being committed, by this node or another, and keeps the next one out
      // until the rest is read. Read committed, so that the rest is of after the wait.
      inTransaction(pool, 'begin', async (client) => {
        const lastCmdSeq = await lockCounter(client, desk, incarnation);
        return { lastCmdSeq, ...(await deskView(client, desk)) };
      }),
    snapshot: (closedSince) =>
      read(async (client) => ({
        asOf: await headOf(client),
        contacts: await contactsSince(client, closedSince),
      })),
    endedBetween: (range, limit) => orAway(() => contactsEnded(pool, range, limit)),
    contacts: (ids) => orAway(() => contactsByIds(pool, ids)),
    waitingChats: () => orAway(() => waitingChatRows(pool)),
    waitingReports: () => orAway(() => waitingReportCounts(pool)),
    vitals: (seenSince) =>
      read(async (client) => ({
        head: await headOf(client),
        ...(await waitingCounts(client)),
        signedIn: await desksSignedIn(client, seenSince),
      })),
    photosToRead: (limit) => orAway(() => photosToReadRows(pool, limit)),
    photoPiece: (id, piece) => orAway(() => photoPiece(pool, id, piece)),
    accounts: () => orAway(() => accountRows(pool)),
    standings: (digests) => orAway(() => standingRows(pool, digests)),
    auditAfter: (seq, limit) => orAway(() => auditAfterRow(pool, seq, limit)),
    auditHead: () => orAway(() => auditHeadRow(pool)),
    onCommit: (wake) => commits.subscribe(wake),
    checkForm: async () => void (await orAway(() => knownVersionOf(pool))),
    async close() {
      await listener.stop();
      await pool.end();
    },
  } satisfies QueueStore & { realm: Realm };
}

async function open(
  pool: Pool,
  options: PostgresStoreOptions,
): Promise<Pick<QueueStore, 'realm' | 'storeEpoch' | 'historyKey'>> {
  const { realm, newId, newEpoch, log } = options;
  const client = await pool.connect();
  try {
    const { fsync, synchronousCommit } = await durability(client);
    if (synchronousCommit === 'off')
      throw new Error('The database acknowledges commits before they are on disk.');
    if (fsync !== 'on') log.error('the database runs without fsync: a power cut may lose contacts');
    await migrate(client);
    const meta = await openMeta(client, { storeEpoch: newId(), realm });
    if (meta.realm !== realm) {
      throw new StoreOfOtherRealm(`The database belongs to the realm ${meta.realm}; this queue is ${realm}.`);
    }
    if (newEpoch !== true) return meta;
    await changeEpoch(client, newId());
    return await openMeta(client, { storeEpoch: newId(), realm });
  } finally {
    client.release();
  }
}

/** Runs work between `begin` and `commit`. A connection whose state is not known is not used again. */
async function inTransaction<T>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return orAway(async () => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const done = await work(client);
      await client.query('commit');
      return done;
    } catch (error) {
      // Whoever did not hear an answer would not hear this one either: the connection ends, and the server rolls back.
      if (isUnheard(error)) broken = error;
      else
        await client.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
      throw error;
    } finally {
      client.release(broken);
    }
  });
}

/** Tells a database that is away from a question that was wrong. */
async function orAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAway(error)) throw new StoreUnavailable('the database is away', { cause: error });
    throw error;
  }
}
