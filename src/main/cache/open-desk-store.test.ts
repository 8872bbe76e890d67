import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCommand, aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { openSqlite, SqliteFault } from '../../platform/sqlite.ts';
import type { Act } from '../../shared/domain/command.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asCommandId, asIncarnation, asLsn, asStoreEpoch } from '../../shared/domain/ids.ts';
import { deskMigrations } from './migrations/all.ts';
import {
  applicationIds,
  checkDeskFile,
  openDeskStore,
  type OpenedStore,
  type StoreOptions,
} from './open-desk-store.ts';
import { markDamaged } from './set-aside.ts';
import { sqliteStore } from './sqlite-store.ts';

const key = '5a'.repeat(32);
const otherKey = 'a5'.repeat(32);
const note = (text: string): Act => ({ kind: 'note', text, happenedAt: null });
const writer = anActor().handler;
const kept = { keptAt: testStart, mono: 1, clearsDraft: false };
const cursor = { storeEpoch: asStoreEpoch(anId(9)), lsn: asLsn(7) };

let place: string;
let clock: TestClock;
let ids: number;
let opened: OpenedStore[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-profile-'));
  clock = new TestClock();
  ids = 0x100;
  opened = [];
});

afterEach(() => {
  for (const one of opened) {
    one.store.close();
    one.release();
  }
  rmSync(place, { recursive: true, force: true });
});

const at = (...names: string[]): string => join(place, 'desk', ...names);

function open(over: Partial<StoreOptions> = {}): OpenedStore {
  const one = openDeskStore({
    folder: at(),
    realm: 'demo',
    key,
    newId: () => anId((ids += 1)),
    clock,
    ...over,
  });
  opened.push(one);
  return one;
}

/** The clean end of a run. */
function end(one: OpenedStore): void {
  one.store.close();
  one.release();
  opened = opened.filter((other) => other !== one);
}

/** The power goes: what is on disk stays, and no code of ours runs any more. */
function powerOff(one: OpenedStore): void {
  const image = join(place, 'image');
  mkdirSync(image);
  for (const name of readdirSync(at(), { withFileTypes: true }).filter((file) => file.isFile())) {
    copyFileSync(at(name.name), join(image, name.name));
  }
  end(one);
  for (const name of ['desk.db', 'desk.db-wal', 'desk.db-shm']) rmSync(at(name), { force: true });
  for (const name of readdirSync(image)) copyFileSync(join(image, name), at(name));
  // The index of the WAL is memory of the programs that had it open.
  rmSync(at('desk.db-shm'), { force: true });
}

/** Every byte of the files that hold work, as a hash; `null` for one that is missing or empty. */
const bytes = (...under: string[]): Record<string, string | null> =>
  Object.fromEntries(
    ['desk.db', 'desk.db-wal'].map((name) => {
      const path = at(...under, name);
      const isThere = sizeOf(path) > 0;
      return [name, isThere ? createHash('sha256').update(readFileSync(path)).digest('hex') : null];
    }),
  );

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : -1);
const setAside = (): string[] => (existsSync(at('set-aside')) ? readdirSync(at('set-aside')).sort() : []);

/** A desk's ordinary state: contacts in the copy, words half typed, acts unsent. */
function work(one: OpenedStore, count = 3): readonly Contact[] {
  const { store } = one;
  const contacts = Array.from({ length: count }, (_, index) => aContact({ seq: index + 1 }));
  store.installSnapshot(contacts, cursor);
  for (const contact of contacts) {
    store.saveDraft(writer, contact.id, { text: `half ${contact.seq}`, caret: 4 }, testStart);
    store.keep(
      aCommand({
        on: contact,
        act: note(`kept ${contact.seq}`),
        id: asCommandId(anId(0xc100 + contact.seq)),
      }),
      kept,
    );
  }
  return contacts;
}

/** What must never be lost: unsent commands and half-typed words. */
const unsentIn = (one: OpenedStore, contacts: readonly Contact[]) => ({
  commands: one.store
    .outbox()
    .map(({ command, seq, standing }) => ({ command, seq, standing: standing.kind })),
  drafts: contacts.map(({ id }) => one.store.draft(writer, id)),
});

function faultOf(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  return null;
}

