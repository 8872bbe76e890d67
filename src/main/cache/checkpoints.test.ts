import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anId } from '../../../tests/harness/builders.ts';
import { LogScript } from '../../../tests/harness/log-script.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { silentLogger } from '../../platform/log.ts';
import { openForReading, openSqlite } from '../../platform/sqlite.ts';
import { asIncarnation } from '../../shared/domain/ids.ts';
import { Checkpoints } from './checkpoints.ts';
import type { DeskStore } from './desk-store.ts';
import { deskMigrations } from './migrations/all.ts';
import { sqliteStore } from './sqlite-store.ts';

const key = '99'.repeat(32);
const script = new URL('checkpoint-thread.ts', import.meta.url);
/** Enough that the store's own checkpoint would be due many times. */
const MANY = 300;

let place: string;
let path: string;
let db: Database;
let store: DeskStore;
let log: LogScript;
let clock: TestClock;
let by: ('own' | 'elsewhere')[];
let checkpoints: Checkpoints | null;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-checkpoints-'));
  path = join(place, 'desk.db');
  db = openSqlite({ path, key, applicationId: 1, migrations: deskMigrations });
  store = sqliteStore(db, asIncarnation(anId(1)));
  log = new LogScript();
  clock = new TestClock();
  by = [];
  checkpoints = null;
});

afterEach(() => {
  checkpoints?.[Symbol.dispose]();
  store.close();
  rmSync(place, { recursive: true, force: true });
});

function begin(code: string | URL = script): void {
  checkpoints = new Checkpoints({
    path,
    key,
    script: code,
    timers: clock,
    log: silentLogger,
    store: {
      setCheckpoints: (who) => {
        by.push(who);
        store.setCheckpoints(who);
      },
    },
  });
}

/** Each in a commit of its own. */
function arrive(count: number): void {
  for (let n = 0; n < count; n += 1) {
    const entry = log.arrives({ account: 'Shouting next door. '.repeat(50) });
    store.commitEvents([entry], log.cursor());
  }
}

/** The contacts in the file itself, without its log. */
function inFile(): number {
  const copy = join(place, 'copy.db');
  copyFileSync(path, copy);
  const reader = openForReading(copy, key);
  try {
    return (reader.prepare('select count(*) as n from contact').get() as { n: number }).n;
  } finally {
    reader.close();
  }
}

describe('the log of commits', () => {
  it('S-01: is taken into the file by the thread and not within a commit, and each commit still waits for the disk', async () => {
    begin();
    await vi.waitFor(() => expect(by).toEqual(['elsewhere']), 20_000);
    const before = statSync(path).size;
    arrive(MANY);
    expect([statSync(path).size, db.pragma('synchronous', { simple: true })]).toEqual([before, 2]);
    clock.advance(500);
    await vi.waitFor(() => expect(inFile()).toBe(MANY), 20_000);
  });

  it('S-01: without a thread the store takes it in by itself', () => {
    const before = statSync(path).size;
    arrive(MANY);
    expect(statSync(path).size).toBeGreaterThan(before);
  });

  it('S-01: a thread that ends leaves it to the store again', async () => {
    const broken = join(place, 'broken.mjs');
    writeFileSync(
      broken,
      `import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ kind: 'open' }); parentPort.once('message', () => { throw new Error('x'); });`,
    );
    begin(broken);
    await vi.waitFor(() => expect(by).toEqual(['elsewhere']), 20_000);
    clock.advance(500);
    await vi.waitFor(() => expect(by).toEqual(['elsewhere', 'own']), 20_000);
    const before = statSync(path).size;
    arrive(MANY);
    expect([statSync(path).size > before, clock.pending]).toEqual([true, 0]);
  });

  it('S-03: a thread with another key takes nothing', async () => {
    const worker = new Worker(script, {
      workerData: { path, key: '11'.repeat(32), closed: new Int32Array(new SharedArrayBuffer(4)) },
    });
    const [error] = (await once(worker, 'error')) as [{ code?: string }];
    expect(error.code).toBe('SQLITE_NOTADB');
  });

  it('S-13: what is wiped is in neither, whatever the thread is at, and the file is whole afterwards', async () => {
    begin();
    await vi.waitFor(() => expect(by).toEqual(['elsewhere']), 20_000);
    for (let times = 0; times < 5; times += 1) {
      log = new LogScript();
      store.installSnapshot([], log.cursor());
      arrive(60);
      clock.advance(500);
      await wait(times);
      store.wipe();
      expect([statSync(`${path}-wal`).size, inFile()]).toEqual([0, 0]);
    }
    checkpoints?.[Symbol.dispose]();
    expect(db.pragma('quick_check(1)', { simple: true })).toBe('ok');
  });

  it('S-13: a wiping waits for a checkpoint that is under way', () => {
    arrive(1);
    const pragma = db.pragma.bind(db);
    let busy = 3;
    const asked: string[] = [];
    db.pragma = (sql, options) => {
      if (!sql.startsWith('wal_checkpoint')) return pragma(sql, options);
      asked.push(sql);
      return busy-- > 0 ? [{ busy: 1, log: 1, checkpointed: 0 }] : pragma(sql, options);
    };
    store.wipe();
    expect([asked.length, statSync(`${path}-wal`).size]).toEqual([4, 0]);
  });

  it('S-08: the file is closed by the thread before the store closes it: nothing lies beside it', async () => {
    begin();
    await vi.waitFor(() => expect(by).toEqual(['elsewhere']), 20_000);
    arrive(3);
    checkpoints?.[Symbol.dispose]();
    store.close();
    expect([inFile(), statSync(`${path}-wal`, { throwIfNoEntry: false })]).toEqual([3, undefined]);
    db = openSqlite({ path, key, applicationId: 1, migrations: deskMigrations });
    store = sqliteStore(db, asIncarnation(anId(1)));
  });
});
