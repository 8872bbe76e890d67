import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client } from 'pg';
import { systemClock, systemTimers } from '../../src/platform/clock.ts';
import { silentLogger, type Logger } from '../../src/platform/log.ts';
import { sourceKeys } from '../../src/queue/intake/source-keys.ts';
import { LogTail } from '../../src/queue/log-tail.ts';
import { startQueueServer } from '../../src/queue/server.ts';
import { QueueService } from '../../src/queue/service.ts';
import { Sessions } from '../../src/queue/sessions.ts';
import { createMemoryStore } from '../../src/queue/store/memory-store.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import type { QueueStore } from '../../src/queue/store/queue-store.ts';
import type { Realm } from '../../src/shared/contract/queue-link.ts';
import type { ServicePolicy } from '../../src/shared/domain/service-level.ts';
import type { Clock, Timers } from '../../src/shared/domain/time.ts';
import { aPolicy } from './builders.ts';
import { createTestDatabase } from './postgres.ts';

export interface TestQueueOptions {
  readonly store: 'memory' | 'postgres';
  readonly realm?: Realm;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly policy?: ServicePolicy;
  readonly log?: Logger;
  /** A database that is there already: a second node, or a restart. It is not dropped by `stop`. */
  readonly connectionString?: string;
  /** The port of an earlier queue, to come back on. */
  readonly port?: number;
  /** Wraps the store, to cut it off or count what it is asked. */
  readonly wrapStore?: (store: QueueStore) => QueueStore;
}

/** A whole central queue in this process: real sockets, real intake, and real PostgreSQL if asked for. */
export interface TestQueue extends AsyncDisposable {
  readonly deskUrl: string;
  readonly intakeUrl: string;
  readonly healthUrl: string;
  readonly intakeKey: string;
  readonly port: number;
  readonly service: QueueService;
  readonly store: QueueStore;
  readonly sessions: Sessions;
  /** Only with PostgreSQL. */
  readonly connectionString?: string;
  /** Only with a database of its own: a connection past the queue. */
  readonly sql?: Client;
  stop(): Promise<void>;
}

export async function startTestQueue(options: TestQueueOptions): Promise<TestQueue> {
  const { realm = 'demo', clock = systemClock, timers = systemTimers, log = silentLogger } = options;
  const database =
    options.store === 'postgres' && options.connectionString === undefined
      ? await createTestDatabase()
      : null;
  const connectionString = options.connectionString ?? database?.connectionString;
  const opened =
    connectionString === undefined
      ? createMemoryStore({ realm, newId: randomUUID })
      : await openPostgresStore({ connectionString, realm, newId: randomUUID, log });
  const store = options.wrapStore?.(opened) ?? opened;

  const service = new QueueService({ store, policy: options.policy ?? aPolicy(), clock, newId: randomUUID });
  const tail = new LogTail({ service, timers, log });
  const sessions = new Sessions({ service, tail, timers, log, newId: randomUUID, nextTurn });
  await tail.start();
  const intakeKey = randomUUID();
  const keys = sourceKeys({ telephony: intakeKey });
  const { port = 0 } = options;
  const server = await startQueueServer({
    service,
    sessions,
    tail,
    keys,
    log,
    timers,
    host: '127.0.0.1',
    port,
  });

  let stopping: Promise<void> | null = null;
  const stop = () =>
    (stopping ??= (async () => {
      await server.drain();
      tail[Symbol.dispose]();
      sessions[Symbol.dispose]();
      await opened.close();
      await database?.drop();
    })());
  return {
    deskUrl: `ws://127.0.0.1:${server.port}/desk`,
    intakeUrl: `http://127.0.0.1:${server.port}/intake`,
    healthUrl: `http://127.0.0.1:${server.port}/health`,
    intakeKey,
    port: server.port,
    service,
    store,
    sessions,
    ...(connectionString === undefined ? {} : { connectionString }),
    ...(database === null ? {} : { sql: database.sql }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
