import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClosing, anActor, anId, aPolicy, testStart } from '../../../tests/harness/builders.ts';
import { keptToken } from '../../../tests/harness/kept-sign-in.ts';
import { asFrame } from '../../../tests/harness/log-script.ts';
import { everyWrite, resTo, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { LINK_VERSION, type Welcome } from '../../shared/contract/queue-link.ts';
import type { Act } from '../../shared/domain/command.ts';
import { asCommandId, asHandlerId, asLsn, asStoreEpoch, type ContactId } from '../../shared/domain/ids.ts';
import { later } from '../../shared/domain/time.ts';

const me = anActor();
const otherEpoch = asStoreEpoch(anId(0xe0002));
const note = (text = 'He is back'): Act => ({ kind: 'note', text, happenedAt: null });

let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk();
});

afterEach(() => desk.end());

describe('the first moments', () => {
  it('L-08: the emergencies of WELCOME are in the window at once, before any other frame', async () => {
    const { contact } = desk.log.arrives({ channel: '999-voice' });
    desk.connect({ resumed: false, emergencies: [desk.log.summary(contact)], emergencyCount: 1 });
    expect([desk.payloads('inbox.changed'), await desk.rows()]).toEqual([
      [
        {
          revision: 1,
          upserts: [{ summary: desk.log.summary(contact), pending: [] }],
          removals: [],
          reset: false,
        },
      ],
      [{ summary: desk.log.summary(contact), pending: [] }],
    ]);
  });

  it('L-08: an emergency that the snapshot is too old to contain stays in the window while the log catches up', async () => {
    desk.log.arrives();
    const asOf = desk.log.head;
    const before = desk.log.contacts;
    const { contact } = desk.log.arrives({ channel: '999-voice' });
    desk.connect({ resumed: false, emergencies: [desk.log.summary(contact)], emergencyCount: 1 });
    const { contact: second } = desk.log.arrives({ channel: '999-silent' });
    desk.network.last.says({ t: 'FLASH', lsn: desk.log.head, summary: desk.log.summary(second) });
    desk.snapshot(before, asOf);
    const during = (await desk.rows()).map(({ summary }) => summary.id);
    await desk.tell(asOf);
    expect([during.slice(0, 2), (await desk.rows()).map(({ summary }) => summary.id)]).toEqual([
      [contact, second],
      [contact, second, ...before.map(({ id }) => id)],
    ]);
  });

  it('L-10: HELLO names the cursor, the life, and what this desk owns with its fences', async () => {
    const contact = await desk.live();
    desk.log.happens(contact, { kind: 'claim' }, { by: me });
    await desk.tell(1);
    desk.network.last.closes(1006);
    desk.connect();
    expect(desk.network.last.sentOf('HELLO')).toEqual([
      {
        t: 'HELLO',
        v: LINK_VERSION,
        deskId: me.desk,
        incarnation: anId(0x1111),
        appVersion: '1',
        realm: 'demo',
        signIn: { handler: me.handler, token: keptToken },
        resume: { cursor: desk.log.cursor(), lastCmdAcked: 0 },
        owns: [{ contact, fence: 1, rev: 2, state: 'owned' }],
      },
    ]);
  });

  it('L-07: a position is acknowledged after its commit; of a burst the last', async () => {
    const contact = await desk.live();
    desk.log.happens(contact, note());
    desk.log.happens(contact, note());
    for (const entry of desk.log.entries.slice(1)) desk.network.last.says(asFrame(entry));
    const before = desk.network.last.sentOf('ACK').map(({ cursor }) => cursor.lsn);
    await turn();
    expect([
      before,
      desk.network.last.sentOf('ACK').map(({ cursor }) => cursor.lsn),
      desk.store.cursor(),
    ]).toEqual([[1], [1, 3], desk.log.cursor()]);
  });

  it('L-20: replay and snapshot are credited as they are taken in', async () => {
    const contact = await desk.live();
    desk.log.happens(contact, note());
    const before = desk.network.last.sentOf('CREDIT').length;
    const bytes = Buffer.byteLength(JSON.stringify(asFrame(desk.log.entries[1] as never)));
    await desk.tell(1);
    expect([before > 0, desk.network.last.sentOf('CREDIT').slice(before)]).toEqual([
      true,
      [{ t: 'CREDIT', bytes }],
    ]);
  });

  it('L-12: while the copy is behind the queue, the desk says so and by how much, and says when it has caught up', async () => {
    const contact = await desk.live();
    for (let count = 0; count < 3; count += 1) desk.log.happens(contact, note());
    desk.network.last.closes(1006);
    desk.connect();
    const behind = (await desk.request('desk.read', {})).link;
    await desk.tell(1);
    expect([behind, desk.payloads('desk.changed').at(-1)?.link, await desk.linkKind()]).toMatchObject([
      { kind: 'catching-up', behind: 3 },
      { kind: 'live', behind: 0 },
      'live',
    ]);
  });

  it('L-14: a desk without a queue works on its copy and says that there is none', async () => {
    desk.beginAgain({ queueUrl: null });
    expect([await desk.linkKind(), desk.network.sockets.length]).toEqual(['refused', 0]);
  });

  it('L-14: a queue that closed for good is named once among the faults', async () => {
    await desk.live();
    desk.network.last.closes(4009, 'the same desk has connected again');
    desk.clock.advance(60_000);
    expect([await desk.linkKind(), (await desk.request('desk.read', {})).faults]).toEqual([
      'refused',
      [{ id: 1, fault: { kind: 'queue-refused', code: 4009, why: 'the same desk has connected again' } }],
    ]);
  });
});

