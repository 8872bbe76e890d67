import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aContact, anActor, anId, aPolicy, testStart } from '../../../../tests/harness/builders.ts';
import { aKnownPerson, aSignIn } from '../../../../tests/harness/kept-sign-in.ts';
import { openSqlite } from '../../../platform/sqlite.ts';
import { asIncarnation } from '../../../shared/domain/ids.ts';
import { nobodyNamed, nobodyYet } from '../kept-session.ts';
import { sqliteStore } from '../sqlite-store.ts';
import { first } from './0001-first.ts';
import { people } from './0002-people.ts';
import { deskMigrations } from './all.ts';

const key = '42'.repeat(32);
const halfALetter = '\ud83d';

let folder: string;
let db: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-migration-'));
  db = openAt([first]);
  asWrittenByVersion1();
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function openAt(migrations: typeof deskMigrations): Database {
  return openSqlite({ path: join(folder, 'desk.db'), key, applicationId: 1, migrations });
}

/** Rows as the first version wrote them: commands without a name, notes without a time, contacts without places. */
function asWrittenByVersion1(): void {
  const old = { ...aContact(), locations: undefined, messages: undefined, paperLog: undefined };
  db.prepare(
    `insert into desk (one, incarnation, store_epoch, lsn, next_seq, desk_number, policy)
     values (1, ?, ?, 41, 4, 7, ?)`,
  ).run(anId(0x11), anId(0xe1), JSON.stringify(aPolicy()));
  db.prepare(
    `insert into contact (id, rev, open, lane, first, second, summary, body) values (?, 1, 1, 1, 5, 6, ?, ?)`,
  ).run(old.id, JSON.stringify(old), JSON.stringify(old));
  const acts = [{ kind: 'note', text: `He is back ${halfALetter}` }, { kind: 'claim' }, { kind: 'consult' }];
  acts.forEach((act, index) => {
    const id = anId(0xc1 + index);
    const command = { id, contact: old.id, fence: 0, baseRev: 1, act };
    db.prepare(
      `insert into outbox (seq, id, contact, command, kept_at, mono, standing) values (?, ?, ?, ?, ?, 2.5, 'waiting')`,
    ).run(index + 1, id, old.id, JSON.stringify(command), testStart);
  });
  db.prepare('insert into draft (contact, words, caret, saved_at) values (?, ?, 3, ?)').run(
    old.id,
    JSON.stringify(`Half${halfALetter}`),
    testStart,
  );
}

const all = (table: string): unknown[] => db.prepare(`select * from ${table} order by 1`).all();

it('S-05: from version 1: outbox and drafts stay word for word, the copy and its place in the log are given up', () => {
  db.close();
  db = openAt([first, people]);
  const contact = aContact().id;
  const command = (n: number, act: unknown) => ({
    by: nobodyNamed,
    id: anId(0xc1 + n),
    contact,
    fence: 0,
    baseRev: 1,
    act,
  });
  const row = (n: number, act: unknown) => ({
    position: n + 1,
    seq: n + 1,
    id: anId(0xc1 + n),
    contact,
    command: JSON.stringify(command(n, act)),
    kept_at: testStart,
    mono: 2.5,
    standing: 'waiting',
    lsn: null,
    refusal: null,
  });
  expect({
    desk: all('desk'),
    contact: all('contact'),
    outbox: all('outbox'),
    draft: all('draft'),
    others: ['session', 'person', 'tabs', 'missed'].map(all),
  }).toEqual({
    desk: [
      {
        one: 1,
        incarnation: anId(0x11),
        store_epoch: null,
        lsn: null,
        next_seq: 4,
        desk_number: 7,
        policy: JSON.stringify(aPolicy()),
        heard_at: null,
        last_paper: 0,
      },
    ],
    contact: [],
    outbox: [
      row(0, { happenedAt: null, kind: 'note', text: `He is back ${halfALetter}` }),
      row(1, { kind: 'claim' }),
      row(2, { kind: 'consult' }),
    ],
    draft: [
      {
        contact,
        handler: nobodyNamed,
        words: JSON.stringify(`Half${halfALetter}`),
        caret: 3,
        saved_at: testStart,
      },
    ],
    others: [[], [], [], []],
  });
});

it('A-08: what version 1 kept is sent, and shown, in the name of the first who signs in', () => {
  db.close();
  db = openAt(deskMigrations);
  const store = sqliteStore(db, asIncarnation(anId(0x99)));
  const before = [store.session(), store.outbox().length];
  store.keepSignIn(aSignIn(), aKnownPerson());
  const { handler } = anActor();
  expect([before, store.outbox().map(({ command }) => command.by), store.drafts(handler)]).toEqual([
    [nobodyYet, 3],
    [handler, handler, handler],
    [
      {
        contact: aContact().id,
        handler,
        draft: { text: `Half${halfALetter}`, caret: 3 },
        savedAt: testStart,
      },
    ],
  ]);
});

it('P-03: a contact at revision 0 is one that this desk wrote down itself, and has words', () => {
  db.close();
  db = openAt([first, people]);
  const put = (rev: number, body: string | null) =>
    db
      .prepare(
        `insert into contact (id, rev, open, lane, first, second, summary, body) values (?, ?, 1, 1, 5, 6, '{}', ?)`,
      )
      .run(anId(rev + 5), rev, body);
  expect(() => put(-1, '{}')).toThrow('CHECK');
  expect(() => put(0, null)).toThrow('CHECK');
  put(0, '{}');
  expect(all('contact')).toHaveLength(1);
});

it('O-01: pages, what a desk owns, and somebody’s drafts are read by index', () => {
  db.close();
  db = openAt([first, people]);
  const plan = (sql: string): string =>
    (db.prepare(`explain query plan ${sql}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('; ');
  expect([
    plan('select id from contact where open = 1 order by lane, first, second, id limit 5'),
    plan("select id from contact where owner_desk = 'a' and open = 1"),
    plan('select id from contact where open = 0 and closed_at < 7'),
    plan("select contact from draft where handler = 'a'"),
  ]).toEqual([
    expect.stringContaining('contact_in_order'),
    expect.stringContaining('contact_by_owner'),
    expect.stringContaining('contact_by_end'),
    expect.stringContaining('draft_by_handler'),
  ]);
});
