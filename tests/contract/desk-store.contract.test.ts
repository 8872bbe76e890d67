import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import { KEEP_CLOSED_MS } from '../../src/shared/domain/retention.ts';
import { memoryStore } from '../../src/main/cache/memory-store.ts';
import type { Act, Command } from '../../src/shared/domain/command.ts';
import { isOpenEmergency, summaryOf, type Contact } from '../../src/shared/domain/contact.ts';
import {
  asCommandId,
  asContactId,
  asHandlerId,
  asIncarnation,
  asLsn,
  asStoreEpoch,
  type CommandId,
} from '../../src/shared/domain/ids.ts';
import { compareContacts, orderKey, type OrderKey } from '../../src/shared/domain/ordering.ts';
import { asInstant, later } from '../../src/shared/domain/time.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { always, anyInbox, anyWords } from '../harness/arbitraries.ts';
import { aLog } from '../harness/arrivals.ts';
import {
  aClosing,
  aCommand,
  aContact,
  anActor,
  anId,
  aPerson,
  aPolicy,
  testStart,
} from '../harness/builders.ts';
import { cleanUpDeskStores, deskStoreKinds as kinds, firstLife } from '../harness/desk-stores.ts';
import { aKnownPerson, aSignIn } from '../harness/kept-sign-in.ts';
import { LogScript } from '../harness/log-script.ts';

const secondLife = asIncarnation(anId(2));

afterEach(cleanUpDeskStores);

const commandId = (n: number): CommandId => asCommandId(anId(0xc0000 + n));
const kept = { keptAt: testStart, mono: 12.5, clearsDraft: false };
const note = (text: string): Act => ({ kind: 'note', text, happenedAt: null });
const linkDown = { code: 'link-down' } as const;
const me = anActor();
const writer = me.handler;

/** Contacts of which many are due, or were received, at the same moment: then what comes next in the order decides. */
const anyCloseInbox = fc
  .tuple(
    anyInbox,
    fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })), { minLength: 25, maxLength: 25 }),
  )
  .map(([contacts, moments]) =>
    contacts.map((contact, index) => {
      const [due = 0, received = 0] = moments[index] ?? [];
      return {
        ...contact,
        due: { ...contact.due, at: later(testStart, due) },
        receivedAt: later(testStart, received),
      };
    }),
  );