describe('a sound profile', () => {
  it('S-06: work is there again after a clean end, under the same desk id and incarnation', () => {
    const first = open();
    const contacts = work(first);
    const before = {
      ...unsentIn(first, contacts),
      desk: first.deskId,
      life: first.store.incarnation(),
      place: first.store.cursor(),
    };
    end(first);
    const second = open();
    expect({
      ...unsentIn(second, contacts),
      desk: second.deskId,
      life: second.store.incarnation(),
      place: second.store.cursor(),
    }).toEqual(before);
    expect([second.faults, second.uncleanEnd, second.store.kind, setAside()]).toEqual([
      [],
      false,
      'file',
      [],
    ]);
  });

  it('X-01: work is there again after the power went, and the end is known to have been unclean', () => {
    const first = open();
    const contacts = work(first);
    const before = unsentIn(first, contacts);
    powerOff(first);
    const second = open();
    expect([unsentIn(second, contacts), second.faults, second.uncleanEnd]).toEqual([before, [], true]);
  });

  it('S-03: neither words nor names nor ids can be read in any file of the profile', () => {
    const one = open();
    const secret = 'Sturm und Drang 4711';
    const contact = aContact({
      account: secret,
      title: secret,
      caller: { name: secret, number: secret, address: secret },
    });
    one.store.installSnapshot([contact], cursor);
    one.store.saveDraft(writer, contact.id, { text: secret, caret: 1 }, testStart);
    one.store.keep(aCommand({ on: contact, act: note(secret) }), kept);
    const during = ['desk.db', 'desk.db-wal', 'desk.db-shm'].map((name) => readFileSync(at(name)));
    end(one);
    const all = [...during, ...readdirSync(at()).map((name) => readFileSync(at(name)))];
    expect(
      all.filter(
        (file) => file.includes(secret) || file.includes(contact.id) || file.includes('SQLite format'),
      ),
    ).toEqual([]);
    // The search finds what it looks for in a file that is not encrypted.
    writeFileSync(at('plain'), JSON.stringify(contact));
    expect(readFileSync(at('plain')).includes(secret)).toBe(true);
  });

  it('S-03: without a key nothing is kept on disk, and that is said', () => {
    const one = open({ key: null });
    work(one);
    expect([one.store.kind, one.faults, existsSync(at('desk.db'))]).toEqual([
      'memory',
      [{ kind: 'no-keychain' }],
      false,
    ]);
  });

  it('S-03: a run without a key does not forget which key the file has', () => {
    const first = open();
    const contacts = work(first);
    const before = unsentIn(first, contacts);
    end(first);
    end(open({ key: null }));
    const third = open();
    expect([third.faults, unsentIn(third, contacts)]).toEqual([[], before]);
  });

  it('S-05: a new file is at the newest version, with every table strict', () => {
    end(open());
    const db = openSqlite({
      path: at('desk.db'),
      key,
      applicationId: applicationIds.demo,
      migrations: deskMigrations,
    });
    try {
      const tables = db
        .prepare(
          // The full-text index has tables of its own kind, which cannot be.
          "select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite_%' and name not like 'contact_search%' order by name",
        )
        .all();
      expect([db.pragma('user_version', { simple: true }), tables]).toEqual([
        deskMigrations.length,
        [
          'contact',
          'contact_reference',
          'contact_square',
          'contact_words',
          'desk',
          'draft',
          'guest',
          'history',
          'history_key',
          'missed',
          'outage',
          'outage_before',
          'outbox',
          'person',
          'photo',
          'policy',
          'session',
          'tabs',
          'wanted',
        ].map((name) => ({ name, strict: 1 })),
      ]);
    } finally {
      db.close();
    }
  });
});

