import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { contactsOfCard, shippedLinking } from '../../../tests/harness/assist-data.ts';
import { aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { LogScript } from '../../../tests/harness/log-script.ts';
import { openSqlite } from '../../platform/sqlite.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asCommandId, asContactId, asIncarnation, type ContactId } from '../../shared/domain/ids.ts';
import type { LinkingPolicy } from '../../shared/domain/policy/linking.ts';
import { HOUR, later, MINUTE } from '../../shared/domain/time.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import { memoryStore } from '../cache/memory-store.ts';
import { deskMigrations } from '../cache/migrations/all.ts';
import { sqliteStore } from '../cache/sqlite-store.ts';
import { Related, type RelatedOptions } from './related.ts';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

const life = asIncarnation(anId(1));
const cursor = new LogScript().cursor();
const linking = shippedLinking();

function inFile(): DeskStore {
  const place = mkdtempSync(join(tmpdir(), 'fcr-related-'));
  const path = join(place, 'desk.db');
  const store = sqliteStore(
    openSqlite({ path, key: '31'.repeat(32), applicationId: 1, migrations: deskMigrations }),
    life,
  );
  cleanUps.push(() => {
    store.close();
    rmSync(place, { recursive: true, force: true });
  });
  return store;
}

/** Counts what is read of the store. */
function counted(store: DeskStore) {
  const read = { contacts: 0, ids: 0 };
  const told = (ids: readonly ContactId[]): readonly ContactId[] => {
    read.ids += ids.length;
    return ids;
  };
  const counting: RelatedOptions['store'] = {
    held: (id) => {
      read.contacts += 1;
      return store.held(id);
    },
    revOf: (id) => store.revOf(id),
    receivedNear: (...asked) => told(store.receivedNear(...asked)),
    locatedNear: (...asked) => told(store.locatedNear(...asked)),
    ofCaller: (...asked) => told(store.ofCaller(...asked)),
    byReference: (...asked) => told(store.byReference(...asked)),
  };
  return { read, store: counting };
}

function relatedIn(store: DeskStore, policy: LinkingPolicy | null = linking) {
  const { read, store: counting } = counted(store);
  const related = new Related({
    store: counting,
    inbox: counting,
    policies: {
      read: async (name) =>
        policy === null
          ? { kind: 'not-there', sentence: 'This desk has no linking yet.' }
          : {
              kind: 'here',
              name,
              version: policy.version,
              owner: '',
              review: '',
              from: 'seed',
              fetchedAt: null,
              value: policy,
            },
    },
    history: { of: () => ({ year: [], older: [] }) },
    lookUp: async () => ({ kind: 'away' }),
    queueTime: () => later(testStart, HOUR),
    served: (work) => work(),
  });
  return { related, read };
}

/** The contacts of a card, whole. */
function card(name: string, seq: number, after: number): Contact {
  const [source] = contactsOfCard(name, later(testStart, after));
  if (source === undefined) throw new Error(`no contact in ${name}`);
  return aContact({
    ...source,
    id: asContactId(anId(seq)),
    seq,
    ref: `CON-20261122-${String(seq).padStart(6, '0')}`,
  });
}

const crash = [card('E04', 1, 0), card('E05', 2, 58_000), card('E06', 3, 6 * MINUTE)];
const [first, second, third] = crash.map(({ id }) => id) as [ContactId, ContactId, ContactId];
const suggested = async (related: Related, contact: ContactId): Promise<readonly string[]> =>
  (await related.read({ contact })).suggestions.map(({ summary }) => summary.id);

describe.each([
  { name: 'memory', open: () => memoryStore(life) },
  { name: 'encrypted file', open: inFile },
])('what belongs together on a desk ($name)', ({ open }) => {
  it('AS-10, AS-11, A9: three calls on one crash are suggested to each other, with reasons in sentences', async () => {
    const store = open();
    const other = aContact({
      seq: 9,
      receivedAt: testStart,
      title: 'Lost dog',
      account: 'My dog is gone.',
      place: 'Royston',
    });
    store.installSnapshot([...crash, other], cursor);
    const { related } = relatedIn(store);
    expect(new Set(await suggested(related, first))).toEqual(new Set([second, third]));
    expect(new Set(await suggested(related, second))).toEqual(new Set([first, third]));
    const [suggestion] = (await related.read({ contact: second })).suggestions;
    expect([suggestion?.kinds, suggestion?.because.some((words) => words.includes('A414'))]).toEqual([
      ['same-incident'],
      true,
    ]);
  });

  it('AS-10, C-23: what is linked is not suggested again, and is once it has been parted', async () => {
    const store = open();
    const [parent, child, last] = crash as [Contact, Contact, Contact];
    const link = {
      id: asCommandId(anId(77)),
      kind: 'same-incident',
      side: 'child',
      other: { contact: first, ref: parent.ref },
      fact: '',
      found: [],
      by: anActor(),
      at: testStart,
    } as const;
    const { related } = relatedIn(store);
    store.installSnapshot([parent, { ...child, links: [{ ...link, parted: null }] }, last], cursor);
    const linked = await suggested(related, second);
    const parted = { reason: 'Another crash', by: anActor(), at: testStart };
    store.installSnapshot([parent, { ...child, rev: 2, links: [{ ...link, parted }] }, last], cursor);
    expect([linked, new Set(await suggested(related, second))]).toEqual([[third], new Set([first, third])]);
  });

  it('AS-10: of a contact whose parent has a parent itself, the last of them is suggested', async () => {
    const store = open();
    const [top, middle, child] = crash as [Contact, Contact, Contact];
    const under = (contact: Contact, parent: Contact, n: number): Contact => ({
      ...contact,
      links: [
        {
          id: asCommandId(anId(n)),
          kind: 'same-incident',
          side: 'child',
          other: { contact: parent.id, ref: parent.ref },
          fact: '',
          found: [],
          by: anActor(),
          at: testStart,
          parted: null,
        },
      ],
    });
    const late = {
      ...child,
      id: asContactId(anId(0x99)),
      seq: 99,
      ref: 'CON-99',
      caller: { name: null, number: null, address: null },
    };
    store.installSnapshot([top, under(middle, top, 77), under(child, middle, 78), late], cursor);
    expect(await suggested(relatedIn(store).related, late.id)).toEqual([top.id]);
  });

  it('AS-19, A8: repeats of a number are counted back from the contact, each with its date', async () => {
    const store = open();
    const caller = { name: null, number: '07700 900956', address: null };
    const calls = [0, 1, 2].map((n) =>
      aContact({
        seq: n + 1,
        receivedAt: later(testStart, n * HOUR),
        caller,
        title: 'Complaint',
        account: '',
      }),
    );
    store.installSnapshot(calls, cursor);
    const { related } = relatedIn(store);
    const { repeats } = await related.read({ contact: calls[2]?.id ?? first });
    const again = await related.read({ contact: calls[1]?.id ?? first });
    expect(repeats).toMatchObject([
      {
        kind: 'repeat-caller',
        count: 3,
        sentence: '3 contacts in 24 hours from the same number.',
        contacts: [{ ref: calls[1]?.ref }, { ref: calls[0]?.ref }],
      },
    ]);
    expect(again.repeats).toEqual([]);
  });

  it('AS-11: what has changed since it was compared is read again', async () => {
    const store = open();
    const [parent] = crash as [Contact];
    const vague = aContact({
      seq: 5,
      receivedAt: testStart,
      title: 'Noise',
      account: 'Something loud.',
      place: null,
    });
    store.installSnapshot([parent, vague], cursor);
    const { related } = relatedIn(store);
    const before = await suggested(related, first);
    store.installSnapshot([parent, { ...vague, rev: 2, account: 'A crash on the A414.' }], cursor);
    expect([before, await suggested(related, first)]).toEqual([[], [vague.id]]);
  });

  it('AS-29: an earlier report that a new one gives by its number is suggested first, with that reason', async () => {
    const store = open();
    const earlier = aContact({
      id: asContactId(anId(1)),
      ref: 'CON-20261101-000007',
      channel: 'online-report',
    });
    const report = aContact({
      id: asContactId(anId(2)),
      channel: 'online-report',
      receivedAt: later(testStart, 20 * HOUR),
      account: 'The same man again. Last time you gave me con-20261101-7 or CON-20261101-000007.',
    });
    store.installSnapshot([earlier, report], cursor);
    const { related } = relatedIn(store);
    const { suggestions } = await related.read({ contact: report.id });
    expect(suggestions.map(({ summary, because, strength }) => [summary.id, because[0], strength])).toEqual([
      [earlier.id, 'They give its number, CON-20261101-000007.', 'strong'],
    ]);
  });

  it('AS-10: without the policy nothing is suggested, and the handler is told why', async () => {
    const store = open();
    store.installSnapshot(crash, cursor);
    const { related } = relatedIn(store, null);
    expect(await related.read({ contact: first })).toEqual({
      suggestions: [],
      repeats: [],
      year: [],
      older: [],
      trouble: 'This desk has no linking yet.',
    });
  });

  it('R-05, R-07: a contact is found by incident number, crime number or reference as people say them', () => {
    const store = open();
    const done = { by: anActor(), at: testStart, id: asCommandId(anId(78)) };
    const [parent, child] = crash as [Contact, Contact, Contact];
    const incident = { ...done, ref: '2026-11-22/0412', provisionalRef: 'PROV-7KQ2MX', category: 'TR-INJ' };
    const crime = {
      ...done,
      decision: { kind: 'not-yet' },
      ref: '41/895/26',
      provisionalRef: 'PROV-K7M3QX',
    } as const;
    store.installSnapshot(
      [
        { ...parent, incident },
        { ...child, crime },
      ],
      cursor,
    );
    const { related } = relatedIn(store);
    const found = (typed: string) => {
      const { kind, reference, contacts } = related.byReference({ typed });
      return [kind, reference, contacts.map(({ id }) => id)];
    };
    expect([
      found('412 of 22 November'),
      found('isr 412'),
      found('prov-7kq2mx'),
      found('con-20261122-2'),
      found('isr 413'),
      found('blue van'),
      found('  '),
      found('crime 41 895 26'),
      found('prov-k7m3qx'),
    ]).toEqual([
      ['isr', '2026-11-22/0412', [first]],
      ['isr', '2026-11-22/0412', [first]],
      ['prov', 'PROV-7KQ2MX', [first]],
      ['contact', 'CON-20261122-000002', [second]],
      ['isr', '2026-11-22/0413', []],
      ['foreign', 'blue van', []],
      [null, '', []],
      ['crime', '41/895/26', [second]],
      ['prov', 'PROV-K7M3QX', [second]],
    ]);
  });
});

it(
  'AS-11: on a desk with 100,000 contacts a few hundred are looked at for one, and none twice',
  { timeout: 180_000 },
  async () => {
    const store = inFile();
    const base = aContact({ seq: 1, title: 'Parking', account: 'A car stands in my drive.' });
    const rest = function* (): Generator<Contact> {
      // Three days of them, with the crash in the middle: ten times what comes.
      for (let n = 10; n < 100_010; n += 1) {
        const at = later(testStart, Math.round(((n - 50_000) / 50_000) * 36 * HOUR));
        const [tens, ones] = [Math.floor(n / 316), n % 316];
        yield {
          ...base,
          id: asContactId(anId(n)),
          ref: `CON-20261122-${String(n).padStart(6, '0')}`,
          seq: n,
          receivedAt: at,
          caller: { name: null, number: n % 7 === 0 ? '07700 900401' : null, address: null },
          locations: [
            {
              method: 'aml',
              latitude: 51.6 + tens / 1_000,
              longitude: -0.5 + ones / 1_000,
              radiusMetres: 20,
              place: null,
              at,
            },
          ],
        };
      }
      yield* crash;
    };
    store.installSnapshot(rest(), cursor);
    const { related, read } = relatedIn(store);
    const found = await related.read({ contact: first });
    const cold = { ...read };
    await related.read({ contact: first });
    const warm = read.contacts - cold.contacts;
    expect(found.suggestions.map(({ summary }) => summary.id)).toContain(second);
    // 400 by time, 50 by each key of the caller, nine squares of 20, itself, and the eight that are told.
    expect(cold.ids).toBeLessThanOrEqual(400 + 3 * 50 + 9 * 20);
    expect(cold.contacts).toBeLessThanOrEqual(cold.ids + 9);
    // The second time only what is shown.
    expect(warm).toBeLessThanOrEqual(9);
  },
);
