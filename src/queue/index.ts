/**
 * The central queue as a program: reads its options, opens the store, serves, and stops in order on SIGTERM or SIGINT.
 * It needs Node 22.14 or newer; `scripts/queue.mjs` checks that first, because an older Node cannot read this file.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock, systemTimers } from '../platform/clock.ts';
import { errorCode, silentLogger, type Logger } from '../platform/log.ts';
import { createPinoLog } from './pino-log.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { runningPostgres } from './embedded-postgres/running-cluster.ts';
import { AccountChanges } from './accounts/account-changes.ts';
import { runAccountsAct } from './accounts/accounts-command.ts';
import { accountsUsage, readAccountsOptions, type AccountsOptions } from './accounts/accounts-options.ts';
import { makeDemoAccounts } from './accounts/demo-accounts.ts';
import { SignIns } from './accounts/sign-ins.ts';
import { openExchanges } from './exchange/open-exchanges.ts';
import { watchForm } from './form-watch.ts';
import { openKeyFile } from './intake/source-keys.ts';
import { openPhotoKeys } from './photos/photo-keys.ts';
import { createPhotoOpener } from './photos/photo-opener.ts';
import { Photos } from './photos/photos.ts';
import { LogTail } from './log-tail.ts';
import { emptyRegister, type Register } from '../shared/domain/assist/on-record.ts';
import { demoRegister } from './register-files.ts';
import type { Carriers } from './outbound/carrier.ts';
import { folderCarriers, readCarriers } from './outbound/carriers-file.ts';
import { Sender } from './outbound/sender.ts';
import { RegisterInForce } from './register-in-force.ts';
import { PoliciesInForce } from './policy/policies-in-force.ts';
import { shippedPolicies } from './policy/shipped-policies.ts';
import { readOptions, usage, wantsHelp, type QueueOptions } from './options.ts';
import { startQueueServer } from './server.ts';
import { QueueService } from './service.ts';
import { Sessions } from './sessions.ts';
import { openDetector } from './translation/detector.ts';
import { LineTranslator } from './translation/line-translator.ts';
import { openProvider, readTranslationSettings } from './translation/settings.ts';
import { auditSentence, checkAuditOf } from './store/audit-check.ts';
import { foundRealm } from './store/found-realm.ts';
import { createMemoryStore } from './store/memory-store.ts';
import { openPostgresStore } from './store/postgres-store.ts';
import type { QueueStore } from './store/queue-store.ts';

const demoAccountsFile = fileURLToPath(new URL('../../resources/demo/accounts.json', import.meta.url));

/** Things to end, last opened first. */
type Closing = (() => Promise<void> | void)[];

async function openStore(options: QueueOptions, log: Logger, closing: Closing): Promise<QueueStore> {
  const { realm, newEpoch } = options;
  if (options.memory) {
    log.warn('--memory: this queue keeps NOTHING; every contact is gone when it ends');
    return createMemoryStore({ realm, newId: randomUUID });
  }
  const connectionString = process.env['DATABASE_URL'] ?? (await startOwnPostgres(options, log, closing));
  const store = await openPostgresStore({ connectionString, realm, newId: randomUUID, log, newEpoch });
  closing.push(() => store.close());
  return store;
}

async function startOwnPostgres(
  { dataDir }: Pick<QueueOptions, 'dataDir'>,
  log: Logger,
  closing: Closing,
): Promise<string> {
  const database = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'postgres'),
    log: databaseLog(log),
  });
  closing.push(() => database.stop());
  return database.connectionString;
}

/** The embedded database tells paths and lines of its own, never a contact's. */
function databaseLog(log: Logger): Parameters<typeof startEmbeddedPostgres>[0]['log'] {
  const short = (fields: Record<string, unknown> = {}) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  return {
    info: (message, fields) => log.info(message, short(fields)),
    warn: (message, fields) => log.warn(message, short(fields)),
    error: (message, fields) => log.error(message, short(fields)),
  };
}

/** Refuses to start on policies that cannot be used (rule Y-02), and takes changed ones up while the queue runs. */
function openPolicies(
  { policyDir }: Pick<QueueOptions, 'policyDir'>,
  log: Logger,
  closing: Closing,
): PoliciesInForce {
  const folder = policyDir === null ? shippedPolicies : resolve(policyDir);
  const policies = new PoliciesInForce({ folder, timers: systemTimers, log });
  closing.push(() => policies[Symbol.dispose]());
  // In a terminal, and on Windows, SIGHUP says that the window was closed: then the queue is to end.
  if (process.platform !== 'win32' && !process.stdin.isTTY) process.on('SIGHUP', () => policies.reread());
  return policies;
}

