import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { asSqliteFault, openForReading, openSqlite, quickCheck, SqliteFault } from '../../platform/sqlite.ts';
import type { Fault } from '../../shared/contract/fault.ts';
import type { Realm } from '../../shared/contract/realm.ts';
import { deskIdSchema } from '../../shared/contract/basic-schemas.ts';
import { must } from '../../shared/lib/assert.ts';
import { asDeskId, asIncarnation, type DeskId, type NewId } from '../../shared/domain/ids.ts';
import type { Clock } from '../../shared/domain/time.ts';
import type { DeskStore } from './desk-store.ts';
import { memoryStore } from './memory-store.ts';
import { deskMigrations } from './migrations/all.ts';
import { carryOver, rescue } from './rescue.ts';
import { clearMark, databaseName, isMarked, putAside, writeWhole } from './set-aside.ts';
import { sqliteStore } from './sqlite-store.ts';

/** Marks a database file's realm inside the file (rule S-04). */
export const applicationIds: Readonly<Record<Realm, number>> = {
  live: 0x46435231,
  demo: 0x46435232,
  training: 0x46435233,
};

export interface StoreOptions {
  /** The profile's folder; made if missing. */
  readonly folder: string;
  readonly realm: Realm;
  /** The database key, 32 bytes in hexadecimal; `null` keeps everything in memory. */
  readonly key: string | null;
  readonly newId: NewId;
  readonly clock: Clock;
}

export interface OpenedStore {
  readonly store: DeskStore;
  readonly deskId: DeskId;
  /** What the handler must be told about how it opened. */
  readonly faults: readonly Fault[];
  /** The last run ended without closing the file: it is to be checked once the window is painted. */
  readonly uncleanEnd: boolean;
  /** After the store is closed: notes the clean end and gives the profile's folder free for another program. */
  readonly release: () => void;
}

const runningName = 'running';
const identitySchema = z.object({
  deskId: deskIdSchema,
  /** Tells "another key" from "damaged" without opening the database. */
  keyCheck: z.string().nullable(),
});
/**
 * Opens the desk's store for the one program of this profile, whatever state its file is in: a file that cannot be used
 * is left untouched (newer, another key, another realm) or set aside whole (damaged), and the desk goes on.
 *
 * @throws SqliteFault `busy` when another program has this profile open, `io` when the folder cannot be written.
 */
export function openDeskStore(options: StoreOptions): OpenedStore {
  const unlock = lockFolder(options.folder);
  try {
    const running = join(options.folder, runningName);
    const uncleanEnd = existsSync(running);
    writeFileSync(running, '');
    const release = (): void => {
      rmSync(running, { force: true });
      unlock();
    };
    return { ...openLocked(options), uncleanEnd, release };
  } catch (error) {
    unlock();
    throw asSqliteFault(error);
  }
}

/** Reads the whole file on a connection of its own; `null` when it is sound, else what is wrong. */
export function checkDeskFile(folder: string, key: string): string | null {
  const path = join(folder, databaseName);
  if (!existsSync(path)) return null;
  const db = openForReading(path, key);
  try {
    return quickCheck(db);
  } catch (error) {
    const fault = asSqliteFault(error);
    if (fault instanceof SqliteFault && isBroken(fault)) return fault.message;
    throw fault;
  } finally {
    db.close();
  }
}

/** With the right key, a file that the key does not open is damaged. */
const isBroken = ({ kind }: SqliteFault): boolean => kind === 'damaged' || kind === 'not-this-key';

