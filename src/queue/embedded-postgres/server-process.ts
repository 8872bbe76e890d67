import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

import type { Binaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { accountOptions, type Account } from './os-account.ts';

/** A running PostgreSQL. */
export interface ServerProcess {
  readonly port: number;
  /** Resolves, with a reason, when PostgreSQL has ended for whatever reason. */
  readonly ended: Promise<string>;
  /** Ends it in order; transactions under way are rolled back. */
  stop(): Promise<void>;
}

/** Settings that the queue relies on; the rest is PostgreSQL's default. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Sockets in the file system need a folder with a short path; loopback and a password need nothing.
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  // A statement and its error quote what callers said, which belongs in no log; the queue gets its errors by the
  // connection. What is left is what PostgreSQL says of itself.
  log_statement: 'none',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Starts PostgreSQL on a free port and waits until it serves. `onTrouble` hears what it says of its own troubles. */
export async function startServer(
  binaries: Binaries,
  cluster: Cluster,
  account: Account,
  onTrouble: (line: string) => void,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryStart(binaries, cluster, account, await freePort(), onTrouble);
    if (outcome.kind === 'serving') return outcome.server;
    // The port was taken between our asking and PostgreSQL's; or the children of a killed server are still on their way out.
    const passes = /could not bind|Address already in use|could not create any TCP|shared memory block/i.test(
      outcome.why,
    );
    if (!passes || attempt === 10)
      throw new Error(`PostgreSQL did not start on ${cluster.folder}: ${outcome.why}`);
    await new Promise((done) => setTimeout(done, 100 * attempt));
  }
}

type Outcome =
  | { readonly kind: 'serving'; readonly server: ServerProcess }
  | { readonly kind: 'failed'; readonly why: string };

function tryStart(
  binaries: Binaries,
  cluster: Cluster,
  account: Account,
  port: number,
  onTrouble: (line: string) => void,
): Promise<Outcome> {
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(binaries.postgres, ['-D', cluster.folder, ...flags], {
    ...accountOptions(account),
    // A process group of its own: Ctrl-C in a terminal reaches the queue, which then stops PostgreSQL last.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lastLines: string[] = [];
  const ended = new Promise<string>((done) => {
    child.once('error', (fault) => done(fault.message));
    child.once('close', (code, signal) => {
      const how = signal === null ? `exit code ${code}` : signal;
      done([...lastLines, how].join('\n'));
    });
  });
  return new Promise((settle) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (/\b(FATAL|PANIC)\b/.test(line)) onTrouble(line);
      lastLines.push(line);
      if (lastLines.length > 8) lastLines.shift();
      if (line.includes('database system is ready to accept connections')) {
        settle({
          kind: 'serving',
          server: { port, ended, stop: () => stop(child, ended, binaries, cluster, account) },
        });
      }
    });
    void ended.then((why) => settle({ kind: 'failed', why }));
  });
}

async function stop(
  child: ChildProcess,
  ended: Promise<string>,
  binaries: Binaries,
  cluster: Cluster,
  account: Account,
): Promise<void> {
  const within = async (milliseconds: number) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((done) => (timer = setTimeout(() => done(false), milliseconds)));
    try {
      return await Promise.race([ended.then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  };
  if (process.platform === 'win32') {
    // Windows has no signals; pg_ctl speaks to PostgreSQL through its own pipe.
    spawnSync(
      binaries.pgCtl,
      ['stop', `--pgdata=${cluster.folder}`, '--mode=fast', '--wait'],
      accountOptions(account),
    );
    if (!(await within(5_000))) child.kill();
    await ended;
    return;
  }
  // Fast shutdown, then the immediate one: after that the next start replays the log, and nothing committed is lost.
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    child.kill(signal);
    if (await within(patience)) return;
  }
  child.kill('SIGKILL');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}
