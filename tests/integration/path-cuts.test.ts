import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { summaryOf, type Contact } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { startCutProxy, type CutProxy, type Frame } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const note: Act = { kind: 'note', text: 'He is back', happenedAt: null };

let queue: TestQueue;
let wire: CutProxy;
let desk: Desk;
let contact: ContactId;

beforeEach(async () => {
  queue = await startTestQueue({ store: 'memory' });
  wire = await startCutProxy(queue.deskUrl);
});

afterEach(async () => {
  await wire[Symbol.asyncDispose]();
  await queue.stop();
});

async function arrive(over: Readonly<Record<string, unknown>> = {}): Promise<ContactId> {
  const { body } = await post(queue, aBody(over));
  return (body as { id: ContactId }).id;
}

const truth = async (): Promise<readonly Contact[]> => (await queue.service.snapshot()).contacts;
const isEvent = (kind: string) => (frame: Frame) => frame.t === 'EVT' && frame.what.kind === kind;
const is = (t: Frame['t']) => (frame: Frame) => frame.t === t;
const sent = (t: Frame['t']): number => wire.passed.filter(({ frame }) => frame.t === t).length;

/** Waits until a desk shows exactly what the queue has, in the same order. */
async function untilCopied(one: Desk): Promise<void> {
  const expected = (await truth()).filter(({ ownership }) => ownership.kind !== 'closed').map(summaryOf);
  await one.until(
    () => one.inbox(),
    (rows) => JSON.stringify(rows.map(({ summary }) => summary)) === JSON.stringify(expected),
  );
}

/** Everything is received, everywhere the same, each command answered once and done once. */
async function settled(): Promise<unknown> {
  await desk.untilReceived();
  await untilCopied(desk);
  const answers = desk.pushes.flatMap((push) => (push.name === 'command.answered' ? [push.payload] : []));
  const contacts = await truth();
  const audited = (await queue.store.auditAfter(0, 1_000)).filter(({ command }) => command !== null);
  return {
    answers: answers.map(({ kind, status }) => [kind, status]),
    notes: contacts.map(({ notes }) => notes.map(({ text }) => text)),
    effects: audited.filter(({ act }) => act !== 'consult').map(({ act, outcome }) => [act, outcome]),
    readings: await Promise.all(
      contacts.map(async ({ id }) => {
        const reading = await desk.request('contact.read', { contact: id });
        return reading.kind === 'here' ? reading.contact : reading.kind;
      }),
    ),
  };
}

const doneOnce = async () => ({
  answers: [['note', 'applied']],
  notes: [['He is back']],
  effects: [['note', 'applied']],
  readings: await truth(),
});

