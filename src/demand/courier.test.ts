import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCourier, type Courier, type Said } from './courier.ts';
import type { HandedContact, Update } from './handed-contact.ts';
import { handOver } from './intake.ts';
import { backOffMs } from './parcel.ts';
import { stepsOf, type Step } from './step.ts';

/** What the queue was asked, as it came. */
interface Asked {
  readonly path: string;
  readonly key: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}
interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const contact: HandedContact = {
  channel: 'web-chat',
  title: 'Asks about an order',
  place: 'Mill Lane, Ware',
  language: 'pl',
  caller: { name: 'Nettie', number: null, address: null },
  account: 'hi',
  flags: { vulnerable: true },
  channelState: null,
  call: null,
};
/** As it is handed over: what does not ring has no line. */
const { call: _line, ...written } = contact;
const message = (text: string, from: 'public' | 'assistant' = 'public'): Update => ({
  kind: 'message',
  text,
  language: null,
  from,
});
const chat = (key: string, updates: readonly Update[]): readonly Step[] =>
  stepsOf(
    { id: 'T01', kind: 'card' },
    key,
    { at: 0, contact },
    updates.map((update, n) => ({ at: n + 1, update })),
  );

describe('D-06: the courier', () => {
  let server: Server;
  let asked: Asked[];
  let said: Said[];
  let pauses: number[];
  let stop: AbortController;
  let courier: Courier;
  /** How the queue answers; by default it keeps everything. */
  let reply: (one: Asked, n: number) => Reply | Promise<Reply>;
  let clock: number;

  beforeEach(async () => {
    asked = [];
    said = [];
    pauses = [];
    clock = 1_000;
    stop = new AbortController();
    reply = () => ({ status: 201, body: { ref: 'CON-1' } });
    server = createServer((request, response) => {
      void (async () => {
        const one = await read(request);
        asked.push(one);
        const { status, body = {}, headers = {} } = await reply(one, asked.length);
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      })();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const queue = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    courier = createCourier({
      send: (parcel, signal) => handOver({ queue, key: 'the-source-key' }, parcel, signal),
      run: 'run',
      now: () => (clock += 1),
      pause: async (ms) => {
        pauses.push(ms);
        await nextTurn();
      },
      random: () => 0.5,
      say: (one) => said.push(one),
      stop: stop.signal,
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  async function hand(steps: readonly Step[]): Promise<void> {
    for (const step of steps) courier.take(step);
    await courier.idle();
  }
  const paths = (): readonly string[] => asked.map(({ path }) => path);
  const counts = (received: number, refused = 0, undelivered = 0): object => ({
    handedOver: received + refused + undelivered,
    received,
    refused,
    undelivered,
  });

  it('C-01 hands a contact over with its key, the source’s key and the moment of sending', async () => {
    await hand(chat('c1', []));
    expect(asked).toEqual([
      {
        path: '/intake/contacts',
        key: 'run-c1',
        authorization: 'Bearer the-source-key',
        body: { ...written, receivedAt: 1_001 },
      },
    ]);
    expect(said).toEqual([{ level: 'info', line: { received: 'CON-1', key: 'run-c1', tries: 1 } }]);
    expect(courier.tally.channels).toEqual({ 'web-chat': counts(1) });
  });

  it.each([429, 503, 500, 408])(
    'sends again after %i, the same under the same key, until it is received',
    async (status) => {
      reply = (_, n) =>
        n < 4 ? { status, headers: { 'retry-after': '1' } } : { status: 201, body: { ref: 'CON-1' } };
      await hand(chat('c1', []));
      expect(asked.length).toBe(4);
      expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1);
      expect(pauses.every((ms) => ms >= 1_000)).toBe(true);
      expect(said.map(({ line }) => line)).toEqual([
        { later: `${status}`, key: 'run-c1' },
        { received: 'CON-1', key: 'run-c1', tries: 4 },
      ]);
    },
  );

  it('sends again when an answer that counts as received is not the queue’s own', async () => {
    server.removeAllListeners('request');
    let n = 0;
    server.on('request', (request, response) => {
      request.resume();
      n += 1;
      response.writeHead(200).end(n === 1 ? '<html>' : '{"ref":"CON-1"}');
    });
    await hand(chat('c1', []));
    expect(courier.tally.channels).toEqual({ 'web-chat': counts(1) });
    expect(n).toBe(2);
  });

  it('hands updates over in their order, each after the one before was received, and after their contact', async () => {
    const open = new Set<string>();
    reply = async (one, n) => {
      // Whoever is overtaken would be seen here: two of one contact at the same time.
      expect([...open]).toEqual([]);
      open.add(one.key);
      for (let turns = 0; turns < 5; turns += 1) await nextTurn();
      open.delete(one.key);
      return n % 2 === 1 ? { status: 503 } : { status: 201, body: {} };
    };
    await hand(
      chat('c 1/2', [message('one'), message('two', 'assistant'), { kind: 'line', state: 'ended' }]),
    );
    const updates = '/intake/contacts/run-c%201%2F2/updates';
    expect(paths()).toEqual(['/intake/contacts', '/intake/contacts', ...Array<string>(6).fill(updates)]);
    expect(asked.filter((_, n) => n % 2 === 1).map(({ key, body }) => [key, body])).toEqual([
      ['run-c 1/2', { ...written, receivedAt: 1_001 }],
      ['run-c 1/2.1', { kind: 'message', text: 'one', language: null, from: 'public', at: 1_002 }],
      ['run-c 1/2.2', { kind: 'message', text: 'two', language: null, from: 'assistant', at: 1_003 }],
      ['run-c 1/2.3', { kind: 'line', state: 'ended', at: 1_004 }],
    ]);
    expect(courier.tally.updates).toEqual({ ...counts(3), late: 0 });
  });

  it('TE-04 tells a call as events under its own id, numbered from its ring, and everything else of it as before', async () => {
    const call: HandedContact = {
      ...contact,
      channel: '999-voice',
      caller: { name: 'Nettie', number: '07700 900114', address: null },
      call: { line: 'mobile', network: 'EE', cell: 'Mast at Ware, about 2 km' },
    };
    const steps = stepsOf({ id: 'T02', kind: 'card' }, 'c1', { at: 0, contact: call }, [
      {
        at: 1,
        update: { kind: 'call', told: { event: 'operator', state: 'on-line', operatorHeard: 'A cough.' } },
      },
      { at: 2, update: message('hurry') },
      { at: 3, update: { kind: 'line', state: 'dropped' } },
    ]);
    await hand(steps);
    const [door, updates] = ['/intake/telephony/events', '/intake/contacts/run-c1/updates'];
    expect(paths()).toEqual([door, door, updates, door]);
    const common = { callId: 'run-c1' };
    const { title, place, language, account, flags } = contact;
    expect(asked.map(({ body }) => body)).toEqual([
      {
        ...common,
        event: 'ring',
        n: 1,
        at: 1_001,
        channel: '999-voice',
        number: '07700 900114',
        zone: place,
        line: 'mobile',
        network: 'EE',
        cell: 'Mast at Ware, about 2 km',
        recording: 'REC-run-c1',
        said: { title, place, language, name: 'Nettie', address: null, account, flags },
      },
      { ...common, event: 'operator', state: 'on-line', operatorHeard: 'A cough.', n: 2, at: 1_002 },
      { kind: 'message', text: 'hurry', language: null, from: 'public', at: 1_003 },
      { ...common, event: 'drop', n: 3, at: 1_004 },
    ]);
    expect(courier.tally).toEqual({
      channels: { '999-voice': counts(1) },
      updates: { ...counts(3), late: 0 },
    });
  });

  it('does not let a contact that cannot be delivered hold up another', async () => {
    let isAway = true;
    reply = ({ key }) => {
      if (key === 'run-c2') isAway = false;
      return key === 'run-c1' && isAway ? { status: 503 } : { status: 201, body: {} };
    };
    await hand([...chat('c1', []), ...chat('c2', [])]);
    expect(courier.tally.channels).toEqual({ 'web-chat': counts(2) });
  });

  it('hands words for a closed contact over as a new contact, marked as a repeat, and what follows with it', async () => {
    const closed: Reply = { status: 409, body: { error: { field: 'contact' } } };
    reply = ({ path }) =>
      path === '/intake/contacts/run-c1/updates' ? closed : { status: 201, body: { ref: 'CON-2' } };
    await hand(chat('c1', [{ kind: 'line', state: 'ended' }, message('he is back'), message('hurry')]));
    expect(paths()).toEqual([
      '/intake/contacts',
      '/intake/contacts/run-c1/updates',
      '/intake/contacts/run-c1/updates',
      '/intake/contacts',
      '/intake/contacts/run-c1.2-anew/updates',
    ]);
    expect(asked[3]).toMatchObject({
      key: 'run-c1.2-anew',
      body: {
        channel: 'web-chat',
        title: 'Writes again: Asks about an order',
        account: 'he is back',
        language: null,
        flags: { vulnerable: true, repeat: true },
        caller: contact.caller,
      },
    });
    expect(asked[4]?.body).toMatchObject({ text: 'hurry' });
    expect(courier.tally).toEqual({
      channels: { 'web-chat': counts(2) },
      updates: { ...counts(1), handedOver: 3, late: 2 },
    });
  });

  it.each([404, 422, 401])(
    'says once that something is refused with %i, and does not send it again',
    async (status) => {
      reply = ({ path }) =>
        path.endsWith('/updates') ? { status, body: { error: { field: 'x' } } } : { status: 201, body: {} };
      await hand(chat('c1', [message('one')]));
      expect(asked.length).toBe(2);
      expect(said.at(-1)).toEqual({ level: 'problem', line: { refused: `${status} x`, key: 'run-c1.1' } });
      expect(courier.tally.updates).toEqual({ ...counts(0, 1), late: 0 });
    },
  );

  it('does not send updates of a contact that was refused, and counts them with it', async () => {
    reply = () => ({ status: 409, body: { error: { field: 'Idempotency-Key' } } });
    await hand(chat('c1', [message('one')]));
    expect(asked.length).toBe(1);
    expect(courier.tally).toEqual({
      channels: { 'web-chat': counts(0, 1) },
      updates: { ...counts(0, 1), late: 0 },
    });
  });

  const ringing: HandedContact = { ...contact, channel: '101-voice', call: { line: 'mobile' } };
  const call = (updates: readonly Update[]): readonly Step[] =>
    stepsOf(
      { id: 'T02', kind: 'card' },
      'c1',
      { at: 0, contact: ringing },
      updates.map((update, n) => ({ at: n + 1, update })),
    );
  const tells = (event: 'queued' | 'end' | 'drop'): Update => ({ kind: 'call', told: { event } });
  const events = () => asked.map(({ body }) => `${String(body['n'])} ${String(body['event'])}`);
  const did = (act: 'answer' | 'release' | 'end', n: number) =>
    courier.did({ act, epoch: 'e', n, callId: 'run-c1', extension: 'desk-3' });

  it('D-08: tells as the exchange what a handler did with a call, once for each act, also when its story is over', async () => {
    await hand(call([tells('queued')]));
    for (const [act, n] of [
      ['answer', 4],
      ['answer', 4],
      ['release', 6],
      ['answer', 9],
      ['end', 11],
    ] as const)
      did(act, n);
    await courier.idle();
    expect(events()).toEqual(['1 ring', '2 queued', '3 answer', '4 ring', '5 answer', '6 end']);
    expect(asked[2]?.body).toMatchObject({ callId: 'run-c1', extension: 'desk-3' });
    did('answer', 12);
    courier.did({ act: 'answer', epoch: 'e', n: 13, callId: 'nobody-knows-it', extension: 'desk-3' });
    await courier.idle();
    expect(asked).toHaveLength(6);
  });

  it('D-08: whoever was answered neither waits nor gives up; a line that breaks still does, and no act brings it back', async () => {
    const [ring, ...rest] = call([tells('queued'), tells('end'), tells('drop')]);
    await hand(ring === undefined ? [] : [ring]);
    did('answer', 4);
    await hand(rest);
    did('release', 6);
    await courier.idle();
    expect(events()).toEqual(['1 ring', '2 answer', '3 drop']);
  });

  it('says what it left undelivered when it is told to stop', async () => {
    reply = () => {
      stop.abort();
      return { status: 503 };
    };
    await hand(chat('c1', [message('one')]));
    expect(said.map(({ line }) => line)).toEqual([{ undelivered: 'run-c1' }, { undelivered: 'run-c1.1' }]);
    expect(courier.tally).toEqual({
      channels: { 'web-chat': counts(0, 0, 1) },
      updates: { ...counts(0, 0, 1), late: 0 },
    });
  });

  it('has many under way at once, and never more requests than the queue lets in', async () => {
    let atOnce = 0;
    let most = 0;
    reply = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      for (let turns = 0; turns < 50; turns += 1) await nextTurn();
      atOnce -= 1;
      return { status: 201, body: {} };
    };
    for (let n = 0; n < 900; n += 1) {
      await courier.room();
      for (const step of chat(`c${n}`, [])) courier.take(step);
    }
    await courier.idle();
    expect(most).toBeGreaterThan(16);
    expect(most).toBeLessThanOrEqual(32);
    expect(courier.tally.channels).toEqual({ 'web-chat': counts(900) });
  });
});

describe('D-06: the wait before another try', () => {
  it('is sooner or later over, and never so short that a queue is hammered', () => {
    for (let tries = 0; tries < 50; tries += 1) {
      expect(backOffMs(tries, () => 0)).toBeGreaterThan(0);
      expect(backOffMs(tries, () => 1)).toBeLessThanOrEqual(5_050);
    }
    expect(backOffMs(4, () => 1)).toBeGreaterThan(backOffMs(1, () => 1));
  });
});

async function read(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return {
    path: request.url ?? '',
    key: String(request.headers['idempotency-key']),
    authorization: request.headers.authorization,
    body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>,
  };
}
