import { randomUUID } from 'node:crypto';
import type { Arrival } from '../../src/shared/domain/arrival.ts';
import type { LoggedContact } from '../../src/shared/domain/command.ts';
import { testStart } from './builders.ts';

/** What a source tells of a contact, as the intake has parsed it: by default a 101 call. */
export function anArrival(over: Partial<Arrival> = {}): Arrival {
  return {
    channel: '101-voice',
    receivedAt: null,
    title: 'Noise from the flat above',
    place: 'Fretherne Road, Welwyn Garden City',
    language: null,
    caller: { name: 'Robin Marsh', number: '01632 960001', address: null },
    account: 'They have been at it since ten.',
    flags: { vulnerable: false, repeat: false, lookFirst: false },
    channelState: null,
    location: null,
    call: null,
    ...over,
  };
}

/** What a handler writes down of a contact: by default a call to the front office, typed as it came. */
export function aLog(over: Partial<LoggedContact> = {}): LoggedContact {
  return {
    channel: 'front-counter',
    receivedAt: testStart,
    title: 'Bicycle gone from the station',
    place: 'Bridge Road, Stevenage',
    language: null,
    caller: { name: 'Robin Marsh', number: null, address: null },
    account: 'It stood there this morning.',
    flags: { vulnerable: false, repeat: false, lookFirst: false },
    paperLog: null,
    provisionalRef: '',
    ...over,
  };
}

/** An arrival as JSON on the wire. */
export function aBody(over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    channel: '101-voice',
    title: 'Noise from the flat above',
    place: 'Fretherne Road, Welwyn Garden City',
    caller: { name: 'Robin Marsh', number: '01632 960001', address: null },
    account: 'They have been at it since ten.',
    ...over,
  };
}

/** Hands a body to a queue's intake, as a source does. */
export async function post(
  queue: { readonly intakeUrl: string; readonly intakeKey: string },
  body: unknown,
  over: {
    readonly key?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly raw?: string | Uint8Array<ArrayBuffer>;
  } = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: unknown }> {
  const response = await fetch(`${queue.intakeUrl}/contacts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${queue.intakeKey}`,
      'content-type': 'application/json',
      'idempotency-key': over.key ?? randomUUID(),
      ...over.headers,
    },
    body: over.raw ?? JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
