import { afterEach, describe, expect, it } from 'vitest';
import { nobodyNamed, nobodyYet } from '../../src/main/cache/kept-session.ts';
import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import type { MissedWhole } from '../../src/main/cache/kept-outage.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import { summaryOf } from '../../src/shared/domain/contact.ts';
import { asCommandId, asHandlerId, asLsn } from '../../src/shared/domain/ids.ts';
import { later } from '../../src/shared/domain/time.ts';
import { aLog } from '../harness/arrivals.ts';
import { aCommand, aContact, anActor, anId, aPerson, testStart } from '../harness/builders.ts';
import { cleanUpDeskStores, deskStoreKinds } from '../harness/desk-stores.ts';
import { aKnownPerson, aSignIn } from '../harness/kept-sign-in.ts';
import { LogScript } from '../harness/log-script.ts';

const me = anActor();
const one = me.handler;
const two = asHandlerId('handler-2');
const draft = { text: 'Half a sen', caret: 4 };
const note: Act = { kind: 'note', text: 'He is back', happenedAt: null };
const kept = { keptAt: testStart, mono: 1, clearsDraft: true };
const id = asCommandId(anId(0xc0001));
const emptyReport: MissedWhole = {
  from: testStart,
  to: later(testStart, 60_000),
  conflicts: [],
  newEmergencies: [],
  takenByOthers: [],
  closed: [],
  regraded: [],
  arrived: 3,
  sent: 0,
};

afterEach(cleanUpDeskStores);

describe.each(deskStoreKinds)('what the desk’s store knows of people ($name)', ({ open }) => {
  it('A-06: who works here, who may do so without the queue, and when somebody was last there', () => {
    const { store, reopen } = open();
    const before = [store.session(), store.people(), store.seenAt()];
    const session = aSignIn({ locked: true, token: null });
    store.keepSignIn(session, aKnownPerson());
    store.keepPerson(aKnownPerson({ person: aPerson({ handler: two }) }));
    store.keepSeenAt(later(testStart, 5));
    store.keepLatestAt(later(testStart, 7));
    store.keepHeardAt(later(testStart, 6));
    const again = reopen?.() ?? store;
    const times = [again.seenAt(), again.heardAt(), again.latestAt()];
    expect([before, [again.session(), again.people().length, ...times]]).toEqual([
      [nobodyYet, [], null],
      [session, 2, later(testStart, 5), later(testStart, 6), later(testStart, 7)],
    ]);
    again.forgetPerson(two);
    expect(again.people()).toEqual([aKnownPerson()]);
  });

  it('A-08: drafts are their writer’s, newest first; a note takes away only its writer’s', () => {
    const { store } = open();
    const [first, second] = [aContact({ seq: 1 }), aContact({ seq: 2 })];
    store.saveDraft(one, first.id, draft, testStart);
    store.saveDraft(two, first.id, { text: 'Other', caret: 1 }, testStart);
    store.saveDraft(one, second.id, draft, later(testStart, 1));
    const mine = store.drafts(one);
    store.keep(aCommand({ on: first, act: note, id, by: two }), kept);
    expect([
      mine.map(({ contact }) => contact),
      store.draft(one, first.id),
      store.draft(two, first.id),
    ]).toEqual([[second.id, first.id], draft, null]);
  });

  it('A-08: what bears no name becomes the work of the first who signs in', () => {
    const { store } = open();
    const contact = aContact();
    store.saveDraft(nobodyNamed, contact.id, draft, testStart);
    store.keep(aCommand({ on: contact, act: note, id, by: nobodyNamed }), { ...kept, clearsDraft: false });
    store.keepSignIn(aSignIn(), aKnownPerson());
    expect([store.draft(one, contact.id), store.outbox().map(({ command }) => command.by)]).toEqual([
      draft,
      [one],
    ]);
  });

  it('W-22, X-11: tabs are each handler’s, and the report stays until it is put away', () => {
    const { store, reopen } = open();
    const tabs = { tabs: [aContact().id], active: aContact().id };
    store.keepTabs(one, tabs);
    store.keepMissed(emptyReport);
    const again = reopen?.() ?? store;
    const found = [again.tabs(one), again.tabs(two), again.missed()];
    again.keepMissed(null);
    expect([found, again.missed()]).toEqual([[tabs, null, emptyReport], null]);
  });

  it('X-11: an outage is kept with each contact as it first was, until it is over or the copy is wiped', () => {
    const { store, reopen } = open();
    const [was, is] = [aContact({ seq: 1, grade: 'G4' }), aContact({ seq: 1, grade: 'G1' })].map(summaryOf);
    const fresh = aContact({ seq: 2 }).id;
    if (was === undefined || is === undefined) throw new Error('two summaries');
    const state = { from: testStart, conflicts: [], sent: 1, released: [fresh] };
    const before = store.outage();
    store.keepOutage({ ...state, sent: 0 }, new Map([[was.id, was]]));
    store.keepOutage(
      state,
      new Map([
        [is.id, is],
        [fresh, null],
      ]),
    );
    const again = reopen?.() ?? store;
    const found = again.outage();
    again.endOutage(emptyReport);
    const over = [again.outage(), again.missed()];
    again.keepOutage(state, new Map());
    again.wipe();
    expect([before, found, over, again.outage()]).toEqual([
      null,
      {
        ...state,
        before: new Map([
          [was.id, was],
          [fresh, null],
        ]),
      },
      [null, emptyReport],
      null,
    ]);
  });

  it('P-01: paper numbers are set aside before they are printed, and never again', () => {
    const { store, reopen } = open();
    const first = [store.reservePaper(3), store.reservePaper(1)];
    expect([first, (reopen?.() ?? store).reservePaper(2)]).toEqual([[1, 4], 5]);
  });

  it('A-07, S-13: after a sign-off the copy is gone, and what exists nowhere else is there', () => {
    const { store, reopen } = open();
    const log = new LogScript();
    const [plain, drafted] = [log.arrives().contact, log.arrives().contact];
    store.commitEvents(log.entries, log.cursor());
    store.keepSignIn(aSignIn(), aKnownPerson());
    store.saveDraft(one, drafted, draft, testStart);
    store.keepTabs(one, { tabs: [plain], active: null });
    store.keepMissed(emptyReport);
    const row = store.keep(aCommand({ on: log.contact(plain), act: note, id }), kept);
    store.wipe();
    const again = reopen?.() ?? store;
    expect({
      held: [again.held(plain), again.held(drafted) !== null],
      gone: [again.cursor(), again.tabs(one), again.missed()],
      stays: [again.draft(one, drafted), again.outbox(), again.people().length],
    }).toEqual({
      held: [null, true],
      gone: [null, null, null],
      stays: [draft, [row], 1],
    });
  });
});

