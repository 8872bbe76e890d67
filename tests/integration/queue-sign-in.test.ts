import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountChanges } from '../../src/queue/accounts/account-changes.ts';
import { ADDRESS_LIMIT } from '../../src/queue/accounts/sign-in-limit.ts';
import { tokenDigest } from '../../src/queue/accounts/sign-ins.ts';
import { StoreUnavailable } from '../../src/queue/store/queue-store.ts';
import { SIGN_IN_HOLDS_MS, signedInSchema, signInRefusalSchema } from '../../src/shared/contract/sign-in.ts';
import { asHandlerId, type ContactId } from '../../src/shared/domain/ids.ts';
import { HOUR, later, MINUTE, SECOND } from '../../src/shared/domain/time.ts';
import { anArrival } from '../harness/arrivals.ts';
import { testStart } from '../harness/builders.ts';
import { DeskClient, signInAt } from '../harness/desk-client.ts';
import { signIn, startTestQueue, testCost, type TestQueue } from '../harness/queue.ts';
import { testPin } from '../harness/test-pin.ts';
import { TestClock } from '../harness/test-clock.ts';

/** Asks to sign in, as a desk does, and tells the answer. */
async function ask(queue: Pick<TestQueue, 'signInUrl'>, over: Readonly<Record<string, unknown>> = {}) {
  const body = { desk: randomUUID(), realm: 'demo', handler: '4711', pin: testPin, ...over };
  const response = await fetch(queue.signInUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const wrong = (queue: Pick<TestQueue, 'signInUrl'>, handler = '4711') => ask(queue, { handler, pin: '0000' });

const changesOf = ({ store, service }: TestQueue) =>
  new AccountChanges({ store, clock: service.clock, random: randomBytes, cost: testCost, from: 'test' });

async function signOff(queue: TestQueue, token: string): Promise<number> {
  const url = queue.signInUrl.replace('sign-in', 'sign-off');
  return (await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status;
}

describe.each(['memory', 'postgres'] as const)('signing in, with the %s store', (store) => {
  let queue: TestQueue;
  let clock: TestClock;
  beforeEach(async () => {
    clock = new TestClock();
    queue = await startTestQueue({ store, clock });
  });
  afterEach(() => queue.stop());

  it('A-01 A-02 gives a token for one handler at one desk, of which the queue keeps only the digest', async () => {
    const desk = randomUUID();
    const { status, headers, body } = await ask(queue, { desk, handler: '2001' });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const { token, person, until } = signedInSchema.parse(body);
    expect(person).toEqual({ handler: '2001', name: 'Handler 2001', role: 'trainee' });
    expect(until).toBe(testStart + SIGN_IN_HOLDS_MS);
    const [standing] = await queue.store.standings([tokenDigest(token)]);
    expect(standing?.signIn).toMatchObject({ handler: '2001', desk, endedAt: null });
    expect(JSON.stringify(await queue.store.auditAfter(0, 10))).not.toContain(token);
    expect((await queue.store.auditAfter(0, 10)).at(-1)).toMatchObject({
      act: 'sign-in',
      handler: '2001',
      desk,
      deskNumber: 1,
      contact: null,
    });
    const { rows } = (await queue.sql?.query('select * from sign_in')) ?? { rows: [] };
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('A-01 says the same of a wrong PIN, an unknown number and a closed account', async () => {
    await changesOf(queue).close('4713');
    const answers = [await wrong(queue), await wrong(queue, '9999'), await ask(queue, { handler: '4713' })];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      answers.map(() => [
        401,
        { error: { code: 'wrong', attemptsLeft: 4 }, sentence: 'The number or the PIN is wrong.' },
      ]),
    );
  });

  it.each(['4711', '9999'])(
    'A-01 lets number %s wait 30 s after five wrong PINs, then twice as long',
    async (handler) => {
      for (const left of [4, 3, 2, 1, 0])
        expect((await wrong(queue, handler)).body).toMatchObject({ error: { attemptsLeft: left } });
      const waiting = await ask(queue, { handler });
      expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([429, '30']);
      expect(waiting.body).toMatchObject({ error: { code: 'too-many', retryAfterMs: 30 * SECOND } });
      clock.advance(30 * SECOND);
      expect((await wrong(queue, handler)).status).toBe(401);
      expect((await ask(queue, { handler })).headers.get('retry-after')).toBe('60');
      clock.advance(60 * SECOND);
      expect((await ask(queue, { handler })).status).toBe(handler === '4711' ? 200 : 401);
    },
  );

  it('A-01 hears no more guesses when they come all at once', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => wrong(queue)));
    expect(all.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(35);
  });

  it('A-01 lets a desk wait after twenty wrong PINs of whatever numbers, no right one counts, and no other desk waits', async () => {
    const desk = randomUUID();
    const guess = (handler: string) => ask(queue, { desk, handler, pin: '0000' });
    for (let n = 0; n < 19; n += 1) await guess(`55${n}`);
    for (let n = 0; n < 3; n += 1) expect((await ask(queue, { desk })).status).toBe(200);
    expect((await guess('5519')).status).toBe(401);
    expect((await ask(queue, { desk })).status).toBe(429);
    expect((await ask(queue)).status).toBe(200);
    clock.advance(30 * SECOND);
    expect((await ask(queue, { desk })).status).toBe(200);
  });

  it('A-01 signs in a whole room behind one address at once', async () => {
    const handlers = Array.from({ length: 30 }, (_, n) => `${5100 + n}`);
    for (const number of handlers)
      await changesOf(queue).add({ number, name: 'x', role: 'handler', pin: testPin });
    const all = await Promise.all(handlers.map((handler) => ask(queue, { handler })));
    expect(all.map(({ status }) => status)).toEqual(handlers.map(() => 200));
    for (const handler of handlers.slice(0, 20)) await wrong(queue, handler);
    expect((await ask(queue, { handler: '5129' })).status).toBe(200);
  });

  it('A-01 lets an address wait after 200 wrong PINs, whatever desks it names, and keeps nothing more of its guesses', async () => {
    for (let n = 0; n < ADDRESS_LIMIT; n += 1) expect((await wrong(queue, `flood-${n}`)).status).toBe(401);
    const rows = async () => (await queue.sql?.query('select from sign_in_attempt'))?.rowCount ?? 0;
    const before = await rows();
    expect((await ask(queue)).status).toBe(429);
    for (let n = 0; n < 5; n += 1) expect((await wrong(queue, `more-${n}`)).status).toBe(429);
    expect(await rows()).toBe(before);
    clock.advance(30 * SECOND);
    expect((await ask(queue)).status).toBe(200);
  });

  it('A-01 forgets the wrong PINs of a number with its right one', async () => {
    for (let n = 0; n < 4; n += 1) await wrong(queue);
    expect((await ask(queue)).status).toBe(200);
    expect((await wrong(queue)).body).toMatchObject({ error: { attemptsLeft: 4 } });
  });

  it('A-06 says in WELCOME who is signed in, in which role, and until when that holds', async () => {
    clock.advance(5 * MINUTE);
    await using desk = await DeskClient.welcomed(queue.deskUrl, { handler: '3001' });
    expect(desk.welcome.signedIn).toEqual({
      person: { handler: '3001', name: 'Handler 3001', role: 'mentor' },
      until: later(testStart, 5 * MINUTE + SIGN_IN_HOLDS_MS),
    });
  });

  it('A-02 closes with 4005 a token of another desk, of another handler, and one nobody was given', async () => {
    const desk = randomUUID();
    const token = await signInAt(queue.deskUrl, { desk, handler: '4711' });
    for (const over of [
      { token, deskId: randomUUID() },
      { token, deskId: desk, handler: '4712' },
      { token: randomUUID(), deskId: desk },
    ]) {
      await using client = await DeskClient.connect(queue.deskUrl, over);
      client.hello();
      expect(await client.closed).toEqual({ code: 4005, reason: 'this desk has no sign-in here' });
    }
  });

  it('A-02 L-15 displaces nobody for a desk that is not let in', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await using thief = await DeskClient.connect(queue.deskUrl, {
      deskId: desk.deskId,
      token: 'x'.repeat(40),
    });
    thief.hello();
    expect((await thief.closed).code).toBe(4005);
    desk.send({ t: 'HB', n: 9, cursor: null, cmdSeq: 0 });
    expect(await desk.first('HBACK')).toMatchObject({ n: 9 });
  });

  it('A-06 takes a token for twelve hours after the desk was last seen, from each greeting on', async () => {
    const first = await DeskClient.welcomed(queue.deskUrl);
    const { deskId, token } = first;
    const again = async () => {
      const client = await DeskClient.connect(queue.deskUrl, { deskId, token });
      client.hello();
      return client;
    };
    const gone = async (client: DeskClient) => {
      await client.cut();
      await expect.poll(() => queue.sessions.deskCount).toBe(0);
      await queue.sessions.farewell();
    };
    clock.advance(30 * MINUTE);
    await gone(first);
    clock.advance(SIGN_IN_HOLDS_MS);
    const second = await again();
    await second.first('WELCOME');
    const [standing] = await queue.store.standings([tokenDigest(token)]);
    expect(standing?.signIn.lastSeen).toBe(clock.now());
    await gone(second);
    clock.advance(SIGN_IN_HOLDS_MS + 1);
    const late = await again();
    expect(await late.closed).toEqual({ code: 4005, reason: 'this sign-in has run out' });
  });

  it('A-07 ends the token at sign-off, and takes away what the desk said of its person', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    const { deskId, token } = desk;
    desk.send({ t: 'DESK', status: { kind: 'busy', reason: 'call', since: testStart } });
    desk.send({ t: 'HB', n: 1, cursor: null, cmdSeq: 0 });
    const status = () => queue.store.transact((tx) => tx.deskStatus(desk.deskId as never));
    await expect.poll(status).toMatchObject({ kind: 'busy' });
    expect(await signOff(queue, token)).toBe(204);
    expect(await signOff(queue, token)).toBe(204);
    expect(await signOff(queue, 'x'.repeat(43))).toBe(401);
    expect(await status()).toBeNull();
    expect(await desk.closed).toEqual({ code: 4005, reason: 'this sign-in has ended' });
    await using again = await DeskClient.connect(queue.deskUrl, { deskId, token });
    again.hello();
    expect((await again.closed).code).toBe(4005);
    const audit = await queue.store.auditAfter(0, 20);
    expect(audit.map(({ act }) => act)).toEqual(['sign-in', 'sign-off']);
  });

  it('A-02 lets nobody throw out who is signed in at a desk whose link is up: they are asked to come again', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    const { deskId } = desk;
    const token = await signInAt(queue.deskUrl, { desk: deskId, handler: '4712' });
    const come = async () => {
      const client = await DeskClient.connect(queue.deskUrl, { deskId, token, handler: '4712' });
      client.hello();
      return client;
    };
    const thief = await come();
    expect(await thief.closed).toEqual({ code: 4013, reason: 'somebody else is signed in at this desk' });
    // A review has come by since.
    await new Promise((resolve) => setTimeout(resolve, 600));
    desk.send({ t: 'HB', n: 1, cursor: null, cmdSeq: 0 });
    await desk.first('HBACK');
    expect(await signOff(queue, desk.token)).toBe(204);
    expect((await desk.closed).code).toBe(4005);
    await using next = await come();
    await next.first('WELCOME');
  });

  it('A-02 ends what somebody left behind at a desk when the next one works there and no link can be using it', async () => {
    const first = await DeskClient.welcomed(queue.deskUrl);
    const { deskId, token } = first;
    await first.cut();
    await expect.poll(() => queue.sessions.deskCount).toBe(0);
    await queue.sessions.farewell();
    const endedAt = async () => (await queue.store.standings([tokenDigest(token)]))[0]?.signIn.endedAt;
    for (const [waited, ended] of [
      [2 * HOUR, false],
      [1, true],
    ] as const) {
      clock.advance(waited);
      await using next = await DeskClient.welcomed(queue.deskUrl, { deskId, handler: '4712' });
      expect((await endedAt()) !== null).toBe(ended);
      await next.cut();
      await expect.poll(() => queue.sessions.deskCount).toBe(0);
    }
  });

  it('A-12 ends the sign-ins of who got a new PIN: their desks ask for it', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await using other = await DeskClient.welcomed(queue.deskUrl, { handler: '4712' });
    await changesOf(queue).setPin('4711', '999999');
    expect(await desk.closed).toEqual({ code: 4005, reason: 'this sign-in has ended' });
    expect((await ask(queue)).status).toBe(401);
    expect((await ask(queue, { pin: '999999' })).status).toBe(200);
    other.send({ t: 'HB', n: 1, cursor: null, cmdSeq: 0 });
    await other.first('HBACK');
  });

  it('A-12 ends the links of a closed account with 4004, and takes its token no more', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await using other = await DeskClient.welcomed(queue.deskUrl, { handler: '4712' });
    await changesOf(queue).close('4711');
    expect(await desk.closed).toEqual({ code: 4004, reason: 'this account is closed' });
    await using again = await DeskClient.connect(queue.deskUrl, { deskId: desk.deskId, token: desk.token });
    again.hello();
    expect((await again.closed).code).toBe(4004);
    other.send({ t: 'HB', n: 1, cursor: null, cmdSeq: 0 });
    await other.first('HBACK');
  });

  it('A-03 lets a desk come back for its new role when the role of its account has changed', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await changesOf(queue).setRole('4711', 'mentor');
    expect(await desk.closed).toEqual({ code: 4013, reason: 'the role of this account has changed' });
    await using again = await DeskClient.welcomed(queue.deskUrl, { deskId: desk.deskId, token: desk.token });
    expect(again.welcome.signedIn.person.role).toBe('mentor');
  });

  it('A-10 A-11 keeps what a desk says of its person now, of “away” no reason that concerns nobody, and of before nothing', async () => {
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    const status = () => queue.store.transact((tx) => tx.deskStatus(desk.deskId as never));
    desk.send({ t: 'DESK', status: { kind: 'busy', reason: 'call', since: testStart } });
    await expect.poll(status).toEqual({ kind: 'busy', reason: 'call', since: testStart });
    desk.send({ t: 'DESK', status: { kind: 'away', reason: 'welfare', since: testStart } });
    await expect.poll(status).toEqual({ kind: 'away', reason: 'other', since: testStart });
    expect((await queue.store.auditAfter(0, 20)).map(({ act }) => act)).toEqual(['sign-in']);
    const response = await fetch(queue.healthUrl);
    expect(await response.json()).toMatchObject({ desks: 1, signedIn: 1 });
  });

  it('A-08 sends what an earlier handler left unsent in their name, and nobody’s who never signed in here', async () => {
    const handover = { source: 'telephony', key: randomUUID(), arrival: anArrival() };
    const accepted = await queue.service.accept(handover);
    if (accepted.kind !== 'accepted') throw new Error('not accepted');
    const { contact } = accepted.receipt;
    const deskId = randomUUID();
    await signIn(queue, { desk: deskId, handler: '4711' });
    await using desk = await DeskClient.welcomed(queue.deskUrl, { deskId, handler: '4712' });
    const act = { kind: 'note', text: 'left over', happenedAt: null } as const;
    expect((await desk.answer(desk.command(contact, act, { by: '4711' }))).status).toBe('applied');
    const [kept] = await queue.service.contacts([contact]);
    expect(kept?.notes.map(({ by }) => by)).toEqual([{ desk: deskId, deskNumber: 1, handler: '4711' }]);
    const forged = await desk.answer(desk.command(contact, act, { by: '9002' }));
    expect(forged).toMatchObject({ status: 'refused', refusal: { code: 'not-in-this-name' } });
    // And the next one comes through.
    expect((await desk.answer(desk.command(contact, act))).status).toBe('applied');
  });
});