describe('a file that is not for this desk', () => {
  it('S-05: a file of a newer program is left untouched, WAL and all, and named with its version', () => {
    const first = open();
    work(first);
    powerOff(first);
    const newer = { version: deskMigrations.length + 1, name: 'later', up: () => undefined };
    const db = openSqlite({
      path: at('desk.db'),
      key,
      applicationId: applicationIds.demo,
      migrations: [...deskMigrations, newer],
    });
    db.exec('create table later (x) strict'.replace('(x)', '(x int)'));
    for (const name of ['desk.db', 'desk.db-wal']) copyFileSync(at(name), join(place, name));
    db.close();
    for (const name of ['desk.db', 'desk.db-wal']) copyFileSync(join(place, name), at(name));
    const before = bytes();
    const second = open();
    work(second);
    const shown = [second.faults, second.store.kind];
    end(second);
    expect([shown, sizeOf(join(place, 'desk.db-wal')) > 0, bytes()]).toEqual([
      [[{ kind: 'cache-newer', found: newer.version, known: deskMigrations.length }], 'memory'],
      true,
      before,
    ]);
  });

  it('S-07: a file of another key is left untouched, WAL and all, and named; the right key still opens it', () => {
    const first = open();
    const contacts = work(first);
    const unsent = unsentIn(first, contacts);
    powerOff(first);
    const before = bytes();
    const second = open({ key: otherKey });
    work(second);
    const shown = [second.faults, second.store.kind];
    end(second);
    expect([shown, bytes()]).toEqual([[[{ kind: 'cache-key-wrong' }], 'memory'], before]);
    expect(unsentIn(open(), contacts)).toEqual(unsent);
  });

  it('S-07: the same holds when the profile no longer says which key it had', () => {
    const first = open();
    const contacts = work(first);
    const unsent = unsentIn(first, contacts);
    powerOff(first);
    writeFileSync(at('desk.json'), '{"deskId":');
    const before = bytes();
    for (let again = 0; again < 2; again += 1) {
      const wrong = open({ key: otherKey });
      expect([wrong.faults, wrong.store.kind]).toEqual([[{ kind: 'cache-key-wrong' }], 'memory']);
      end(wrong);
    }
    expect(bytes()).toEqual(before);
    expect(unsentIn(open(), contacts)).toEqual(unsent);
  });

  it('S-04: a file of another realm is left untouched, WAL and all, and named', () => {
    const first = open({ realm: 'training' });
    work(first);
    powerOff(first);
    const before = bytes();
    const second = open({ realm: 'live' });
    work(second);
    const shown = [second.faults, second.store.kind];
    end(second);
    expect([shown, bytes()]).toEqual([[[{ kind: 'cache-realm-wrong' }], 'memory'], before]);
  });

  it('S-04: every realm marks its files otherwise', () => {
    expect(new Set(Object.values(applicationIds)).size).toBe(3);
  });

  it('S-08: a second program on the same profile is refused as busy, and the first goes on', () => {
    const first = open();
    const contacts = work(first);
    expect(faultOf(() => open())).toEqual(new SqliteFault('busy'));
    first.store.saveDraft(writer, aContact().id, { text: 'still here', caret: 2 }, testStart);
    expect(first.store.draft(writer, aContact().id)).toEqual({ text: 'still here', caret: 2 });
    end(first);
    expect(open().store.outbox()).toHaveLength(contacts.length);
  });

  it('S-09: a folder that cannot be written is a fault of the disk, not another program', () => {
    writeFileSync(join(place, 'desk'), 'a file where the folder should be');
    expect(faultOf(() => open())).toMatchObject({ name: 'SqliteFault', kind: 'io' });
    expect(faultOf(() => open({ folder: join(place, 'desk', 'deeper') }))).toMatchObject({
      name: 'SqliteFault',
      kind: 'io',
    });
  });
});

/** Ways in which a disk breaks a file. Each leaves the WAL as it was. */
const breakages: readonly {
  readonly name: string;
  readonly readable: boolean;
  readonly run: (path: string) => void;
}[] = [
  { name: 'its first page overwritten', readable: false, run: (path) => overwrite(path, 0, 4096) },
  { name: 'its first bytes overwritten', readable: false, run: (path) => overwrite(path, 0, 16) },
  { name: 'cut off after the first page', readable: false, run: (path) => truncateSync(path, 4096) },
  { name: 'cut off in the middle of a page', readable: false, run: (path) => truncateSync(path, 1000) },
  { name: 'emptied', readable: false, run: (path) => truncateSync(path, 0) },
];

function overwrite(path: string, from: number, length: number): void {
  const file = readFileSync(path);
  file.fill(0xee, from, from + length);
  writeFileSync(path, file);
}

