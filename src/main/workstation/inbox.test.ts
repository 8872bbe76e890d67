import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { always } from '../../../tests/harness/arbitraries.ts';
import { aClosing, aCommand, anActor, anId, aPolicy, testStart } from '../../../tests/harness/builders.ts';
import { asFrame, LogScript } from '../../../tests/harness/log-script.ts';
import type { Payload } from '../../shared/contract/workstation.ts';
import { orderKey } from '../../shared/domain/ordering.ts';
import { asIncarnation, asLsn, asStoreEpoch, type ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow, Undecided } from '../../shared/domain/view.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import { memoryStore } from '../cache/memory-store.ts';
import { Inbox, type InboxOptions } from './inbox.ts';

let store: DeskStore;
let log: LogScript;
let patches: Payload<'inbox.changed'>[];
let undecided: Undecided[];
/** What had been told to the window at each write to the store. */
let order: string[];
let inbox: Inbox;
/** A disk that takes what the store takes. */
const keepsUrgently = (work: () => void): boolean => {
  work();
  return true;
};
let scope: ReturnType<InboxOptions['scope']>;
const writer = anActor().handler;

beforeEach(() => {
  order = [];
  const memory = memoryStore(asIncarnation(anId(1)));
  store = {
    ...memory,
    commitEvents(entries, to) {
      order.push('commit');
      return memory.commitEvents(entries, to);
    },
    commitFlash(summary) {
      order.push('commit');
      return memory.commitFlash(summary);
    },
  };
  log = new LogScript();
  patches = [];
  undecided = [];
  scope = 'everything';
  inbox = new Inbox({
    store,
    undecided: (contact) => undecided.filter(({ command }) => command.contact === contact),
    draft: (contact) => store.draft(writer, contact),
    scope: () => scope,
    me: () => ({ actor: anActor(), policy: aPolicy() }),
    publish(patch) {
      order.push('paint');
      patches.push(patch);
    },
    keepsUrgently,
  });
  store.installSnapshot([], log.cursor());
});

const receive = (from: number, to: number = log.head) =>
  inbox.receive(log.entries.slice(from, to).map(asFrame), log.storeEpoch);
const rowOf = (id: ContactId, pending: InboxRow['pending'] = []): InboxRow => ({
  summary: log.summary(id),
  pending,
});

