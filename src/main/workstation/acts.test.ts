import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  aClosing,
  aCommand,
  anActor,
  aContact,
  anId,
  aPerson,
  aPolicy,
  testStart,
} from '../../../tests/harness/builders.ts';
import { everyWrite, resTo, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { UP_FRAME_LIMIT } from '../../shared/contract/queue-link.ts';
import { loggedContact } from '../../shared/domain/arrival.ts';
import type { Act } from '../../shared/domain/command.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asCommandId, asContactId, type ContactId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/role.ts';
import { counterActOf } from '../../shared/domain/undo.ts';
import { later } from '../../shared/domain/time.ts';
import { refusalOfSize } from './command-frame.ts';

const me = anActor();
const id = asContactId(anId(0xbeef));
const log: Extract<Act, { kind: 'log' }> = {
  kind: 'log',
  channel: 'front-counter',
  receivedAt: later(testStart, -60_000),
  title: 'Purse taken from a bag',
  place: 'Town Square, Stevenage',
  language: null,
  caller: { name: 'Jo Marsh', number: null, address: null },
  account: 'It was there at the till.',
  flags: { vulnerable: false, repeat: false, lookFirst: false },
  paperLog: 'P1-0003',
  provisionalRef: 'PROV-7KQ4TX',
};
const note: Act = { kind: 'note', text: 'She has the card number', happenedAt: later(testStart, -30_000) };
const grade: Act = { kind: 'grade', grade: 'G3', reason: 'no danger' };
const close: Act = aClosing({ reason: 'told to ring the bank' });

let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk();
});

afterEach(() => desk.end());

/** Connected once, and cut off. */
async function cutOff(over: Partial<Contact> = {}): Promise<ContactId> {
  const contact = await desk.live(over);
  desk.network.last.closes(1006);
  return contact;
}

const sent = () => desk.commands().map(({ body, fence }) => [body.kind, fence]);
const rowOf = async (contact: ContactId) => (await desk.rows()).find(({ summary }) => summary.id === contact);

/** What the queue makes of the `log`. */
function real(): Contact {
  const numbers = { id, ref: 'CON-20261122-000099', seq: 99, source: 'desk' };
  return loggedContact(log, numbers, me, later(testStart, 5_000), aPolicy());
}

/** The queue takes the `log` and says so. */
async function accepted(): Promise<void> {
  const arrived = desk.log.arrives(real());
  desk.network.last.says(resTo(desk.commands()[0], { lsn: arrived.lsn }));
  await desk.tell(arrived.lsn - 1);
}

