import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client } from 'pg';
import { systemClock, systemTimers } from '../../src/platform/clock.ts';
import { silentLogger, type Logger } from '../../src/platform/log.ts';
import { hashPin, type ScryptCost } from '../../src/queue/accounts/pin-hash.ts';
import { SignIns, tokenDigest } from '../../src/queue/accounts/sign-ins.ts';
import { openExchanges } from '../../src/queue/exchange/open-exchanges.ts';
import { sourceKeys } from '../../src/queue/intake/source-keys.ts';
import { photoKeys, type PhotoKeys } from '../../src/queue/photos/photo-keys.ts';
import { createPhotoOpener, type PhotoOpener } from '../../src/queue/photos/photo-opener.ts';
import { Photos } from '../../src/queue/photos/photos.ts';
import { LogTail } from '../../src/queue/log-tail.ts';
import type { Carriers } from '../../src/queue/outbound/carrier.ts';
import { Sender } from '../../src/queue/outbound/sender.ts';
import type { PolicySource } from '../../src/queue/policy/policy-source.ts';
import { startQueueServer } from '../../src/queue/server.ts';
import { QueueService } from '../../src/queue/service.ts';
import { Sessions } from '../../src/queue/sessions.ts';
import { createMemoryStore } from '../../src/queue/store/memory-store.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import type { QueueStore } from '../../src/queue/store/queue-store.ts';
import type { LineTranslator } from '../../src/queue/translation/line-translator.ts';
import type { Realm } from '../../src/shared/contract/realm.ts';
import { emptyRegister, type Register } from '../../src/shared/domain/assist/on-record.ts';
import { asDeskId, asHandlerId } from '../../src/shared/domain/ids.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import type { ServicePolicy } from '../../src/shared/domain/service-level.ts';
import type { Clock, Timers } from '../../src/shared/domain/time.ts';
import { fixedPolicies } from './fixed-policies.ts';
import { createTestDatabase } from './postgres.ts';
import { testPin } from './test-pin.ts';

/** Who has an account on every test queue, with `testPin`. `signIn` makes others. */
export const testPeople: Readonly<Record<string, Role>> = {
  1001: 'handler',
  1002: 'handler',
  1111: 'handler',
  2001: 'trainee',
  2222: 'handler',
  3001: 'mentor',
  4001: 'team-leader',
  4711: 'handler',
  4712: 'handler',
  4713: 'handler',
  4714: 'handler',
  9001: 'handler',
  9002: 'handler',
};

/** Cheap, because a test is not about guessing. */
export const testCost: ScryptCost = { n: 16, r: 1, p: 1 };
const testHash = hashPin(testPin, testCost, randomBytes);

/** Makes the accounts that there are not yet, with `testPin`. */
async function makeAccounts(store: QueueStore, people: Readonly<Record<string, Role>>): Promise<void> {
  const pin = await testHash;
  await store.transact(async (tx) => {
    for (const [number, role] of Object.entries(people)) {
      const handler = asHandlerId(number);
      if ((await tx.account(handler)) === null)
        await tx.putAccount({ handler, name: `Handler ${number}`, role, isActive: true, pin });
    }
  });
}

/** Signs a handler in at a desk past the door, making the account if need be, and returns the token for HELLO. */
export async function signIn(
  queue: Pick<TestQueue, 'store' | 'service'>,
  who: { readonly desk: string; readonly handler?: string; readonly role?: Role },
): Promise<string> {
  const { desk, handler = '4711', role } = who;
  await makeAccounts(queue.store, { [handler]: role ?? 'handler' });
  if (role !== undefined) await haveRole(queue.store, handler, role);
  const token = randomBytes(32).toString('base64url');
  const at = queue.service.now();
  await queue.store.transact((tx) =>
    tx.keepSignIn({
      digest: tokenDigest(token),
      handler: asHandlerId(handler),
      desk: asDeskId(desk),
      at,
      lastSeen: at,
      endedAt: null,
    }),
  );
  return token;
}

async function haveRole(store: QueueStore, handler: string, role: Role): Promise<void> {
  await store.transact(async (tx) => {
    const account = await tx.account(asHandlerId(handler));
    if (account !== null && account.role !== role) await tx.putAccount({ ...account, role });
  });
}

