import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aContact, anActor, anId, testStart } from '../../../../tests/harness/builders.ts';
import { aSignIn } from '../../../../tests/harness/kept-sign-in.ts';
import { openSqlite } from '../../../platform/sqlite.ts';
import { summaryOf } from '../../../shared/domain/contact.ts';
import { asIncarnation } from '../../../shared/domain/ids.ts';
import { later } from '../../../shared/domain/time.ts';
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

it('S-05: a file of version 3 keeps who works there and what was missed, knows no outage and no highest time yet', () => {
  const db = openAt(deskMigrations.slice(0, 3));
  const report = {
    from: testStart,
    to: later(testStart, 5),
    conflicts: [],
    newEmergencies: [],
    takenByOthers: [],
    closed: [summaryOf(aContact({ ownership: { kind: 'closed', by: anActor(), since: testStart } }))],
    regraded: [],
    arrived: 3,
    sent: 0,
  };
  db.prepare('insert into session (one, state, seen_at) values (1, ?, ?)').run(
    JSON.stringify(aSignIn()),
    testStart,
  );
  db.prepare('insert into missed (one, report) values (1, ?)').run(JSON.stringify(report));
  db.close();
  const store = sqliteStore(openAt(), asIncarnation(anId(1)));
  const before = [store.session(), store.seenAt(), store.missed(), store.latestAt(), store.outage()];
  store.keepLatestAt(later(testStart, 9));
  store.keepOutage({ from: testStart, conflicts: [], sent: 0, released: [] }, new Map());
  const after = [store.latestAt(), store.outage()?.from];
  store.close();
  expect([before, after]).toEqual([
    [aSignIn(), testStart, report, null, null],
    [later(testStart, 9), testStart],
  ]);
});