describe('acting', () => {
  it('X-01, X-05, X-06: a claim is kept, sent, shown as asked for, answered, and told as won only with its event', async () => {
    const contact = await desk.live();
    const kept = await desk.submit(contact, { kind: 'claim' });
    const [command] = desk.commands();
    const asked = desk.payloads('inbox.changed').at(-1)?.upserts[0];
    desk.log.happens(contact, { kind: 'claim' }, { by: me });
    desk.network.last.says(resTo(command, { lsn: desk.log.head }));
    const early = desk.payloads('command.answered');
    await desk.tell(1);
    expect({
      kept,
      command: command?.body,
      asked: [asked?.summary.ownership.kind, asked?.pending.map(({ kind }) => kind)],
      early,
    }).toEqual({
      kept: { kind: 'kept', id: command?.cmdId },
      command: { kind: 'claim' },
      asked: ['waiting', ['claim']],
      early: [],
    });
    expect([desk.payloads('command.answered'), (await desk.rows())[0]]).toEqual([
      [{ id: command?.cmdId, contact, kind: 'claim', status: 'applied', refusal: null }],
      { summary: desk.log.summary(contact), pending: [] },
    ]);
  });

  it('C-05: a claim that lost is told with who has the contact', async () => {
    const contact = await desk.live();
    await desk.submit(contact, { kind: 'claim' });
    const by = anActor({ deskNumber: 2 });
    const refusal = { code: 'taken', by, since: testStart } as const;
    desk.network.last.says(resTo(desk.commands()[0], { status: 'refused', refusal }));
    expect([
      desk.payloads('command.answered').at(-1),
      desk
        .payloads('outbox.changed')
        .at(-1)
        ?.items.map(({ state }) => state),
    ]).toEqual([
      { id: desk.commands()[0]?.cmdId, contact, kind: 'claim', status: 'refused', refusal },
      ['refused'],
    ]);
  });

  it('C-06: a grade right after a claim goes under the claim’s fence', async () => {
    const contact = await desk.live();
    await desk.submit(contact, { kind: 'claim' });
    await desk.submit(contact, { kind: 'grade', grade: 'G1', reason: 'risk' });
    expect(desk.commands().map(({ cmdSeq, fence }) => [cmdSeq, fence])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  it('X-08: with the link red, a claim is refused at once and nothing is kept; a note is kept', async () => {
    const contact = await desk.live();
    desk.clock.advance(12_000);
    const answers = [await desk.submit(contact, { kind: 'claim' }), await desk.submit(contact, note())];
    expect([
      await desk.linkKind(),
      answers.map(({ kind }) => kind),
      desk.store.outbox().map(({ command }) => command.act),
    ]).toEqual(['down', ['refused', 'kept'], [note()]]);
    expect(answers[0]).toEqual({ kind: 'refused', refusal: { code: 'link-down' } });
  });

  it('X-08: a desk that has not reached the queue since it started cannot claim', async () => {
    await desk.live();
    desk.beginAgain();
    expect(await desk.submit(desk.log.contacts[0]?.id as ContactId, { kind: 'claim' })).toEqual({
      kind: 'refused',
      refusal: { code: 'link-down' },
    });
  });

  it('X-08: a claim kept while the link was cut is withdrawn at red and told, and is not sent later', async () => {
    const contact = await desk.live();
    desk.network.last.closes(1006);
    const kept = await desk.submit(contact, { kind: 'claim' });
    await desk.submit(contact, note());
    desk.clock.advance(12_000);
    const told = desk.payloads('command.answered');
    desk.connect();
    expect([kept.kind, told, desk.commands().map(({ cmdSeq, body }) => [cmdSeq, body])]).toEqual([
      'kept',
      [expect.objectContaining({ kind: 'claim', status: 'refused', refusal: { code: 'link-down' } })],
      [[1, note()]],
    ]);
  });

  it('X-02: acts given without a link go when it is back, in their order', async () => {
    const contact = await desk.live();
    desk.network.last.closes(1006);
    for (const text of ['one', 'two', 'three']) await desk.submit(contact, note(text));
    desk.connect();
    expect(desk.commands().map(({ cmdSeq, body }) => [cmdSeq, body])).toEqual(
      ['one', 'two', 'three'].map((text, index) => [index + 1, note(text)]),
    );
  });

  it('C-13: an act on a contact that is not here, or before the queue ever greeted this desk, is refused', async () => {
    const early = await desk.submit(anId(5) as ContactId, note());
    await desk.live();
    expect([early, await desk.submit(anId(5) as ContactId, note())]).toEqual(
      [1, 2].map(() => ({ kind: 'refused', refusal: { code: 'unknown-contact' } })),
    );
  });

  it('C-12: reading a contact twice in a minute sends one consultation, and the outbox shows none', async () => {
    const contact = await desk.live();
    await desk.request('contact.read', { contact });
    await desk.request('contact.read', { contact });
    const first = desk.commands().length;
    desk.network.last.says(resTo(desk.commands()[0]));
    desk.clock.advance(7_000);
    desk.network.last.says({ t: 'HBACK', n: 1, serverTime: desk.clock.now(), head: desk.log.head });
    for (let count = 0; count < 12; count += 1) {
      desk.clock.advance(5_000);
      desk.network.last.says({ t: 'HBACK', n: 2 + count, serverTime: desk.clock.now(), head: desk.log.head });
    }
    await desk.request('contact.read', { contact });
    expect([
      first,
      desk.commands().map(({ body }) => body.kind),
      await desk.request('outbox.read', {}),
    ]).toEqual([1, ['consult', 'consult'], { items: [] }]);
  });

  it('X-09: half-typed words come back with their caret, and go when the note is kept', async () => {
    const contact = await desk.live();
    const draft = { text: 'Half a sen', caret: 4 };
    const kept = await desk.request('draft.save', { contact, draft });
    const before = await desk.request('contact.read', { contact });
    await desk.submit(contact, note('Half a sentence'));
    expect([kept, before, await desk.request('contact.read', { contact })]).toMatchObject([
      { kind: 'kept', at: desk.clock.now() },
      { draft },
      { draft: null },
    ]);
  });

  it('X-06: a refusal that has been seen leaves the outbox', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note());
    desk.network.last.says(resTo(desk.commands()[0], { status: 'late' }));
    const before = (await desk.request('outbox.read', {})).items.map(({ state, ref }) => [state, ref]);
    await desk.request('outbox.dismiss', { id: desk.commands()[0]?.cmdId as never });
    expect([before, desk.payloads('outbox.changed').at(-1)]).toEqual([[['late', 'CON-1']], { items: [] }]);
  });
});

describe('when the link breaks', () => {
  it('X-03: what was sent and not answered goes again under the same id and number', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note());
    const [first] = desk.commands();
    desk.network.last.closes(1006);
    desk.connect({ lastCmdSeq: 1 });
    expect(desk.commands()).toEqual([first]);
  });

  it('L-06: a hole in the log resumes from the cursor and takes in nothing behind the hole', async () => {
    const contact = await desk.live();
    desk.log.happens(contact, note());
    desk.log.happens(contact, note());
    const [socket] = desk.network.sockets;
    desk.network.last.says(asFrame(desk.log.entries[2] as never));
    await turn();
    desk.connect();
    expect([
      socket?.isDropped,
      desk.network.last.sentOf('HELLO')[0]?.resume.cursor,
      desk.store.cursor(),
    ]).toEqual([true, desk.log.cursor(asLsn(1)), desk.log.cursor(asLsn(1))]);
  });

  it('L-24, L-10: an event of a contact that is missing here brings a snapshot from a queue that knows no questions', async () => {
    await desk.live();
    const { contact } = desk.log.arrives();
    desk.network.last.closes(1006);
    desk.connect({ v: undefined });
    desk.log.happens(contact, { kind: 'claim' });
    desk.network.last.says({ ...asFrame(desk.log.entries[2] as never), prev: asLsn(1) });
    await turn();
    desk.connect({ resumed: false });
    const asked = desk.network.last.sentOf('HELLO')[0]?.resume.cursor;
    desk.snapshot();
    expect([asked, desk.store.cursor(), desk.store.held(contact)?.contact]).toEqual([
      null,
      desk.log.cursor(),
      desk.log.contact(contact),
    ]);
  });

  it('L-11: a snapshot cut half way leaves the copy as it was, and the next one begins afresh', async () => {
    const contact = await desk.live();
    const before = desk.store.held(contact);
    desk.log.arrives();
    connectAfterCut({ resumed: false });
    const data = desk.log.contacts.map((one) => `${JSON.stringify(one)}\n`).join('');
    desk.network.last.says({
      t: 'SNAP',
      id: 's',
      part: 1,
      of: 2,
      asOf: desk.log.head,
      data: data.slice(0, 900),
    });
    connectAfterCut({ resumed: false });
    const during = [desk.store.held(contact), desk.store.cursor()];
    desk.snapshot();
    expect([during, desk.store.cursor()]).toEqual([[before, desk.log.cursor(asLsn(1))], desk.log.cursor()]);
  });

  it('L-11: a snapshot that does not add up is not installed, and the link begins again', async () => {
    await desk.live();
    connectAfterCut({ resumed: false });
    const count = desk.network.sockets.length;
    desk.network.last.says({ t: 'SNAPEND', id: 's', asOf: desk.log.head, count: 1, sha256: '0'.repeat(64) });
    const after = [desk.store.cursor(), desk.network.last.isOpen];
    desk.connect();
    expect([after, desk.network.sockets.length]).toEqual([[desk.log.cursor(), false], count + 1]);
  });

  function connectAfterCut(over: Partial<Welcome>): void {
    desk.network.last.closes(1006);
    desk.connect(over);
  }

  it('L-02: another time line of the queue begins another life, sends everything again, and takes a new copy', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note('applied on the old line'));
    await desk.submit(contact, note('never answered'));
    const [first, second] = desk.commands();
    desk.network.last.says(resTo(first, { lsn: asLsn(40) }));
    desk.network.last.closes(1006);
    desk.connect({ storeEpoch: otherEpoch, lastCmdSeq: 2, resumed: false });
    const life = desk.store.incarnation();
    desk.connect({ storeEpoch: otherEpoch, lastCmdSeq: 0, resumed: false });
    const again = desk.commands();
    const hello = desk.network.last.sentOf('HELLO')[0];
    desk.snapshot([desk.log.contact(contact)], asLsn(3));
    expect({
      hello: [hello?.incarnation === anId(0x1111), hello?.incarnation, hello?.resume],
      again: again.map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId]),
      cursor: desk.store.cursor(),
    }).toEqual({
      hello: [false, life, { cursor: null, lastCmdAcked: 0 }],
      again: [
        [1, first?.cmdId],
        [2, second?.cmdId],
      ],
      cursor: { storeEpoch: otherEpoch, lsn: 3 },
    });
  });

  it('L-02: an answer on the new time line is not settled by a position of the old one', async () => {
    const contact = await desk.live();
    for (let count = 0; count < 5; count += 1) desk.log.happens(contact, note());
    await desk.tell(1);
    await desk.submit(contact, note('mine'));
    desk.network.last.closes(1006);
    desk.connect({ storeEpoch: otherEpoch, resumed: false });
    desk.connect({ storeEpoch: otherEpoch, resumed: false });
    desk.network.last.says(resTo(desk.commands()[0], { lsn: asLsn(2) }));
    const told = desk.payloads('command.answered');
    expect([told, desk.store.outbox().map(({ standing }) => standing)]).toEqual([
      [],
      [{ kind: 'applied', lsn: 2 }],
    ]);
  });

  it('L-02: the same holds when the copy had been given up, and after a restart', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note('applied on the old line'));
    const [first] = desk.commands();
    desk.network.last.says(resTo(first, { lsn: asLsn(40) }));
    desk.store.forgetCursor();
    desk.beginAgain();
    desk.connect({ storeEpoch: otherEpoch, lastCmdSeq: 1, resumed: false });
    desk.connect({ storeEpoch: otherEpoch, lastCmdSeq: 0, resumed: false });
    expect(desk.commands().map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId])).toEqual([[1, first?.cmdId]]);
  });

  it('L-16: a desk file that is older than what the queue has seen begins another life and sends what it has', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note());
    const [first] = desk.commands();
    desk.network.last.closes(1006);
    desk.connect({ lastCmdSeq: 9 });
    const dropped = desk.network.last.isOpen;
    desk.connect({ lastCmdSeq: 0 });
    expect([
      dropped,
      desk.store.incarnation() === anId(0x1111),
      desk.commands().map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId]),
    ]).toEqual([false, false, [[1, first?.cmdId]]]);
  });
});

