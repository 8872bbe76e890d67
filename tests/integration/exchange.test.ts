import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCourier, type Courier } from '../../src/demand/courier.ts';
import { openExchangeDoor } from '../../src/demand/exchange-acts.ts';
import type { HandedContact } from '../../src/demand/handed-contact.ts';
import { handOver } from '../../src/demand/intake.ts';
import { stepsOf } from '../../src/demand/step.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { MINUTE } from '../../src/shared/domain/time.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { aClosing } from '../harness/builders.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

interface Told {
  readonly act: string;
  readonly n: number;
  readonly callId: string;
  readonly desk: number | null;
  readonly extension: string | null;
  readonly state?: string;
}

describe.each(['memory', 'postgres'] as const)('what the exchange is told, with the %s store', (store) => {
  let server: Server;
  let queue: TestQueue;
  let told: { readonly body: Told; readonly signature: string | undefined; readonly text: string }[];
  /** How the exchange answers; `null`: not at all. */
  let status: number | null;

  beforeEach(async () => {
    told = [];
    status = 200;
    server = createServer((request, response) => {
      void (async () => {
        let text = '';
        for await (const part of request as AsyncIterable<Buffer>) text += part.toString('utf8');
        const signature = request.headers['x-queue-signature'];
        told.push({ body: JSON.parse(text) as Told, signature: String(signature), text });
        if (status !== null) response.writeHead(status).end();
      })();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    queue = await startTestQueue({ store, exchanges: { telephony: address() } });
  });
  afterEach(async () => {
    await queue.stop();
    server.closeAllConnections();
    server.close();
  });

  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/acts`;

  async function tell(body: Readonly<Record<string, unknown>>): Promise<ContactId> {
    const response = await fetch(`${queue.intakeUrl}/telephony/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${queue.intakeKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ at: Date.now() - MINUTE, ...body }),
    });
    expect(response.status).toBe(201);
    return ((await response.json()) as { readonly id: ContactId }).id;
  }
  const ring = (callId: string) =>
    tell({ event: 'ring', callId, n: 1, channel: '101-voice', number: '07700 900114', line: 'mobile' });
  const acts = () =>
    told.filter(({ body }) => body.act !== 'agent').map(({ body: { act, callId } }) => `${act} ${callId}`);
  const health = async () =>
    ((await (await fetch(queue.healthUrl)).json()) as { readonly exchanges: unknown }).exchanges;

  const answered = async (desk: DeskClient, id: ContactId, act: Act, fence = 0) => {
    expect((await desk.answer(desk.command(id, act, { fence }))).status).toBe('applied');
  };

  it('TE-09: claim, release and close are told in order, signed, each by a number that grows', async () => {
    const id = await ring('call-1');
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await answered(desk, id, { kind: 'claim' });
    await answered(desk, id, { kind: 'release' }, 1);
    await answered(desk, id, { kind: 'claim' });
    await answered(desk, id, aClosing(), 2);
    const all = ['answer call-1', 'release call-1', 'answer call-1', 'end call-1'];
    await expect.poll(acts).toEqual(all);
    const numbers = told.map(({ body }) => body.n);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    expect(told[0]?.body).toMatchObject({ epoch: queue.service.storeEpoch, desk: 1, extension: null });
    for (const { text, signature } of told)
      expect(signature).toBe(`sha256=${createHmac('sha256', queue.intakeKey).update(text).digest('hex')}`);
  });

  it('TE-09: an exchange that is dead slows no desk, is seen in the health, and is told everything in order when it is back', async () => {
    status = 503;
    const ids = [await ring('call-1'), await ring('call-2')];
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    for (const id of ids) await answered(desk, id, { kind: 'claim' });
    await expect.poll(health).toEqual({ telephony: 'away' });
    expect(new Set(acts())).toEqual(new Set(['answer call-1']));
    status = 200;
    await expect.poll(() => new Set(acts())).toEqual(new Set(['answer call-1', 'answer call-2']));
    expect(acts().lastIndexOf('answer call-1')).toBeLessThan(acts().indexOf('answer call-2'));
    await expect.poll(health).toEqual({ telephony: 'in-step' });
  });

  it('TE-09: what is no call of this exchange, or a call that is over, is not told; what is refused for good stops nothing', async () => {
    status = 422;
    const [over, refused, last] = [await ring('call-1'), await ring('call-2'), await ring('call-3')];
    const report = ((await post(queue, aBody())).body as { readonly id: ContactId }).id;
    await tell({ event: 'end', callId: 'call-1', n: 2 });
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    for (const id of [over, report, refused, last]) await answered(desk, id, { kind: 'claim' });
    await expect.poll(acts).toEqual(['answer call-2', 'answer call-3']);
  });

  it('TE-11: what the person at a desk is doing is told signed, never why nor who, and that nobody is there any more', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    const say = (kind: string, reason: string | null) =>
      desk.send({ t: 'DESK', status: { kind, reason, since: Date.now() } });
    const states = () =>
      told.flatMap(({ body }) => (body.act === 'agent' ? [`${String(body.desk)} ${body.state ?? ''}`] : []));
    for (const [kind, reason] of [
      ['available', null],
      ['away', 'welfare'],
      ['wrap-up', null],
    ] as const) {
      say(kind, reason);
      await expect.poll(() => states().at(-1)).toBe(`1 ${kind}`);
    }
    await queue.signIns.signOff(desk.token);
    await expect.poll(states).toEqual(['1 available', '1 away', '1 wrap-up', '1 signed-off']);
    for (const { text, signature } of told) {
      expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual([
        'act',
        'at',
        'desk',
        'extension',
        'state',
      ]);
      expect(signature).toBe(`sha256=${createHmac('sha256', queue.intakeKey).update(text).digest('hex')}`);
    }
  });

  it('TE-11: while the exchange is dead the newest of a desk waits for it alone, no act on a call waits behind it, and the health says so', async () => {
    status = 503;
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    const say = (kind: string) =>
      desk.send({ t: 'DESK', status: { kind, reason: kind === 'break' ? 'meal' : null, since: Date.now() } });
    say('available');
    await expect.poll(health).toEqual({ telephony: 'away' });
    say('break');
    say('wrap-up');
    // What was said before this answer has been kept: frames of a desk are taken in turn.
    const id = await ring('call-1');
    await answered(desk, id, { kind: 'claim' });
    told = [];
    status = 200;
    await expect.poll(health).toEqual({ telephony: 'in-step' });
    await expect.poll(() => told.map(({ body }) => body.act).toSorted()).toEqual(['agent', 'answer']);
    expect(told.find(({ body }) => body.act === 'agent')?.body.state).toBe('wrap-up');
  });

  it('TE-09: a queue that was ended before the exchange took an act tells it when it is there again', async () => {
    if (store === 'memory') return;
    status = 503;
    const id = await ring('call-1');
    const connectionString = queue.connectionString;
    {
      await using desk = await DeskClient.welcomed(queue.deskUrl);
      await answered(desk, id, { kind: 'claim' });
      await expect.poll(health).toEqual({ telephony: 'away' });
    }
    if (connectionString === undefined) throw new Error('no database');
    told = [];
    await using other = await startTestQueue({
      store,
      connectionString,
      sources: { telephony: queue.intakeKey },
      exchanges: { telephony: address() },
    });
    await expect.poll(acts).toContain('answer call-1');
    expect(other.service.realm).toBe('demo');
  });
});

