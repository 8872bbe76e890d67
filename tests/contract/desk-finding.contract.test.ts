import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import { memoryStore } from '../../src/main/cache/memory-store.ts';
import { deskMigrations } from '../../src/main/cache/migrations/all.ts';
import { applicationIds } from '../../src/main/cache/open-desk-store.ts';
import { sqliteStore } from '../../src/main/cache/sqlite-store.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { asCommandId, asHandlerId, asIncarnation, asLsn } from '../../src/shared/domain/ids.ts';
import { callerKeys, keysOfContact } from '../../src/shared/domain/same-caller.ts';
import { later } from '../../src/shared/domain/time.ts';
import { always } from '../harness/arbitraries.ts';
import { aCall, aContact, aCommand, anActor, anId, testStart } from '../harness/builders.ts';
import { LogScript } from '../harness/log-script.ts';
import { anyDesk, anyTold, anyTyped, model, type Told } from '../harness/search-model.ts';

const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

const life = asIncarnation(anId(1));

function inFile(): DeskStore {
  const folder = mkdtempSync(join(tmpdir(), 'fcr-finding-'));
  const path = join(folder, 'desk.db');
  const key = '7c'.repeat(32);
  const db = openSqlite({ path, key, applicationId: applicationIds.demo, migrations: deskMigrations });
  const store = sqliteStore(db, life);
  cleanUps.push(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}

const kinds = [
  { name: 'memory', open: () => memoryStore(life) },
  { name: 'encrypted file', open: inFile },
] as const;

const cursor = { storeEpoch: new LogScript().storeEpoch, lsn: asLsn(1) };
const idsFound = (store: DeskStore, text: string, limit = 200): string[] =>
  store.search(text, limit).hits.map(({ summary }) => summary.id);

describe.each(kinds)('finding contacts ($name)', ({ open }) => {
  it('W-20: a search finds the contacts in which every typed word begins a word, newest first, and no others', () => {
    const store = open();
    always(
      fc.property(anyDesk, fc.array(anyTyped, { minLength: 1, maxLength: 6 }), (desk, searches) => {
        store.installSnapshot(
          desk.map(({ contact }) => contact),
          cursor,
        );
        for (const typed of searches) {
          const text = typed.map((one) => one.text).join(' ');
          const expected = model(desk, typed).map(({ id }) => id);
          expect([text, idsFound(store, text)]).toEqual([text, expected]);
        }
      }),
      { runs: 150 },
    );
  });

  it('W-20: a search of a desk with many contacts finds the same whether its index is new, half written or out of date', () => {
    const store = open();
    const [desk = []] = fc.sample(fc.tuple(...Array.from({ length: 900 }, (_, index) => anyTold(index))), {
      numRuns: 1,
      seed: 20,
    });
    const searches = fc.sample(anyTyped, { numRuns: 50, seed: 21 });
    const check = (told: readonly Told[], when: string): void => {
      for (const typed of searches) {
        const text = typed.map((one) => one.text).join(' ');
        const expected = model(told, typed).map(({ id }) => id);
        const { hits, complete } = store.search(text, 60);
        expect([when, text, hits.map(({ summary }) => summary.id), complete]).toEqual([
          when,
          text,
          expected.slice(0, 60),
          expected.length <= 60,
        ]);
        const few = store.search(text, 2);
        expect([text, few.hits.map(({ summary }) => summary.id), few.complete]).toEqual([
          text,
          expected.slice(0, 2),
          expected.length <= 2,
        ]);
      }
    };
    const install = (told: readonly Told[]): void =>
      void store.installSnapshot(
        told.map(({ contact }) => contact),
        cursor,
      );
    install(desk);
    check(desk, 'no index');
    store.indexSome(400);
    check(desk, 'half an index');
    while (store.indexSome(400));
    check(desk, 'whole index');
    // Every third says something else now, every fifth is gone.
    const swapped = desk.flatMap((told, index) => {
      if (index % 5 === 0) return [];
      const other = desk[(index * 7) % desk.length];
      if (index % 3 !== 0 || other === undefined) return [told];
      const { title, account, messages, notes, caller, place } = other.contact;
      const contact = { ...told.contact, title, account, messages, notes, caller, place };
      return [{ contact, pieces: other.pieces }];
    });
    install(swapped);
    check(swapped, 'index out of date');
    while (store.indexSome(400));
    check(swapped, 'index up to date');
    store.forgetClosed(later(testStart, 90_000));
    const left = swapped.filter(
      ({ contact: { ownership } }) =>
        !(ownership.kind === 'closed' && ownership.since < later(testStart, 90_000)),
    );
    check(left, 'old ones forgotten');
    expect(store.search('x', 1).searched).toBe(left.length);
  });

  it('W-20: at most as many as asked for are found, the newest, and it is said whether there were more', () => {
    const store = open();
    const contacts = [1, 2, 3].map((seq) => aContact({ seq, receivedAt: later(testStart, seq) }));
    store.installSnapshot(contacts, cursor);
    const found = [2, 3].map((limit) => {
      const { hits, complete, searched } = store.search('noise', limit);
      return { seqs: hits.map(({ summary }) => summary.seq), complete, searched };
    });
    expect(found).toEqual([
      { seqs: [3, 2], complete: false, searched: 3 },
      { seqs: [3, 2, 1], complete: true, searched: 3 },
    ]);
  });

  it('W-20: what many contacts have in common counts as much as what few have', () => {
    const store = open();
    const contacts = Array.from({ length: 400 }, (_, index) => {
      // The first five say the rare word, but only the oldest two of them the common one as well.
      const title = index > 1 && index < 5 ? 'Zulu' : index < 5 ? 'Noise, zulu' : 'Noise';
      return aContact({ seq: index + 1, receivedAt: later(testStart, index), title });
    });
    store.installSnapshot(contacts, cursor);
    while (store.indexSome(500));
    const { hits, complete } = store.search('noise zulu', 2);
    expect([hits.map(({ summary }) => summary.seq), complete]).toEqual([[2, 1], true]);
  });

  it('W-20: a search for nothing that is a word finds nothing', () => {
    const store = open();
    store.installSnapshot([aContact()], cursor);
    expect(['', '  ', '"', '*', '👮🏽‍♀️', '- ("'].map((text) => store.search(text, 10))).toEqual(
      Array.from({ length: 6 }, () => ({ hits: [], complete: true, searched: 1 })),
    );
  });

  it('W-20: whatever is typed is looked for and never taken for a command of the index', () => {
    const store = open();
    // Behind so many newer ones that it is the index that is asked.
    const others = Array.from({ length: 400 }, (_, index) =>
      aContact({ seq: index + 2, receivedAt: later(testStart, index + 1), account: '' }),
    );
    const told = aContact({ account: 'near or not and "quoted" col:umn ^first (x) y*' });
    store.installSnapshot([told, ...others], cursor);
    while (store.indexSome(500));
    always(
      fc.property(fc.string({ maxLength: 30, unit: 'grapheme' }), (text) => {
        store.search(text, 10);
      }),
    );
    const typed = ['near', 'NOT', '"quoted"', 'col:umn', '^first', '(x) y*', 'OR AND', '{ac'];
    expect(typed.map((text) => idsFound(store, text).length)).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it('W-20: what the log brings is found from its commit on, and what a refused batch held is not', () => {
    const store = open();
    const log = new LogScript();
    const { contact } = log.arrives({ account: 'A heron on the roof' });
    store.commitEvents(log.entries, log.cursor());
    const noted = log.happens(contact, { kind: 'note', text: 'Zebra seen', happenedAt: null });
    const unfit = { ...log.happens(contact, { kind: 'claim' }), rev: 9 };
    const refused = (): unknown => store.commitEvents([noted, unfit], log.cursor());
    expect(refused).toThrow(/bug/);
    const before = idsFound(store, 'zebra');
    store.commitEvents([noted], log.cursor());
    expect([idsFound(store, 'heron'), before, idsFound(store, 'zeb roof')]).toEqual([
      [contact],
      [],
      [contact],
    ]);
  });

  it('W-20: of an emergency that has only been flashed, reference, title and place are found', () => {
    const store = open();
    const log = new LogScript();
    const { contact } = log.arrives({
      channel: '999-voice',
      title: 'Kitchen on fire',
      ref: 'CON-20261122-000007',
    });
    store.commitFlash(log.summary(contact));
    expect(['7', 'kitchen', 'fretherne', 'robin'].map((text) => idsFound(store, text))).toEqual([
      [contact],
      [contact],
      [contact],
      [],
    ]);
  });

  it('P-03, W-20: a contact is found by the reference said to the caller, before the queue has answered and after', () => {
    const store = open();
    const provisional = aContact({ seq: 0, rev: 0, ref: 'PROV-7KQ2MX' });
    const command = aCommand({ on: provisional, act: { kind: 'release' } });
    store.keep(command, { keptAt: testStart, mono: 1, clearsDraft: false, provisional });
    const before = idsFound(store, '7kq2mx');
    store.installSnapshot(
      [{ ...provisional, rev: 1, ref: 'CON-20261122-000009', provisionalRef: 'PROV-7KQ2MX' }],
      cursor,
    );
    expect([before, idsFound(store, 'prov-7kq2mx'), idsFound(store, '000009')]).toEqual(
      Array.from({ length: 3 }, () => [provisional.id]),
    );
  });

  it('S-13: after the wipe of a sign-off only what somebody has a draft on is found', () => {
    const store = open();
    const [first, second] = [1, 2].map((seq) => aContact({ seq })) as [Contact, Contact];
    store.installSnapshot([first, second], cursor);
    store.saveDraft(asHandlerId('h1'), second.id, { text: 'Half', caret: 4 }, testStart);
    store.wipe();
    expect([
      idsFound(store, 'noise'),
      store.sameCaller(callerKeys(first.caller), 9).map(({ summary }) => summary.id),
    ]).toEqual([[second.id], [second.id]]);
  });

  it('W-21: the contacts of the same number, address or name are found, newest first, with all that they share', () => {
    const store = open();
    const caller = { name: 'Robin Marsh', number: '07700 900114', address: '12 Fretherne Road' };
    const others = [
      { name: 'MARSH, Robin', number: '+44 7700 900114', address: '12, Fretherne road.' },
      { name: 'Robin Marshall', number: '07700900114', address: null },
      { name: null, number: 'withheld', address: '12 FRETHERNE  ROAD' },
      { name: 'Mr Robin Marsh', number: null, address: '14 Fretherne Road' },
      { name: 'Robin', number: '07700 900115', address: 'Fretherne Road' },
    ].map((one, index) => aContact({ seq: index + 2, receivedAt: later(testStart, -index), caller: one }));
    store.installSnapshot([aContact({ caller, receivedAt: later(testStart, 1) }), ...others], cursor);
    expect(
      store.sameCaller(callerKeys(caller), 50).map(({ summary, because }) => [summary.seq, because]),
    ).toEqual([
      [1, ['same-number', 'same-address', 'same-name']],
      [2, ['same-number', 'same-address', 'same-name']],
      [3, ['same-number']],
      [4, ['same-address']],
      [5, ['same-name']],
    ]);
  });

  it('AS-28, W-21: where the caller told none, the name and address of whose line it is find it; an agreed place finds it by the map', () => {
    const store = open();
    const subscriber = { name: 'Robin Marsh', address: '12 Fretherne Road' };
    const point = { latitude: 51.9031, longitude: -0.1894 };
    const spot = { id: asCommandId(anId(7)), words: 'Larkmere Close', detail: '4', point, readBack: true };
    const nobody = { name: null, number: '07700 900114', address: null };
    const contact = aContact({
      caller: nobody,
      call: aCall({ subscriber }),
      spots: [{ ...spot, by: anActor(), at: testStart }],
    });
    const told = aContact({ seq: 2, caller: { ...nobody, number: null, address: '12, Fretherne road' } });
    store.installSnapshot([contact, told], cursor);
    expect([
      store.sameCaller(keysOfContact(contact), 9).map(({ summary, because }) => [summary.seq, because]),
      store.ofCaller(keysOfContact(told), 9).toSorted(),
      store.locatedNear({ latitude: 51.904, longitude: -0.19 }, 9),
    ]).toEqual([
      [
        [1, ['same-number', 'same-address', 'same-name']],
        [2, ['same-address']],
      ],
      [contact.id, told.id].toSorted(),
      [contact.id],
    ]);
  });

  it('W-21: a caller of whom nothing is known is the same as nobody', () => {
    const store = open();
    const unknown = { name: 'Unknown', number: 'Withheld', address: '' };
    store.installSnapshot(
      [1, 2].map((seq) => aContact({ seq, caller: unknown })),
      cursor,
    );
    expect(store.sameCaller(callerKeys(unknown), 50)).toEqual([]);
  });
});