describe('a contact that is written down by hand', () => {
  it('P-03, P-04: is there at once under its provisional reference, theirs, also with the link down', async () => {
    await cutOff();
    desk.clock.advance(12_000);
    const answer = await desk.submit(id, log);
    expect([answer.kind, await rowOf(id), await desk.request('contact.read', { contact: id })]).toMatchObject(
      [
        'kept',
        {
          summary: {
            ref: 'PROV-7KQ4TX',
            rev: 0,
            fence: 1,
            receivedAt: log.receivedAt,
            ownership: { kind: 'owned', by: me },
          },
          pending: [{ kind: 'log', doubt: null }],
        },
        {
          kind: 'here',
          contact: { account: log.account, paperLog: 'P1-0003', provisionalRef: 'PROV-7KQ4TX' },
        },
      ],
    );
  });

  it('P-04, P-02: it is noted, graded and closed before the queue has heard of it, and everything goes in order', async () => {
    await cutOff();
    for (const act of [log, note, grade, close]) expect((await desk.submit(id, act)).kind).toBe('kept');
    const shown = await desk.request('contact.read', { contact: id });
    desk.connect();
    expect([
      sent().filter(([kind]) => kind !== 'consult'),
      shown.kind === 'here' && [shown.contact.notes[0]?.happenedAt, shown.contact.grade],
    ]).toEqual([
      [
        ['log', 0],
        ['note', 1],
        ['grade', 1],
        ['close', 1],
      ],
      [note.kind === 'note' && note.happenedAt, 'G3'],
    ]);
  });

  it('P-03: the queue’s contact takes its place, with both references', async () => {
    await desk.live();
    await desk.submit(id, log);
    await accepted();
    expect([
      await rowOf(id),
      await desk.request('outbox.read', {}),
      desk.store.held(id)?.contact,
    ]).toMatchObject([
      { summary: { ref: 'CON-20261122-000099', rev: 1 }, pending: [] },
      { items: [] },
      { provisionalRef: 'PROV-7KQ4TX', seq: 99 },
    ]);
    expect(desk.payloads('command.answered').map(({ kind, status }) => [kind, status])).toEqual([
      ['log', 'applied'],
    ]);
  });

  it('P-03: an emergency that was written down is flashed back ahead of the log, and nothing is lost', async () => {
    await desk.live();
    await desk.submit(id, { ...log, channel: '999-voice', paperLog: null });
    const contact = { ...real(), channel: '999-voice', band: 'A' } as const;
    const arrived = desk.log.arrives(contact);
    desk.network.last.says({ t: 'FLASH', lsn: arrived.lsn, summary: desk.log.summary(id) });
    const flashed = await rowOf(id);
    await desk.tell(arrived.lsn - 1);
    expect([flashed?.summary.ref, desk.store.held(id)?.contact?.rev]).toEqual(['CON-20261122-000099', 1]);
  });

  it('P-03: HELLO does not name what the queue has never heard of', async () => {
    await cutOff();
    await desk.submit(id, log);
    desk.connect();
    expect(desk.network.last.sentOf('HELLO')[0]?.owns).toEqual([]);
  });

  it('P-03: a new copy takes it away neither while it is unsent nor while it is applied and not yet in the copy', async () => {
    const first = await cutOff();
    await desk.submit(id, log);
    desk.connect({ resumed: false });
    const old = desk.log.contacts;
    const asOf = desk.log.head;
    desk.snapshot(old, asOf);
    const unsent = desk.store.held(id)?.contact?.rev;
    const arrived = desk.log.arrives(real());
    desk.network.last.says(resTo(desk.commands()[0], { lsn: arrived.lsn }));
    desk.network.last.closes(1006);
    desk.connect({ resumed: false, lastCmdSeq: 1 });
    desk.snapshot(old, asOf);
    const applied = desk.store.held(id)?.contact?.rev;
    await desk.tell(asOf);
    expect([unsent, applied, desk.store.held(id)?.contact?.rev, desk.store.held(first) !== null]).toEqual([
      0,
      0,
      1,
      true,
    ]);
  });

  it('P-05: what the queue refuses stays with its words until it has been seen, and then leaves', async () => {
    await desk.live();
    await desk.submit(id, log);
    const refusal = { code: 'already-logged', ref: 'CON-20261122-000007' } as const;
    desk.network.last.says(resTo(desk.commands()[0], { status: 'refused', refusal }));
    const row = (await desk.request('outbox.read', {})).items[0];
    const here = (await desk.request('contact.read', { contact: id })).kind;
    await desk.request('outbox.dismiss', { id: row?.id as never });
    expect([row, here, await desk.request('contact.read', { contact: id })]).toMatchObject([
      { act: log, state: 'refused', refusal },
      'here',
      { kind: 'unknown' },
    ]);
    expect(desk.payloads('inbox.changed').at(-1)?.removals).toEqual([id]);
  });

  it('P-04: words that are missing are refused before anything is kept', async () => {
    await desk.live();
    expect([await desk.submit(id, { ...log, title: ' ' }), desk.store.outbox(), desk.store.held(id)]).toEqual(
      [{ kind: 'refused', refusal: { code: 'text-missing' } }, [], null],
    );
  });

  it('P-05: writing the same contact down again is refused with its reference', async () => {
    await desk.live();
    await desk.submit(id, log);
    expect(await desk.submit(id, log)).toEqual({
      kind: 'refused',
      refusal: { code: 'already-logged', ref: 'PROV-7KQ4TX' },
    });
  });

  it('X-01: what the disk refuses is not there: neither the command nor the contact', async () => {
    await desk.live();
    desk.refuse = { kind: 'io', calls: everyWrite };
    expect([await desk.submit(id, log), desk.store.held(id), desk.store.outbox()]).toEqual([
      { kind: 'not-kept', code: 'io' },
      null,
      [],
    ]);
  });

  it('P-03: both are there after a restart, with the words of the form gone', async () => {
    await cutOff();
    await desk.request('draft.save', { contact: id, draft: { text: '{"title":"Purse"}', caret: 0 } });
    await desk.submit(id, log);
    desk.beginAgain();
    expect([(await rowOf(id))?.summary.ref, await desk.request('drafts.read', {})]).toEqual([
      'PROV-7KQ4TX',
      { drafts: [] },
    ]);
  });
});

