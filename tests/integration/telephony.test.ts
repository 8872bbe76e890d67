import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import { StoreUnavailable } from '../../src/queue/store/queue-store.ts';
import { asLsn, type ContactId } from '../../src/shared/domain/ids.ts';
import { asInstant, later, MINUTE, SECOND, type Instant } from '../../src/shared/domain/time.ts';
import { aClosing, testStart } from '../harness/builders.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

/** What the queue says of an event that it keeps. */
interface Kept {
  readonly id: ContactId;
  readonly ref: string;
  readonly warnings: readonly string[];
}

let now: Instant = testStart;
const clock = { now: () => now, monotonic: () => 0 };
const second = (n: number): Instant => asInstant(testStart - MINUTE + n * SECOND);

/** Tells one event, as an exchange's connector does. */
async function tell(
  queue: Pick<TestQueue, 'intakeUrl' | 'intakeKey'>,
  body: Readonly<Record<string, unknown>>,
  over: { readonly intakeKey?: string; readonly method?: string; readonly type?: string } = {},
) {
  const response = await fetch(`${queue.intakeUrl}/telephony/events`, {
    method: over.method ?? 'POST',
    headers: {
      authorization: `Bearer ${over.intakeKey ?? queue.intakeKey}`,
      'content-type': over.type ?? 'application/json',
    },
    ...(over.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Kept };
}

const ring = (over: Readonly<Record<string, unknown>> = {}) => ({
  event: 'ring',
  callId: 'call-1',
  n: 1,
  at: second(0),
  channel: '999-voice',
  number: '07700 900114',
  line: 'mobile',
  network: 'EE',
  zone: 'Stevenage',
  ...over,
});
const event = (name: string, n: number, at: number, over: Readonly<Record<string, unknown>> = {}) => ({
  event: name,
  callId: 'call-1',
  n,
  at: second(at),
  ...over,
});

describe.each(['memory', 'postgres'] as const)('telephony, with the %s store', (store) => {
  let queue: TestQueue;
  beforeEach(async () => {
    now = testStart;
    queue = await startTestQueue({ store, clock, sources: { other: 'the-key-of-the-other-exchange' } });
  });
  afterEach(() => queue.stop());

  const contact = async (id: ContactId) => (await queue.service.contacts([id]))[0];
  const entries = () => queue.service.entriesAfter(asLsn(0), 100);

  it('TE-01 TE-02 C-08 makes a contact of a ring, follows it to the drop, and makes its call-back due', async () => {
    const rung = await tell(queue, ring());
    expect(rung).toMatchObject({ status: 201, body: { ref: 'CON-20261122-000001', warnings: [] } });
    const { id } = rung.body;
    expect(await contact(id)).toMatchObject({
      channel: '999-voice',
      band: 'A',
      title: '999 call from a mobile',
      place: 'Stevenage',
      channelState: 'ringing',
      callBackDue: false,
      receivedAt: second(0),
      caller: { number: '07700 900114' },
      call: { id: 'call-1', handOver: 'offered', line: 'mobile', network: 'EE', offeredAt: second(0) },
    });
    await tell(queue, event('operator', 2, 2, { operatorHeard: 'A struggle.' }));
    expect(await contact(id)).toMatchObject({
      // The operator speaks with the caller; nobody of ours has answered.
      channelState: 'ringing',
      call: { handOver: 'operator-on-line' },
    });
    await tell(queue, event('answer', 3, 6, { extension: '4711', recording: 'R-7' }));
    const subscriber = { name: 'A. Renter', address: '4 Sallow Walk, Stevenage' };
    await tell(queue, event('particulars', 4, 9, { subscriber, cell: 'Mast at Bedwell, 2 km' }));
    expect((await tell(queue, event('drop', 5, 40))).status).toBe(201);
    expect(await contact(id)).toMatchObject({
      rev: 5,
      channelState: 'dropped',
      callBackDue: true,
      call: {
        handOver: 'caller-dropped',
        subscriber,
        cell: 'Mast at Bedwell, 2 km',
        operatorHeard: 'A struggle.',
        recording: 'R-7',
        answeredAt: second(6),
        endedAt: second(40),
        asOf: second(40),
      },
    });
    expect((await entries()).map(({ what, by, flash }) => [what.kind, by, flash?.callBackDue])).toEqual([
      ['arrived', null, false],
      ['call', null, false],
      ['call', null, false],
      ['call', null, false],
      ['call', null, true],
    ]);
    expect(await checkAudit(queue.store)).toMatchObject({ flaw: null });
    // C-14: each is audited as what it was.
    const acts = (await queue.store.auditAfter(0, 100)).flatMap(({ source, act }) =>
      source === 'telephony' ? act : [],
    );
    expect(acts).toEqual(['arrive', 'call', 'call', 'call', 'call']);
  });

  it('C-08 means nothing of the kind when a 101 caller rings off, and an abandoned 999 call rings nobody', async () => {
    const quiet = await tell(queue, ring({ channel: '101-voice' }));
    await tell(queue, event('drop', 2, 5));
    expect(await contact(quiet.body.id)).toMatchObject({
      band: 'B',
      channelState: 'dropped',
      callBackDue: false,
    });
    const gone = await tell(queue, ring({ callId: 'call-2', channel: '999-dropped', line: 'fixed' }));
    expect(await contact(gone.body.id)).toMatchObject({
      title: '999 dropped call from a landline',
      channelState: 'dropped',
      callBackDue: true,
      call: { handOver: 'caller-dropped', endedAt: second(0) },
    });
  });

  it('TE-04 keeps an event once, answers the same again, and refuses its number for another', async () => {
    const first = await tell(queue, ring());
    expect(await tell(queue, ring())).toMatchObject({ status: 200, body: first.body });
    expect(await tell(queue, ring({ number: '07700 900115' }))).toMatchObject({
      status: 409,
      body: { error: { field: 'n', problem: 'stands for another event of this call' } },
    });
    const all = await Promise.all(Array.from({ length: 12 }, () => tell(queue, event('answer', 2, 4))));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(11);
    expect((await tell(queue, event('drop', 2, 4))).status).toBe(409);
    expect(await contact(first.body.id)).toMatchObject({ rev: 2, channelState: 'connected' });
  });

  it('TE-03 takes events in any order: a late one fills gaps and undoes nothing', async () => {
    const { id } = (await tell(queue, ring())).body;
    await tell(queue, event('drop', 5, 40));
    await tell(queue, event('answer', 3, 6, { recording: 'R-7' }));
    await tell(queue, event('particulars', 4, 9, { network: 'O2', cell: 'Mast at Bedwell' }));
    expect(await contact(id)).toMatchObject({
      channelState: 'dropped',
      callBackDue: true,
      call: {
        handOver: 'caller-dropped',
        answeredAt: second(6),
        endedAt: second(40),
        recording: 'R-7',
        network: 'EE',
        cell: 'Mast at Bedwell',
      },
    });
    // Late, and known already: an answer, a receipt, and no entry of the log.
    const head = await queue.service.head();
    expect((await tell(queue, event('hold', 6, 20))).status).toBe(201);
    expect((await tell(queue, event('hold', 6, 20))).status).toBe(200);
    expect(await queue.service.head()).toBe(head);
  });

  it('TE-04 refuses an event of a call that has not rung, of another exchange’s call, and without a key', async () => {
    expect(await tell(queue, event('answer', 2, 4))).toMatchObject({
      status: 404,
      body: { error: { field: 'callId', whatToDo: 'Tell the ring of the call with n 1, then this again.' } },
    });
    await tell(queue, ring());
    const others = { intakeKey: 'the-key-of-the-other-exchange' };
    expect((await tell(queue, event('answer', 2, 4), others)).status).toBe(404);
    expect(await tell(queue, ring(), { intakeKey: 'a-key-of-nobody' })).toMatchObject({
      status: 401,
      body: { error: { field: 'Authorization' } },
    });
    expect((await tell(queue, ring(), { method: 'GET' })).headers.get('allow')).toBe('POST');
    expect((await tell(queue, ring(), { type: 'text/plain' })).status).toBe(415);
    expect(await tell(queue, event('answer', 2, 4, { line: 'string' }))).toMatchObject({
      status: 422,
      body: { error: { field: 'line' } },
    });
  });

  it('TE-01 keeps the recording of a call that ends after somebody has closed its contact, and makes nothing due', async () => {
    const { id } = (await tell(queue, ring())).body;
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await desk.answer(desk.command(id, { kind: 'claim' }));
    expect((await desk.answer(desk.command(id, aClosing(), { fence: 1 }))).status).toBe('applied');
    expect((await tell(queue, event('drop', 2, 50, { recording: 'R-9' }))).status).toBe(201);
    expect(await contact(id)).toMatchObject({
      ownership: { kind: 'closed' },
      callBackDue: false,
      call: { recording: 'R-9', handOver: 'caller-dropped' },
    });
  });

  it.each(['ring', 'queued', 'answer'])(
    'C-32 TE-02 offers a closed emergency to everybody again when its call comes back: %s',
    async (comesBack) => {
      const { id } = (await tell(queue, ring())).body;
      await tell(queue, event('answer', 2, 4));
      await using desk = await DeskClient.welcomed(queue.deskUrl);
      await desk.answer(desk.command(id, { kind: 'claim' }));
      expect((await desk.answer(desk.command(id, aClosing(), { fence: 1 }))).status).toBe('applied');
      await tell(queue, event('drop', 3, 20));
      expect(await contact(id)).toMatchObject({ ownership: { kind: 'closed' }, callBackDue: false });
      expect((await tell(queue, event(comesBack, 4, 40))).status).toBe(201);
      const lsn = await queue.service.head();
      expect(await contact(id)).toMatchObject({
        ownership: { kind: 'waiting' },
        fence: 2,
        bandSince: testStart,
        closing: null,
        call: { endedAt: null },
      });
      expect((await entries()).at(-1)).toMatchObject({ lsn, flash: { ownership: { kind: 'waiting' } } });
      expect((await queue.service.vitals()).openEmergencies).toBe(1);
      // Whoever closed it has no hand in it any more, and a line that is lost now must be rung back.
      const stale = await desk.answer(desk.command(id, { kind: 'release' }, { fence: 1 }));
      expect(stale).toMatchObject({ status: 'refused', refusal: { code: 'fenced' } });
      await tell(queue, event('drop', 5, 50));
      expect(await contact(id)).toMatchObject({ channelState: 'dropped', callBackDue: true });
      expect((await desk.answer(desk.command(id, { kind: 'claim' }, { fence: 2 }))).status).toBe('applied');
      expect(await checkAudit(queue.store)).toMatchObject({ flaw: null });
    },
  );

  it('C-08 TE-02 makes it a duty to ring back when a 999 call that nobody answered is told as ended', async () => {
    const { id } = (await tell(queue, ring())).body;
    await tell(queue, event('end', 2, 30));
    expect(await contact(id)).toMatchObject({ channelState: 'dropped', callBackDue: true });
    // What becomes known later makes nothing of it undone.
    await tell(queue, event('particulars', 3, 60, { recording: 'R-1' }));
    expect(await contact(id)).toMatchObject({ channelState: 'dropped', callBackDue: true });
    const owned = (await tell(queue, ring({ callId: 'call-3' }))).body;
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await desk.answer(desk.command(owned.id, { kind: 'claim' }));
    await tell(queue, { ...event('end', 2, 30), callId: 'call-3' });
    await desk.answer(desk.command(owned.id, { kind: 'release' }, { fence: 1 }));
    await tell(queue, { ...event('particulars', 3, 60, { recording: 'R-3' }), callId: 'call-3' });
    // Whoever had it knows whether they spoke.
    expect(await contact(owned.id)).toMatchObject({ channelState: 'ended', callBackDue: false });
    const answered = (await tell(queue, ring({ callId: 'call-2' }))).body;
    await tell(queue, { ...event('answer', 2, 4), callId: 'call-2' });
    await tell(queue, { ...event('end', 3, 30), callId: 'call-2' });
    expect(await contact(answered.id)).toMatchObject({ channelState: 'ended', callBackDue: false });
  });

  it('TE-03 answers, loses and rings back a call whose exchange is two hundred years ahead', async () => {
    const farAhead = Date.UTC(2199, 1, 1);
    const { id } = (await tell(queue, ring({ at: farAhead }))).body;
    expect(await contact(id)).toMatchObject({
      receivedAt: testStart,
      claimedReceivedAt: farAhead,
      call: { offeredAt: testStart, asOf: testStart, claimedAt: farAhead },
    });
    // The same ring again, at another time of the queue's, is the same ring.
    now = later(testStart, SECOND);
    expect((await tell(queue, ring({ at: farAhead }))).status).toBe(200);
    await tell(queue, event('answer', 2, 0, { at: later(testStart, SECOND) }));
    expect(await contact(id)).toMatchObject({ channelState: 'connected' });
    now = later(testStart, 2 * SECOND);
    await tell(queue, event('drop', 3, 0, { at: farAhead + 9 }));
    now = later(testStart, 3 * SECOND);
    expect((await tell(queue, event('drop', 3, 0, { at: farAhead + 9 }))).status).toBe(200);
    expect(await contact(id)).toMatchObject({ channelState: 'dropped', callBackDue: true });
  });

  it('C-16 attaches a location that comes after the call has ended', async () => {
    const { id } = (await tell(queue, ring())).body;
    await tell(queue, event('drop', 2, 5));
    const response = await fetch(`${queue.intakeUrl}/contacts/call-1/updates`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${queue.intakeKey}`,
        'content-type': 'application/json',
        'idempotency-key': 'aml-1',
      },
      body: JSON.stringify({
        kind: 'location',
        at: second(24),
        location: { method: 'aml', latitude: 51.9, longitude: -0.19, radiusMetres: 22 },
      }),
    });
    expect(response.status).toBe(201);
    expect((await contact(id))?.locations).toMatchObject([
      { method: 'aml', radiusMetres: 22, at: second(24) },
    ]);
  });

  const text = (callId: string, over: Readonly<Record<string, unknown>> = {}) =>
    ring({
      callId,
      channel: '999-text',
      number: '07700 900856',
      said: { title: 'Text: brother has a knife', account: 'police. brother has knife. me hide bathroom' },
      ...over,
    });

  it('TE-06 adds the same emergency text again to the first one as a message, once, and never drops its words', async () => {
    const first = await tell(queue, text('t-1'));
    expect(await contact(first.body.id)).toMatchObject({ channelState: 'active' });
    now = later(testStart, 3 * MINUTE);
    const again = await tell(
      queue,
      text('t-2', { at: later(testStart, 3 * MINUTE), number: '+44 7700 900856' }),
    );
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, ref: first.body.ref } });
    expect(again.body.warnings[0]).toContain('the same words came from this number shortly before');
    now = later(testStart, 60 * MINUTE);
    // Told again long after, since its answer was lost: still the same message.
    const lost = await tell(
      queue,
      text('t-2', { at: later(testStart, 3 * MINUTE), number: '+44 7700 900856' }),
    );
    expect(lost).toMatchObject({ status: 200, body: { id: first.body.id } });
    expect(await contact(first.body.id)).toMatchObject({
      rev: 2,
      account: 'police. brother has knife. me hide bathroom',
      messages: [
        {
          from: 'public',
          text: 'police. brother has knife. me hide bathroom',
          at: later(testStart, 3 * MINUTE),
        },
      ],
    });
    // What follows of the second does nothing to the first one's line.
    expect((await tell(queue, { ...event('end', 2, 200), callId: 't-2' })).status).toBe(201);
    expect(await contact(first.body.id)).toMatchObject({ rev: 2, channelState: 'active' });
    const later2 = await tell(queue, text('t-3', { at: now }));
    expect(later2.body.id).not.toBe(first.body.id);
  });

  it('TE-06 knows the text again in a flood, and reads nothing of the log for it', async () => {
    const first = await tell(queue, text('t-1'));
    for (let n = 0; n < 2_100; n += 1) {
      const tiding = { kind: 'line', state: n % 2 === 0 ? 'connected' : 'active' } as const;
      await queue.service.update({ source: 'telephony', contactKey: 't-1', key: `flood-${n}`, tiding });
    }
    now = later(testStart, MINUTE);
    expect((await tell(queue, text('t-2', { at: now }))).body.id).toBe(first.body.id);
    // Five minutes count from when it was last said, by the queue's clock and not by the exchange's.
    now = later(testStart, 5 * MINUTE);
    expect((await tell(queue, text('t-3', { at: second(0) }))).body.id).toBe(first.body.id);
    now = later(testStart, 11 * MINUTE);
    expect((await tell(queue, text('t-4', { at: second(0) }))).body.id).not.toBe(first.body.id);
  });

  it('TE-06 makes other words, or another number, an emergency of their own', async () => {
    const ids = [
      (await tell(queue, text('t-1'))).body.id,
      (await tell(queue, text('t-2', { number: '07700 900857' }))).body.id,
      (await tell(queue, text('t-3', { said: { account: 'he comes up' } }))).body.id,
      (await tell(queue, text('t-4', { channel: '999-voice' }))).body.id,
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it('TE-08 counts telephones by what they are doing, for watchers only', async () => {
    await tell(queue, ring());
    await tell(queue, { event: 'agent', extension: '4711', state: 'ready', at: second(0) });
    await tell(queue, { event: 'agent', extension: '4712', state: 'wrap-up', at: second(0) });
    await tell(queue, event('answer', 2, 4, { extension: '4711' }));
    const answer = await tell(queue, { event: 'agent', extension: '4711', state: 'hold', at: second(2) });
    expect(answer).toMatchObject({ status: 200, body: { warnings: [] } });
    const health = (await (await fetch(queue.healthUrl)).json()) as { extensions: Record<string, number> };
    expect(health.extensions).toMatchObject({ talking: 1, 'wrap-up': 1, ready: 0, hold: 0 });
    expect(await queue.service.head()).toBe(2);
  });
});

describe('the telephony contract', () => {
  it('TE-04 is true: a queue keeps every example of its page, and they are all the events there are', async () => {
    now = asInstant(Date.UTC(2026, 10, 22, 14, 10));
    await using queue = await startTestQueue({ store: 'memory', clock });
    const page = readFileSync(join(import.meta.dirname, '../../docs/telephony-contract.md'), 'utf8');
    const blocks = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, json = '']) => json);
    const examples = blocks
      .flatMap((block) => block.trim().split(/\n(?=\{)/))
      .map((json) => JSON.parse(json) as { event: string });
    const answers: number[] = [];
    for (const example of examples) answers.push((await tell(queue, { ...example })).status);
    expect(answers).toEqual([...Array<number>(examples.length - 1).fill(201), 200]);
    const { body } = await tell(queue, { event: 'no event' });
    const problem = (body as unknown as { error: { problem: string } }).error.problem;
    expect(problem).toBe(
      'is none of: ring, queued, operator, answer, hold, resume, transfer, end, drop, particulars, agent',
    );
    expect(new Set(examples.map(({ event: name }) => name))).toEqual(
      new Set(problem.slice('is none of: '.length).split(', ')),
    );
    expect((await queue.service.snapshot()).contacts).toMatchObject([
      {
        call: {
          handOver: 'transferred',
          otherAgency: 'Metropolitan Police',
          recording: 'REC-2026-11-22-00718',
        },
      },
    ]);
  });
});

describe('telephony over faults', () => {
  it('TE-04 S-10 knows a call and its events after the queue has been started anew', async () => {
    const own = await startTestQueue({ store: 'postgres', clock });
    const { connectionString } = own;
    if (connectionString === undefined) throw new Error('there is no database');
    try {
      const before = await startTestQueue({ store: 'postgres', clock, connectionString });
      const first = await tell(before, ring());
      await tell(before, event('answer', 2, 4));
      await before.stop();
      await using after = await startTestQueue({ store: 'postgres', clock, connectionString });
      expect(await tell(after, event('answer', 2, 4))).toMatchObject({
        status: 200,
        body: { id: first.body.id },
      });
      expect(await tell(after, ring())).toMatchObject({ status: 200, body: { id: first.body.id } });
      expect((await tell(after, event('drop', 3, 40))).status).toBe(201);
      expect((await after.service.contacts([first.body.id]))[0]).toMatchObject({
        rev: 3,
        callBackDue: true,
        call: { handOver: 'caller-dropped', answeredAt: second(4), endedAt: second(40) },
      });
    } finally {
      await own.stop();
    }
  });

  it('C-01 asks an exchange to come again when nothing can be kept, and keeps it then', async () => {
    let isAway = true;
    await using queue = await startTestQueue({
      store: 'memory',
      clock,
      wrapStore: (store) => ({
        ...store,
        transact: (work) => (isAway ? Promise.reject(new StoreUnavailable('away')) : store.transact(work)),
      }),
    });
    const refused = await tell(queue, ring());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    isAway = false;
    expect((await tell(queue, ring())).status).toBe(201);
  });
});
