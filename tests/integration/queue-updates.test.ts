import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WORDS_LIMIT } from '../../src/queue/accept-update.ts';
import { MESSAGE_LIMIT } from '../../src/queue/intake/update-body.ts';
import type { PolicySource } from '../../src/queue/policy/policy-source.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import { StoreUnavailable } from '../../src/queue/store/queue-store.ts';
import { DOWN_FRAME_LIMIT } from '../../src/shared/contract/queue-link.ts';
import { asLsn, type ContactId } from '../../src/shared/domain/ids.ts';
import { later, MINUTE } from '../../src/shared/domain/time.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { aClosing, testStart } from '../harness/builders.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { fixedPolicies } from '../harness/fixed-policies.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const clock = { now: () => testStart, monotonic: () => 0 };
const at = later(testStart, -MINUTE);
const aml = {
  method: 'aml',
  latitude: 51.8,
  longitude: -0.2,
  radiusMetres: 12,
  place: 'Howardsgate, Welwyn',
};
const location = (over: Readonly<Record<string, unknown>> = {}) => ({
  kind: 'location',
  at,
  location: { ...aml, ...over },
});
const message = (text: string, over: Readonly<Record<string, unknown>> = {}) => ({
  kind: 'message',
  at,
  text,
  ...over,
});
const line = (state: string) => ({ kind: 'line', at, state });