/** Every page, joined, asking for `limit` rows at a time. */
function walk(store: DeskStore, limit: number): string[] {
  const ids: string[] = [];
  let after: OrderKey | null = null;
  do {
    const page = store.page(after, limit);
    ids.push(...page.summaries.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  return ids;
}

/** Everything of a store that anybody can see. */
function everythingIn(store: DeskStore, contacts: Iterable<Contact['id']>) {
  const desks = [1, 2, 3, 4].map((deskNumber) => anActor({ deskNumber }).desk);
  return {
    incarnation: store.incarnation(),
    cursor: store.cursor(),
    greeting: store.greeting(),
    pages: walk(store, 3),
    emergencies: store.openEmergencies(),
    owned: desks.map((desk) => store.ownedBy(desk).toSorted(compareContacts)),
    held: [...contacts].map((id) => store.held(id)),
    drafts: [...contacts].map((id) => store.draft(writer, id)),
    written: [...contacts].map((id) => store.drafts(writer).find((draft) => draft.contact === id)),
    revs: [...contacts].map((id) => store.revOf(id)),
    outbox: store.outbox(),
    lastSeq: store.lastSeq(),
    people: [store.session(), store.people(), store.seenAt(), store.latestAt(), store.heardAt()],
    window: [store.tabs(writer), store.missed(), store.outage()],
  };
}

describe.each(kinds)('the desk’s store ($name)', ({ open }) => {
  it('S-02: contacts and cursor move together, and what changed is named', () => {
    const { store } = open();
    const log = new LogScript();
    const first = log.arrives();
    const second = log.arrives({ channel: 'online-report' });
    log.happens(first.contact, { kind: 'claim' });
    const committed = store.commitEvents(log.entries, log.cursor());
    expect({
      committed,
      cursor: store.cursor(),
      held: [store.held(first.contact), store.held(second.contact)],
    }).toEqual({
      committed: { touched: [first.contact, second.contact], settled: [], lacking: [], unseen: [] },
      cursor: log.cursor(),
      held: [first.contact, second.contact].map((id) => ({
        contact: log.contact(id),
        summary: log.summary(id),
      })),
    });
  });

  it('S-02: a batch that does not fit the copy leaves nothing behind: no contact, no cursor, no outbox row', () => {
    const { store } = open();
    const log = new LogScript();
    const known = log.arrives();
    store.commitEvents(log.entries, log.cursor());
    store.keep(aCommand({ on: log.contact(known.contact), act: note('He is back'), id: commandId(1) }), kept);
    store.answer(commandId(1), { kind: 'applied', lsn: asLsn(2) });
    const before = everythingIn(store, [known.contact]);
    const noted = log.happens(known.contact, note('He is back'), { id: commandId(1) });
    const unfit = { ...log.happens(known.contact, { kind: 'claim' }), rev: 9 };
    expect(() => store.commitEvents([noted, unfit], log.cursor())).toThrow(/bug/);
    expect(everythingIn(store, [known.contact])).toEqual(before);
  });

  it('L-24: a contact that should be here and is not is wanted from the transaction that moves the cursor past it on', () => {
    const { store, reopen } = open();
    const log = new LogScript();
    const known = log.arrives();
    const missing = log.arrives();
    store.installSnapshot([log.contact(known.contact)], log.cursor());
    const noted = log.happens(known.contact, note('He is back'));
    const claimed = log.happens(missing.contact, { kind: 'claim' });
    expect(store.commitEvents([noted, claimed], log.cursor())).toEqual({
      touched: [known.contact],
      settled: [],
      lacking: [missing.contact],
      unseen: [{ contact: missing.contact, rev: 2 }],
    });
    const again = reopen?.() ?? store;
    expect([again.cursor(), again.wanted(9), again.held(missing.contact)]).toEqual([
      log.cursor(),
      [missing.contact],
      null,
    ]);
    again.takeInAsked(log.contact(missing.contact), kept.keptAt);
    expect([again.wanted(9), again.held(missing.contact)]).toEqual([
      [],
      { contact: log.contact(missing.contact), summary: log.summary(missing.contact) },
    ]);
  });

  it('L-24: what was asked for comes ahead of the log, and nothing of it is done twice when the log brings it', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives();
    store.installSnapshot([], log.cursor());
    log.happens(contact, { kind: 'claim' });
    log.happens(contact, note('He is back'));
    store.takeInAsked(log.contact(contact), kept.keptAt);
    log.happens(contact, note('He is gone'));
    const { touched, lacking, unseen } = store.commitEvents(log.entries.slice(1), log.cursor());
    expect([touched, lacking, unseen, store.held(contact)?.contact]).toEqual([
      [contact],
      [],
      [],
      log.contact(contact),
    ]);
  });

  it('L-24: what the log has built here is not set back by an answer', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives();
    const early = log.contact(contact);
    log.happens(contact, { kind: 'claim' });
    store.commitEvents(log.entries, log.cursor());
    store.takeInAsked(early, kept.keptAt);
    expect(store.held(contact)?.contact).toEqual(log.contact(contact));
  });

  it('L-24, S-12: what ended long ago and was asked for stays as long as what ends now, and is asked for again after a new copy', () => {
    const { store } = open();
    const log = new LogScript();
    const asked = later(testStart, 90 * 24 * 3_600_000);
    const old = (n: number) =>
      aContact({
        id: asContactId(anId(0x9000 + n)),
        seq: n,
        ownership: { kind: 'closed', by: anActor(), since: testStart },
      });
    store.installSnapshot([], log.cursor());
    store.takeInAsked(old(1), asked);
    const held = () => [1, 2].map((n) => store.held(old(n).id) !== null);
    const hourly = [
      store.forgetClosed(later(asked, -1)),
      held(),
      store.forgetClosed(later(asked, 1)),
      held(),
    ];
    store.takeInAsked(old(2), asked);
    store.installSnapshot([], log.cursor());
    expect([...hourly, held()]).toEqual([0, [true, false], 1, [false, false], [false, false]]);
  });

  it('S-13: a sign-off takes what was asked for and what is wanted with it', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives();
    store.installSnapshot([], log.cursor());
    store.commitEvents([log.happens(contact, { kind: 'claim' })], log.cursor());
    store.takeInAsked(aContact({ id: asContactId(anId(0x9001)), seq: 9 }), testStart);
    store.wipe();
    expect([store.wanted(9), store.held(asContactId(anId(0x9001)))]).toEqual([[], null]);
  });

  it('S-02: words for a contact that this desk has long forgotten are passed over, and the cursor goes on', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives();
    const noted = log.happens(contact, note('He is back'));
    store.installSnapshot([], log.cursor(asLsn(1)));
    expect(store.commitEvents([noted], log.cursor())).toEqual({
      touched: [],
      settled: [],
      lacking: [],
      unseen: [{ contact, rev: 2 }],
    });
    expect([store.cursor(), store.held(contact)]).toEqual([log.cursor(), null]);
  });

  it('X-06: a row leaves the outbox in the transaction that applies the event of its result, and not before', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives();
    store.commitEvents(log.entries, log.cursor());
    const row = store.keep(
      aCommand({ on: log.contact(contact), act: note('He is back'), id: commandId(1) }),
      kept,
    );
    const other = log.arrives();
    const noted = log.happens(contact, note('He is back'), { id: commandId(1) });

    const answered = store.answer(commandId(1), { kind: 'applied', lsn: noted.lsn });
    const applied = { ...row, standing: { kind: 'applied', lsn: noted.lsn } };
    const earlier = store.commitEvents([other], log.cursor(other.lsn));
    const still = store.outbox();
    const settling = store.commitEvents([noted], log.cursor());
    expect({
      answered,
      earlier: earlier.settled,
      still,
      settling: settling.settled,
      after: store.outbox(),
    }).toEqual({
      answered: false,
      earlier: [],
      still: [applied],
      settling: [applied],
      after: [],
    });
  });

  it('X-06: an answer whose event has been applied before it takes the row out at once', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives();
    store.keep(aCommand({ on: log.contact(contact), act: note('He is back'), id: commandId(1) }), kept);
    log.happens(contact, note('He is back'), { id: commandId(1) });
    store.commitEvents(log.entries, log.cursor());
    expect([store.answer(commandId(1), { kind: 'applied', lsn: asLsn(2) }), store.outbox()]).toEqual([
      true,
      [],
    ]);
  });

  it('X-06: an answer that changed nothing takes the row out at once', () => {
    const { store } = open();
    store.keep(aCommand({ act: { kind: 'consult' }, id: commandId(1) }), kept);
    expect([store.answer(commandId(1), { kind: 'done' }), store.outbox()]).toEqual([true, []]);
  });

  it('X-06: a refused or late row stays with its reason until the handler has seen it; a waiting one cannot be put away', () => {
    const { store } = open();
    const rows = [1, 2, 3].map((n) =>
      store.keep(aCommand({ act: note('He is back'), id: commandId(n) }), kept),
    );
    store.answer(commandId(1), { kind: 'refused', refusal: { code: 'fenced', by: me } });
    store.answer(commandId(2), { kind: 'late' });
    const [first, second, third] = rows;
    const shown = store.outbox();
    for (const { command } of rows) store.dismiss(command.id);
    expect({ shown, after: store.outbox() }).toEqual({
      shown: [
        { ...first, standing: { kind: 'refused', refusal: { code: 'fenced', by: me } } },
        { ...second, standing: { kind: 'late' } },
        third,
      ],
      after: [third],
    });
  });

  it('L-09: a flash is taken in only if it is newer, and never moves the cursor', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives({ channel: '999-voice' });
    const old = log.summary(contact);
    store.commitEvents(log.entries, log.cursor());
    log.happens(contact, { kind: 'claim' });
    const newer = log.summary(contact);
    const taken = [
      store.commitFlash(old),
      store.commitFlash(newer),
      store.commitFlash(newer),
      store.commitFlash(old),
    ];
    expect({
      taken,
      cursor: store.cursor(),
      held: store.held(contact),
      emergencies: store.openEmergencies(),
    }).toEqual({
      taken: [false, true, false, false],
      cursor: log.cursor(asLsn(1)),
      held: { contact: { ...log.contact(contact), ...old }, summary: newer },
      emergencies: [],
    });
  });

  it('L-09: what came by flash ahead of the log is shown until the log has caught up, and is then the log’s', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives({ channel: '999-voice' });
    log.happens(contact, note('He is back'));
    log.happens(contact, { kind: 'claim' });
    const flash = log.summary(contact);
    store.commitFlash(flash);
    const onlyFlash = store.held(contact);
    const shown = log.entries.map((entry) => {
      store.commitEvents([entry], log.cursor(entry.lsn));
      return store.held(contact)?.summary;
    });
    expect({ onlyFlash, shown, held: store.held(contact) }).toEqual({
      onlyFlash: { contact: null, summary: flash },
      shown: [flash, flash, flash],
      held: { contact: log.contact(contact), summary: flash },
    });
  });

  it('O-01: pages join without a hole or a double, in the one order, whatever their size', () => {
    always(
      fc.property(anyCloseInbox, fc.integer({ min: 1, max: 7 }), (contacts, limit) => {
        const { store } = open();
        store.installSnapshot(contacts, { storeEpoch: asStoreEpoch(anId(9)), lsn: asLsn(1) });
        const opened = contacts
          .filter(({ ownership }) => ownership.kind !== 'closed')
          .toSorted(compareContacts);
        expect({
          ids: walk(store, limit),
          strip: store.openEmergencies(),
        }).toEqual({
          ids: opened.map(({ id }) => id),
          strip: opened.filter(isOpenEmergency).map(summaryOf),
        });
      }),
      { runs: 60 },
    );
  });

  it('O-01: a page that starts behind a contact which has left goes on at the same place', () => {
    const { store } = open();
    const log = new LogScript();
    const [first, second, third] = [log.arrives(), log.arrives(), log.arrives()];
    store.commitEvents(log.entries, log.cursor());
    const after = orderKey(log.summary(second.contact));
    log.happens(second.contact, { kind: 'claim' });
    log.happens(second.contact, aClosing());
    store.commitEvents(log.entries.slice(3), log.cursor());
    expect([store.page(null, 9), store.page(after, 9)]).toEqual([
      { summaries: [log.summary(first.contact), log.summary(third.contact)], next: null },
      { summaries: [log.summary(third.contact)], next: null },
    ]);
  });

  it('L-11: a snapshot replaces every contact and the cursor, settles what it contains, and keeps outbox and drafts', () => {
    const { store } = open();
    const old = new LogScript();
    const gone = old.arrives().contact;
    store.commitEvents(old.entries, old.cursor());
    const draft = { text: 'Half a sen', caret: 4 };
    store.saveDraft(writer, gone, draft, testStart);
    const waiting = store.keep(aCommand({ act: note('Two'), id: commandId(1) }), kept);
    store.keep(aCommand({ act: note('One'), id: commandId(2) }), kept);
    store.answer(commandId(2), { kind: 'applied', lsn: asLsn(6) });
    const settled = must(store.outbox()[1], 'applied row');
    const [one, two] = [aContact({ seq: 21 }), aContact({ seq: 22, channel: '999-voice' })];
    const cursor = { storeEpoch: asStoreEpoch(anId(8)), lsn: asLsn(7) };
    expect({
      settled: store.installSnapshot([one, two], cursor),
      now: everythingIn(store, [gone, one.id, two.id]),
    }).toMatchObject({
      settled: [settled],
      now: {
        cursor,
        pages: [two.id, one.id],
        held: [null, { contact: one, summary: summaryOf(one) }, { contact: two, summary: summaryOf(two) }],
        outbox: [waiting],
        drafts: [draft, null, null],
      },
    });
  });

  it('L-16: commands are numbered 1, 2, 3 in the order in which they were kept', () => {
    const { store } = open();
    const before = store.lastSeq();
    const rows = [1, 2, 3].map((n) => store.keep(aCommand({ act: note(`${n}`), id: commandId(n) }), kept));
    expect({
      before,
      seqs: rows.map(({ seq }) => seq),
      outbox: store.outbox(),
      last: store.lastSeq(),
    }).toEqual({
      before: 0,
      seqs: [1, 2, 3],
      outbox: rows,
      last: 3,
    });
  });

  it('L-16: a number is not given twice when its row has left', () => {
    const { store } = open();
    store.keep(aCommand({ act: { kind: 'consult' }, id: commandId(1) }), kept);
    store.answer(commandId(1), { kind: 'done' });
    expect(store.keep(aCommand({ act: note('One'), id: commandId(2) }), kept).seq).toBe(2);
  });

  it('X-03: the same command cannot be kept twice, and the attempt changes nothing', () => {
    const { store } = open();
    const command = aCommand({ act: note('One'), id: commandId(1) });
    store.saveDraft(writer, command.contact, { text: 'more', caret: 4 }, testStart);
    store.keep(command, kept);
    const before = everythingIn(store, [command.contact]);
    expect(() => store.keep(command, { ...kept, clearsDraft: true })).toThrow(/twice|UNIQUE/);
    expect(everythingIn(store, [command.contact])).toEqual(before);
  });

  it('X-09: keeping a note takes its draft away in the same transaction, and no other contact’s', () => {
    const { store } = open();
    const [mine, other] = [aContact({ seq: 1 }), aContact({ seq: 2 })];
    for (const { id } of [mine, other])
      store.saveDraft(writer, id, { text: 'Half a sen', caret: 6 }, testStart);
    store.keep(aCommand({ on: mine, act: { kind: 'claim' }, id: commandId(1) }), kept);
    const afterClaim = store.draft(writer, mine.id);
    store.keep(aCommand({ on: mine, act: note('Half a sentence'), id: commandId(2) }), {
      ...kept,
      clearsDraft: true,
    });
    expect([afterClaim, store.draft(writer, mine.id), store.draft(writer, other.id)]).toEqual([
      { text: 'Half a sen', caret: 6 },
      null,
      { text: 'Half a sen', caret: 6 },
    ]);
  });

  it('X-09: a draft comes back with every character and its caret, and only the last of it', () => {
    const { store, reopen } = open();
    const id = aContact().id;
    const text = '👮🏽‍♀️ “quoted” \u0000 זה דחוף\r\n\t';
    store.saveDraft(writer, id, { text: 'first', caret: 0 }, testStart);
    store.saveDraft(writer, id, { text, caret: 7 }, testStart);
    const now = reopen?.() ?? store;
    const found = now.draft(writer, id);
    now.saveDraft(writer, id, null, testStart);
    expect([found, now.draft(writer, id)]).toEqual([{ text, caret: 7 }, null]);
  });

  it('X-09: half a character, as an input method may leave it, comes back as it was typed', () => {
    const { store, reopen } = open();
    const id = aContact().id;
    store.saveDraft(writer, id, { text: 'He is \ud83d', caret: 7 }, testStart);
    expect((reopen?.() ?? store).draft(writer, id)).toEqual({ text: 'He is \ud83d', caret: 7 });
  });

  it('X-08: claims taken back stay as refused, and what waited behind them closes up', () => {
    const { store } = open();
    const claim: Act = { kind: 'claim' };
    const acts: readonly Act[] = [note('One'), claim, note('Two'), claim, note('Three')];
    const rows = acts.map((act, index) => store.keep(aCommand({ act, id: commandId(index + 1) }), kept));
    store.withdraw([commandId(2), commandId(4)], 1, linkDown);
    const next = store.keep(aCommand({ act: note('Four'), id: commandId(6) }), kept);
    const [one, two, three, four, five] = rows;
    const refused = { seq: 0, standing: { kind: 'refused', refusal: linkDown } };
    expect(store.outbox()).toEqual([
      one,
      { ...two, ...refused },
      { ...three, seq: 2 },
      { ...four, ...refused },
      { ...five, seq: 3 },
      { ...next, seq: 4 },
    ]);
  });

  it('L-16: another life numbers what the copy does not contain from 1 again, under the same ids', () => {
    const { store } = open();
    const rows = [1, 2, 3, 4].map((n) => store.keep(aCommand({ act: note(`${n}`), id: commandId(n) }), kept));
    store.answer(commandId(1), { kind: 'refused', refusal: linkDown });
    store.answer(commandId(2), { kind: 'applied', lsn: asLsn(40) });
    store.renewIncarnation(secondLife);
    const [first, second, third, fourth] = rows;
    expect({ incarnation: store.incarnation(), outbox: store.outbox(), last: store.lastSeq() }).toEqual({
      incarnation: secondLife,
      outbox: [
        { ...first, standing: { kind: 'refused', refusal: linkDown } },
        { ...second, seq: 1 },
        { ...third, seq: 2 },
        { ...fourth, seq: 3 },
      ],
      last: 3,
    });
  });

  it('L-10: a place in the log that was given up is gone, and the contacts stay', () => {
    const { store } = open();
    const log = new LogScript();
    const { contact } = log.arrives();
    store.commitEvents(log.entries, log.cursor());
    store.forgetCursor();
    expect([store.cursor(), store.held(contact)?.contact]).toEqual([null, log.contact(contact)]);
  });

  it('S-12, A-08: contacts that ended long ago are forgotten, but not while something about them is unsent or half-typed', () => {
    const { store } = open();
    const end = later(testStart, 1_000);
    const closed = { kind: 'closed', by: me, since: end } as const;
    const [old, unsent, drafted, recent, waiting] = [
      aContact({ seq: 1, ownership: closed }),
      aContact({ seq: 2, ownership: closed }),
      aContact({ seq: 3, ownership: closed }),
      aContact({ seq: 4, ownership: { ...closed, since: later(end, 1) } }),
      aContact({ seq: 5 }),
    ];
    const all = [old, unsent, drafted, recent, waiting];
    store.installSnapshot(all, { storeEpoch: asStoreEpoch(anId(8)), lsn: asLsn(7) });
    const draft = { text: 'x', caret: 1 };
    store.saveDraft(writer, drafted.id, draft, testStart);
    store.keep(aCommand({ on: unsent, act: note('One more thing') }), kept);
    const count = store.forgetClosed(later(later(end, 1 + KEEP_CLOSED_MS), -KEEP_CLOSED_MS));
    expect({
      count,
      held: all.map(({ id }) => store.held(id)?.contact ?? null),
      draft: store.draft(writer, drafted.id),
    }).toEqual({ count: 1, held: [null, unsent, drafted, recent, waiting], draft });
  });

  it('C-06: what a desk owns is named with its fences, closed and other desks’ contacts left out', () => {
    const { store } = open();
    const since = testStart;
    const other = anActor({ deskNumber: 2 });
    const [mine, lost, theirs, closed] = [
      aContact({ seq: 1, ownership: { kind: 'owned', by: me, since } }),
      aContact({ seq: 2, ownership: { kind: 'link-lost', by: me, since } }),
      aContact({ seq: 3, ownership: { kind: 'owned', by: other, since } }),
      aContact({ seq: 4, ownership: { kind: 'closed', by: me, since } }),
    ];
    store.installSnapshot([mine, lost, theirs, closed], { storeEpoch: asStoreEpoch(anId(8)), lsn: asLsn(7) });
    expect(store.ownedBy(me.desk).toSorted(compareContacts)).toEqual([mine, lost].map(summaryOf));
  });

  it('S-11: what the queue last greeted this desk with is known before the next greeting', () => {
    const { store, reopen } = open();
    const before = store.greeting();
    store.keepGreeting({ deskNumber: 4, policy: aPolicy() });
    store.keepGreeting({ deskNumber: 7, policy: aPolicy({ version: 'next' }) });
    const after = (reopen?.() ?? store).greeting();
    expect([before, after]).toEqual([null, { deskNumber: 7, policy: aPolicy({ version: 'next' }) }]);
  });
});