/** What is on record about people and places (rule AS-16). A demo has its own; a live queue is told where its force keeps it. */
function openRegister(
  { realm, registerDir }: Pick<QueueOptions, 'realm' | 'registerDir'>,
  policies: PoliciesInForce,
  log: Logger,
  closing: Closing,
): Register {
  const folder = registerDir === null ? (realm === 'demo' ? demoRegister : null) : resolve(registerDir);
  if (folder === null) return emptyRegister;
  const kinds = () => policies.values.markers;
  const register = new RegisterInForce({ folder, kinds, timers: systemTimers, log });
  closing.push(() => register[Symbol.dispose]());
  // What a kind is may have changed with the policies.
  const read = policies.changed.subscribe(() => register.reread());
  closing.push(() => read[Symbol.dispose]());
  if (process.platform !== 'win32' && !process.stdin.isTTY) process.on('SIGHUP', () => register.reread());
  return register;
}

/** Before the doors open: loading the detector holds everything up for a moment (ADR 22). */
async function openTranslator(
  { translation }: Pick<QueueOptions, 'translation'>,
  log: Logger,
  closing: Closing,
): Promise<LineTranslator | undefined> {
  if (translation === null) return undefined;
  const provider = openProvider(readTranslationSettings(translation, process.env), systemTimers);
  const detector = await openDetector();
  const translator = new LineTranslator({ provider, detector, clock: systemClock, log });
  closing.push(() => translator[Symbol.dispose]());
  // Said in the log at once, not when the first person who needs it writes.
  void translator.checkService(new AbortController().signal);
  return translator;
}

/** Who carries messages to the public (rule MX-05). */
function openCarriers({ outbound }: Pick<QueueOptions, 'outbound'>): Carriers {
  if (outbound === null) return {};
  const path = resolve(outbound.path);
  return outbound.kind === 'folder' ? folderCarriers(path) : readCarriers(path, process.env);
}

async function serve(
  options: QueueOptions,
  log: Logger,
  closing: Closing,
): Promise<ReturnType<typeof watchForm>> {
  const policies = openPolicies(options, log, closing);
  // Read before anything is opened: what is wrong with it is said at once.
  const carriers = openCarriers(options);
  const intakeKeyFile = resolve(options.dataDir, 'intake-keys.json');
  const keys = openKeyFile(intakeKeyFile, { makeDemoKey: options.realm !== 'live' });
  const photoKeys = openPhotoKeys(resolve(options.dataDir, 'photo-keys'), {
    makeKey: options.realm !== 'live',
  });
  const store = await openStore(options, log, closing);
  if (options.realm === 'demo') {
    const changes = new AccountChanges({
      store,
      clock: systemClock,
      random: randomBytes,
      from: 'demo-accounts',
    });
    await makeDemoAccounts(changes, demoAccountsFile);
  }
  const register = openRegister(options, policies, log, closing);
  const service = new QueueService({ store, policies, register, clock: systemClock, newId: randomUUID });
  const photos = new Photos({
    store,
    keys: photoKeys,
    opener: createPhotoOpener({ timers: systemTimers }),
    clock: systemClock,
    timers: systemTimers,
    log,
    newId: randomUUID,
    committed: service.committed,
  });
  closing.push(() => photos[Symbol.asyncDispose]());
  const tail = new LogTail({ service, timers: systemTimers, log });
  const signIns = new SignIns({ store, clock: systemClock, random: randomBytes });
  const sessions = new Sessions({
    service,
    signIns,
    tail,
    timers: systemTimers,
    log,
    newId: randomUUID,
    nextTurn,
  });
  await tail.start();
  closing.push(() => {
    tail[Symbol.dispose]();
    sessions[Symbol.dispose]();
  });
  const translator = await openTranslator(options, log, closing);
  const { host, port: asked, exchanges: addresses } = options;
  const exchanges = await openExchanges({
    exchanges: addresses,
    keys,
    service,
    tail,
    statuses: signIns.statuses,
    timers: systemTimers,
    log,
  });
  closing.push(() => exchanges[Symbol.dispose]());
  const sender = new Sender({ service, tail, carriers, timers: systemTimers, log });
  sender.start();
  closing.push(() => sender[Symbol.dispose]());
  const server = await startQueueServer({
    exchanges: () => exchanges.states(),
    service,
    signIns,
    sessions,
    tail,
    keys,
    log,
    timers: systemTimers,
    translator,
    photos,
    host,
    port: asked,
  });
  closing.push(() => server.drain());
  const watch = watchForm({ store, timers: systemTimers, log });
  closing.push(() => watch[Symbol.dispose]());
  const address = `${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  console.log(
    JSON.stringify({
      ready: true,
      desk: `ws://${address}/desk`,
      intake: `http://${address}/intake`,
      intakeKeyFile,
    }),
  );
  return watch;
}

