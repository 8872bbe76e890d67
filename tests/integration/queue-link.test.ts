import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactSchema } from '../../src/shared/contract/schemas.ts';
import { UP_FRAME_LIMIT, type DownFrame } from '../../src/shared/contract/queue-link.ts';
import { asLsn, asStoreEpoch, type ContactId } from '../../src/shared/domain/ids.ts';
import { anArrival } from '../harness/arrivals.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const stores = ['memory', 'postgres'] as const;

describe.each(stores)('the link between a desk and the queue, with the %s store', (store) => {
  let queue: TestQueue;
  let desks: DeskClient[];
  beforeEach(async () => {
    desks = [];
    queue = await startTestQueue({ store });
  });
  afterEach(async () => {
    await Promise.all(desks.map((desk) => desk.cut()));
    await queue.stop();
  });

  const welcomed = async (
    ...args: Parameters<typeof DeskClient.welcomed> extends [string, ...infer R] ? R : never
  ) => {
    const desk = await DeskClient.welcomed(queue.deskUrl, ...args);
    desks.push(desk);
    return desk;
  };
  const arrive = async (
    channel: '999-voice' | '101-voice' = '101-voice',
    title = 'A contact',
  ): Promise<ContactId> => {
    const handover = { source: 'telephony', key: randomUUID(), arrival: anArrival({ channel, title }) };
    const acceptance = await queue.service.accept(handover);
    if (acceptance.kind === 'key-reused') throw new Error('key reused');
    return acceptance.receipt.contact;
  };
  const order = (frames: readonly DownFrame[]) => frames.map(({ t }) => t);

  it('L-08 L-10 welcomes a new desk with every open emergency, then a checked snapshot, then events', async () => {
    const call = await arrive('999-voice');
    const other = await arrive();
    const desk = await welcomed();
    expect(desk.welcome).toMatchObject({
      resumed: false,
      head: 2,
      deskNumber: 1,
      emergencyCount: 1,
      lastCmdSeq: 0,
    });
    expect(desk.welcome.emergencies.map(({ id }) => id)).toEqual([call]);
    const end = await desk.first('SNAPEND');
    const text = desk
      .all('SNAP')
      .map(({ data }) => data)
      .join('');
    expect(createHash('sha256').update(text).digest('hex')).toBe(end.sha256);
    const contacts = text
      .trimEnd()
      .split('\n')
      .map((line) => contactSchema.parse(JSON.parse(line)));
    expect(contacts.map(({ id }) => id)).toEqual([call, other]);
    expect(end).toMatchObject({ asOf: 2, count: 2 });
    await arrive();
    expect(await desk.event(3)).toMatchObject({ prev: 2 });
  });

  it('L-09 flashes an emergency before its event, and again when it is taken', async () => {
    const desk = await welcomed();
    await desk.first('SNAPEND');
    const call = await arrive('999-voice');
    await desk.event(1);
    desk.command(call, { kind: 'claim' });
    await desk.event(2);
    const told = desk.frames.filter(({ t }) => t === 'FLASH' || t === 'EVT');
    expect(order(told)).toEqual(['FLASH', 'EVT', 'FLASH', 'EVT']);
    expect(desk.all('FLASH').map(({ lsn, summary }) => [lsn, summary.rev, summary.ownership.kind])).toEqual([
      [1, 1, 'waiting'],
      [2, 2, 'owned'],
    ]);
  });

  it('L-06 names the position before in every event, without a hole', async () => {
    const desk = await welcomed();
    await desk.first('SNAPEND');
    await Promise.all(Array.from({ length: 30 }, () => arrive()));
    await desk.event(30);
    const positions = desk.all('EVT').map(({ prev, lsn }) => [prev, lsn]);
    expect(positions).toEqual(Array.from({ length: 30 }, (_, index) => [index, index + 1]));
  });

  it('L-10 goes on from a known cursor', async () => {
    const first = await welcomed();
    await arrive();
    await first.until((frame) => frame.t === 'EVT' || frame.t === 'SNAPEND');
    await first.cut();
    for (let n = 0; n < 5; n += 1) await arrive();
    const cursor = { storeEpoch: first.welcome.storeEpoch, lsn: asLsn(1) };
    const again = await welcomed({ deskId: first.deskId, incarnation: first.incarnation, cursor });
    await again.event(6);
    expect(again.welcome).toMatchObject({ resumed: true, head: 6, deskNumber: 1 });
    expect(again.all('SNAP')).toEqual([]);
    expect(again.all('EVT').map(({ prev, lsn }) => [prev, lsn])).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 6],
    ]);
  });

  it('L-02 L-10 gives a snapshot to a desk of another epoch, and to one that is ahead of the log', async () => {
    await arrive();
    const stranger = await welcomed({ cursor: { storeEpoch: asStoreEpoch(randomUUID()), lsn: asLsn(1) } });
    await stranger.first('SNAPEND');
    expect(stranger.welcome.resumed).toBe(false);
    const { storeEpoch } = stranger.welcome;
    const ahead = await welcomed({ cursor: { storeEpoch, lsn: asLsn(99) } });
    await ahead.first('SNAPEND');
    expect(ahead.welcome.resumed).toBe(false);
  });

  it('C-05 decides a race of two desks for one contact, and tells the loser who has it', async () => {
    const call = await arrive('999-voice');
    const racers = [await welcomed(), await welcomed()];
    const ids = racers.map((desk) => desk.command(call, { kind: 'claim' }));
    const answers = await Promise.all(racers.map((desk, index) => desk.answer(ids[index] ?? '')));
    const winner = answers.findIndex(({ status }) => status === 'applied');
    const loser = answers.find(({ status }) => status === 'refused');
    expect(winner).toBeGreaterThanOrEqual(0);
    expect(loser?.refusal).toMatchObject({ code: 'taken', by: { desk: racers[winner]?.deskId } });
  });

  it('L-16 X-03 answers a command again across a reconnect, and does it once', async () => {
    const call = await arrive();
    const desk = await welcomed();
    const cmdId = desk.command(call, { kind: 'note', text: 'said twice', happenedAt: null });
    const first = await desk.answer(cmdId);
    await desk.cut();
    const again = await welcomed({ deskId: desk.deskId, incarnation: desk.incarnation });
    expect(again.welcome.lastCmdSeq).toBe(1);
    again.command(call, { kind: 'note', text: 'said twice', happenedAt: null }, { cmdSeq: 1, cmdId });
    expect(await again.answer(cmdId)).toEqual({ ...first, status: 'duplicate' });
    const [contact] = await queue.service.contacts([call]);
    expect(contact?.notes.map(({ text }) => text)).toEqual(['said twice']);
  });

  it('L-16 does a command once whose answer was cut off', async () => {
    const call = await arrive();
    const desk = await welcomed();
    const cmdId = desk.command(call, { kind: 'note', text: 'the wire broke', happenedAt: null });
    await desk.cut();
    const again = await welcomed({ deskId: desk.deskId, incarnation: desk.incarnation });
    again.command(call, { kind: 'note', text: 'the wire broke', happenedAt: null }, { cmdSeq: 1, cmdId });
    expect((await again.answer(cmdId)).status).toMatch(/applied|duplicate/);
    const [contact] = await queue.service.contacts([call]);
    expect(contact?.notes).toHaveLength(1);
  });

  it('L-16 closes with 4002 when a command number is missing', async () => {
    const call = await arrive();
    const desk = await welcomed();
    desk.command(call, { kind: 'claim' }, { cmdSeq: 2 });
    expect(await desk.closed).toEqual({ code: 4002, reason: 'command 1 is missing' });
  });

  it('L-15 lets a second connection of a desk displace the first', async () => {
    const first = await welcomed();
    const second = await welcomed({ deskId: first.deskId });
    expect((await first.closed).code).toBe(4009);
    const call = await arrive('999-voice');
    const flash = await second.first('FLASH');
    expect(flash.summary.id).toBe(call);
    expect(second.welcome.deskNumber).toBe(first.welcome.deskNumber);
  });

  it('L-12 answers a heart-beat with its number and the head of the log', async () => {
    const desk = await welcomed();
    desk.send({ t: 'HB', n: 7, cursor: null, cmdSeq: 0 });
    expect(await desk.first('HBACK')).toMatchObject({ n: 7, head: 0 });
  });

  it('C-06 tells a desk that comes back what is somebody else’s by now', async () => {
    const call = await arrive();
    const [one, two] = [await welcomed(), await welcomed({ handler: '9002' })];
    await one.answer(one.command(call, { kind: 'claim' }));
    await one.answer(one.command(call, { kind: 'release' }, { fence: 1 }));
    await two.answer(two.command(call, { kind: 'claim' }, { fence: 1 }));
    await one.cut();
    const again = await DeskClient.connect(queue.deskUrl, {
      deskId: one.deskId,
      incarnation: one.incarnation,
    });
    desks.push(again);
    again.hello({ owns: [{ contact: call, fence: 1, rev: 2, state: 'owned' }] });
    expect(await again.first('FENCED')).toMatchObject({
      contact: call,
      fence: 2,
      owner: { handler: '9002' },
    });
  });

  it('L-04 C-06 answers a HELLO that asks about as much as 64 KiB hold, and closes one that is larger', async () => {
    const contact = await arrive();
    const own = (n: number) => ({
      contact: n === 0 ? contact : randomUUID(),
      fence: 7,
      rev: 2,
      state: 'owned',
    });
    const full = await DeskClient.connect(queue.deskUrl);
    desks.push(full);
    full.hello({ owns: Array.from({ length: 900 }, (_, n) => own(n)) });
    expect(await full.closed).toEqual({ code: 4002, reason: 'frame larger than 65536 bytes' });
    const fits = await DeskClient.connect(queue.deskUrl);
    desks.push(fits);
    fits.hello({ owns: Array.from({ length: 600 }, (_, n) => own(n)) });
    expect(await fits.first('FENCED')).toMatchObject({ contact, fence: 0, owner: null });
  });

  it('C-10 X-06 says “late” again when the answer to late words was lost', async () => {
    const call = await arrive();
    const [one, two] = [await welcomed(), await welcomed()];
    await one.answer(one.command(call, { kind: 'claim' }));
    await one.answer(one.command(call, { kind: 'release' }, { fence: 1 }));
    await two.answer(two.command(call, { kind: 'claim' }, { fence: 1 }));
    const cmdId = one.command(call, { kind: 'note', text: 'he has a dog', happenedAt: null }, { fence: 1 });
    expect((await one.answer(cmdId)).status).toBe('late');
    await one.cut();
    const again = await welcomed({ deskId: one.deskId, incarnation: one.incarnation });
    again.command(
      call,
      { kind: 'note', text: 'he has a dog', happenedAt: null },
      { fence: 1, cmdSeq: 3, cmdId },
    );
    expect((await again.answer(cmdId)).status).toBe('late');
  });

  it('L-13 tells desks of a drain and closes with 4012, having answered what was asked', async () => {
    const call = await arrive();
    const desk = await welcomed();
    await desk.first('SNAPEND');
    desk.command(call, { kind: 'claim' });
    desk.send({ t: 'HB', n: 1, cursor: null, cmdSeq: 1 });
    await desk.first('HBACK');
    await queue.stop();
    expect((await desk.closed).code).toBe(4012);
    expect(order(desk.frames)).toContain('RECONNECT');
    expect(desk.all('RES')).toMatchObject([{ status: 'applied' }]);
  });
});