// ---- both stores at once ----

type Step =
  | { readonly do: 'arrive'; readonly emergency: boolean }
  | { readonly do: 'happen'; readonly contact: number; readonly act: Act; readonly mine: number }
  | { readonly do: 'commit'; readonly count: number }
  | { readonly do: 'flash' | 'snapshot' | 'forget-cursor' | 'renew' | 'greet'; readonly contact: number }
  | { readonly do: 'forget-closed'; readonly contact: number }
  | { readonly do: 'keep'; readonly contact: number; readonly act: Act; readonly clearsDraft: boolean }
  | {
      readonly do: 'answer';
      readonly row: number;
      readonly how: 'applied' | 'refused' | 'late' | 'done';
      readonly ahead: number;
    }
  | { readonly do: 'dismiss'; readonly row: number }
  | { readonly do: 'withdraw'; readonly from: number }
  /** Somebody writes a contact down, signs in, goes. */
  | { readonly do: 'log' | 'sign-in' | 'tabs' | 'paper' | 'wipe'; readonly contact: number }
  | { readonly do: 'draft'; readonly contact: number; readonly text: string | null };

const which = fc.nat({ max: 5 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constant<Act>({ kind: 'claim' }),
  fc.constant<Act>({ kind: 'release' }),
  fc.record({ kind: fc.constant('note' as const), text: anyWords, happenedAt: fc.constant(null) }),
  fc.constant<Act>(aClosing()),
  fc.constant<Act>({ kind: 'promote', reason: 'danger' }),
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('arrive' as const), emergency: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('happen' as const), contact: which, act: anyAct, mine: which }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'flash' as const,
        'snapshot' as const,
        'forget-cursor' as const,
        'renew' as const,
        'greet' as const,
      ),
      contact: which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget-closed' as const), contact: which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('keep' as const),
      contact: which,
      act: anyAct,
      clearsDraft: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      row: which,
      how: fc.constantFrom('applied' as const, 'refused' as const, 'late' as const, 'done' as const),
      ahead: fc.nat({ max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dismiss' as const), row: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), from: which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'log' as const,
        'sign-in' as const,
        'tabs' as const,
        'paper' as const,
        'wipe' as const,
      ),
      contact: which,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('draft' as const),
      contact: which,
      text: fc.option(anyWords, { nil: null }),
    }),
  },
);

