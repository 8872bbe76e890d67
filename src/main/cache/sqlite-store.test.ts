import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Statement } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCommand, aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { LogScript } from '../../../tests/harness/log-script.ts';
import { openSqlite } from '../../platform/sqlite.ts';
import { asCommandId, asIncarnation } from '../../shared/domain/ids.ts';
import type { DeskStore } from './desk-store.ts';
import { deskMigrations } from './migrations/all.ts';
import { sqliteStore } from './sqlite-store.ts';

const key = '99'.repeat(32);
const writer = anActor().handler;
const kept = { keptAt: testStart, mono: 1, clearsDraft: true };

let place: string;
let db: Database;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-store-'));
  db = openSqlite({ path: join(place, 'desk.db'), key, applicationId: 1, migrations: deskMigrations });
});

afterEach(() => {
  db.close();
  rmSync(place, { recursive: true, force: true });
});

const begin = (): DeskStore => sqliteStore(db, asIncarnation(anId(1)));

function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe('the desk’s file', () => {
  it('S-01: the store does not begin on a connection that would not wait for the disk', () => {
    db.pragma('synchronous = NORMAL');
    expect(begin).toThrow('synchronous is 1, not FULL');
  });

  it('S-09: a full disk keeps nothing of the refused call, and everything from before', () => {
    const store = begin();
    const log = new LogScript();
    const { contact } = log.arrives();
    store.commitEvents(log.entries, log.cursor());
    store.saveDraft(writer, contact, { text: 'Half a sen', caret: 10 }, testStart);
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages}`);

    const long = 'x'.repeat(60_000);
    const refused = [
      () =>
        store.keep(
          aCommand({ on: log.contact(contact), act: { kind: 'note', text: long, happenedAt: null } }),
          kept,
        ),
      () => store.saveDraft(writer, contact, { text: long, caret: 1 }, testStart),
      () => store.installSnapshot([{ ...aContact(), account: long }], log.cursor()),
    ].map(faultOf);
    const during = {
      draft: store.draft(writer, contact),
      outbox: store.outbox(),
      last: store.lastSeq(),
      held: store.held(contact)?.contact,
    };
    db.pragma('max_page_count = 1000000');
    const row = store.keep(
      aCommand({ on: log.contact(contact), act: { kind: 'note', text: long, happenedAt: null } }),
      kept,
    );
    expect({ refused, during, after: [store.draft(writer, contact), store.outbox()] }).toEqual({
      refused: [1, 2, 3].map(() => expect.objectContaining({ name: 'SqliteFault', kind: 'io' })),
      during: { draft: { text: 'Half a sen', caret: 10 }, outbox: [], last: 0, held: log.contact(contact) },
      after: [null, [row]],
    });
  });

  it('O-01: a page is read from the index in its order: nothing is sorted and no contact outside it is looked at', () => {
    const asked: string[] = [];
    const spy = new Proxy(db, {
      get(target, name) {
        if (name === 'prepare') {
          return (sql: string): Statement => {
            asked.push(sql);
            return target.prepare(sql);
          };
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    sqliteStore(spy, asIncarnation(anId(1)));
    const plans = asked
      .filter((sql) => sql.includes('order by lane'))
      .map((sql) => {
        const named = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name, 1]));
        const rows = db.prepare(`explain query plan ${sql}`).all(named) as { detail: string }[];
        return rows.map(({ detail }) => detail.replace(/\(.*/, '').trim());
      });
    expect(plans).toEqual([
      ['SCAN contact USING INDEX contact_in_order'],
      ['SEARCH contact USING INDEX contact_in_order'],
      ['SEARCH contact USING INDEX contact_in_order'],
    ]);
  });

  it('S-02: a note writes the contact, its words and the cursor, and no order or key that is what it was', () => {
    const store = begin();
    const log = new LogScript();
    const { contact } = log.arrives();
    store.commitEvents(log.entries, log.cursor());
    db.pragma('wal_checkpoint(TRUNCATE)');
    const note = log.happens(contact, { kind: 'note', text: 'Rang back, no answer.', happenedAt: null });
    store.commitEvents([note], log.cursor());
    const [{ log: pages }] = db.pragma('wal_checkpoint(PASSIVE)') as [{ log: number }];
    // The contact, its words, which words are not in the index yet, and the desk with its cursor.
    expect(pages).toBe(4);
  });

  it('C-05: the file refuses a closed contact without an end and an open one with an end', () => {
    begin();
    const insert = (open: number, closedAt: number | null) => () =>
      db
        .prepare(`insert into contact values (?, 1, ?, 1, 1, 1, ?, null, '{}', null)`)
        .run(`${open}${closedAt}`, open, closedAt);
    expect([insert(1, 5), insert(0, null)].map(faultOf)).toEqual(
      [1, 2].map(() => expect.objectContaining({ code: 'SQLITE_CONSTRAINT_CHECK' })),
    );
  });

  it('L-16: the file refuses two waiting commands of one number, and a second life of its one desk', () => {
    const store = begin();
    const { seq } = store.keep(aCommand({ act: { kind: 'release' }, id: asCommandId(anId(2)) }), kept);
    const double = () =>
      db
        .prepare(
          `insert into outbox (seq, id, contact, command, kept_at, mono, standing) values (?, 'x', 'x', '{}', 1, 1, 'waiting')`,
        )
        .run(seq);
    const second = () => db.prepare("insert into desk (one, incarnation, next_seq) values (2, 'x', 1)").run();
    expect([double, second].map(faultOf)).toEqual([
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' }),
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_CHECK' }),
    ]);
  });
});
