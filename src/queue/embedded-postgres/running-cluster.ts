import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { databaseUser } from './cluster.ts';

/** The line of `postmaster.pid` that names the port, and the one that says how far the server is. */
const PORT_LINE = 3;
const STATE_LINE = 7;

/**
 * How to reach the PostgreSQL that a running queue keeps in this folder, or `undefined` when none says that it is ready. It may
 * be a server that a killed run left behind; that one serves as well.
 */
export function runningPostgres(dataDir: string): string | undefined {
  const note = join(dataDir, 'postgresql-data-is-elsewhere.txt');
  const home = existsSync(note) ? readFileSync(note, 'utf8').trim() : dataDir;
  const pidFile = join(home, 'cluster', 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  if (lines[STATE_LINE]?.trim() !== 'ready') return undefined;
  const password = readFileSync(join(home, 'password'), 'utf8').trim();
  return `postgresql://${databaseUser}:${password}@127.0.0.1:${lines[PORT_LINE]?.trim()}/postgres`;
}