/** Tells more of a contact, as its source does. */
async function tell(
  queue: Pick<TestQueue, 'intakeUrl' | 'intakeKey'>,
  contactKey: string,
  body: unknown,
  over: { readonly key?: string; readonly intakeKey?: string; readonly method?: string } = {},
) {
  const response = await fetch(`${queue.intakeUrl}/contacts/${encodeURIComponent(contactKey)}/updates`, {
    method: over.method ?? 'POST',
    headers: {
      authorization: `Bearer ${over.intakeKey ?? queue.intakeKey}`,
      'content-type': 'application/json',
      'idempotency-key': over.key ?? randomUUID(),
    },
    ...(over.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe.each(['memory', 'postgres'] as const)('what a source tells later, with the %s store', (store) => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store, clock });
  });
  afterEach(() => queue.stop());

  const arrive = async (key: string, over: Readonly<Record<string, unknown>> = {}) => {
    const { body } = await post(queue, aBody(over), { key });
    return (body as { id: ContactId }).id;
  };
  const contact = async (id: ContactId) => (await queue.service.contacts([id]))[0];
  const entries = () => queue.service.entriesAfter(asLsn(1), 100);

  it('C-16 adds a location to those before, to the contact of whatever key: the newest place is in force, what was typed stays', async () => {
    const id = await arrive('call 7/a?b#c%', {
      channel: '999-voice',
      location: { ...aml, method: 'cell', at },
    });
    const told = await tell(queue, 'call 7/a?b#c%', location());
    expect(told).toMatchObject({ status: 201, body: { id, ref: 'CON-20261122-000001', warnings: [] } });
    expect(await contact(id)).toMatchObject({
      rev: 2,
      place: 'Howardsgate, Welwyn',
      account: aBody()['account'],
      locations: [
        { ...aml, method: 'cell', at },
        { ...aml, at },
      ],
    });
    await tell(queue, 'call 7/a?b#c%', location({ place: null, radiusMetres: null }));
    expect(await contact(id)).toMatchObject({ rev: 3, place: 'Howardsgate, Welwyn' });
    expect((await entries()).map(({ by, what, flash }) => [by, what.kind, flash?.rev])).toEqual([
      [null, 'located', 2],
      [null, 'located', 3],
    ]);
    expect((await queue.store.auditAfter(1, 1))[0]).toMatchObject({
      act: 'locate',
      source: 'telephony',
      lsn: 2,
    });
    expect(await checkAudit(queue.store)).toMatchObject({ flaw: null });
  });

  it('C-16 puts a location that comes late before those measured after it, and moves no place with it', async () => {
    await arrive('call 8', { channel: '999-voice' });
    const newer = await tell(queue, 'call 8', location({ place: 'Howardsgate, Welwyn' }));
    const { id } = newer.body as { id: ContactId };
    const older = { ...location({ method: 'cell', place: 'The mast at Oaklands' }), at: later(at, -MINUTE) };
    expect((await tell(queue, 'call 8', older)).status).toBe(201);
    const kept = await contact(id);
    expect(kept?.place).toBe('Howardsgate, Welwyn');
    expect(kept?.locations.map(({ method }) => method)).toEqual(['cell', 'aml']);
  });

  it('C-17 keeps a message once under its key, answers the same again, and refuses the key for another', async () => {
    const id = await arrive('chat-1', { channel: 'web-chat' });
    const first = await tell(queue, 'chat-1', message('Are you there?', { language: 'PL' }), { key: 'm1' });
    const again = await tell(queue, 'chat-1', message('Are you there?', { language: 'PL' }), { key: 'm1' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(await tell(queue, 'chat-1', message('Another'), { key: 'm1' })).toMatchObject({
      status: 409,
      body: { error: { field: 'Idempotency-Key' } },
    });
    await arrive('chat-2', { channel: 'web-chat' });
    expect(
      (await tell(queue, 'chat-2', message('Are you there?', { language: 'PL' }), { key: 'm1' })).status,
    ).toBe(409);
    await tell(queue, 'chat-1', message('I am the assistant', { from: 'assistant' }), { key: 'm2' });
    expect((await contact(id))?.messages).toEqual([
      { key: 'm1', from: 'public', text: 'Are you there?', language: 'pl', at },
      { key: 'm2', from: 'assistant', text: 'I am the assistant', language: null, at },
    ]);
  });

  it('C-17 keeps a message once that comes twenty times at once', async () => {
    const id = await arrive('chat-3', { channel: 'web-chat' });
    const all = await Promise.all(
      Array.from({ length: 20 }, () => tell(queue, 'chat-3', message('once'), { key: 'storm' })),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(19);
    expect((await contact(id))?.messages).toHaveLength(1);
  });

  it('C-08 L-09 flashes an emergency whose line drops, and makes its call-back due, whoever has it', async () => {
    const id = await arrive('call-2', { channel: '999-voice' });
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await desk.first('SNAPEND');
    await desk.answer(desk.command(id, { kind: 'claim' }));
    await tell(queue, 'call-2', line('connected'));
    expect((await tell(queue, 'call-2', line('dropped'))).status).toBe(201);
    await desk.event(4);
    expect(await contact(id)).toMatchObject({ channelState: 'dropped', callBackDue: true });
    expect(desk.all('FLASH').map(({ lsn, summary }) => [lsn, summary.callBackDue])).toEqual([
      [2, false],
      [4, true],
    ]);
  });

  it('C-17 refuses words for a closed contact and says what to do; the end of its line has no effect', async () => {
    const id = await arrive('call-3', { channel: '999-voice' });
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await desk.answer(desk.command(id, { kind: 'claim' }));
    await desk.answer(desk.command(id, aClosing(), { fence: 1 }));
    expect(await tell(queue, 'call-3', message('He is back'))).toMatchObject({
      status: 409,
      body: { error: { field: 'contact', whatToDo: 'Hand the words over as a new contact.' } },
    });
    expect(await tell(queue, 'call-3', line('ended'), { key: 'end' })).toMatchObject({
      status: 200,
      body: { id },
    });
    expect((await tell(queue, 'call-3', line('ended'), { key: 'end' })).status).toBe(200);
    expect(await contact(id)).toMatchObject({ rev: 3, channelState: 'ringing' });
    expect(await queue.service.head()).toBe(3);
  });

  it('C-17 C-32 keeps what else is told of the line of a closed contact, and offers it again when somebody is back', async () => {
    const id = await arrive('chat-5', { channel: '999-voice', channelState: 'connected' });
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    await desk.answer(desk.command(id, { kind: 'claim' }));
    await desk.answer(desk.command(id, aClosing(), { fence: 1 }));
    expect((await tell(queue, 'chat-5', line('connected'))).status).toBe(200);
    expect((await tell(queue, 'chat-5', line('active'))).status).toBe(201);
    expect((await tell(queue, 'chat-5', line('left-by-exit'))).status).toBe(201);
    expect((await tell(queue, 'chat-5', line('dropped'))).status).toBe(201);
    expect(await contact(id)).toMatchObject({
      ownership: { kind: 'closed' },
      channelState: 'dropped',
      callBackDue: false,
    });
    expect((await tell(queue, 'chat-5', line('connected'))).status).toBe(201);
    expect(await contact(id)).toMatchObject({ ownership: { kind: 'waiting' }, fence: 2, closing: null });
    expect((await tell(queue, 'chat-5', message('He is back'))).status).toBe(201);
    const lsn = await queue.service.head();
    const log = await queue.service.entriesAfter(asLsn(0), 20);
    expect(log.find(({ what }) => what.kind === 'line' && what.reopens !== undefined)).toMatchObject({
      lsn: lsn - 1,
      flash: { ownership: { kind: 'waiting' } },
    });
  });

  it('L-04 C-17 refuses what would make a contact more than a desk can be told of, and says what to do', async () => {
    const id = await arrive('chat-4', { channel: 'web-chat' });
    let status = 201;
    let told: unknown = null;
    for (let n = 0; status === 201 && n < 60; n += 1) {
      const answer = await tell(queue, 'chat-4', message('x'.repeat(MESSAGE_LIMIT)));
      ({ status } = answer);
      told = answer.body;
    }
    expect([status, told]).toMatchObject([
      413,
      { error: { field: 'contact', whatToDo: 'Hand the words over as a new contact.' } },
    ]);
    const { account, messages } = (await contact(id)) ?? {};
    const kept = Buffer.byteLength(JSON.stringify({ account, messages }));
    expect(kept).toBeGreaterThan(WORDS_LIMIT - 2 * MESSAGE_LIMIT);
    expect(kept).toBeLessThanOrEqual(WORDS_LIMIT);
    expect(WORDS_LIMIT).toBeLessThanOrEqual(DOWN_FRAME_LIMIT / 2);
    // A line that ends is heard always, so is where somebody is, and a handler can still write.
    expect((await tell(queue, 'chat-4', location())).status).toBe(201);
    expect((await tell(queue, 'chat-4', line('ended'))).status).toBe(201);
    await using desk = await DeskClient.welcomed(queue.deskUrl);
    const note = desk.command(id, { kind: 'note', text: 'told her to ring', happenedAt: null });
    expect((await desk.answer(note)).status).toBe('applied');
  });
});

describe('a chat that floods', () => {
  it('C-33 has one thing of it taken in at a time, among the other sources, and a ring stands behind none of it', async () => {
    const lanes: (string | undefined)[] = [];
    let [now, most] = [0, 0];
    let mayEnd = (): void => undefined;
    const held = new Promise<void>((resolve) => (mayEnd = resolve));
    let isFlood = false;
    await using queue = await startTestQueue({
      store: 'memory',
      clock,
      wrapStore: (store) => ({
        ...store,
        async transact(work, lane) {
          if (!isFlood) return store.transact(work, lane);
          lanes.push(lane);
          if (lane !== 'other-sources') return store.transact(work, lane);
          now += 1;
          most = Math.max(most, now);
          await held;
          now -= 1;
          return store.transact(work, lane);
        },
      }),
    });
    await post(queue, aBody({ channel: 'web-chat' }), { key: 'chat' });
    isFlood = true;
    const flood = Array.from({ length: 60 }, (_, n) => tell(queue, 'chat', message(`more ${n}`)));
    const ring = { event: 'ring', callId: 'c-1', n: 1, at, channel: '999-voice' };
    const rung = await fetch(`${queue.intakeUrl}/telephony/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${queue.intakeKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(ring),
    });
    expect([rung.status, now, most]).toEqual([201, 1, 1]);
    mayEnd();
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    // What is too much at once is asked to come again: nothing is lost, and there is room for others.
    expect(new Set(statuses)).toEqual(new Set([201, 429]));
    expect(statuses.filter((status) => status === 201)).toHaveLength(33);
    expect([most, new Set(lanes)]).toEqual([1, new Set(['other-sources', 'calls-and-desks'])]);
  });

  it('C-33 is refused for its size before anything in it is searched', async () => {
    let searched = 0;
    const policies = fixedPolicies();
    await using queue = await startTestQueue({
      store: 'memory',
      clock,
      policies: {
        ...policies,
        get servicePolicy() {
          return policies.servicePolicy;
        },
        get decisionPolicy() {
          return {
            ...policies.decisionPolicy,
            get facts() {
              searched += 1;
              return policies.decisionPolicy.facts;
            },
          };
        },
      } as PolicySource,
    });
    await post(queue, aBody({ channel: 'web-chat' }), { key: 'chat' });
    let status = 201;
    let before = 0;
    while (status === 201) {
      before = searched;
      ({ status } = await tell(queue, 'chat', message('x'.repeat(MESSAGE_LIMIT))));
    }
    expect([status, searched - before, before > 10]).toEqual([413, 0, true]);
  });
});

describe('what the intake refuses of an update', () => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store: 'memory', clock });
    await post(queue, aBody(), { key: 'call-1' });
  });
  afterEach(() => queue.stop());

  it.each<[string, unknown, string]>([
    ['no kind', { at }, 'kind'],
    ['a kind nobody knows', { kind: 'smell', at }, 'kind'],
    ['no time', { ...message('x'), at: undefined }, 'at'],
    ['no text', { kind: 'message', at }, 'text'],
    ['an empty text', message('  '), 'text'],
    ['a text too long', message('x'.repeat(MESSAGE_LIMIT + 1)), 'text'],
    ['NUL in the text', message('a\u0000b'), 'text'],
    ['a speaker nobody knows', message('x', { from: 'ghost' }), 'from'],
    ['a language that is none', message('x', { language: 'not a language' }), 'language'],
    ['a latitude beyond the pole', location({ latitude: 90.1 }), 'location.latitude'],
    ['a longitude beyond the line', location({ longitude: -180.1 }), 'location.longitude'],
    ['a radius below nothing', location({ radiusMetres: -1 }), 'location.radiusMetres'],
    ['a radius that takes in the world', location({ radiusMetres: 40_000_000 }), 'location.radiusMetres'],
    ['a method nobody knows', location({ method: 'dowsing' }), 'location.method'],
    ['a place too long', location({ place: 'x'.repeat(161) }), 'location.place'],
    ['no location', { kind: 'location', at }, 'location'],
    ['a state of no line', line('on fire'), 'state'],
    ['a list', [], 'body'],
  ])('C-17 names the field and never its value: %s', async (_, body, field) => {
    const refused = await tell(queue, 'call-1', body);
    expect(refused.status).toBe(422);
    expect(refused.body).toEqual({
      error: { field, problem: expect.any(String), whatToDo: expect.any(String) },
    });
    expect(JSON.stringify(refused.body)).not.toMatch(/smell|ghost|dowsing|on fire/);
    expect(await queue.service.head()).toBe(1);
  });

  it('C-17 knows no contact of another source, and none that was never handed over', async () => {
    await using two = await startTestQueue({ store: 'memory', clock, sources: { web: 'w'.repeat(20) } });
    await post(two, aBody(), { key: 'call-1' });
    expect((await tell(two, 'call-1', line('ended'), { intakeKey: 'w'.repeat(20) })).status).toBe(404);
    expect((await tell(two, 'call-1', line('ended'))).status).toBe(201);
    expect((await tell(two, 'call-2', line('ended'))).status).toBe(404);
  });

  it('C-17 asks who tells before it looks at anything, and answers only to POST', async () => {
    expect((await tell(queue, 'call-1', line('ended'), { intakeKey: 'wrong' })).status).toBe(401);
    expect((await tell(queue, 'call-1', line('ended'), { method: 'GET' })).status).toBe(405);
    const response = await fetch(`${queue.intakeUrl}/contacts/%E0%A4%A/updates`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${queue.intakeKey}`,
        'content-type': 'application/json',
        'idempotency-key': 'x',
      },
      body: JSON.stringify(line('ended')),
    });
    expect(response.status).toBe(404);
  });

  it('C-17 asks to come again when the database is away', async () => {
    let isAway = false;
    await using cut = await startTestQueue({
      store: 'memory',
      wrapStore: (store) => ({
        ...store,
        transact: (work) => (isAway ? Promise.reject(new StoreUnavailable('away')) : store.transact(work)),
      }),
    });
    await post(cut, aBody(), { key: 'call-1' });
    isAway = true;
    const away = await tell(cut, 'call-1', message('x'), { key: 'm' });
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
    isAway = false;
    expect((await tell(cut, 'call-1', message('x'), { key: 'm' })).status).toBe(201);
  });
});