describe('events', () => {
  it('L-06: are taken in when they follow from the cursor, and are painted only after their commit', () => {
    const { contact } = log.arrives();
    const received = receive(0);
    const beforePaint = [...order];
    inbox.publishReceived();
    expect({ received, beforePaint, patches }).toEqual({
      received: { kind: 'committed', cursor: log.cursor(), settled: [], lacking: [], unseen: [] },
      beforePaint: ['commit'],
      patches: [{ revision: 1, upserts: [rowOf(contact)], removals: [], reset: false }],
    });
  });

  it('L-06: a hole is never silent: nothing of the batch is taken in, wherever the hole is', () => {
    for (let count = 0; count < 4; count += 1) log.arrives();
    const frames = log.entries.map(asFrame);
    const [one, two, three, four] = frames;
    const batches = [[two], [one, three], [one, two, four], [two, one], [one, one]];
    const answers = batches.map(
      (batch) =>
        inbox.receive(
          batch.flatMap((frame) => frame ?? []),
          log.storeEpoch,
        ).kind,
    );
    expect([answers, store.cursor(), patches]).toEqual([batches.map(() => 'gap'), log.cursor(asLsn(0)), []]);
  });

  it('L-06: whatever subset of the log comes in whatever order, the copy is that of a prefix of the log', () => {
    always(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        (batches) => {
          log = new LogScript();
          for (let count = 0; count < 4; count += 1) log.happens(log.arrives().contact, { kind: 'claim' });
          store.installSnapshot([], log.cursor(asLsn(0)));
          for (const batch of batches) {
            inbox.receive(batch.flatMap((index) => log.entries[index] ?? []).map(asFrame), log.storeEpoch);
          }
          const lsn = store.cursor()?.lsn ?? 0;
          const mirror = memoryStore(asIncarnation(anId(1)));
          mirror.commitEvents(log.entries.slice(0, lsn), log.cursor(asLsn(lsn)));
          expect(log.contacts.map(({ id }) => store.held(id))).toEqual(
            log.contacts.map(({ id }) => mirror.held(id)),
          );
        },
      ),
    );
  });

  it('L-02: events of another time line never follow from the cursor', () => {
    log.arrives();
    expect(inbox.receive(log.entries.map(asFrame), asStoreEpoch(anId(0xe0002)))).toEqual({ kind: 'gap' });
  });

  it('L-10: without a cursor no event is taken in', () => {
    log.arrives();
    store.forgetCursor();
    expect(receive(0)).toEqual({ kind: 'gap' });
  });

  it('L-24: an event of a contact that should be here and is not moves the cursor, and tells what is lacking', () => {
    const { contact } = log.arrives();
    store.installSnapshot([], log.cursor());
    log.happens(contact, { kind: 'claim' });
    expect([receive(1), patches]).toMatchObject([
      { kind: 'committed', cursor: { lsn: 2 }, lacking: [contact], unseen: [{ contact, rev: 2 }] },
      [],
    ]);
  });

  it('O-04: each patch names what to show and what to take away, under a revision one higher than the last', () => {
    const one = log.arrives().contact;
    const two = log.arrives().contact;
    receive(0);
    inbox.publishReceived();
    log.happens(one, { kind: 'claim' });
    log.happens(one, aClosing());
    log.happens(two, { kind: 'claim' });
    receive(2);
    inbox.publishReceived();
    inbox.publishReceived();
    inbox.reset();
    inbox.changed([two]);
    expect(patches).toEqual([
      {
        revision: 1,
        upserts: [
          { ...rowOf(one), summary: expect.anything() },
          { ...rowOf(two), summary: expect.anything() },
        ],
        removals: [],
        reset: false,
      },
      { revision: 2, upserts: [rowOf(two)], removals: [one], reset: false },
      { revision: 3, upserts: [], removals: [], reset: true },
      { revision: 4, upserts: [rowOf(two)], removals: [], reset: false },
    ]);
  });

  it('O-01: a page says which patches it already contains', () => {
    const ids = [log.arrives(), log.arrives(), log.arrives()].map(({ contact }) => contact);
    receive(0);
    inbox.publishReceived();
    const first = inbox.read({ after: null, limit: 2 });
    expect([first, inbox.read({ after: first.next, limit: 2 })]).toEqual([
      {
        revision: 1,
        rows: ids.slice(0, 2).map((id) => rowOf(id)),
        next: orderKey(log.summary(ids[1] as ContactId)),
      },
      { revision: 1, rows: ids.slice(2).map((id) => rowOf(id)), next: null },
    ]);
  });
});

describe('flashes', () => {
  it('L-09: an emergency is painted before it is committed, in the same turn', () => {
    const { contact } = log.arrives({ channel: '999-voice' });
    inbox.flash(log.summary(contact));
    expect([order, patches, store.openEmergencies(), store.cursor()]).toEqual([
      ['paint', 'commit'],
      [{ revision: 1, upserts: [rowOf(contact)], removals: [], reset: false }],
      [log.summary(contact)],
      log.cursor(asLsn(0)),
    ]);
  });

  it('L-09: an emergency is painted also when the disk refuses it', () => {
    const { contact } = log.arrives({ channel: '999-voice' });
    store = {
      ...store,
      commitFlash: () => {
        throw new Error('full');
      },
    };
    const painted: unknown[] = [];
    const broken = new Inbox({
      store,
      undecided: () => [],
      draft: () => null,
      scope: () => 'everything',
      me: () => null,
      publish: (patch) => void painted.push(patch.upserts),
      keepsUrgently,
    });
    expect(() => broken.flash(log.summary(contact))).toThrow('full');
    expect(painted).toEqual([[rowOf(contact)]]);
  });

  it('L-09: a flash that is not newer than the copy changes nothing and paints nothing', () => {
    const { contact } = log.arrives({ channel: '999-voice' });
    receive(0);
    inbox.flash(log.summary(contact));
    expect([order, patches]).toEqual([['commit'], []]);
  });

  it('L-09: no row ever goes back to an older revision while the log catches up with a flash', () => {
    const { contact } = log.arrives({ channel: '999-voice' });
    log.happens(contact, { kind: 'note', text: 'He is back', happenedAt: null });
    log.happens(contact, { kind: 'claim' });
    inbox.flash(log.summary(contact));
    for (const entry of log.entries) {
      inbox.receive([asFrame(entry)], log.storeEpoch);
      inbox.publishReceived();
    }
    expect(patches.map(({ upserts }) => upserts.map(({ summary }) => summary.rev))).toEqual([
      [3],
      [3],
      [3],
      [3],
    ]);
  });

  it('L-09: of a contact that came by flash alone there is the summary, until the log brings the rest', () => {
    const { contact } = log.arrives({ channel: '999-voice' });
    inbox.flash(log.summary(contact));
    store.saveDraft(writer, contact, { text: 'x', caret: 1 }, testStart);
    const before = inbox.contact(contact);
    receive(0);
    expect([before, inbox.contact(contact)]).toEqual([
      { kind: 'flash-only', summary: log.summary(contact), draft: { text: 'x', caret: 1 } },
      {
        kind: 'here',
        contact: log.contact(contact),
        pending: [],
        keptHere: [],
        draft: { text: 'x', caret: 1 },
      },
    ]);
  });
});