describe('what a role may do', () => {
  const as = (role: Role) => new SteppedDesk({ signIn: { person: aPerson({ role }) } });
  const roleOf = (role: Role) => ({
    signedIn: { person: aPerson({ role }), until: later(testStart, 1_000_000) },
  });

  it('A-03: a trainee claims what is no emergency; an emergency is refused before anything is kept', async () => {
    await desk.end();
    desk = as('trainee');
    const call = desk.log.arrives().contact;
    const emergency = desk.log.arrives({ channel: '999-voice' }).contact;
    desk.connect({ resumed: false, ...roleOf('trainee') });
    desk.snapshot();
    expect([
      await desk.submit(emergency, { kind: 'claim' }),
      (await desk.submit(call, { kind: 'claim' })).kind,
      (await desk.submit(emergency, { kind: 'note', text: 'He is shouting', happenedAt: null })).kind,
      sent(),
    ]).toEqual([
      { kind: 'refused', refusal: { code: 'role', role: 'trainee', act: 'claim', emergency: true } },
      'kept',
      'kept',
      [
        ['claim', 0],
        ['note', 0],
      ],
    ]);
  });

  it('A-04: only a mentor or a team leader frees what another desk holds', async () => {
    const theirs = {
      ownership: { kind: 'owned', by: anActor({ deskNumber: 2 }), since: testStart },
    } as const;
    const contact = await desk.live(theirs);
    const free: Act = { kind: 'free', reason: 'the desk is dark' };
    const handler = await desk.submit(contact, free);
    await desk.end();
    desk = as('mentor');
    desk.log.arrives(theirs);
    desk.connect({ resumed: false, ...roleOf('mentor') });
    desk.snapshot();
    expect([handler, (await desk.submit(contact, free)).kind]).toEqual([
      { kind: 'refused', refusal: { code: 'role', role: 'handler', act: 'free', emergency: false } },
      'kept',
    ]);
  });
});

describe('what cannot be kept', () => {
  it('L-04: what would not fit a frame is refused before it is kept, and nothing waits behind it', async () => {
    await desk.live();
    const address = 'x'.repeat(70_000);
    const answer = await desk.submit(id, { ...log, caller: { ...log.caller, address } });
    const sized = refusalOfSize(
      aCommand({ on: aContact(), act: { kind: 'note', text: '€'.repeat(22_000), happenedAt: null } }),
    );
    expect([answer, sized, desk.store.outbox()]).toEqual([
      { kind: 'refused', refusal: { code: 'text-too-long', limit: 300, length: 70_000 } },
      { code: 'text-too-long', limit: UP_FRAME_LIMIT, length: expect.any(Number) as number },
      [],
    ]);
  });

  it('P-03: nothing more is done to a contact that the queue has refused to take in; its words stay until they are put away', async () => {
    await desk.live();
    await desk.submit(id, log);
    const refusal = { code: 'already-logged', ref: 'CON-20261122-000009' } as const;
    desk.network.last.says(resTo(desk.commands()[0], { status: 'refused', refusal }));
    const answers = [await desk.submit(id, note), await desk.submit(id, close)];
    const { items } = await desk.request('outbox.read', {});
    const [item] = items;
    if (item !== undefined) await desk.request('outbox.dismiss', { id: item.id });
    expect([answers, items, desk.store.held(id)]).toMatchObject([
      [
        { kind: 'refused', refusal: { code: 'unknown-contact' } },
        { kind: 'refused', refusal: { code: 'unknown-contact' } },
      ],
      [{ act: { kind: 'log', account: log.account }, state: 'refused' }],
      null,
    ]);
  });
});

