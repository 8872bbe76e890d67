import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import type { Binaries } from './binaries.ts';
import { accountOptions, type Account } from './os-account.ts';

/** PostgreSQL's own superuser inside the cluster; the queue is its only client. */
export const databaseUser = 'fcr';

/** The cluster of one data folder, and the password to it. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

/**
 * Opens the cluster below `home`, making it on first use. An interrupted first use leaves only `cluster.new`, which the
 * next start throws away, so a folder named `cluster` is always a whole one.
 */
export function openCluster(home: string, binaries: Binaries, account: Account): Cluster {
  const folder = join(home, 'cluster');
  if (existsSync(folder)) {
    refuseOtherVersion(home, folder, binaries);
    return { folder, password: readPassword(home) };
  }
  // Before the cluster, never after: a cluster whose password was lost could not be opened again.
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile(home), password, { mode: 0o600 });
  initialise(folder, password, home, binaries, account);
  return { folder, password };
}

function initialise(
  folder: string,
  password: string,
  home: string,
  binaries: Binaries,
  account: Account,
): void {
  const unfinished = `${folder}.new`;
  const passwordNote = join(home, 'initdb-password');
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordNote, { force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordNote, password, { mode: 0o600 });
  try {
    if (account.switchTo !== undefined) {
      for (const path of [unfinished, passwordNote])
        chownSync(path, account.switchTo.uid, account.switchTo.gid);
    }
    const made = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${databaseUser}`,
        `--pwfile=${passwordNote}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Order by code point, on every machine alike: the desk's own order must not depend on a system's locale.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { ...accountOptions(account), encoding: 'utf8' },
    );
    if (made.status !== 0) {
      const why = made.error?.message ?? made.stderr.trim();
      throw new Error(`PostgreSQL could not make its data folder ${folder}: ${why}`);
    }
    renameSync(unfinished, folder);
  } finally {
    rmSync(passwordNote, { force: true });
  }
}

function refuseOtherVersion(home: string, folder: string, binaries: Binaries): void {
  const major = binaries.version.split('.')[0];
  const found = readText(join(folder, 'PG_VERSION'));
  if (found === undefined)
    throw new Error(`The data folder ${home} is damaged: ${join(folder, 'PG_VERSION')} is missing.`);
  if (found !== major) {
    throw new Error(
      `The data folder ${home} belongs to PostgreSQL ${found}; this program brings ${major}. ` +
        'Nothing was changed. Move the data over with pg_dump, or set DATABASE_URL to a server of that version.',
    );
  }
}

function readPassword(home: string): string {
  const password = readText(passwordFile(home));
  if (password === undefined)
    throw new Error(
      `The password file ${passwordFile(home)} is missing; without it the data cannot be opened.`,
    );
  // A copy or a restore may have widened it.
  chmodSync(passwordFile(home), 0o600);
  return password;
}

const passwordFile = (home: string) => join(home, 'password');

/**
 * Ends a server that a killed run left behind on this cluster, so that there are never two. The caller holds the
 * folder's lock, so whatever still runs here has no owner. Returns a sentence if there was something to recover.
 */
export function recoverLeftover(cluster: Cluster, binaries: Binaries, account: Account): string | undefined {
  const note = join(cluster.folder, 'postmaster.pid');
  const text = readText(note);
  if (text === undefined) return undefined;
  const pid = Number.parseInt(text, 10);
  if (!isPostgres(pid, cluster.folder)) {
    // A number that means another process today would keep PostgreSQL from starting.
    rmSync(note, { force: true });
    return `an earlier run was killed; PostgreSQL replays its log`;
  }
  for (const mode of ['fast', 'immediate']) {
    const stopped = spawnSync(
      binaries.pgCtl,
      ['stop', `--pgdata=${cluster.folder}`, `--mode=${mode}`, '--wait', '--timeout=30'],
      {
        ...accountOptions(account),
        encoding: 'utf8',
      },
    );
    if (stopped.status === 0)
      return `an earlier run was killed and left PostgreSQL running (process ${pid}); it was stopped`;
  }
  throw new Error(
    `PostgreSQL of an earlier run (process ${pid}) still holds ${cluster.folder} and does not stop. End it and start again.`,
  );
}

/** Whether `pid` is today a PostgreSQL server on this cluster. Numbers are used again, so the number alone says nothing. */
function isPostgres(pid: number, folder: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  if (process.platform === 'linux') {
    return readText(`/proc/${pid}/cmdline`)?.split('\0').includes(folder) ?? false;
  }
  if (process.platform === 'win32') {
    const answer = spawnSync('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'], {
      encoding: 'utf8',
      windowsHide: true,
    });
    return answer.stdout.toLowerCase().includes('postgres.exe');
  }
  const answer = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return answer.stdout.includes(folder);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOENT' || fault.code === 'ESRCH'))
      return undefined;
    throw fault;
  }
}
