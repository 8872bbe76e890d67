import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aContact, anId, testStart } from '../../../tests/harness/builders.ts';
import { LogScript } from '../../../tests/harness/log-script.ts';
import { openSqlite } from '../../platform/sqlite.ts';
import { summaryOf } from '../../shared/domain/contact.ts';
import { asHandlerId, asIncarnation } from '../../shared/domain/ids.ts';
import { later } from '../../shared/domain/time.ts';
import { deskMigrations } from './migrations/all.ts';
import { searchRows } from './search-rows.ts';
import { sqliteStore } from './sqlite-store.ts';

const life = asIncarnation(anId(1));
let place: string;
let open: Database[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-search-'));
  open = [];
});

afterEach(() => {
  for (const db of open) db.close();
  rmSync(place, { recursive: true, force: true });
});

function keep(db: Database): Database {
  open.push(db);
  return db;
}

const inFile = (migrations = deskMigrations): Database =>
  keep(openSqlite({ path: join(place, 'desk.db'), key: '99'.repeat(32), applicationId: 1, migrations }));

/** The same tables and settings in a file that is not encrypted, so that a test can look for words in its bytes. */
function readable(): Database {
  const db = keep(new Database(join(place, 'plain.db')));
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON'])
    db.pragma(setting);
  for (const { up } of deskMigrations) up(db);
  return db;
}

const cursor = new LogScript().cursor();
/** Enough contacts for the index to be written; `secret` is in every one of them. */
const many = (secret: string) =>
  Array.from({ length: 500 }, (_, index) =>
    aContact({
      seq: index + 1,
      receivedAt: later(testStart, index),
      account: `${secret}${index} at the door`,
      caller: { name: `${secret} Marsh`, number: null, address: null },
    }),
  );

describe('the index of the search', () => {
  it('S-13, W-20: after the wipe of a sign-off the file holds no word of what was wiped, nor does its log', () => {
    const db = readable();
    const store = sqliteStore(db, life);
    const contacts = many('xyzzy');
    const drafted = aContact({ seq: 900, account: 'plugh' });
    store.installSnapshot([...contacts, drafted], cursor);
    while (store.indexSome(100));
    store.saveDraft(asHandlerId('h1'), drafted.id, { text: 'Half', caret: 4 }, testStart);
    const bytes = (): string =>
      readdirSync(place)
        .map((name) => readFileSync(join(place, name), 'latin1').toLowerCase())
        .join('');
    const inIndex = (word: string): boolean =>
      (db.prepare('select block from contact_search_data').all() as { block: Buffer }[]).some(({ block }) =>
        block.includes(word),
      );
    db.pragma('wal_checkpoint(TRUNCATE)');
    const before = [bytes().includes('xyzzy'), inIndex('xyzzy')];
    store.wipe();
    const words = store.search('plugh', 5).hits.map(({ summary }) => summary.id);
    expect({ before, after: [bytes().includes('xyzzy'), inIndex('xyzzy')], words }).toEqual({
      before: [true, true],
      after: [false, false],
      words: [drafted.id],
    });
  });

  it('S-05, W-20, W-21: contacts kept by a program that could not search are found by one that can', () => {
    const before = inFile(deskMigrations.slice(0, 2));
    const contact = aContact({ account: 'A heron on the roof' });
    const flashed = aContact({ seq: 2, channel: '999-voice', title: 'Kitchen on fire' });
    const insert = before.prepare(`
      insert into contact (id, rev, open, lane, first, second, closed_at, owner_desk, summary, body)
      values (?, 1, 1, 1, 1, 1, null, null, ?, ?)`);
    insert.run(contact.id, JSON.stringify(summaryOf(contact)), JSON.stringify(contact));
    insert.run(flashed.id, JSON.stringify(summaryOf(flashed)), null);
    before.close();
    const db = inFile();
    const store = sqliteStore(db, life);
    const rows = db
      .prepare('select contact, words, indexed, number, address, name from contact_words order by contact')
      .all();
    expect([rows, ...['heron', 'kitchen'].map((text) => store.search(text, 5).hits.length)]).toEqual([
      [
        {
          contact: contact.id,
          words:
            ' con 20261122 000001 \u{e002}100000 noise from the flat above fretherne road welwyn garden city robin marsh' +
            ' 01707 960001 12 \u{e000}01707960001 \u{e001}10006970710 a heron on roof ',
          indexed: 0,
          number: '01707960001',
          address: '12 fretherne road',
          name: 'marsh robin',
        },
        expect.objectContaining({ contact: flashed.id, indexed: 0, number: null, address: null, name: null }),
      ],
      1,
      1,
    ]);
  });

  it('S-02: a change of a contact that leaves its words alone writes nothing for the search', () => {
    const db = inFile();
    const store = sqliteStore(db, life);
    const log = new LogScript();
    const { contact } = log.arrives();
    store.commitEvents(log.entries, log.cursor());
    const changes = () => db.prepare('select total_changes() as n').get() as { readonly n: number };
    const claimed = log.happens(contact, { kind: 'claim' });
    const start = changes().n;
    store.commitEvents([claimed], log.cursor());
    // The contact and the cursor.
    expect(changes().n - start).toBe(2);
  });

  it('W-20, W-21: nothing that is read newest first is sorted, and nobody’s earlier contacts are found by looking at all', () => {
    const asked: string[] = [];
    const db = inFile();
    const spy = new Proxy(db, {
      get: (target, name) =>
        name === 'prepare'
          ? (sql: string) => {
              asked.push(sql);
              return target.prepare(sql);
            }
          : Reflect.get(target, name),
    });
    searchRows(spy);
    const plans = asked
      .filter((sql) => sql.includes('order by'))
      .map((sql) => {
        const named = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name, 'x']));
        const unnamed = Array.from(sql.matchAll(/\?/g), () => 1);
        const values = unnamed.length > 0 ? unnamed : [named];
        const rows = db.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[];
        return rows.map(({ detail }) =>
          detail.replace(/\s*\(.*/, '').replace(/ VIRTUAL TABLE.*/, ' the index'),
        );
      });
    expect(plans).toEqual([
      ['SCAN contact_words USING INDEX contact_words_to_index'],
      ['SCAN contact_words'],
      ['SEARCH contact_words USING INTEGER PRIMARY KEY'],
      ['SEARCH contact_words USING INTEGER PRIMARY KEY'],
      ['SEARCH contact_words USING INDEX contact_words_to_index'],
      ['SCAN contact_search the index', 'SEARCH contact_words USING INTEGER PRIMARY KEY'],
      ['SEARCH contact_words USING INDEX contact_words_by_number'],
      ['SEARCH contact_words USING INDEX contact_words_by_address'],
      ['SEARCH contact_words USING INDEX contact_words_by_name'],
    ]);
  });
});
