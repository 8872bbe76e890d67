// oxlint-disable-next-line no-restricted-imports -- because this is how the package names its entry for the draft of 2020
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { must } from '../../src/shared/lib/assert.ts';
import { aBody } from '../harness/arrivals.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

interface Described {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Answered>> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}
interface Answered {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** The description as the queue serves it, and a reader of its parts. */
async function describedBy(queue: TestQueue) {
  const served = await fetch(`${queue.intakeUrl}/openapi.yaml`);
  expect(served.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
  const description = parse(await served.text()) as Described;
  // What it says of the whole document is of no schema.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (to: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'intake', ...description });
  const fits = (pointer: string, value: unknown): true | string =>
    ajv.validate({ $ref: `intake#${pointer}` }, value) || ajv.errorsText();
  return { description, fits };
}

const pointerOf = (...steps: readonly string[]): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

describe('C-36 what the queue serves as the description of its intake', () => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store: 'memory' });
  });
  afterEach(() => queue.stop());

  const headers = (over: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    authorization: `Bearer ${queue.intakeKey}`,
    'content-type': 'application/json',
    'idempotency-key': 'one',
    ...over,
  });
  const update = (body: object, key: string, to = 'a%20chat') =>
    ({
      path: '/contacts/{key}/updates',
      at: `/contacts/${to}/updates`,
      body,
      headers: headers({ 'idempotency-key': key }),
    }) as const;
  const contact = (body: object, over: Readonly<Record<string, string>> = {}) =>
    ({ path: '/contacts', at: '/contacts', body, headers: headers(over) }) as const;
  const call = (body: object) =>
    ({ path: '/telephony/events', at: '/telephony/events', body, headers: headers() }) as const;
  const asked = (path: string, at: string, over: Readonly<Record<string, string>> = {}) =>
    ({ path, at, headers: headers(over) }) as const;

  const at = '2026-11-22T03:00:00+00:00';
  const chat = aBody({ channel: 'web-chat', browser: 'abcdefghijklmnop', form: null });
  const conversation = () => [
    { expected: 201, ...contact(chat, { 'idempotency-key': 'a chat' }) },
    { expected: 200, ...contact(chat, { 'idempotency-key': 'a chat' }) },
    { expected: 409, ...contact(aBody({ title: 'Another' }), { 'idempotency-key': 'a chat' }) },
    { expected: 401, ...contact(aBody(), { authorization: 'Bearer nobody-has-this-key' }) },
    { expected: 415, ...contact(aBody(), { 'content-type': 'text/plain' }) },
    { expected: 400, ...contact(aBody(), { 'idempotency-key': 'é' }) },
    { expected: 422, ...contact({ ...aBody(), title: undefined }, { 'idempotency-key': 'two' }) },
    { expected: 413, ...contact(aBody({ account: 'x'.repeat(70_000) }), { 'idempotency-key': 'three' }) },
    { expected: 201, ...update({ kind: 'message', at, text: 'Are you there?' }, 'm1') },
    { expected: 200, ...update({ kind: 'message', at, text: 'Are you there?' }, 'm1') },
    { expected: 202, ...update({ kind: 'typing' }, 't1') },
    {
      expected: 201,
      ...update(
        { kind: 'location', at, location: { method: 'device', latitude: 51.8, longitude: -0.2 } },
        'l1',
      ),
    },
    { expected: 404, ...update({ kind: 'message', at, text: 'Hello' }, 't2', 'nobody') },
    { expected: 422, ...update({ kind: 'shout' }, 's1') },
    { expected: 200, ...asked('/chats/{key}', '/chats/a%20chat?after=0') },
    { expected: 400, ...asked('/chats/{key}', '/chats/a%20chat?after=-1') },
    { expected: 404, ...asked('/chats/{key}', '/chats/none') },
    { expected: 200, ...asked('/status', '/status') },
    { expected: 401, ...asked('/status', '/status', { authorization: 'none' }) },
    { expected: 201, ...update({ kind: 'left', reason: 'quick-exit' }, 'x1') },
    { expected: 200, ...asked('/chats/{key}', '/chats/a%20chat?after=0') },
    { expected: 409, ...update({ kind: 'back' }, 'b1') },
    {
      expected: 201,
      ...call({ event: 'ring', callId: 'c1', n: 1, at, channel: '999-voice', line: 'mobile' }),
    },
    {
      expected: 200,
      ...call({ event: 'ring', callId: 'c1', n: 1, at, channel: '999-voice', line: 'mobile' }),
    },
    { expected: 201, ...call({ event: 'answer', callId: 'c1', n: 2, at }) },
    { expected: 409, ...call({ event: 'end', callId: 'c1', n: 2, at }) },
    { expected: 404, ...call({ event: 'end', callId: 'c2', n: 2, at }) },
    { expected: 200, ...call({ event: 'agent', extension: '4001', state: 'ready', at }) },
    { expected: 422, ...call({ event: 'sing', callId: 'c1', n: 3, at }) },
  ];

  it('describes every answer that a source is given, in what it says and in what it carries', async () => {
    const { description, fits } = await describedBy(queue);
    const seen = new Set<string>();
    for (const { expected, path, at: where, headers: with_, ...rest } of conversation()) {
      const method = 'body' in rest ? 'post' : 'get';
      const response = await fetch(`${queue.intakeUrl}${where}`, {
        method,
        headers: with_,
        ...('body' in rest ? { body: JSON.stringify(rest.body) } : {}),
      });
      const told = `${method} ${where} ${response.status}`;
      expect(response.status, told).toBe(expected);
      const full = `/intake${path}`;
      const described = description.paths[full]?.[method]?.responses[String(response.status)];
      expect(described, told).toBeDefined();
      for (const [name, { required }] of Object.entries(must(described, told).headers ?? {}))
        expect(required !== true || response.headers.has(name), `${told} ${name}`).toBe(true);
      const pointer = pointerOf(
        'paths',
        full,
        method,
        'responses',
        String(response.status),
        'content',
        'application/json',
        'schema',
      );
      expect(fits(pointer, await response.json()), told).toBe(true);
      seen.add(`${path} ${response.status}`);
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  it('takes what it describes, and describes what it takes', async () => {
    const { fits } = await describedBy(queue);
    const bodies = conversation().flatMap((each) => ('body' in each ? [each] : []));
    for (const { path, expected, body } of bodies) {
      const name =
        path === '/contacts' ? 'Contact' : path === '/telephony/events' ? 'TelephonyEvent' : 'Update';
      const told = JSON.stringify(body).slice(0, 200);
      // As it goes over the wire: what is undefined is not there.
      const fit = fits(pointerOf('components', 'schemas', name), JSON.parse(JSON.stringify(body)));
      expect(fit === true, `${told} ${String(fit)}`).toBe(expected !== 422);
    }
  });

  it('refuses another method than GET, and asks nobody for a key', async () => {
    const answer = await fetch(`${queue.intakeUrl}/openapi.yaml`, { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect((await fetch(`${queue.intakeUrl}/openapi.yaml`)).status).toBe(200);
  });
});
