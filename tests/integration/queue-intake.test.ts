import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asInstant, HOUR } from '../../src/shared/domain/time.ts';
import { BODY_LIMIT } from '../../src/queue/intake/http-intake.ts';
import { StoreUnavailable } from '../../src/queue/store/queue-store.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { testStart } from '../harness/builders.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const clock = { now: () => testStart, monotonic: () => 0 };

describe.each(['memory', 'postgres'] as const)('the intake, with the %s store', (store) => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store, clock });
  });
  afterEach(() => queue.stop());

  const only = async (id: unknown) => {
    const [contact] = await queue.service.contacts([id as ContactId]);
    return contact;
  };

  it('C-01 answers 201 with id and reference when the contact is kept', async () => {
    const { status, body } = await post(queue, aBody({ channel: '999-voice' }));
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(String), ref: 'CON-20261122-000001', warnings: [] });
    expect(await only((body as { id: string }).id)).toMatchObject({
      band: 'A',
      source: 'telephony',
      receivedAt: testStart,
    });
  });

  it('C-02 answers the same to the same key and body, and 409 to the key with another body', async () => {
    const first = await post(queue, aBody(), { key: 'call-1' });
    const again = await post(queue, aBody(), { key: 'call-1' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    const other = await post(queue, aBody({ title: 'Another' }), { key: 'call-1' });
    expect(other).toMatchObject({ status: 409, body: { error: { field: 'Idempotency-Key' } } });
    expect((await queue.service.snapshot()).contacts).toHaveLength(1);
  });

  it('C-02 makes one contact of one key that comes twenty times at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => post(queue, aBody(), { key: 'storm' })));
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 19 }, () => 200),
      201,
    ]);
    expect(new Set(all.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('C-03 takes a contact from the future at the queue’s time, keeps the claim and warns', async () => {
    const { status, body } = await post(
      queue,
      aBody({ receivedAt: new Date(testStart + HOUR).toISOString() }),
    );
    expect(status).toBe(201);
    expect((body as { warnings: string[] }).warnings).toEqual([
      expect.stringContaining('ahead of the queue'),
    ]);
    expect(await only((body as { id: string }).id)).toMatchObject({
      receivedAt: testStart,
      claimedReceivedAt: testStart + HOUR,
    });
  });

  it('C-03 takes a contact from before all memory at the queue’s time, and warns', async () => {
    const { status, body } = await post(queue, aBody({ receivedAt: -8.64e15, flags: { lookFirst: true } }));
    expect(status).toBe(201);
    expect((body as { warnings: string[] }).warnings).toEqual([expect.stringContaining('ten years ago')]);
    expect(await only((body as { id: string }).id)).toMatchObject({
      receivedAt: testStart,
      claimedReceivedAt: null,
    });
  });

  it('C-03 K-01 takes times of the past as they are, in whatever order they come', async () => {
    const times = [-2, -30, -1].map((hours) => asInstant(testStart + hours * HOUR));
    const ids: string[] = [];
    for (const receivedAt of times)
      ids.push(((await post(queue, aBody({ receivedAt }))).body as { id: string }).id);
    const { contacts } = await queue.service.snapshot();
    expect(contacts.map(({ receivedAt }) => receivedAt)).toEqual(times.toSorted((a, b) => a - b));
    expect(contacts.map(({ id }) => id)).toEqual([ids[1], ids[0], ids[2]]);
    expect(contacts.every(({ claimedReceivedAt }) => claimedReceivedAt === null)).toBe(true);
  });
});

