import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import type { Logger } from '../platform/log.ts';
import { findBinaries } from './embedded-postgres/binaries.ts';
import { databaseUser, openCluster, recoverLeftover } from './embedded-postgres/cluster.ts';
import { lockFolder } from './embedded-postgres/folder-lock.ts';
import { canEnter, chooseAccount, type Account } from './embedded-postgres/os-account.ts';
import { startServer } from './embedded-postgres/server-process.ts';

export interface EmbeddedPostgresOptions {
  /** The folder that belongs to this database. Made if missing; one running program at a time. */
  readonly dataDir: string;
  readonly log: Logger;
}

export interface EmbeddedPostgres {
  /** For `pg`; carries the password, so it is never logged. */
  readonly connectionString: string;
  /** Ends PostgreSQL in order and lets go of the folder. May be called twice. */
  stop(): Promise<void>;
}

/** Where the data goes when the folder asked for lies where PostgreSQL's account cannot reach it. */
const reachableHome = '/var/lib/fcr-desk';

/**
 * A real PostgreSQL that belongs to this program: made on first use, started here, stopped by `stop`. It keeps every
 * promise of a server (fsync is on), listens on loopback only, and asks for a password that stays in the data folder.
 * What is decided here is *where*; the steps are in the folder of the same name.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const say = (sentence: string) => log.info(sentence);
  mkdirSync(options.dataDir, { recursive: true });
  const asked = realpathSync(options.dataDir);

  const lock = await lockFolder(asked);
  try {
    const { home, account } = chooseHome(asked, say);
    const binaries = findBinaries(account, account.switchTo === undefined ? home : reachableHome, say);
    const cluster = openCluster(home, binaries, account);
    const recovered = recoverLeftover(cluster, binaries, account);
    if (recovered !== undefined) log.warn(`PostgreSQL data in ${home}: ${recovered}`);
    const server = await startServer(binaries, cluster, account, (line) =>
      log.warn(`PostgreSQL says: ${line}`),
    );
    log.info(`PostgreSQL ${binaries.version} serves the data in ${home} as ${account.name}`, {
      port: server.port,
    });

    let stopping: Promise<void> | undefined;
    const stopInOrder = async () => {
      await server.stop();
      // Last: whoever gets the folder next must find no server on it.
      await lock.release();
    };
    void server.ended.then((why) => {
      if (stopping === undefined) log.error(`PostgreSQL ended by itself: ${why}`);
    });
    return {
      connectionString: `postgresql://${databaseUser}:${cluster.password}@127.0.0.1:${server.port}/postgres`,
      stop: () => (stopping ??= stopInOrder()),
    };
  } catch (fault) {
    await lock.release();
    throw fault;
  }
}

/**
 * The folder asked for, unless root asked for one below a folder that only root may enter (a clone in root's own
 * home is the usual case): then a new folder elsewhere. A note in the folder asked for says which, so whoever removes that folder
 * starts with an empty database again, as anywhere else.
 */
function chooseHome(asked: string, say: (sentence: string) => void): { home: string; account: Account } {
  const note = join(asked, 'postgresql-data-is-elsewhere.txt');
  if (existsSync(note)) {
    const home = readFileSync(note, 'utf8').trim();
    if (!existsSync(home))
      throw new Error(`${note} says that the data is in ${home}, and that folder is not there.`);
    return { home, account: chooseAccount(ownerOf(home), say) };
  }
  const account = chooseAccount(ownerOf(asked), say);
  if (canEnter(account, asked)) return { home: asked, account };
  if (ownerOf(asked) !== undefined)
    throw new Error(`${account.name}, who owns the data in ${asked}, cannot enter that folder.`);

  const home = join(reachableHome, randomBytes(8).toString('hex'));
  mkdirSync(home, { recursive: true });
  // Whatever root's umask is: the account has to pass through both.
  for (const folder of [reachableHome, home]) chmodSync(folder, 0o755);
  writeFileSync(note, `${home}\n`);
  say(`${account.name} cannot enter ${asked}; PostgreSQL's data is kept in ${home}.`);
  return { home, account };
}

/** Who owns the cluster in this home, if there is one yet. */
function ownerOf(home: string): { uid: number; gid: number } | undefined {
  const folder = join(home, 'cluster');
  return existsSync(folder) ? statSync(folder) : undefined;
}