describe('undecided work', () => {
  it('X-04: lies on top of the copy, marked as kept here, and goes when the copy has it', () => {
    const { contact } = log.arrives();
    receive(0);
    const command = aCommand({
      on: log.contact(contact),
      act: { kind: 'note', text: 'He is back', happenedAt: null },
    });
    undecided = [{ command, keptAt: testStart }];
    const during = inbox.contact(contact);
    log.happens(contact, command.act, { id: command.id });
    receive(1);
    undecided = [];
    expect([during, inbox.contact(contact)]).toMatchObject([
      {
        kind: 'here',
        contact: { notes: [{ id: command.id, text: 'He is back' }], rev: 1 },
        keptHere: [command.id],
        pending: [{ id: command.id, kind: 'note' }],
      },
      {
        kind: 'here',
        contact: { notes: [{ id: command.id, text: 'He is back' }], rev: 2 },
        keptHere: [],
        pending: [],
      },
    ]);
  });

  it('X-05: a claim is marked as asked for on its row, and never shown as won', () => {
    const { contact } = log.arrives();
    receive(0);
    const command = aCommand({ on: log.contact(contact), act: { kind: 'claim' } });
    undecided = [{ command, keptAt: testStart }];
    inbox.changed([contact]);
    expect(patches.at(-1)?.upserts).toEqual([
      rowOf(contact, [{ id: command.id, kind: 'claim', keptAt: testStart, doubt: null }]),
    ]);
  });

  it('X-05: while a flash is ahead of the log, its ownership is shown and this desk’s acts are only marked', () => {
    const { contact } = log.arrives({ channel: '999-voice' });
    receive(0);
    const command = aCommand({ on: log.contact(contact), act: { kind: 'claim' } });
    undecided = [{ command, keptAt: testStart }];
    log.happens(contact, { kind: 'claim' }, { by: anActor({ deskNumber: 2 }) });
    inbox.flash(log.summary(contact));
    expect(patches.at(-1)?.upserts).toEqual([
      rowOf(contact, [{ id: command.id, kind: 'claim', keptAt: testStart, doubt: null }]),
    ]);
  });

  it('C-12: a consultation marks no row', () => {
    const { contact } = log.arrives();
    receive(0);
    undecided = [
      { command: aCommand({ on: log.contact(contact), act: { kind: 'consult' } }), keptAt: testStart },
    ];
    inbox.changed([contact]);
    expect(patches.at(-1)?.upserts).toEqual([rowOf(contact)]);
  });

  it('L-10: a contact that is not here is unknown, and a patch takes it away', () => {
    const id = anId(0xbad) as ContactId;
    inbox.changed([id]);
    expect([inbox.contact(id), patches]).toEqual([
      { kind: 'unknown', draft: null },
      [{ revision: 1, upserts: [], removals: [id], reset: false }],
    ]);
  });
});