describe('taking back what is not even sent', () => {
  const mine = { ownership: { kind: 'owned', by: me, since: testStart } } as const;

  it.each<[string, Partial<Contact>, Act, string[]]>([
    ['a closing', mine, close, ['close', 'reopen']],
    ['a grade', mine, grade, ['grade', 'grade']],
    ['a release', mine, { kind: 'release' }, ['release']],
    ['a promotion', mine, { kind: 'promote', reason: 'danger' }, ['promote', 'demote']],
  ])(
    'X-10: %s is taken back behind the first act, with the link down, and both go',
    async (_what, over, act, kinds) => {
      const contact = await cutOff(over);
      desk.clock.advance(12_000);
      const before = desk.store.held(contact)?.contact ?? aContact();
      const first = await desk.submit(contact, act);
      const counter = counterActOf(before, act, first.kind === 'kept' ? first.id : asCommandId(''));
      const second = counter === null ? null : await desk.submit(contact, counter);
      desk.connect();
      // Taking back a release is a claim, which only the queue can grant (rule X-08).
      const claims = counter?.kind === 'claim';
      expect([first.kind, second?.kind, sent().map(([kind]) => kind)]).toEqual([
        'kept',
        claims ? 'refused' : 'kept',
        kinds,
      ]);
    },
  );

  it('X-08: what is closed already is not taken up again with the link down, because somebody else may have done so', async () => {
    const contact = await desk.live({ ownership: { kind: 'closed', by: me, since: testStart } });
    desk.clock.advance(12_000);
    const reopen: Act = { kind: 'reopen', reason: 'rang back' };
    const down = await desk.submit(contact, reopen);
    desk.connect();
    const up = await desk.submit(contact, reopen);
    const undone = await desk.submit(
      contact,
      counterActOf(desk.log.contact(contact), reopen, up.kind === 'kept' ? up.id : asCommandId('')) ?? close,
    );
    expect([down, up.kind, undone.kind, sent().map(([kind]) => kind)]).toEqual([
      { kind: 'refused', refusal: { code: 'link-down' } },
      'kept',
      'kept',
      ['reopen', 'close'],
    ]);
  });

  it('X-10: a closing taken back with the link down goes with it when the link is red for long', async () => {
    const contact = await cutOff(mine);
    await desk.submit(contact, close);
    await desk.submit(contact, { kind: 'reopen', reason: 'taken back' });
    desk.clock.advance(60_000);
    desk.connect({ lastCmdSeq: 0 });
    expect(sent().map(([kind]) => kind)).toEqual(['close', 'reopen']);
  });

  it('X-10: a claim is taken back before its answer has come, under the fence that it will have', async () => {
    const contact = await desk.live();
    await desk.submit(contact, { kind: 'claim' });
    await desk.submit(contact, { kind: 'release' });
    expect(sent()).toEqual([
      ['claim', 0],
      ['release', 1],
    ]);
  });

  it('X-10: a grade that was taken back leaves none, or the one before, on the screen', async () => {
    const contact = await cutOff(mine);
    const given = await desk.submit(contact, grade);
    const undoes = given.kind === 'kept' ? given.id : asCommandId('');
    await desk.submit(contact, { kind: 'grade', grade: null, reason: 'taken back', undoes });
    const reading = await desk.request('contact.read', { contact });
    expect(reading.kind === 'here' && [reading.contact.grade, reading.contact.gradings.length]).toEqual([
      null,
      2,
    ]);
  });
});

describe('paper', () => {
  it('P-01: numbers are the desk’s, go on after a restart, and are never given twice', async () => {
    const ofNoNumber = await desk.request('paper.reserve', { count: 2 });
    await desk.live();
    const first = await desk.request('paper.reserve', { count: 1 });
    desk.beginAgain();
    expect([ofNoNumber, first, await desk.request('paper.reserve', { count: 2 })]).toEqual([
      { numbers: ['PAAAAAA-0001', 'PAAAAAA-0002'] },
      { numbers: ['PAAAAAA-0003'] },
      { numbers: ['PAAAAAA-0004', 'PAAAAAA-0005'] },
    ]);
  });

  it('W-22: the tabs come back to whoever had them open', async () => {
    const contact = await desk.live();
    const none = await desk.request('tabs.read', {});
    await desk.request('tabs.save', { tabs: [contact], active: contact });
    desk.beginAgain();
    expect([none, await desk.request('tabs.read', {})]).toEqual([
      { tabs: [], active: null },
      { tabs: [contact], active: contact },
    ]);
  });
});
