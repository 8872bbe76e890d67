import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  assertDurable,
  asSqliteFault,
  openForReading,
  openSqlite,
  quickCheck,
  type Migration,
  type SqliteFault,
} from './sqlite.ts';

const key = '3c'.repeat(32);
const applicationId = 0x7e57;
const words: Migration = {
  version: 1,
  name: 'words',
  up: (db) => void db.exec('create table word (text text not null) strict'),
};
const more: Migration = {
  version: 2,
  name: 'more',
  up: (db) => void db.exec('alter table word add column at integer'),
};
const halfway: Migration = {
  version: 3,
  name: 'halfway',
  up(db) {
    db.exec('create table half (x integer) strict');
    throw new Error('cut off');
  },
};

let place: string;
let path: string;
let databases: Database[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-sqlite-'));
  path = join(place, 'a.db');
  databases = [];
});

afterEach(() => {
  for (const db of databases) db.close();
  rmSync(place, { recursive: true, force: true });
});

function open(
  migrations: readonly Migration[] = [words],
  over: { key?: string; applicationId?: number } = {},
): Database {
  const db = openSqlite({ path, key, applicationId, migrations, ...over });
  databases.push(db);
  return db;
}

const pragmas = (db: Database, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, db.pragma(name, { simple: true })]));

function kindOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return (error as SqliteFault).kind ?? error;
  }
  return null;
}

describe('opening a database', () => {
  it('S-01: after the first write of every connection, each commit still waits for the disk', () => {
    for (let times = 0; times < 2; times += 1) {
      const db = open();
      db.exec("insert into word values ('x')");
      assertDurable(db);
      expect(pragmas(db, 'synchronous', 'journal_mode')).toEqual({ synchronous: 2, journal_mode: 'wal' });
      db.close();
    }
  });

  it('S-01: a connection that does not ask for it does not wait for the disk, and is found out', () => {
    open().close();
    const careless = new Database(path);
    databases.push(careless);
    careless.pragma("cipher = 'sqlcipher'");
    careless.pragma('legacy = 4');
    careless.pragma(`key = "x'${key}'"`);
    careless.exec("insert into word values ('x')");
    expect(pragmas(careless, 'synchronous', 'journal_mode')).toEqual({ synchronous: 1, journal_mode: 'wal' });
    expect(() => assertDurable(careless)).toThrow('not FULL');
  });

  it('S-01: a connection without a WAL is found out', () => {
    const db = open();
    db.pragma('journal_mode = DELETE');
    expect(() => assertDurable(db)).toThrow('not WAL');
  });

  it('S-03: what is deleted is overwritten, references are kept, and nothing temporary touches the disk', () => {
    expect(
      pragmas(open(), 'secure_delete', 'foreign_keys', 'trusted_schema', 'cell_size_check', 'temp_store'),
    ).toEqual({
      secure_delete: 1,
      foreign_keys: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      temp_store: 2,
    });
  });

  it('S-03: another key, and no key, read nothing; a key that is none is a bug', () => {
    open().close();
    const plain = new Database(path, { readonly: true });
    databases.push(plain);
    expect([
      kindOf(() => open([words], { key: 'ff'.repeat(32) })),
      asSqliteFault(faultOf(() => plain.prepare('select * from word').all())),
    ]).toEqual(['not-this-key', expect.objectContaining({ kind: 'not-this-key' })]);
    expect(() => open([words], { key: "x'; --" })).toThrow('32 bytes');
  });

  it('S-04: a file of another application is refused and left as it was', () => {
    open().close();
    const before = readFileSync(path);
    expect(kindOf(() => open([words], { applicationId: 1 }))).toBe('realm-wrong');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('S-05: migrations run once each, in order, whatever version a file has', () => {
    open([words]).exec("insert into word values ('old')");
    const db = open([words, more]);
    db.exec("insert into word values ('new', 2)");
    const versions = [
      pragmas(open([words, more]), 'user_version', 'application_id'),
      db.prepare('select * from word').all(),
    ];
    expect(versions).toEqual([
      { user_version: 2, application_id: applicationId },
      [
        { text: 'old', at: null },
        { text: 'new', at: 2 },
      ],
    ]);
  });

  it('S-05: a migration that fails leaves nothing of itself, and those before it stay', () => {
    expect(() => open([words, more, halfway])).toThrow('cut off');
    const db = open([words, more]);
    expect([
      pragmas(db, 'user_version'),
      db.prepare("select name from sqlite_schema where type = 'table'").all(),
    ]).toEqual([{ user_version: 2 }, [{ name: 'word' }]]);
  });

  it('S-05: a newer file is refused with its version and left as it was', () => {
    open([words, more]).close();
    const before = readFileSync(path);
    expect(faultOf(() => open([words]))).toMatchObject({ kind: 'newer', found: 2 });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('S-05: migrations that are not numbered 1, 2, 3 are a bug', () => {
    expect(() => open([more])).toThrow('out of order');
  });

  it('S-06: a file of noise, however short, is not taken for a new one', () => {
    const kinds = [1, 100, 511, 512, 4095, 4096, 8192].map((size) => {
      writeFileSync(path, Buffer.alloc(size, 0xd1));
      return kindOf(() => open());
    });
    expect(kinds.filter((kind) => kind !== 'not-this-key' && kind !== 'damaged')).toEqual([]);
  });

  it('S-06: a reader changes nothing, and the check of a sound file finds nothing', () => {
    open().close();
    const reader = openForReading(path, key);
    databases.push(reader);
    expect([kindOf(() => reader.exec("insert into word values ('x')")), quickCheck(reader)]).toEqual([
      expect.objectContaining({ code: 'SQLITE_READONLY' }),
      null,
    ]);
  });
});

function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe('what SQLite and Node throw', () => {
  it.each([
    ['SQLITE_NOTADB', 'not-this-key'],
    ['SQLITE_CORRUPT', 'damaged'],
    ['SQLITE_CORRUPT_INDEX', 'damaged'],
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_FULL', 'io'],
    ['SQLITE_IOERR_FSYNC', 'io'],
    ['SQLITE_READONLY_DBMOVED', 'io'],
    ['SQLITE_CANTOPEN', 'io'],
  ])('S-09: %s is the fault %s', (code, kind) => {
    const error = Object.assign(new Error('x'), { code });
    expect(asSqliteFault(error)).toMatchObject({ name: 'SqliteFault', kind, cause: error });
  });

  it('S-09: a full or read-only disk that Node meets is a fault of the disk', () => {
    const error = Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write' });
    expect(asSqliteFault(error)).toMatchObject({ kind: 'io', cause: error });
  });

  it('S-09: a bug stays a bug', () => {
    const bugs = [
      new TypeError('x'),
      Object.assign(new Error('x'), { code: 'SQLITE_CONSTRAINT' }),
      'text',
      null,
    ];
    expect(bugs.map(asSqliteFault)).toEqual(bugs);
  });
});
