import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { LogScript } from '../../../tests/harness/log-script.ts';
import { openSqlite } from '../../platform/sqlite.ts';
import { summaryOf, type Contact } from '../../shared/domain/contact.ts';
import { asCommandId, asIncarnation } from '../../shared/domain/ids.ts';
import { later } from '../../shared/domain/time.ts';
import { foundByRows } from './found-by-rows.ts';
import { deskMigrations } from './migrations/all.ts';
import { sqliteStore } from './sqlite-store.ts';

let place: string;
let open: Database[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-found-by-'));
  open = [];
});

afterEach(() => {
  for (const db of open) db.close();
  rmSync(place, { recursive: true, force: true });
});

function inFile(migrations = deskMigrations): Database {
  const path = join(place, 'desk.db');
  const db = openSqlite({ path, key: '77'.repeat(32), applicationId: 1, migrations });
  open.push(db);
  return db;
}

const life = asIncarnation(anId(1));
const cursor = new LogScript().cursor();
const located = (seq: number, latitude: number, longitude: number): Contact =>
  aContact({
    seq,
    receivedAt: later(testStart, seq),
    locations: [{ method: 'aml', latitude, longitude, radiusMetres: 20, place: null, at: testStart }],
  });

it('S-05, AS-11: a file of version 5 is filled: its contacts are found by reference and by place as if they had just come', () => {
  const before = inFile(deskMigrations.slice(0, 5));
  const contacts = [
    { ...located(1, 51.7671, -0.2007), provisionalRef: 'PROV-7KQ2MX' },
    located(2, 51.9031, -0.1894),
  ];
  const insert = before.prepare(
    `insert into contact (id, rev, open, lane, first, second, closed_at, owner_desk, summary, body)
     values (?, 1, 1, 1, ?, 0, null, null, ?, ?)`,
  );
  for (const contact of contacts)
    insert.run(contact.id, contact.seq, JSON.stringify(summaryOf(contact)), JSON.stringify(contact));
  before.close();
  open.pop();
  const store = sqliteStore(inFile(), life);
  const [first, second] = contacts;
  expect([
    store.byReference(first?.ref ?? '', 5),
    store.byReference('PROV-7KQ2MX', 5),
    store.locatedNear({ latitude: 51.767, longitude: -0.2 }, 5),
    store.locatedNear({ latitude: 51.9, longitude: -0.19 }, 5),
  ]).toEqual([[first?.id], [first?.id], [first?.id], [second?.id]]);
});

it('R-05, R-09: a contact is found by its incident’s and its crime’s number as soon as they are written, and by nothing once it is gone', () => {
  const store = sqliteStore(inFile(), life);
  const by = { by: anActor(), at: testStart };
  const incident = {
    ...by,
    id: asCommandId(anId(9)),
    ref: '2026-11-22/0412',
    provisionalRef: 'PROV-AAAAAA',
    category: 'TR-INJ',
  };
  const contact = located(1, 51.7671, -0.2007);
  store.installSnapshot([contact], cursor);
  expect(store.byReference('2026-11-22/0412', 5)).toEqual([]);
  store.installSnapshot([{ ...contact, incident }], cursor);
  expect(['2026-11-22/0412', 'PROV-AAAAAA', contact.ref].map((ref) => store.byReference(ref, 5))).toEqual([
    [contact.id],
    [contact.id],
    [contact.id],
  ]);
  store.wipe();
  expect([
    store.byReference(contact.ref, 5),
    store.locatedNear({ latitude: 51.7671, longitude: -0.2007 }, 5),
    store.receivedNear(contact.receivedAt, 1_000, 5),
  ]).toEqual([[], [], []]);
});

it('AS-11: what belongs together is asked of an index, whatever the desk holds', () => {
  const db = inFile();
  const asked: string[] = [];
  const prepare = db.prepare.bind(db);
  db.prepare = (sql: string) => {
    asked.push(sql);
    return prepare(sql);
  };
  foundByRows(db);
  const plans = asked
    .filter((sql) => sql.startsWith('select'))
    .map((sql) => {
      const values = Array.from(sql.matchAll(/\?/g), () => 1);
      return (prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[])
        .map(({ detail }) => detail)
        .join('; ');
    });
  expect(plans).toHaveLength(4);
  expect(plans.filter((plan) => !plan.includes('SEARCH') || plan.includes('TEMP B-TREE'))).toEqual([]);
});