describe('the door to sign in', () => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store: 'memory' });
  });
  afterEach(() => queue.stop());

  const send = (init: RequestInit) => fetch(queue.signInUrl, { method: 'POST', ...init });
  const json = { 'content-type': 'application/json' };
  const good = { desk: randomUUID(), realm: 'demo', handler: '4711', pin: testPin };

  it.each<[string, RequestInit, number]>([
    ['a reading', { method: 'GET' }, 405],
    ['a web page', { headers: { ...json, origin: 'http://localhost' }, body: JSON.stringify(good) }, 403],
    ['a form', { body: 'pin=1' }, 415],
    ['broken JSON', { headers: json, body: '{' }, 400],
    ['a PIN with letters', { headers: json, body: JSON.stringify({ ...good, pin: 'abcd' }) }, 400],
    [
      'a number that does not print',
      { headers: json, body: JSON.stringify({ ...good, handler: '4\u0000' }) },
      400,
    ],
    ['a desk that is none', { headers: json, body: JSON.stringify({ ...good, desk: 'x' }) }, 400],
    ['a field nobody knows', { headers: json, body: JSON.stringify({ ...good, role: 'mentor' }) }, 400],
    ['a body too large', { headers: json, body: JSON.stringify({ ...good, x: 'x'.repeat(4_096) }) }, 413],
    ['another realm', { headers: json, body: JSON.stringify({ ...good, realm: 'live' }) }, 403],
  ])('A-01 L-18 answers with a refusal and a sentence to %s', async (_, init, status) => {
    const response = await send(init);
    expect(response.status).toBe(status);
    const body = (await response.json()) as { error: unknown; sentence: string };
    expect(signInRefusalSchema.parse(body.error).code).toBe(
      _ === 'another realm' ? 'other-realm' : 'bad-request',
    );
    expect(body.sentence).toMatch(/\.$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('A-01 keeps no place for a body that is slow in coming', async () => {
    const head =
      'POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    const slow = await Promise.all(
      Array.from({ length: 70 }, async () => {
        const socket = connect(queue.port, '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(head);
        return socket;
      }),
    );
    expect((await fetch(queue.healthUrl)).status).toBe(200);
    expect((await ask(queue)).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });

  it('A-01 asks to come again when the database is away', async () => {
    await using cut = await startTestQueue({
      store: 'memory',
      wrapStore: (store) => ({ ...store, transact: () => Promise.reject(new StoreUnavailable('away')) }),
    });
    const { status, headers } = await ask(cut);
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  });
});

describe('a sign-in while its desk is connected', () => {
  it('A-06 is moved on every hour, so that a link longer than twelve hours does not run out', async () => {
    const clock = new TestClock();
    await using queue = await startTestQueue({ store: 'memory', clock, timers: clock });
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    const digest = tokenDigest(desk.token);
    const seen = async () => (await queue.store.standings([digest]))[0]?.signIn.lastSeen;
    let heard = 0;
    for (let hours = 1; hours <= 13; hours += 1) {
      // A heart-beat within each silence limit, as a desk sends them.
      for (let n = 0; n < 360; n += 1) {
        clock.advance(10 * SECOND);
        heard += 1;
        desk.send({ t: 'HB', n: heard, cursor: null, cmdSeq: 0 });
        await desk.until((frame) => frame.t === 'HBACK' && frame.n === heard);
      }
      await expect.poll(seen).toBe(later(testStart, hours * HOUR));
    }
    await desk.cut();
  });

  it('A-01 A-12 remembers wrong PINs and closed accounts over a restart, and at every node', async () => {
    await using first = await startTestQueue({ store: 'postgres' });
    const { connectionString } = first;
    if (connectionString === undefined) throw new Error('no database');
    for (let n = 0; n < 5; n += 1) await wrong(first);
    await using second = await startTestQueue({ store: 'postgres', connectionString });
    expect((await ask(second)).status).toBe(429);
    await using desk = await DeskClient.welcomed(second.deskUrl, { handler: '4712' });
    await changesOf(first).close('4712');
    expect((await desk.closed).code).toBe(4004);
    expect(await first.store.transact((tx) => tx.account(asHandlerId('4712')))).toMatchObject({
      isActive: false,
    });
  });

  it('A-12 ends the link at a command of a closed account, before anything of it is done', async () => {
    // No review comes by: the command itself must find it out.
    const clock = new TestClock();
    await using queue = await startTestQueue({ store: 'memory', clock, timers: clock });
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await changesOf(queue).close('4711');
    desk.command(randomUUID() as ContactId, { kind: 'claim' });
    expect((await desk.closed).code).toBe(4004);
    expect(desk.all('RES')).toEqual([]);
  });
});