describe('a damaged file', () => {
  it.each(breakages)(
    'S-06: $name, it is set aside whole, a new file takes over, and the handler is told',
    ({ run }) => {
      const first = open();
      work(first, 40);
      end(first);
      run(at('desk.db'));
      const before = bytes();
      const second = open();
      const [folder = ''] = setAside();
      expect({
        faults: second.faults,
        kind: second.store.kind,
        desk: second.deskId,
        aside: bytes('set-aside', folder),
      }).toEqual({
        faults: [
          {
            kind: 'cache-damaged',
            setAside: at('set-aside', folder),
            salvaged: 0,
            unsent: [],
            unreadable: true,
          },
        ],
        kind: 'file',
        desk: first.deskId,
        aside: before,
      });
      work(second);
      end(second);
      expect(open().faults).toEqual([]);
    },
  );

  it('S-06: with a WAL that has not been taken in, it is set aside together with that WAL', () => {
    const first = open();
    work(first, 40);
    powerOff(first);
    overwrite(at('desk.db'), 0, 4096);
    rmSync(at('desk.db-wal'));
    writeFileSync(at('desk.db-wal'), 'whatever was in the WAL');
    const before = bytes();
    open();
    const [folder = ''] = setAside();
    expect(bytes('set-aside', folder)).toEqual(before);
  });

  it('S-06: when only the WAL is left, it is set aside and not thrown away', () => {
    const first = open();
    work(first);
    powerOff(first);
    rmSync(at('desk.db'));
    const before = bytes();
    const second = open();
    const [folder = ''] = setAside();
    expect([
      bytes('set-aside', folder),
      second.faults.map(({ kind }) => kind),
      sizeOf(at('set-aside', folder, 'desk.db-wal')) > 0,
    ]).toEqual([before, ['cache-damaged'], true]);
  });

  it('S-06: found damaged during the work, unsent acts and half-typed words are carried over under their own ids', () => {
    const first = open();
    const contacts = work(first);
    const before = unsentIn(first, contacts);
    powerOff(first);
    markDamaged(at());
    const second = open();
    const [folder = ''] = setAside();
    expect({ ...unsentIn(second, contacts), faults: second.faults, cursor: second.store.cursor() }).toEqual({
      ...before,
      faults: [
        {
          kind: 'cache-damaged',
          setAside: at('set-aside', folder),
          salvaged: 6,
          unsent: [],
          unreadable: false,
        },
      ],
      cursor: null,
    });
    end(second);
    const third = open();
    expect([third.faults, unsentIn(third, contacts), setAside()]).toEqual([[], before, [folder]]);
  });

  it('S-06: an act that was applied but not yet in the copy is carried over, a claim never, and a refusal not yet seen stays', () => {
    const first = open();
    const contact = aContact();
    const acts: readonly Act[] = [
      { kind: 'claim' },
      note('applied'),
      note('refused'),
      note('late'),
      note('waiting'),
      { kind: 'consult' },
    ];
    const rows = acts.map((act, index) =>
      first.store.keep(aCommand({ on: contact, act, id: asCommandId(anId(0xc200 + index)) }), kept),
    );
    const [, applied, refused, late, waiting, consult] = rows;
    const refusal = { code: 'fenced', by: anActor() } as const;
    first.store.answer(asCommandId(anId(0xc201)), { kind: 'applied', lsn: asLsn(9) });
    first.store.answer(asCommandId(anId(0xc202)), { kind: 'refused', refusal });
    first.store.answer(asCommandId(anId(0xc203)), { kind: 'late' });
    end(first);
    markDamaged(at());
    const second = open();
    const { faults, store } = second;
    expect(late?.seq).toBe(4);
    expect({ faults, outbox: store.outbox(), next: store.lastSeq() + 1 }).toEqual({
      faults: [
        {
          kind: 'cache-damaged',
          setAside: at('set-aside', setAside()[0] ?? ''),
          salvaged: 2,
          unsent: [`claim of contact ${contact.id}`],
          unreadable: false,
        },
      ],
      outbox: [
        { ...applied, seq: 1, mono: 0, standing: { kind: 'waiting' } },
        { ...refused, seq: 0, mono: 0, standing: { kind: 'refused', refusal } },
        { ...waiting, seq: 2, mono: 0 },
        { ...consult, seq: 3, mono: 0 },
      ],
      next: 4,
    });
  });

  it('S-06: whatever single page is broken, what can still be read of acts and drafts is carried over, and a loss is told', () => {
    const first = open();
    const contacts = Array.from({ length: 24 }, (_, index) => aContact({ seq: index + 1 }));
    for (const contact of contacts) {
      first.store.saveDraft(writer, contact.id, { text: 'half '.repeat(80), caret: 4 }, testStart);
      const id = asCommandId(anId(0xc100 + contact.seq));
      first.store.keep(aCommand({ on: contact, act: note('kept '.repeat(80)), id }), kept);
    }
    const before = unsentIn(first, contacts);
    end(first);
    const whole = readFileSync(at('desk.db'));
    const outcomes = new Set<string>();
    for (let page = 1; page < whole.length / 4096; page += 1) {
      rmSync(at('set-aside'), { recursive: true, force: true });
      writeFileSync(at('desk.db'), whole);
      overwrite(at('desk.db'), page * 4096 + 100, 64);
      markDamaged(at());
      const second = open();
      const now = unsentIn(second, contacts);
      const [fault] = second.faults;
      end(second);
      const isTold = fault?.kind === 'cache-damaged' && fault.unreadable;
      const lost =
        before.commands.length - now.commands.length + now.drafts.filter((draft) => draft === null).length;
      expect({ page, isLossTold: isTold || lost === 0 }).toEqual({ page, isLossTold: true });
      outcomes.add(lost === 0 ? 'nothing' : lost < 24 ? 'some rows' : 'a table');
      const seqs = now.commands.map(({ command }) => Number.parseInt(command.id.slice(-4), 16) - 0xc100);
      if (seqs.length < 24 && seqs[0] === 1 && seqs.at(-1) === 24) outcomes.add('only the middle');
    }
    expect([...outcomes].sort()).toEqual(['a table', 'nothing', 'only the middle', 'some rows']);
  }, 60_000);

  it('S-06: whatever single page is broken, the desk starts, says so or works on, and never ends in a bug', () => {
    const first = open();
    const contacts = work(first, 60);
    end(first);
    const whole = readFileSync(at('desk.db'));
    const kinds = new Set<string>();
    for (let page = 0; page < whole.length / 4096; page += 1) {
      rmSync(at('set-aside'), { recursive: true, force: true });
      writeFileSync(at('desk.db'), whole);
      overwrite(at('desk.db'), page * 4096 + 100, 64);
      const second = open();
      const reading = faultOf(() => unsentIn(second, contacts));
      kinds.add(second.faults[0]?.kind ?? (reading === null ? 'no word' : 'found later'));
      end(second);
    }
    expect([...kinds].sort()).toEqual(['cache-damaged', 'found later', 'no word']);
  }, 60_000);

  it('S-06: the check after an unclean end says what is wrong, and of a sound file nothing', () => {
    const first = open();
    work(first, 60);
    expect(checkDeskFile(at(), key)).toBeNull();
    end(first);
    const sound = checkDeskFile(at(), key);
    overwrite(at('desk.db'), 5 * 4096 + 100, 64);
    expect([sound, checkDeskFile(at(), key), checkDeskFile(join(place, 'nowhere'), key)]).toEqual([
      null,
      expect.any(String),
      null,
    ]);
  });

  it('S-06: two damaged files in the same moment are both kept', () => {
    for (let times = 0; times < 2; times += 1) {
      end(open());
      markDamaged(at());
    }
    open();
    expect(setAside().map((folder) => sizeOf(at('set-aside', folder, 'desk.db')) > 0)).toEqual([true, true]);
  });

  it.each([
    ['after the file was moved', (_folder: string) => undefined],
    [
      'between the file and its WAL',
      (folder: string) => {
        copyFileSync(at('set-aside', folder, 'desk.db-wal'), at('desk.db-wal'));
        rmSync(at('set-aside', folder, 'desk.db-wal'));
        writeFileSync(at('damaged'), JSON.stringify({ setAside: [folder], isMoved: false }));
      },
    ],
    [
      'when the new file held one act of three',
      () => {
        const db = openSqlite({
          path: at('desk.db'),
          key,
          applicationId: applicationIds.demo,
          migrations: deskMigrations,
        });
        const half = sqliteStore(db, asIncarnation(anId(0xff)));
        half.keep(
          aCommand({ on: aContact({ seq: 1 }), act: note('kept 1'), id: asCommandId(anId(0xc101)) }),
          kept,
        );
        half.close();
      },
    ],
  ])('S-06: a rescue that the power cut off %s is begun again and misses nothing', (_when, cut) => {
    const first = open();
    const contacts = work(first);
    const before = unsentIn(first, contacts);
    powerOff(first);
    const wal = readFileSync(at('desk.db-wal'));
    const folder = '2026-11-22';
    mkdirSync(at('set-aside', folder), { recursive: true });
    for (const name of ['desk.db', 'desk.db-wal']) renameSync(at(name), at('set-aside', folder, name));
    writeFileSync(at('damaged'), JSON.stringify({ setAside: [folder], isMoved: true }));
    cut(folder);
    const again = open();
    expect({ work: unsentIn(again, contacts), faults: again.faults }).toEqual({
      work: before,
      faults: [
        {
          kind: 'cache-damaged',
          setAside: at('set-aside', folder),
          salvaged: 6,
          unsent: [],
          unreadable: false,
        },
      ],
    });
    expect([readFileSync(at('set-aside', folder, 'desk.db-wal')), existsSync(at('damaged'))]).toEqual([
      wal,
      false,
    ]);
  });

  it('S-06: a file marked as damaged that somebody took away is told like one that cannot be read', () => {
    mkdirSync(at());
    markDamaged(at());
    expect(open().faults).toEqual([
      {
        kind: 'cache-damaged',
        setAside: at('set-aside', setAside()[0] ?? ''),
        salvaged: 0,
        unsent: [],
        unreadable: true,
      },
    ]);
  });
});
