import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anId, testStart } from '../../../../tests/harness/builders.ts';
import { aSignIn } from '../../../../tests/harness/kept-sign-in.ts';
import { openSqlite } from '../../../platform/sqlite.ts';
import { asIncarnation } from '../../../shared/domain/ids.ts';
import { sqliteStore } from '../sqlite-store.ts';
import { deskMigrations } from './all.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-migration-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const openAt = (migrations = deskMigrations) =>
  openSqlite({ path: join(folder, 'desk.db'), key: '42'.repeat(32), applicationId: 1, migrations });

it('S-05: a file of version 4 keeps who works there, has no policy yet, and keeps those that come', () => {
  const db = openAt(deskMigrations.slice(0, 4));
  db.prepare('insert into session (one, state, seen_at) values (1, ?, ?)').run(
    JSON.stringify(aSignIn()),
    testStart,
  );
  db.close();
  const store = sqliteStore(openAt(), asIncarnation(anId(1)));
  const before = [store.session(), store.policies()];
  const triage = { name: 'triage', version: 'triage-1', digest: 'ab'.repeat(32), fetchedAt: testStart };
  store.keepPolicy(triage, '{}');
  store.close();
  const again = sqliteStore(openAt(), asIncarnation(anId(1)));
  const after = [again.session(), again.policies(), again.policyText('triage')];
  again.close();
  expect([before, after]).toEqual([
    [aSignIn(), []],
    [aSignIn(), [triage], '{}'],
  ]);
});

it('Y-06: listing the versions reads no text', () => {
  const db = openAt();
  const text = 'x'.repeat(200_000);
  const insert = db.prepare(
    'insert into policy (name, version, digest, fetched_at, text) values (?, ?, ?, 1, ?)',
  );
  for (let n = 0; n < 9; n += 1) insert.run(`policy-${n}`, 'v', 'ab'.repeat(32), text);
  const begun = performance.now();
  for (let n = 0; n < 100; n += 1) db.prepare('select name, version, digest from policy').all();
  const listMs = performance.now() - begun;
  const read = performance.now();
  for (let n = 0; n < 100; n += 1) db.prepare('select name, version, digest, text from policy').all();
  expect(listMs).toBeLessThan(performance.now() - read);
  db.close();
});