describe('a desk that the queue does not let in', () => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store: 'memory' });
  });
  afterEach(() => queue.stop());

  const connect = () => DeskClient.connect(queue.deskUrl);
  const cmd = (body: unknown) => ({
    t: 'CMD',
    cmdSeq: 1,
    cmdId: randomUUID(),
    contact: randomUUID(),
    fence: 0,
    baseRev: 1,
    by: '4711',
    body,
    at: { mono: 0, wall: 0, offset: 0, err: 0 },
  });

  it.each([
    ['garbage', 'not json', 'not JSON'],
    ['a frame type nobody knows', '{"t":"DELETE"}', /t: invalid/],
    ['a list', '[]', /invalid/],
    ['nothing', '', 'not JSON'],
    ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000), /invalid|not JSON/],
    ['a prototype', '{"__proto__":{"t":"HELLO"}}', /invalid/],
    ['a command before HELLO', JSON.stringify(cmd({ kind: 'claim' })), 'HELLO must come first'],
  ])('L-04 closes with 4002 and a reason on %s', async (_, text, reason) => {
    await using desk = await connect();
    desk.socket.send(text);
    const closed = await desk.closed;
    expect(closed.code).toBe(4002);
    expect(closed.reason).toMatch(reason);
  });

  it('L-04 closes with 4002 and a reason on a frame that is too large', async () => {
    await using desk = await connect();
    desk.socket.send('x'.repeat(UP_FRAME_LIMIT + 1));
    expect(await desk.closed).toEqual({ code: 4002, reason: 'frame larger than 65536 bytes' });
  });

  it('L-04 closes with 4002 on a binary frame and on broken UTF-8', async () => {
    await using binary = await connect();
    binary.socket.send(Buffer.from('{"t":"HELLO"}'));
    expect(await binary.closed).toEqual({ code: 4002, reason: 'frames are text' });
    await using broken = await connect();
    broken.socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
    expect(await broken.closed).toEqual({ code: 4002, reason: 'not UTF-8' });
  });

  it('L-05 passes over an unknown field of HELLO and refuses one in a command', async () => {
    await using desk = await connect();
    desk.hello({ colour: 'blue' });
    await desk.first('WELCOME');
    desk.send({ ...cmd({ kind: 'claim' }), priority: 1 });
    expect((await desk.closed).code).toBe(4002);
  });

  it('L-04 never echoes what a broken frame said', async () => {
    await using desk = await connect();
    desk.hello();
    await desk.first('WELCOME');
    desk.send(cmd({ kind: 'note', text: 17, 'Robin Marsh': '07700 900001', happenedAt: null }));
    expect((await desk.closed).reason).not.toMatch(/Robin|07700/);
  });

  it('L-03 closes with 4003 when the realm differs', async () => {
    await using desk = await connect();
    desk.hello({ realm: 'training' });
    expect(await desk.closed).toEqual({ code: 4003, reason: 'this queue is demo, the desk is training' });
  });

  it('L-14 closes with 4003 and says to update when the desk is too old, also if its HELLO cannot be read', async () => {
    await using desk = await connect();
    desk.hello({ v: 0 });
    expect(await desk.closed).toMatchObject({
      code: 4003,
      reason: expect.stringContaining('update the desk'),
    });
    await using older = await connect();
    older.socket.send('{"t":"HELLO","v":0}');
    expect(await older.closed).toMatchObject({
      code: 4003,
      reason: expect.stringContaining('update the desk'),
    });
  });

  it.each(['live', 'demo', 'training'] as const)(
    'A-02 closes with 4005 a desk without a token that holds, also on this very machine, in the realm %s',
    async (realm) => {
      await using other = await startTestQueue({ store: 'memory', realm });
      await using desk = await DeskClient.connect(other.deskUrl, { realm });
      desk.hello({ token: '' });
      expect(await desk.closed).toEqual({ code: 4005, reason: 'this desk has no sign-in here' });
    },
  );

  it('L-16 closes with 4002 when more than 32 commands are unanswered', async () => {
    let gate: Promise<unknown> = Promise.resolve();
    await using slow = await startTestQueue({
      store: 'memory',
      wrapStore: (store) => ({ ...store, transact: (work) => gate.then(() => store.transact(work)) }),
    });
    await using desk = await DeskClient.connect(slow.deskUrl);
    desk.hello();
    await desk.first('WELCOME');
    let open = (): void => undefined;
    gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const contact = randomUUID() as ContactId;
    for (let n = 0; n < 33; n += 1) desk.command(contact, { kind: 'claim' });
    expect((await desk.closed).code).toBe(4002);
    open();
  });

  it('L-18 refuses a request to upgrade that carries an Origin, and any other path', async () => {
    for (const [path, headers, status] of [
      ['/desk', { origin: 'http://localhost' }, 403],
      ['/other', {}, 404],
    ] as const) {
      const socket = new WebSocket(`ws://127.0.0.1:${queue.port}${path}`, { headers });
      const [, response] = await once(socket, 'unexpected-response');
      expect(response.statusCode).toBe(status);
      socket.on('error', () => undefined);
      socket.terminate();
    }
  });
});