describe('what the intake refuses', () => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store: 'memory', clock });
  });
  afterEach(() => queue.stop());

  it.each<[string, Record<string, unknown>, string]>([
    ['no channel', { channel: undefined }, 'channel'],
    ['a channel nobody knows', { channel: 'pigeon' }, 'channel'],
    ['no title', { title: undefined }, 'title'],
    ['an empty title', { title: '  ' }, 'title'],
    ['a title too long', { title: 'x'.repeat(161) }, 'title'],
    ['NUL in the title', { title: 'a\u0000b' }, 'title'],
    ['an escape sequence in the account', { account: '\u001b[31mred' }, 'account'],
    ['half a character', { account: 'x\uD800' }, 'account'],
    ['a backspace in a name', { caller: { name: 'Rob\bin' } }, 'caller.name'],
    ['a number that is no text', { caller: { number: 999 } }, 'caller.number'],
    ['an account too long', { account: 'x'.repeat(40_001) }, 'account'],
    ['an account too long once escaped', { account: '\n'.repeat(20_001) }, 'account'],
    ['no account', { account: undefined }, 'account'],
    ['a place too long', { place: 'x'.repeat(161) }, 'place'],
    ['a language that is none', { language: 'not a language' }, 'language'],
    ['flags that are words', { flags: { vulnerable: 'yes' } }, 'flags.vulnerable'],
    ['a time without zone', { receivedAt: '2026-11-22T14:00:00' }, 'receivedAt'],
    ['a time that is none', { receivedAt: 'yesterday' }, 'receivedAt'],
    ['a time beyond all dates', { receivedAt: 9e15 }, 'receivedAt'],
    ['half a millisecond', { receivedAt: 1.5 }, 'receivedAt'],
    ['a state of no line', { channelState: 'on fire' }, 'channelState'],
  ])('C-01 names the field and never its value: %s', async (_, over, field) => {
    const refused = await post(queue, aBody({ caller: { name: 'Robin Marsh' }, ...over }));
    expect(refused.status).toBe(422);
    expect(refused.body).toEqual({
      error: { field, problem: expect.any(String), whatToDo: expect.any(String) },
    });
    expect(JSON.stringify(refused.body)).not.toMatch(/Robin|pigeon|on fire|yesterday/);
    expect(await queue.service.head()).toBe(0);
  });

  it.each<[string, Parameters<typeof post>[2], number, string]>([
    ['no key of a source', { headers: { authorization: '' } }, 401, 'Authorization'],
    ['a wrong key of a source', { headers: { authorization: 'Bearer nonsense' } }, 401, 'Authorization'],
    ['no idempotency key', { headers: { 'idempotency-key': '' } }, 400, 'Idempotency-Key'],
    ['an idempotency key too long', { key: 'k'.repeat(201) }, 400, 'Idempotency-Key'],
    ['a form', { headers: { 'content-type': 'text/plain' } }, 415, 'Content-Type'],
    [
      'JSON in another alphabet',
      { headers: { 'content-type': 'application/json; charset=latin1' } },
      415,
      'Content-Type',
    ],
    ['broken JSON', { raw: '{"channel":' }, 400, 'body'],
    ['nothing', { raw: '' }, 400, 'body'],
    ['broken UTF-8', { raw: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'body'],
    ['a list', { raw: '[]' }, 422, 'body'],
    ['null', { raw: 'null' }, 422, 'body'],
    ['a body too large', { raw: JSON.stringify(aBody({ account: 'x'.repeat(BODY_LIMIT) })) }, 413, 'body'],
  ])('C-01 answers with a sentence to %s', async (_, over, status, field) => {
    const refused = await post(queue, aBody(), over);
    expect(refused.status).toBe(status);
    expect(refused.body).toEqual({
      error: { field, problem: expect.any(String), whatToDo: expect.any(String) },
    });
    expect(await queue.service.head()).toBe(0);
  });

  it('C-01 stops reading a body without a length when it becomes too much', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${queue.intakeUrl}/contacts`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${queue.intakeKey}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          'transfer-encoding': 'chunked',
        },
      });
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      for (let n = 0; n < 5; n += 1) sent.write('x'.repeat(16 * 1024));
    });
    expect(status).toBe(413);
  });

  it('C-01 accepts a contact with fields it does not know, and says that they were not kept', async () => {
    const { status, body } = await post(queue, aBody({ colour: 'blue' }));
    expect(status).toBe(201);
    expect((body as { warnings: string[] }).warnings).toEqual([expect.stringContaining('not kept')]);
  });

  it('C-01 keeps words of any script exactly as they came', async () => {
    const account = 'Szef trzyma mój paszport.\nזה דחוף\t👮🏽‍♀️ "quoted" \\u0000 <b>';
    const { body } = await post(queue, aBody({ account, language: 'PL' }));
    const [contact] = await queue.service.contacts([(body as { id: ContactId }).id]);
    expect(contact).toMatchObject({ account, language: 'pl' });
  });

  it('C-01 asks a source to come again when the database is away, and then keeps the contact once', async () => {
    let isAway = true;
    await using cut = await startTestQueue({
      store: 'memory',
      wrapStore: (store) => ({
        ...store,
        transact: (work) => (isAway ? Promise.reject(new StoreUnavailable('away')) : store.transact(work)),
      }),
    });
    const away = await post(cut, aBody(), { key: 'call-9' });
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
    isAway = false;
    expect((await post(cut, aBody(), { key: 'call-9' })).status).toBe(201);
  });

  it('C-11 tells the health of the queue in counts, without anything personal', async () => {
    await post(queue, aBody({ channel: '999-voice', receivedAt: testStart - 5_000 }));
    const response = await fetch(queue.healthUrl);
    expect(await response.json()).toEqual({
      ok: true,
      realm: 'demo',
      head: 1,
      behind: 0,
      openEmergencies: 1,
      waiting: 1,
      oldestWaitMs: 5_000,
      desks: 0,
      signedIn: 0,
      extensions: {
        ready: 0,
        ringing: 0,
        talking: 0,
        hold: 0,
        conference: 0,
        'wrap-up': 0,
        'not-ready': 0,
        'logged-off': 0,
      },
      exchanges: {},
      turnedAway: {},
    });
  });

  it('L-02 is not well when desks have not been told for long of what is committed', async () => {
    const timeline = { at: 0 };
    await using stuck = await startTestQueue({
      store: 'memory',
      clock: { now: () => testStart, monotonic: () => timeline.at },
      wrapStore: (store) => ({ ...store, entriesAfter: () => new Promise<never>(() => undefined) }),
    });
    await post(stuck, aBody());
    const health = async () => {
      const response = await fetch(stuck.healthUrl);
      return [response.status, await response.json()];
    };
    expect(await health()).toMatchObject([200, { ok: true, head: 1, behind: 1 }]);
    timeline.at = 5_001;
    expect(await health()).toMatchObject([503, { ok: false, head: 1, behind: 1 }]);
  });
});