describe('a call from the number of somebody who is to be rung back', () => {
  const caller = (number: string) => ({ caller: { name: null, number, address: null } });
  const emergency = { channel: '999-voice', ...caller('07700 900114') } as const;
  const refs = ({ sameNumber = [] }: InboxRow) => sameNumber.map(({ ref, is }) => `${ref} ${is}`);
  const told = () => {
    const rows = patches.splice(0).flatMap(({ upserts }) => upserts);
    return Object.fromEntries(rows.map((row) => [row.summary.ref, refs(row)]));
  };
  const heard = (from: number) => {
    receive(from);
    inbox.publishReceived();
    return told();
  };
  /** The first dropped, the second of somebody else, the third from the number of the first. */
  const begun = () => {
    const first = log.arrives({ ...emergency, channelState: 'dropped', callBackDue: true }).contact;
    log.arrives({ ...emergency, ...caller('07700 900115') });
    heard(0);
    const third = log.arrives({ ...emergency, ...caller('+44 7700 900114') }).contact;
    return { first, third, rows: heard(2) };
  };

  it('TE-10: is told at both rows in one patch, the moment it rings, and neither moves', () => {
    const before = log.arrives({ ...emergency, channelState: 'dropped', callBackDue: true });
    expect(heard(0)).toEqual({ 'CON-1': [] });
    const key = orderKey(log.summary(before.contact));
    log.arrives(emergency);
    expect(heard(1)).toEqual({ 'CON-1': ['CON-2 ringing'], 'CON-2': ['CON-1 due'] });
    expect(orderKey(log.summary(before.contact))).toEqual(key);
  });

  it('TE-10, C-20: is said no more at either once the call-back is done, and of nobody else', () => {
    const { first, rows } = begun();
    expect(rows).toEqual({ 'CON-1': ['CON-3 ringing'], 'CON-3': ['CON-1 due'] });
    log.happens(first, { kind: 'claim' });
    const done = { safe: 'yes', way: 'voice', result: 'answered', words: 'She is well' } as const;
    log.happens(first, { kind: 'attempt', attempt: done });
    expect(heard(3)).toEqual({ 'CON-1': [], 'CON-3': [] });
  });

  it('TE-10: is told of as over at the one that is due when it is closed', () => {
    const { third } = begun();
    log.happens(third, { kind: 'claim' });
    log.happens(third, aClosing());
    expect(heard(3)).toEqual({ 'CON-1': ['CON-3 since'] });
  });

  it('TE-10: stands on the pages that a window reads, also where the two are on different ones', () => {
    log.arrives({ ...emergency, channelState: 'dropped', callBackDue: true });
    // Somebody promised nothing yet: band B, below.
    log.arrives({ channel: '101-voice', ...caller('07700 900114') });
    store.installSnapshot(log.contacts, log.cursor());
    const rows = (limit: number) => {
      const first = inbox.read({ after: null, limit });
      const next = first.next === null ? [] : inbox.read({ after: first.next, limit }).rows;
      return [...first.rows, ...next].map(refs);
    };
    const said = [['CON-2 ringing'], ['CON-1 due']];
    expect(rows(1)).toEqual(said);
    expect(rows(9)).toEqual(said);
  });

  it('TE-10: a row on an earlier page than the one who is due is told by itself', () => {
    log.arrives({ ...emergency });
    log.arrives({ ...emergency, channel: '101-voice', channelState: 'dropped', callBackDue: true });
    store.installSnapshot(log.contacts, log.cursor());
    const first = inbox.read({ after: null, limit: 1 });
    expect([first.rows.map(refs), told()]).toEqual([[[]], {}]);
    expect(inbox.read({ after: first.next, limit: 1 }).rows.map(refs)).toEqual([['CON-1 ringing']]);
    expect(told()).toEqual({ 'CON-1': ['CON-2 due'] });
  });

  it('TE-10, S-13: is forgotten with the copy', () => {
    begun();
    inbox.install([], log.cursor());
    inbox.wiped();
    expect(inbox.read({ after: null, limit: 9 }).rows).toEqual([]);
  });
});