describe('when the disk refuses', () => {
  it('S-09: an act and half-typed words are said not to be kept, nothing is sent, and the handler is told once', async () => {
    const contact = await desk.live();
    desk.refuse = { kind: 'io', calls: everyWrite };
    const answers = [
      await desk.submit(contact, note()),
      await desk.submit(contact, { kind: 'claim' }),
      await desk.request('draft.save', { contact, draft: { text: 'Half', caret: 4 } }),
    ];
    expect([answers, desk.commands(), await desk.request('outbox.read', {}), await desk.faults()]).toEqual([
      [1, 2, 3].map(() => ({ kind: 'not-kept', code: 'io' })),
      [],
      { items: [] },
      ['cache-write-failed'],
    ]);
  });

  it('S-09: when there is room again, the same act is kept, and the notice can be put away', async () => {
    const contact = await desk.live();
    desk.refuse = { kind: 'io', calls: everyWrite };
    await desk.submit(contact, note());
    desk.refuse = null;
    const kept = await desk.submit(contact, note());
    await desk.request('fault.dismiss', { id: 1 });
    expect([kept.kind, desk.commands().length, await desk.faults()]).toEqual(['kept', 1, []]);
  });

  it('S-09: emergencies go on being shown, by WELCOME and by flash, on a disk that refuses everything', async () => {
    desk.refuse = { kind: 'io', calls: everyWrite };
    const one = desk.log.arrives({ channel: '999-voice' }).contact;
    const two = desk.log.arrives({ channel: '999-silent' }).contact;
    desk.connect({ emergencies: [desk.log.summary(one)], emergencyCount: 1 });
    desk.network.last.says({ t: 'FLASH', lsn: desk.log.head, summary: desk.log.summary(two) });
    const painted = desk
      .payloads('inbox.changed')
      .flatMap(({ upserts }) => upserts.map(({ summary }) => summary.id));
    expect([painted, desk.network.last.isOpen, await desk.faults()]).toEqual([
      [one, two],
      true,
      ['cache-write-failed'],
    ]);
  });

  it('S-09: events that could not be written come again, and are in the copy when there is room', async () => {
    const contact = await desk.live();
    desk.log.happens(contact, note());
    desk.refuse = { kind: 'io', calls: new Set(['commitEvents']) };
    await desk.tell(1);
    const acknowledged = desk.network.last.sentOf('ACK').map(({ cursor }) => cursor.lsn);
    desk.refuse = null;
    desk.connect();
    const from = desk.network.last.sentOf('HELLO')[0]?.resume.cursor?.lsn;
    await desk.tell(1);
    expect([acknowledged, from, desk.store.cursor(), await desk.faults()]).toEqual([
      [1],
      1,
      desk.log.cursor(),
      ['cache-write-failed'],
    ]);
  });

  it('S-09: a red link on a full disk ends in no bug; its claims are withdrawn when there is room', async () => {
    const contact = await desk.live();
    desk.network.last.closes(1006);
    await desk.submit(contact, { kind: 'claim' });
    desk.refuse = { kind: 'io', calls: everyWrite };
    desk.clock.advance(12_000);
    const during = [await desk.linkKind(), await desk.faults()];
    desk.refuse = null;
    desk.connect();
    expect([during, desk.commands(), desk.store.outbox().map(({ standing }) => standing.kind)]).toEqual([
      ['down', ['cache-write-failed']],
      [],
      ['refused'],
    ]);
  });

  it('S-09: putting a notice away on a full disk is told, and works later', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note());
    desk.network.last.says(resTo(desk.commands()[0], { status: 'late' }));
    const id = desk.commands()[0]?.cmdId as never;
    desk.refuse = { kind: 'io', calls: everyWrite };
    await desk.request('outbox.dismiss', { id });
    const during = [await desk.faults(), desk.payloads('outbox.changed').at(-1)?.items.length];
    desk.refuse = null;
    await desk.request('outbox.dismiss', { id });
    expect([during, desk.payloads('outbox.changed').at(-1)]).toEqual([
      [['cache-write-failed'], 1],
      { items: [] },
    ]);
  });

  it.each(['keep', 'saveDraft', 'commitEvents', 'commitFlash', 'installSnapshot', 'answer', 'keepGreeting'])(
    'S-06: damage found by `%s` ends the process, so that the next start sets the file aside',
    async (call) => {
      const contact = await desk.live();
      await desk.submit(contact, note());
      desk.refuse = { kind: 'damaged', calls: new Set([call]) };
      await desk.submit(contact, note());
      await desk.request('draft.save', { contact, draft: { text: 'Half', caret: 4 } });
      desk.log.happens(contact, note());
      desk.log.arrives({ channel: '999-voice' });
      desk.network.last.says(resTo(desk.commands()[0]));
      await desk.tell(1);
      if (!desk.network.last.isOpen || call === 'installSnapshot' || call === 'keepGreeting') {
        desk.network.last.closes(1006);
        desk.connect({ resumed: false, lastCmdSeq: 1 });
        desk.snapshot();
      }
      desk.network.last.says({
        t: 'FLASH',
        lsn: desk.log.head,
        summary: { ...desk.log.summary(contact), rev: 99 },
      });
      expect(desk.broken.map(({ kind }) => kind)).toContain('damaged');
    },
  );
});