describe('the data path, cut at each of its arrows', () => {
  beforeEach(async () => {
    contact = await arrive();
    desk = startDesk({ queueUrl: wire.deskUrl });
    await untilCopied(desk);
  });

  afterEach(() => {
    desk.stop();
  });

  it('L-06: between the queue’s commit and the desk: the event comes with the next connection', async () => {
    const cut = wire.cutBefore('down', isEvent('arrived'));
    await arrive();
    await cut;
    await untilCopied(desk);
    expect(await desk.inbox()).toHaveLength(2);
  });

  it('L-08: before a flash: the emergency is in the next WELCOME', async () => {
    const cut = wire.cutBefore('down', is('FLASH'));
    const emergency = await arrive({ channel: '999-voice' });
    await cut;
    await untilCopied(desk);
    const welcome = wire.passed.findLast(({ frame }) => frame.t === 'WELCOME')?.frame;
    expect([
      welcome?.t === 'WELCOME' && welcome.emergencies.map(({ id }) => id),
      (await desk.inbox())[0]?.summary.id,
    ]).toEqual([[emergency], emergency]);
  });

  it('L-07: between the desk’s commit and the acknowledgement: nothing is taken in twice', async () => {
    const cut = wire.cutBefore('up', is('ACK'));
    await arrive();
    await cut;
    await desk.untilLink('suspect');
    await untilCopied(desk);
    await arrive();
    await untilCopied(desk);
    const events = wire.passed.flatMap(({ frame }) => (frame.t === 'EVT' ? [frame.lsn] : []));
    expect([events, (await desk.inbox()).length]).toEqual([[2, 3], 3]);
  });

  it('X-01: between keeping and sending: the act goes with the next connection', async () => {
    const cut = wire.cutBefore('up', is('CMD'));
    const kept = await desk.submit(contact, note);
    await cut;
    expect([kept.kind, await settled()]).toEqual(['kept', await doneOnce()]);
  });

  it('X-03: between the queue’s commit and the result: the stored result is heard, and the act is done once', async () => {
    const cut = wire.cutBefore('down', is('RES'));
    await desk.submit(contact, note);
    await cut;
    expect([await settled(), sent('CMD')]).toEqual([await doneOnce(), 2]);
  });

  it('X-03: after the act reached the queue and before anything came back', async () => {
    const cut = wire.cutAfter('up', is('CMD'));
    await desk.submit(contact, note);
    await cut;
    expect(await settled()).toEqual(await doneOnce());
  });

  it('X-06: between the result and its event: the words stay on screen until the copy has them', async () => {
    const cut = wire.cutAfter('down', is('RES'));
    await desk.submit(contact, note);
    await cut;
    const result = await settled();
    const shown = desk.pushes.flatMap((push) => (push.name === 'inbox.changed' ? push.payload.upserts : []));
    // From the moment it was kept there is no row without either the mark or the event.
    expect([
      result,
      shown.filter(({ summary, pending }) => summary.rev === 1 && pending.length === 0),
    ]).toEqual([await doneOnce(), []]);
  });

  it('X-06: between the event and its result: the act is told once, and not done again', async () => {
    const cut = wire.cutAfter('down', isEvent('noted'));
    await desk.submit(contact, note);
    await cut;
    expect(await settled()).toEqual(await doneOnce());
  });

  it('X-02: in the middle of forty acts: all are done, once each, in order', async () => {
    let count = 0;
    const cut = wire.cutBefore('down', (frame) => frame.t === 'RES' && (count += 1) === 17);
    const texts = Array.from({ length: 40 }, (_, index) => `note ${index + 1}`);
    for (const text of texts) await desk.submit(contact, { kind: 'note', text, happenedAt: null });
    await cut;
    await desk.untilReceived();
    await untilCopied(desk);
    expect((await truth()).map(({ notes }) => notes.map(({ text }) => text))).toEqual([texts]);
  });

  it('C-10, C-06: a desk that lost its contact while it was cut off: its words are kept as late, its effects refused, both told', async () => {
    using other = startDesk({ queueUrl: queue.deskUrl, handler: '4712' });
    await untilCopied(other);
    await desk.submit(contact, { kind: 'claim' });
    await settled();
    const cut = wire
      .cutBefore('down', (frame) => frame.t === 'RES' || isEvent('released')(frame))
      .then(() => wire.cut());
    await desk.submit(contact, { kind: 'release' });
    await cut;
    await untilCopied(other);
    await other.submit(contact, { kind: 'claim' });
    await other.untilReceived();
    await desk.submit(contact, note);
    await desk.submit(contact, { kind: 'promote', reason: 'danger' });
    wire.mend();
    await desk.untilReceived();
    await untilCopied(desk);
    const [after] = await truth();
    const left = (await desk.request('outbox.read', {})).items.map(({ act, state, refusal }) => [
      act.kind,
      state,
      refusal?.code,
    ]);
    expect({
      left,
      notes: after?.notes.map(({ text, late }) => [text, late]),
      owner: after?.ownership.kind === 'owned' ? after.ownership.by.handler : null,
      band: after?.band,
    }).toEqual({
      left: [
        ['note', 'late', undefined],
        ['promote', 'refused', 'fenced'],
      ],
      notes: [['He is back', true]],
      owner: '4712',
      band: 'B',
    });
  });

  it('X-09: the desk ends in the middle and comes back: its acts go, its half-typed words are there', async () => {
    wire.cut();
    await desk.untilLink('suspect');
    await desk.submit(contact, note);
    await desk.request('draft.save', { contact, draft: { text: 'Half a sen', caret: 4 } });
    const { folder } = desk;
    using kept = startAgainIn(folder);
    desk = kept;
    const before = await desk.request('outbox.read', {});
    wire.mend();
    const result = await settled();
    const reading = await desk.request('contact.read', { contact });
    expect([before.items.map(({ act, state }) => [act.kind, state]), result, reading]).toMatchObject([
      [['note', 'waiting']],
      await doneOnce(),
      { draft: { text: 'Half a sen', caret: 4 } },
    ]);
  });

  /** Another program on the same profile, once the first has ended; the first leaves its folder. */
  function startAgainIn(folder: string): Desk {
    desk.stop({ keepFolder: true });
    return startDesk({ queueUrl: wire.deskUrl, folder });
  }
});

describe('a snapshot', () => {
  it.each([
    ['after its first part', (proxy: CutProxy) => proxy.cutAfter('down', is('SNAP'))],
    [
      'in its middle',
      (proxy: CutProxy) =>
        proxy.cutBefore('down', (frame) => frame.t === 'SNAP' && frame.part === Math.ceil(frame.of / 2)),
    ],
    ['before its end', (proxy: CutProxy) => proxy.cutBefore('down', is('SNAPEND'))],
    ['after its end', (proxy: CutProxy) => proxy.cutAfter('down', is('SNAPEND'))],
    ['before its acknowledgement', (proxy: CutProxy) => proxy.cutBefore('up', is('ACK'))],
  ])('L-11: a snapshot cut %s is installed whole or not at all', async (_where, cutOn) => {
    for (let count = 0; count < 60; count += 1)
      await arrive({ account: 'x'.repeat(5_000), channel: count % 9 === 0 ? '999-voice' : 'online-report' });
    const cut = cutOn(wire);
    using second = startDesk({ queueUrl: wire.deskUrl });
    const sizes: number[] = [];
    const watched = cut.then(
      async () =>
        void sizes.push(
          (await second.inbox()).filter(({ summary }) => summary.channel === 'online-report').length,
        ),
    );
    await untilCopied(second);
    await watched;
    const parts = wire.passed.flatMap(({ frame }) => (frame.t === 'SNAP' ? [frame.of] : []));
    expect([
      sizes.every((size) => size === 0 || size === 53),
      (await second.inbox()).length,
      Math.max(...parts) > 4,
    ]).toEqual([true, 60, true]);
  });

  it('L-20: a snapshot larger than the queue may run ahead goes on as the desk takes it in', async () => {
    for (let count = 0; count < 30; count += 1) await arrive({ account: 'é'.repeat(12_000) });
    using second = startDesk({ queueUrl: wire.deskUrl });
    await untilCopied(second);
    const bytes = wire.passed
      .flatMap(({ frame }) => (frame.t === 'SNAP' ? [Buffer.byteLength(frame.data)] : []))
      .reduce((a, b) => a + b, 0);
    expect(bytes > 512 * 1024).toBe(true);
  });
});