export interface TestQueueOptions {
  readonly store: 'memory' | 'postgres';
  readonly realm?: Realm;
  readonly clock?: Clock;
  readonly timers?: Timers;
  /** Other targets than those that ship. */
  readonly policy?: ServicePolicy;
  /** Policies that are served; without them desks hear of none. */
  readonly policies?: PolicySource;
  /** What is on record about people and places; nothing when left out. */
  readonly register?: Register;
  readonly log?: Logger;
  /** A database that is there already: a second node, or a restart. It is not dropped by `stop`. */
  readonly connectionString?: string;
  /** The port of an earlier queue, to come back on. */
  readonly port?: number;
  /** Reads and translates the lines of chats; left out, nobody does. */
  readonly translator?: LineTranslator;
  /** Opens photos; the real program when left out. */
  readonly opener?: PhotoOpener;
  /** The keys of photos, for a second node or a restart. */
  readonly photoKeys?: PhotoKeys;
  /** Keys of further sources, beside `telephony`. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Wraps the store, to cut it off or count what it is asked. */
  readonly wrapStore?: (store: QueueStore) => QueueStore;
  /** Where exchanges are told what handlers do, by source; `telephony` is the harness's own. */
  readonly exchanges?: Readonly<Record<string, string>>;
  /** Who carries messages to the public; nobody sends any when left out. */
  readonly carriers?: Carriers;
}

/** A whole central queue in this process: real sockets, real intake, and real PostgreSQL if asked for. */
export interface TestQueue extends AsyncDisposable {
  readonly deskUrl: string;
  readonly intakeUrl: string;
  readonly healthUrl: string;
  /** `POST /sign-in`: number, PIN (`testPin`), desk and realm. */
  readonly signInUrl: string;
  readonly intakeKey: string;
  readonly port: number;
  readonly service: QueueService;
  readonly store: QueueStore;
  readonly sessions: Sessions;
  readonly signIns: SignIns;
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

  const policies = options.policies ?? fixedPolicies(options.policy);
  const { register = emptyRegister } = options;
  const service = new QueueService({ store, policies, register, clock, newId: randomUUID });
  const photos = new Photos({
    store,
    keys: options.photoKeys ?? photoKeys([randomBytes(32)]),
    opener: options.opener ?? createPhotoOpener({ timers: systemTimers }),
    clock,
    timers,
    log,
    newId: randomUUID,
    committed: service.committed,
  });
  const tail = new LogTail({ service, timers, log });
  const signIns = new SignIns({ store, clock, random: randomBytes, cost: testCost });
  await makeAccounts(opened, testPeople);
  const sessions = new Sessions({ service, signIns, tail, timers, log, newId: randomUUID, nextTurn });
  await tail.start();
  const intakeKey = randomUUID();
  const keys = sourceKeys({ ...options.sources, telephony: intakeKey });
  const { port = 0, exchanges: addresses = {} } = options;
  const exchanges = await openExchanges({
    exchanges: addresses,
    keys,
    service,
    tail,
    statuses: signIns.statuses,
    timers,
    log,
  });
  const sender =
    options.carriers === undefined
      ? null
      : new Sender({ service, tail, carriers: options.carriers, timers, log });
  sender?.start();
  const server = await startQueueServer({
    exchanges: () => exchanges.states(),
    service,
    signIns,
    sessions,
    tail,
    keys,
    log,
    timers,
    translator: options.translator,
    photos,
    host: '127.0.0.1',
    port,
  });

  let stopping: Promise<void> | null = null;
  const stop = () =>
    (stopping ??= (async () => {
      await server.drain();
      exchanges[Symbol.dispose]();
      sender?.[Symbol.dispose]();
      tail[Symbol.dispose]();
      sessions[Symbol.dispose]();
      await photos[Symbol.asyncDispose]();
      await opened.close();
      await database?.drop();
    })());
  return {
    deskUrl: `ws://127.0.0.1:${server.port}/desk`,
    intakeUrl: `http://127.0.0.1:${server.port}/intake`,
    healthUrl: `http://127.0.0.1:${server.port}/health`,
    signInUrl: `http://127.0.0.1:${server.port}/sign-in`,
    intakeKey,
    port: server.port,
    service,
    store,
    sessions,
    signIns,
    ...(connectionString === undefined ? {} : { connectionString }),
    ...(database === null ? {} : { sql: database.sql }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