function openLocked(options: StoreOptions): Omit<OpenedStore, 'release' | 'uncleanEnd'> {
  const { folder, realm, key, newId, clock } = options;
  const identity = readIdentity(folder);
  const deskId = identity?.deskId ?? asDeskId(newId());
  const incarnation = () => asIncarnation(newId());
  const inMemory = (fault: Fault) => ({ store: memoryStore(incarnation()), deskId, faults: [fault] });

  if (key === null) {
    writeIdentity(folder, { deskId, keyCheck: identity?.keyCheck ?? null });
    return inMemory({ kind: 'no-keychain' });
  }
  const path = join(folder, databaseName);
  const keyCheck = createHmac('sha256', Buffer.from(key, 'hex')).update('desk database').digest('hex');
  const knownKey = identity?.keyCheck ?? null;
  if (knownKey !== null && knownKey !== keyCheck && existsSync(path))
    return inMemory({ kind: 'cache-key-wrong' });
  writeIdentity(folder, { deskId, keyCheck: knownKey === keyCheck ? keyCheck : null });

  const open = (): DeskStore => {
    const db = openSqlite({ path, key, applicationId: applicationIds[realm], migrations: deskMigrations });
    try {
      const store = sqliteStore(db, incarnation());
      // Only now is it known that this key opens the file.
      if (knownKey !== keyCheck) writeIdentity(folder, { deskId, keyCheck });
      return store;
    } catch (error) {
      db.close();
      throw isSqlError(error) ? new SqliteFault('damaged', { cause: error }) : asSqliteFault(error);
    }
  };
  try {
    if (isMarked(folder) || isEmptied(folder, { isKnown: knownKey !== null }))
      throw new SqliteFault('damaged');
    return { store: open(), deskId, faults: [] };
  } catch (error) {
    if (!(error instanceof SqliteFault)) throw error;
    // The key is the right one, so a file that it does not open is damaged.
    const kind = error.kind === 'not-this-key' && knownKey !== null ? 'damaged' : error.kind;
    switch (kind) {
      case 'newer':
        return inMemory({ kind: 'cache-newer', found: error.found ?? 0, known: deskMigrations.length });
      case 'realm-wrong':
        return inMemory({ kind: 'cache-realm-wrong' });
      case 'not-this-key':
        return inMemory({ kind: 'cache-key-wrong' });
      case 'damaged': {
        const folders = putAside(folder, clock);
        const saved = rescue(
          folders.map((one) => join(one, databaseName)),
          key,
        );
        const store = open();
        const fault = carryOver(saved, store, must(folders[0], 'folder of the damaged file'));
        // Not before everything is in the new file: a rescue that is cut off begins again.
        clearMark(folder);
        return { store, deskId, faults: [fault] };
      }
      case 'busy':
      case 'io':
        throw error;
    }
  }
}

/** A statement that does not fit the tables: they are not those that this program made. */
const isSqlError = (error: unknown): boolean => (error as { code?: unknown }).code === 'SQLITE_ERROR';

/** The database lost its contents, or only its WAL is left: SQLite would take either for a new file and begin afresh. */
function isEmptied(folder: string, { isKnown }: { readonly isKnown: boolean }): boolean {
  const path = join(folder, databaseName);
  if (!existsSync(path)) return existsSync(`${path}-wal`);
  return isKnown && statSync(path).size === 0;
}

/**
 * Holds an operating-system lock that dies with the process, however it dies (rule S-08). SQLite's own exclusive lock
 * on an empty file serves on every platform.
 */
function lockFolder(folder: string): () => void {
  let lock: Database | null = null;
  try {
    mkdirSync(folder, { recursive: true });
    const held = new Database(join(folder, 'in-use.lock'), { timeout: 0 });
    lock = held;
    held.exec('begin exclusive');
    return () => void held.close();
  } catch (error) {
    lock?.close();
    throw asSqliteFault(error);
  }
}

function readIdentity(folder: string): z.infer<typeof identitySchema> | null {
  const file = join(folder, 'desk.json');
  if (!existsSync(file)) return null;
  try {
    return identitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Torn by a crash while it was written: the desk gets a new number, and its database opens by its key as before.
    return null;
  }
}

function writeIdentity(folder: string, identity: z.infer<typeof identitySchema>): void {
  writeWhole(join(folder, 'desk.json'), `${JSON.stringify(identity)}\n`);
}