/** Plays steps on a store, as a queue and a handler would; returns what each call answered. */
class Player {
  readonly log = new LogScript();
  readonly #store: DeskStore;
  #commands = 0;
  #lives = 0;

  constructor(store: DeskStore) {
    this.#store = store;
  }

  play(step: Step): unknown {
    const store = this.#store;
    const { contacts } = this.log;
    const contact = 'contact' in step ? contacts[step.contact % Math.max(1, contacts.length)] : undefined;
    switch (step.do) {
      case 'arrive':
        return this.log.arrives(step.emergency ? { channel: '999-voice' } : {});
      case 'happen':
        return contact === undefined ? null : this.#happen(contact, step.act, step.mine);
      case 'commit': {
        const from = store.cursor()?.lsn ?? null;
        if (from === null) return store.installSnapshot(contacts, this.log.cursor());
        const entries = this.log.entries.slice(from, from + step.count);
        return store.commitEvents(entries, this.log.cursor(asLsn(from + entries.length)));
      }
      case 'flash':
        return contact === undefined ? null : store.commitFlash(summaryOf(contact));
      case 'snapshot':
        return store.installSnapshot(contacts, this.log.cursor());
      case 'forget-cursor':
        return store.forgetCursor();
      case 'renew':
        return store.renewIncarnation(asIncarnation(anId(0x1000 + (this.#lives += 1))));
      case 'greet':
        return store.keepGreeting({ deskNumber: step.contact, policy: aPolicy() });
      case 'forget-closed':
        return store.forgetClosed(later(testStart, 3_600_000 + step.contact * 5_000));
      case 'keep':
        return contact === undefined ? null : this.#keep(contact, step.act, step.clearsDraft);
      case 'answer':
        return this.#answer(step);
      case 'dismiss': {
        const row = store.outbox()[step.row];
        return row === undefined ? null : store.dismiss(row.command.id);
      }
      case 'withdraw':
        return this.#withdraw(step.from);
      case 'log':
        return this.#log(step.contact);
      case 'sign-in': {
        const person = aPerson({ handler: asHandlerId(`handler-${step.contact}`) });
        store.keepSignIn(aSignIn({ person }), aKnownPerson({ person }));
        return store.keepSeenAt(later(testStart, step.contact));
      }
      case 'tabs': {
        const tabs = contacts.slice(0, step.contact).map(({ id }) => id);
        store.keepHeardAt(later(testStart, step.contact));
        return store.keepTabs(writer, { tabs, active: tabs[0] ?? null });
      }
      case 'paper':
        return store.reservePaper(1 + step.contact);
      case 'wipe':
        return store.wipe();
      case 'draft':
        if (contact === undefined) return null;
        return store.saveDraft(
          writer,
          contact.id,
          step.text === null ? null : { text: step.text, caret: 3 },
          testStart,
        );
    }
  }

  #happen(contact: Contact, act: Act, mine: number): unknown {
    try {
      return this.log.happens(contact.id, act, { by: anActor({ deskNumber: 1 + (mine % 4) }) });
    } catch {
      return null; // Not everything may happen to every contact.
    }
  }

  #keep(on: Contact, act: Act, clearsDraft: boolean): unknown {
    const id = commandId((this.#commands += 1));
    const command: Command = aCommand({ on, act, id });
    return this.#store.keep(command, { keptAt: testStart, mono: this.#commands / 8, clearsDraft });
  }

  /** Written down here; whether the queue ever takes it is the test's to play. */
  #log(n: number): unknown {
    const on = {
      ...aContact({ seq: 900 + n, ownership: { kind: 'owned', by: me, since: testStart } }),
      rev: 0,
    };
    const command: Command = aCommand({
      on,
      act: { kind: 'log', ...aLog() },
      id: commandId((this.#commands += 1)),
    });
    const keeping = { keptAt: testStart, mono: this.#commands / 8, clearsDraft: true };
    if (this.#store.held(on.id) !== null) return null;
    return this.#store.keep(command, { ...keeping, provisional: on });
  }

  #answer({ row: index, how, ahead }: Extract<Step, { do: 'answer' }>): unknown {
    const row = this.#store.outbox().filter(({ standing }) => standing.kind === 'waiting')[index];
    if (row === undefined) return null;
    const lsn = asLsn((this.#store.cursor()?.lsn ?? 0) + ahead);
    const standing =
      how === 'applied'
        ? { kind: how, lsn }
        : how === 'refused'
          ? { kind: how, refusal: linkDown }
          : { kind: how };
    return this.#store.answer(row.command.id, standing);
  }

  /** As the rule has it: only numbers that the queue has never seen. */
  #withdraw(from: number): unknown {
    const rows = this.#store.outbox();
    const answered = rows.filter(({ standing }) => standing.kind !== 'waiting').map(({ seq }) => seq);
    const lastSeq = Math.min(this.#store.lastSeq(), Math.max(from, 0, ...answered));
    const ids = rows.filter(
      ({ seq, standing }) => standing.kind === 'waiting' && seq > lastSeq && seq % 2 === 0,
    );
    return this.#store.withdraw(
      ids.map(({ command }) => command.id),
      lastSeq,
      linkDown,
    );
  }
}

describe('both stores', () => {
  it('S-11: the same calls give the same answers and the same state, and the file still has it when it is opened again', () => {
    always(
      fc.property(fc.array(anyStep, { minLength: 5, maxLength: 60, size: 'max' }), (steps) => {
        const [inMemory, inFile] = kinds.map(({ open }) => open());
        const [memory, file] = [must(inMemory, 'memory store'), must(inFile, 'file store')];
        const players = [new Player(memory.store), new Player(file.store)] as const;
        const writtenDown = [0, 1, 2, 3, 4, 5].map((n) => aContact({ seq: 900 + n }).id);
        const ids = (player: Player) => [...player.log.contacts.map(({ id }) => id), ...writtenDown];
        for (const step of steps) {
          const [one, other] = players.map((player) => player.play(step) ?? null);
          expect(other).toEqual(one);
          expect(everythingIn(file.store, ids(players[1]))).toEqual(
            everythingIn(memory.store, ids(players[0])),
          );
        }
        expect(everythingIn(must(file.reopen, 'a file can be opened again')(), ids(players[1]))).toEqual(
          everythingIn(memory.store, ids(players[0])),
        );
      }),
      { runs: 60 },
    );
  });
});

describe('the differential test', () => {
  it('S-11: notices a store that forgets one thing', () => {
    const log = new LogScript();
    const { contact } = log.arrives();
    const stores = [memoryStore(firstLife), memoryStore(firstLife)] as const;
    for (const store of stores) store.commitEvents(log.entries, log.cursor());
    stores[1].saveDraft(writer, contact, { text: 'x', caret: 1 }, asInstant(0));
    const [one, other] = stores.map((store) => everythingIn(store, [contact, asContactId(anId(3))]));
    expect(one).not.toEqual(other);
  });
});