describe('the demand generator as an exchange', () => {
  it('D-08, TE-09: a call to 101 rings, waits, is connected when a desk claims it, and ends when it is closed', async () => {
    await using exchange = await startExchange();
    const { queue, courier } = exchange;
    const [ring, waits, givesUp] = stepsOf({ id: 'T01', kind: 'card' }, 'c1', { at: 0, contact: caller }, [
      { at: 1, update: tells('queued') },
      { at: 2, update: tells('end') },
    ]);
    if (ring === undefined || waits === undefined || givesUp === undefined) throw new Error('no steps');
    const line = async () => {
      const [contact] = (await queue.service.snapshot()).contacts;
      return `${contact?.channelState} ${contact?.call?.handOver}`;
    };
    courier.take(ring);
    await expect.poll(line).toBe('ringing offered');
    courier.take(waits);
    await expect.poll(line).toBe('queued queued');
    const [contact] = (await queue.service.snapshot()).contacts;
    if (contact === undefined) throw new Error('no contact');
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await desk.answer(desk.command(contact.id, { kind: 'claim' }));
    await expect.poll(line).toBe('connected connected');
    courier.take(givesUp);
    await desk.answer(desk.command(contact.id, { kind: 'release' }, { fence: 1 }));
    await expect.poll(line).toBe('ringing offered');
    await desk.answer(desk.command(contact.id, { kind: 'claim' }));
    await expect.poll(line).toBe('connected connected');
    await desk.answer(desk.command(contact.id, aClosing(), { fence: 2 }));
    await expect.poll(line).toBe('ended ended');
  });

  it('TE-11, D-08: it knows what the person at each desk is doing', async () => {
    await using exchange = await startExchange();
    await using desk = await DeskClient.welcomed(exchange.queue.deskUrl);
    desk.send({ t: 'DESK', status: { kind: 'break', reason: 'meal', since: Date.now() } });
    await expect
      .poll(() => [...exchange.door.agents.values()])
      .toMatchObject([{ extension: 'desk-1', state: 'break' }]);
  });

  const tells = (event: 'queued' | 'end') => ({ kind: 'call', told: { event } }) as const;
  const caller: HandedContact = {
    channel: '101-voice',
    title: 'Asks about a lost purse',
    place: 'Mill Lane, Ware',
    language: null,
    caller: { name: 'Nettie', number: '07700 900114', address: null },
    account: 'I left it on the bus.',
    flags: {},
    channelState: null,
    call: { line: 'mobile' },
  };

  async function startExchange() {
    const key = 'the-key-of-the-generator';
    let courier: Courier | null = null;
    const door = await openExchangeDoor({ port: 0, key, onAct: (act) => courier?.did(act) });
    const exchanges = { demo: `http://127.0.0.1:${door.port}/acts` };
    const queue = await startTestQueue({ store: 'memory', sources: { demo: key }, exchanges });
    const intake = { queue: new URL(queue.intakeUrl).origin, key };
    courier = createCourier({
      send: (parcel, stop) => handOver(intake, parcel, stop),
      run: 'run',
      now: () => Date.now(),
      pause: () => Promise.resolve(),
      random: () => 0,
      say: () => undefined,
      stop: new AbortController().signal,
    });
    const stop = async () => {
      await queue.stop();
      await door[Symbol.asyncDispose]();
    };
    return { queue, courier, door, [Symbol.asyncDispose]: stop };
  }
});