/** Says in one sentence whether the audit holds (rule C-14). Makes no database where there is none. */
async function check(options: QueueOptions, closing: Closing): Promise<void> {
  const named = process.env['DATABASE_URL'];
  if (named === undefined && !existsSync(join(options.dataDir, 'postgres')))
    throw new Error(`There is no queue’s database in ${options.dataDir}.`);
  const found = await checkAuditOf(named ?? (await startOwnPostgres(options, silentLogger, closing)));
  console.log(auditSentence(found));
  process.exitCode = found.flaw === null ? 0 : 1;
}

/** Does one thing with accounts, in the database of a queue that runs or of one that does not (rule A-12). */
async function changeAccounts(
  { act, dataDir, realm: asked }: AccountsOptions,
  closing: Closing,
): Promise<void> {
  const log = silentLogger;
  const connectionString =
    process.env['DATABASE_URL'] ??
    (await answering(runningPostgres(join(dataDir, 'postgres')))) ??
    (await startOwnPostgres({ dataDir }, log, closing));
  const found = await foundRealm(connectionString);
  if (found === null && asked === null)
    throw new Error(
      'No queue has opened this database yet: say with --realm whether it is live, demo or training.',
    );
  const realm = asked ?? found;
  if (realm === null) return;
  const store = await openPostgresStore({ connectionString, realm, newId: randomUUID, log });
  closing.push(() => store.close());
  const changes = new AccountChanges({
    store,
    clock: systemClock,
    random: randomBytes,
    from: 'accounts-command',
  });
  await runAccountsAct(act, changes, {
    input: process.stdin,
    prompt: (text) => void process.stderr.write(text),
    print: (line) => console.log(line),
    random: randomBytes,
  });
}

/** The connection, if somebody answers there: a killed run leaves its note behind. */
async function answering(connectionString: string | undefined): Promise<string | undefined> {
  if (connectionString === undefined) return undefined;
  return foundRealm(connectionString).then(
    () => connectionString,
    () => undefined,
  );
}

/** Ends everything that was opened, in the opposite order. */
async function closeAll(closing: Closing, log: Logger): Promise<void> {
  for (let step = closing.pop(); step !== undefined; step = closing.pop()) {
    try {
      await step();
    } catch (error) {
      log.error('a part did not stop in order', { error: errorCode(error) });
    }
  }
}

/** Why the queue did not start, in a sentence for whoever started it. */
function sentenceOf(error: unknown, options: Pick<QueueOptions, 'host' | 'port'> | null): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' && options !== null)
    return `Port ${options.port} on ${options.host} is in use by another program: stop it, or choose another with --port.`;
  if ((code === 'EADDRNOTAVAIL' || code === 'EACCES') && options !== null)
    return `The queue may not listen on ${options.host}:${options.port} (${code}).`;
  return error instanceof Error ? error.message : String(error);
}

/** The options, or `null` when they cannot be followed, which was said then. */
function readOrSay<T>(read: () => T, help: string): T | null {
  try {
    return read();
  } catch (error) {
    console.error(`${(error as Error).message}\n${help}`);
    process.exitCode = 2;
    return null;
  }
}

/** Does what was asked, ends everything that was opened for it, and ends. */
async function run(
  work: (closing: Closing) => Promise<void>,
  log: Logger,
  options: QueueOptions | null,
): Promise<void> {
  const closing: Closing = [];
  try {
    await work(closing);
  } catch (error) {
    console.error(sentenceOf(error, options));
    process.exitCode = 1;
  }
  await closeAll(closing, log);
  process.exit();
}

async function main(): Promise<void> {
  const [first, ...others] = process.argv.slice(2);
  const isAccounts = first === 'accounts';
  const help = isAccounts ? accountsUsage : usage;
  if (wantsHelp(process.argv)) {
    console.log(help);
    return;
  }
  if (isAccounts) {
    const options = readOrSay(() => readAccountsOptions(others), help);
    if (options !== null) await run((closing) => changeAccounts(options, closing), silentLogger, null);
    return;
  }
  const options = readOrSay(() => readOptions(process.argv.slice(2)), help);
  if (options === null) return;
  const log = createPinoLog({ name: 'queue' });
  const asked = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  });
  // Starting and being told to stop at the same time must still stop everything that was opened.
  await run(
    async (closing) => {
      if (options.checkAudit) return check(options, closing);
      const { outgrown } = await serve(options, log, closing);
      await Promise.race([asked, outgrown]);
      log.info('stopping');
    },
    log,
    options,
  );
}

await main();
