import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aLog } from '../../../tests/harness/arrivals.ts';
import { aCommand, aContact, anActor, anId, aPolicy, testStart } from '../../../tests/harness/builders.ts';
import { aKnownPerson, aSignIn } from '../../../tests/harness/kept-sign-in.ts';
import { LogScript } from '../../../tests/harness/log-script.ts';
import { openSqlite } from '../../platform/sqlite.ts';
import { asCommandId, asIncarnation } from '../../shared/domain/ids.ts';
import type { DeskStore } from './desk-store.ts';
import { memoryStore } from './memory-store.ts';
import { first } from './migrations/0001-first.ts';
import { deskMigrations } from './migrations/all.ts';
import { nobodyNamed } from './kept-session.ts';
import { carryOver, rescue } from './rescue.ts';
import { sqliteStore } from './sqlite-store.ts';

const key = '31'.repeat(32);
const me = anActor();
const draft = { text: 'Half a sen', caret: 4 };
const kept = { keptAt: testStart, mono: 1, clearsDraft: false };
const provisional = {
  ...aContact({ seq: 77, ownership: { kind: 'owned', by: me, since: testStart } }),
  rev: 0,
} as const;

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-rescue-'));
  path = join(folder, 'desk.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const openFile = (migrations = deskMigrations) => openSqlite({ path, key, applicationId: 1, migrations });

/** What is carried into a new store from the file at `path`. */
function carried(): { readonly store: DeskStore; readonly fault: unknown } {
  const store = memoryStore(asIncarnation(anId(2)));
  return { store, fault: carryOver(rescue([path], key), store, folder) };
}

describe('what is carried over from a damaged file', () => {
  it('S-06, A-06, A-08: who works here, who may, whose draft it is; the desk asks nobody again', () => {
    const store = sqliteStore(openFile(), asIncarnation(anId(1)));
    store.keepSignIn(aSignIn({ locked: true }), aKnownPerson());
    store.saveDraft(me.handler, aContact().id, draft, testStart);
    store.close();
    const after = carried().store;
    expect([after.session(), after.people(), after.drafts(me.handler)]).toEqual([
      aSignIn({ locked: true }),
      [aKnownPerson()],
      [{ contact: aContact().id, handler: me.handler, draft, savedAt: testStart }],
    ]);
  });

  it('S-06, P-03: a contact that was only written down here, with its command', () => {
    const store = sqliteStore(openFile(), asIncarnation(anId(1)));
    const command = aCommand({
      on: provisional,
      act: { kind: 'log', ...aLog() },
      id: asCommandId(anId(0xc1)),
    });
    store.keep(command, { ...kept, provisional });
    store.close();
    const after = carried().store;
    expect([after.outbox().map((row) => row.command), after.held(provisional.id)?.contact]).toEqual([
      [command],
      provisional,
    ]);
  });

  it('S-06, P-03: the desk’s number and policy, so that a call can be written down before the queue is back', () => {
    const store = sqliteStore(openFile(), asIncarnation(anId(1)));
    const greeting = { deskNumber: 7, policy: aPolicy() };
    store.keepGreeting(greeting);
    store.close();
    expect(carried().store.greeting()).toEqual(greeting);
  });

  it('P-01: paper numbers go on, and jump far ahead when it cannot be read how far they had come', () => {
    const store = sqliteStore(openFile(), asIncarnation(anId(1)));
    store.reservePaper(12);
    store.close();
    const read = carried().store.reservePaper(1);
    rmSync(path);
    expect([read, carried().store.reservePaper(1)]).toEqual([13, 5_001]);
  });

  it('S-06: work of a file of the first version, in nobody’s name', () => {
    const db = openFile([first]);
    const old = {
      id: anId(0xc1),
      contact: aContact().id,
      fence: 0,
      baseRev: 1,
      act: { kind: 'note', text: 'x' },
    };
    db.prepare(
      "insert into outbox (seq, id, contact, command, kept_at, mono, standing) values (1, ?, ?, ?, ?, 1, 'waiting')",
    ).run(old.id, old.contact, JSON.stringify(old), testStart);
    db.prepare('insert into draft (contact, words, caret, saved_at) values (?, ?, 4, ?)').run(
      old.contact,
      JSON.stringify(draft.text),
      testStart,
    );
    db.close();
    const { store, fault } = carried();
    expect([
      store.outbox().map(({ command }) => command),
      store.draft(nobodyNamed, aContact().id),
      fault,
    ]).toMatchObject([
      [{ ...old, by: nobodyNamed, act: { kind: 'note', text: 'x', happenedAt: null } }],
      draft,
      { salvaged: 2, unreadable: false },
    ]);
  });
});

describe('what a sign-off leaves in the file', () => {
  /** The pages of the file as they would be without encryption. */
  function plainBytes(): string {
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy);
    const db = openSqlite({ path: copy, key, applicationId: 1, migrations: deskMigrations });
    db.pragma('journal_mode = DELETE');
    db.pragma("rekey = ''");
    db.close();
    return readFileSync(copy, 'latin1');
  }

  it('S-13: nothing of the contacts: not in the pages, not in the log of the file, not in what it is searched by', () => {
    const store = sqliteStore(openFile(), asIncarnation(anId(1)));
    const log = new LogScript();
    for (let count = 0; count < 40; count += 1)
      log.arrives({
        account: `The quokka ${count} was here. ${'x'.repeat(3_000)}`,
        title: 'Wombats in Stevenage',
      });
    store.installSnapshot(log.contacts, log.cursor());
    const before = plainBytesWithLog();
    store.wipe();
    const wal = readFileSync(`${path}-wal`).length;
    const after = plainBytesWithLog();
    store.close();
    expect([/quokka/i.test(before), /wombats/i.test(before), wal]).toEqual([true, true, 0]);
    expect([/quokka/i.test(after), /wombats/i.test(after)]).toEqual([false, false]);
  });

  /** With the file's own log taken in, as `wipe` leaves it. */
  function plainBytesWithLog(): string {
    copyFileSync(`${path}-wal`, join(folder, 'copy.db-wal'));
    return plainBytes();
  }
});
