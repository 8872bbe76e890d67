import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { assert } from '../shared/lib/assert.ts';

/** One step of a schema's history. Numbered from 1 without gaps, never changed once released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Runs inside a transaction of its own, which also raises `user_version`. */
  readonly up: (db: Database) => void;
}

/** Why a database file could not be used. The file is left exactly as it was found. */
export type SqliteFaultKind = 'newer' | 'damaged' | 'not-this-key' | 'realm-wrong' | 'busy' | 'io';

export class SqliteFault extends Error {
  readonly kind: SqliteFaultKind;
  /** For `newer`: the version found in the file. */
  readonly found: number | null;

  constructor(kind: SqliteFaultKind, options: { cause?: unknown; found?: number } = {}) {
    super(`database ${kind}`, { cause: options.cause });
    this.name = 'SqliteFault';
    this.kind = kind;
    this.found = options.found ?? null;
  }
}

export interface OpenOptions {
  readonly path: string;
  /** 32 bytes in hexadecimal: the whole file is encrypted with it (SQLCipher format). */
  readonly key: string;
  /** Names the realm inside the file (rule S-04). */
  readonly applicationId: number;
  readonly migrations: readonly Migration[];
}

/**
 * Opens, or creates, an encrypted database for the one writer of its file (rules S-01, S-04, S-05).
 *
 * @throws SqliteFault with the reason; nothing in the file has been changed then.
 */
export function openSqlite(options: OpenOptions): Database {
  const { path, key, applicationId, migrations } = options;
  const found = versionIn(path, key, applicationId);
  if (found !== null && found > migrations.length) throw new SqliteFault('newer', { found });
  const db = connect(path, key);
  try {
    db.pragma('journal_mode = WAL');
    // better-sqlite3 is compiled to drop to NORMAL in WAL mode, where the last commits may be lost with the power.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('busy_timeout = 5000');
    if (found === null) db.pragma(`application_id = ${applicationId}`);
    migrate(db, migrations, found ?? 0);
    return db;
  } catch (error) {
    db.close();
    throw asSqliteFault(error);
  }
}

const SMALLEST_PAGE = 512;

/**
 * The schema's version in a file, or `null` when nothing has been written yet. Looks without changing a byte: closing a
 * connection that may write takes the WAL into the file.
 */
function versionIn(path: string, key: string, applicationId: number): number | null {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size === 0) return null;
  // SQLite would take less than its smallest page for a new file.
  if (size < SMALLEST_PAGE) throw new SqliteFault('damaged');
  const db = openForReading(path, key);
  try {
    const marked = db.pragma('application_id', { simple: true });
    const version = Number(db.pragma('user_version', { simple: true }));
    if (marked === 0 && version === 0 && isEmpty(db)) return null;
    if (marked !== applicationId) throw new SqliteFault('realm-wrong');
    return version;
  } catch (error) {
    throw asSqliteFault(error);
  } finally {
    db.close();
  }
}

/** The setting that decides whether a commit survives the power going. Asked after the first write (rule S-01). */
export function assertDurable(db: Database): void {
  const synchronous = db.pragma('synchronous', { simple: true });
  assert(synchronous === 2, `synchronous is ${String(synchronous)}, not FULL`);
  assert(db.pragma('journal_mode', { simple: true }) === 'wal', 'journal mode is not WAL');
}

/** Opens an existing file for reading only: to check it, or to save from a damaged one what can be read. */
export function openForReading(path: string, key: string): Database {
  return connect(path, key, { readonly: true, fileMustExist: true });
}

/**
 * Opens an existing file only to take its log of commits into it, as durably as the writer would have done. No statement
 * can change anything here.
 */
export function openForCheckpoints(path: string, key: string): Database {
  const db = connect(path, key, { fileMustExist: true });
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 0');
  db.pragma('query_only = ON');
  // Reads a first page: a wrong key shows now.
  db.pragma('user_version');
  return db;
}

/** `null` when the file is sound, else the first thing found wrong. Reads the whole file. */
export function quickCheck(db: Database): string | null {
  const answer = db.pragma('quick_check(1)', { simple: true });
  return answer === 'ok' ? null : String(answer);
}

/** Translates what SQLite threw into the closed set of reasons; other errors come back as they are. */
export function asSqliteFault(error: unknown): unknown {
  if (error instanceof SqliteFault || !(error instanceof Error)) return error;
  const { code = '', syscall } = error as { readonly code?: string; readonly syscall?: string };
  if (code.startsWith('SQLITE_NOTADB')) return new SqliteFault('not-this-key', { cause: error });
  if (code.startsWith('SQLITE_CORRUPT')) return new SqliteFault('damaged', { cause: error });
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new SqliteFault('busy', { cause: error });
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM)/.test(code))
    return new SqliteFault('io', { cause: error });
  // Node's own words for a folder or file that cannot be used.
  if (
    syscall !== undefined &&
    /^E(ACCES|PERM|ROFS|NOSPC|DQUOT|IO|NOENT|NOTDIR|ISDIR|EXIST|MFILE|BUSY)$/.test(code)
  )
    return new SqliteFault('io', { cause: error });
  return error;
}

function connect(
  path: string,
  key: string,
  options: { readonly?: boolean; fileMustExist?: boolean } = {},
): Database {
  assert(/^[0-9a-f]{64}$/.test(key), 'a database key is 32 bytes in hexadecimal');
  let db: Database;
  try {
    db = new Database(path, options);
  } catch (error) {
    throw asSqliteFault(error);
  }
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.pragma(`key = "x'${key}'"`);
  return db;
}

function isEmpty(db: Database): boolean {
  return (db.prepare('select count(*) as n from sqlite_schema').get() as { n: number }).n === 0;
}

function migrate(db: Database, migrations: readonly Migration[], found: number): void {
  migrations.forEach((migration, index) => {
    assert(migration.version === index + 1, `migration ${migration.name} is out of order`);
  });
  for (const migration of migrations.slice(found)) {
    db.transaction(() => {
      migration.up(db);
      db.pragma(`user_version = ${migration.version}`);
    })();
  }
}