describe('when numbers or answers get lost', () => {
  it('X-03: asking again under the same id keeps nothing twice, whether or not the queue has answered', async () => {
    const contact = await desk.live();
    const id = asCommandId(anId(0xabc));
    const answers = [await desk.submit(contact, note(), id), await desk.submit(contact, note(), id)];
    desk.network.last.says(resTo(desk.commands()[0], { lsn: null }));
    answers.push(await desk.submit(contact, note(), id));
    expect([answers, desk.commands().length]).toEqual([Array(3).fill({ kind: 'kept', id }), 1]);
  });

  it('L-16: a queue that has forgotten this desk’s numbers gets what waits in another life, under the same ids', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note());
    desk.network.last.says(resTo(desk.commands()[0], { lsn: null }));
    await desk.submit(contact, note());
    const [, waiting] = desk.commands();
    const before = desk.store.incarnation();
    desk.network.last.closes(1006);
    desk.connect({ lastCmdSeq: 0 });
    desk.connect({ lastCmdSeq: 0 });
    expect(desk.store.incarnation()).not.toBe(before);
    expect(desk.commands().map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId])).toEqual([[1, waiting?.cmdId]]);
  });

  it('L-16: complaints about frames that do not end are told, and a new life sends what waits', async () => {
    const contact = await desk.live();
    await desk.submit(contact, note());
    const before = desk.store.incarnation();
    for (let times = 0; times < 3; times += 1) {
      desk.network.last.closes(4002, 'command 1 was another one');
      desk.connect({ lastCmdSeq: 0 });
    }
    expect([await desk.faults(), desk.store.incarnation() === before]).toEqual([['link-unsteady'], false]);
  });

  it('S-09: with a disk that refuses, a flashed emergency is known, and the refusal to keep a claim is told as such', async () => {
    await desk.live();
    desk.refuse = { kind: 'io', calls: new Set(['commitFlash', 'keep']) };
    const arrived = desk.log.arrives({ channel: '999-voice' });
    const summary = desk.log.summary(arrived.contact);
    desk.network.last.says({ t: 'FLASH', lsn: desk.log.head, summary });
    expect(await desk.submit(summary.id, { kind: 'claim' })).toEqual({ kind: 'not-kept', code: 'io' });
  });

  it('S-06: damage met while the window reads ends the process, so that the next start sets the file aside', async () => {
    await desk.live();
    desk.refuse = { kind: 'damaged', calls: new Set(['page']) };
    await expect(desk.rows()).rejects.toThrow('inbox.read failed');
    expect(desk.broken.map(({ kind }) => kind)).toEqual(['damaged']);
  });
});

