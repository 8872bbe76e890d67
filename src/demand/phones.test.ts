import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Parcel } from './parcel.ts';
import { createPhones, type Phones } from './phones.ts';
import { randomOf } from './random.ts';

describe('D-08, TE-08: the telephones of the desks', () => {
  let told: { readonly path: Parcel['to']['kind']; readonly body: unknown }[];
  let replies: Answer[];
  let clock: number;
  let stop: AbortController;
  let phones: Phones;
  const received: Answer = { kind: 'received', ref: '' };
  const later: Answer = { kind: 'later', why: '503', afterMs: 0 };

  beforeEach(() => {
    [told, replies, clock, stop] = [[], [], 1_000, new AbortController()];
    phones = createPhones({
      send: ({ to, body }) => {
        told.push({ path: to.kind, body: JSON.parse(body) });
        return Promise.resolve(replies.shift() ?? received);
      },
      now: () => (clock += 1),
      pause: () => Promise.resolve(),
      random: randomOf(1, 'phones'),
      stop: stop.signal,
    });
  });
  const states = () => told.map(({ body }) => (body as { state: string }).state);

  it('are talking when a desk has claimed a call, and free or in wrap-up after it', async () => {
    for (const act of ['answer', 'end', 'answer', 'release'] as const) {
      phones.did({ act, extension: 'desk-3' });
      await phones.idle();
    }
    expect(told[0]).toEqual({
      path: 'call',
      body: { event: 'agent', extension: 'desk-3', state: 'talking', at: 1_001 },
    });
    expect(states()).toEqual(['talking', 'wrap-up', 'talking', 'ready']);
  });

  it('follow what the person at the desk is doing, and nobody is rung who is not there', async () => {
    for (const state of [
      'available',
      'busy',
      'wrap-up',
      'break',
      'away',
      'training',
      'signed-off',
    ] as const) {
      phones.works({ extension: '4711', state });
      await phones.idle();
    }
    const notReady = 'not-ready';
    expect(states()).toEqual(['ready', notReady, 'wrap-up', notReady, notReady, notReady, 'logged-off']);
  });

  it('tell it until the queue has it, and then the newest alone', async () => {
    replies = [later, later];
    phones.did({ act: 'answer', extension: 'desk-3' });
    phones.did({ act: 'end', extension: 'desk-3' });
    phones.works({ extension: 'desk-3', state: 'available' });
    await phones.idle();
    expect(states()).toEqual(['talking', 'ready', 'ready']);
  });

  it('say nothing more when the program is to end', async () => {
    replies = [later];
    phones.did({ act: 'answer', extension: 'desk-3' });
    stop.abort();
    await phones.idle();
    expect(told).toHaveLength(1);
  });
});
