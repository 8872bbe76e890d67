import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { later, HOUR, MINUTE } from '../../src/shared/domain/time.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { testStart } from '../harness/builders.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const clock = { now: () => testStart, monotonic: () => 0 };
const aText = (over: Readonly<Record<string, unknown>> = {}) => ({
  id: 'gw-1',
  from: '+447700900123',
  to: '+447700900999',
  text: 'He is outside again, my number is 07700 900123',
  sentAt: later(testStart, -MINUTE),
  ...over,
});

describe.each(['memory', 'postgres'] as const)('texts from a gateway, with the %s store', (store) => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store, clock });
  });
  afterEach(() => queue.stop());

  const hand = async (body: unknown, key = queue.intakeKey) => {
    const response = await fetch(`${queue.intakeUrl}/texts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const contacts = () => queue.service.openContacts();

  it('MX-14: a text is one contact, however often it is told, with no number in its row', async () => {
    const first = await hand(aText());
    const again = await hand(aText());
    expect([first.status, again.status, again.body['id']]).toEqual([201, 200, first.body['id']]);
    const all = await contacts();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      channel: 'text',
      title: 'He is outside again, my number is …',
      account: 'He is outside again, my number is 07700 900123',
      caller: { number: '+447700900123' },
      receivedAt: later(testStart, -MINUTE),
    });
  });

  it('MX-14: another text under the same id, one from long ago, and one without the key are refused', async () => {
    await hand(aText());
    expect((await hand(aText({ text: 'something else' }))).status).toBe(409);
    const old = await hand(aText({ id: 'gw-2', sentAt: later(testStart, -8 * 24 * HOUR) }));
    expect([old.status, old.body['error']]).toMatchObject([422, { field: 'sentAt' }]);
    expect((await hand(aText({ id: 'gw-3' }), 'not a key of this queue')).status).toBe(401);
    expect(await contacts()).toHaveLength(1);
  });

  it('MX-13: a text with our reference in it is words on that contact, once', async () => {
    const { ref } = (await post(queue, aBody())).body as { readonly ref: string };
    const said = aText({ text: `${ref.toLowerCase().replaceAll('-', ' ')} they are back` });
    const [first, again] = [await hand(said), await hand(said)];
    expect([first.status, again.status, first.body['ref']]).toEqual([201, 200, ref]);
    const [contact] = await contacts();
    expect(contact?.messages).toMatchObject([
      { from: 'public', text: `Text from +447700900123:\n${said.text}` },
    ]);
    expect(await contacts()).toHaveLength(1);
  });

  it('MX-13: words by a reference never fill a contact up: what is more is a contact of its own, and the person of a chat goes on', async () => {
    const chat = await post(queue, aBody({ channel: 'web-chat' }), { key: 'chat-1' });
    const { ref } = chat.body as { readonly ref: string };
    const refs: unknown[] = [];
    for (let n = 0; n < 12; n += 1) {
      const told = await hand(aText({ id: `flood-${n}`, text: `${ref} ${'x'.repeat(15_900)}` }));
      refs.push(told.body['ref'] === ref);
    }
    expect([refs.indexOf(false), refs.lastIndexOf(true)]).toEqual([8, 7]);
    const line = await fetch(`${queue.intakeUrl}/contacts/chat-1/updates`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${queue.intakeKey}`,
        'content-type': 'application/json',
        'idempotency-key': 'line-1',
      },
      body: JSON.stringify({ kind: 'message', at: testStart, text: 'z'.repeat(15_900) }),
    });
    expect(line.status).toBe(201);
  });

  it('MX-13: by a reference nothing but words is told, and of none that there is not', async () => {
    const { ref } = (await post(queue, aBody())).body as { readonly ref: string };
    const tell = async (of: string, body: object) => {
      const response = await fetch(`${queue.intakeUrl}/references/${of}/messages`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${queue.intakeKey}`,
          'content-type': 'application/json',
          'idempotency-key': 'k',
        },
        body: JSON.stringify(body),
      });
      return response.status;
    };
    const at = later(testStart, -MINUTE);
    expect(await tell(ref, { kind: 'line', at, state: 'ended' })).toBe(422);
    expect(await tell('CON-20200101-000001', { kind: 'message', at, text: 'hello' })).toBe(404);
    expect(await tell(ref, { kind: 'message', at, text: 'hello' })).toBe(201);
  });
});