describe('over a long shift', () => {
  it('C-13: contacts that ended more than 72 hours ago are forgotten, hour by hour', async () => {
    const contact = await desk.live();
    desk.log.happens(contact, { kind: 'claim' }, { by: me });
    const end = desk.log.happens(contact, aClosing(), { by: me });
    await desk.tell(1);
    desk.clock.moveWall(later(end.at, 72 * 3_600_000) - desk.clock.now());
    const before = desk.store.held(contact) !== null;
    desk.clock.advance(3_600_000);
    expect([before, desk.store.held(contact)]).toEqual([true, null]);
  });

  it('L-12: stopped, the desk says nothing more, whatever still comes', async () => {
    const contact = await desk.live();
    desk.log.happens(contact, note());
    desk.network.last.says(asFrame(desk.log.entries[1] as never));
    desk.stop();
    const count = desk.said.length;
    desk.network.last.says(desk.welcome());
    await turn();
    desk.clock.advance(86_400_000);
    expect(desk.said.length - count).toBe(0);
  });

  it('L-14: the handler and the policy of the last greeting serve until the next', async () => {
    await desk.live();
    desk.beginAgain();
    expect([(await desk.request('desk.read', {})).me, desk.store.greeting()]).toEqual([
      { ...me, handler: asHandlerId(me.handler) },
      { deskNumber: 1, policy: aPolicy() },
    ]);
  });
});