describe.each(deskStoreKinds)('contacts that were written down here ($name)', ({ open }) => {
  const provisional = {
    ...aContact({ seq: 77, ref: 'PROV-7KQ4TX', ownership: { kind: 'owned', by: me, since: testStart } }),
    rev: 0,
  } as const;
  const writeDown = (store: DeskStore) =>
    store.keep(aCommand({ on: provisional, act: { kind: 'log', ...aLog() }, id }), { ...kept, provisional });

  it('P-03: command and contact are kept together', () => {
    const { store, reopen } = open();
    writeDown(store);
    const again = reopen?.() ?? store;
    expect([
      again.outbox().length,
      again.held(provisional.id)?.contact,
      again.ownedBy(me.desk).length,
    ]).toEqual([1, provisional, 1]);
  });

  it('P-03: the queue’s contact takes its place', () => {
    const { store } = open();
    const log = new LogScript();
    store.installSnapshot([], log.cursor());
    writeDown(store);
    log.arrives({ ...provisional, rev: 1, ref: 'CON-1' });
    const { lacking } = store.commitEvents(log.entries, log.cursor());
    expect([lacking, store.held(provisional.id)?.contact]).toEqual([[], log.contact(provisional.id)]);
  });

  it('P-03: a snapshot keeps it as long as its command is in the outbox, and not longer', () => {
    const { store } = open();
    const log = new LogScript();
    const [one_] = [aContact({ seq: 1 })];
    writeDown(store);
    const held = () => store.held(provisional.id)?.contact?.rev ?? null;
    store.installSnapshot([one_], log.cursor());
    const unsent = held();
    store.answer(id, { kind: 'applied', lsn: asLsn(5) });
    store.installSnapshot([one_], { ...log.cursor(), lsn: asLsn(4) });
    const applied = held();
    store.installSnapshot([one_], { ...log.cursor(), lsn: asLsn(5) });
    expect([unsent, applied, held(), store.outbox()]).toEqual([0, 0, null, []]);
  });

  it('P-03: what the snapshot brings of it is newer than what was written down', () => {
    const { store } = open();
    writeDown(store);
    const real = { ...provisional, rev: 3, ref: 'CON-1' };
    store.installSnapshot([real], new LogScript().cursor());
    expect(store.held(provisional.id)?.contact).toEqual(real);
  });

  it('P-05: a refused one leaves when its refusal has been seen; one that the queue has made stays', () => {
    const { store } = open();
    writeDown(store);
    store.answer(id, { kind: 'refused', refusal: { code: 'already-logged', ref: 'CON-7' } });
    const before = store.held(provisional.id) !== null;
    store.dismiss(id);
    const after = store.held(provisional.id);
    const other = asCommandId(anId(0xc0002));
    const log = new LogScript();
    store.installSnapshot([], log.cursor());
    store.keep(aCommand({ on: provisional, act: { kind: 'log', ...aLog() }, id: other }), {
      ...kept,
      provisional,
    });
    log.arrives({ ...provisional, rev: 1 });
    store.commitEvents(log.entries, log.cursor());
    store.answer(other, { kind: 'refused', refusal: { code: 'already-logged', ref: 'CON-7' } });
    store.dismiss(other);
    expect([before, after, store.held(provisional.id)?.contact?.rev]).toEqual([true, null, 1]);
  });
});
