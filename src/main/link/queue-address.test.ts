import { describe, expect, it } from 'vitest';
import { realms } from '../../shared/contract/realm.ts';
import { parseQueueAddress } from './queue-address.ts';

const notSecure = { ok: false, why: 'not-secure' };
const notAnAddress = { ok: false, why: 'not-an-address' };

describe('a queue’s address', () => {
  it.each([
    'ws://queue.example',
    'ws://10.0.0.7:8181/desk',
    'ws://127.0.0.1.example/desk',
    'ws://localhost.example/desk',
    'ws://128.0.0.1/desk',
    'ws://[::2]/desk',
    'ws://[::ffff:10.0.0.7]/desk',
    'WS://QUEUE.EXAMPLE/desk',
  ])('L-19: a live desk refuses %s, which goes beyond this machine in the clear', (address) => {
    expect(parseQueueAddress(address, 'live')).toEqual(notSecure);
  });

  it.each([
    ['wss://queue.example/desk', 'wss://queue.example/desk'],
    ['ws://127.0.0.1:8181/desk', 'ws://127.0.0.1:8181/desk'],
    ['ws://127.9.9.9/desk', 'ws://127.9.9.9/desk'],
    ['ws://localhost:8181', 'ws://localhost:8181/desk'],
    ['ws://[::1]:8181', 'ws://[::1]:8181/desk'],
    // The parser of addresses writes every way to say 127.0.0.1 as that.
    ['ws://2130706433:8181', 'ws://127.0.0.1:8181/desk'],
  ])('L-19: every desk may use %s', (address, url) => {
    expect(realms.map((realm) => parseQueueAddress(address, realm))).toEqual(
      realms.map(() => ({ ok: true, url })),
    );
  });

  it('L-19: a desk of the demo or of training may use a queue in its own network', () => {
    expect([
      parseQueueAddress('ws://10.0.0.7:8181/desk', 'demo'),
      parseQueueAddress('ws://10.0.0.7', 'training'),
    ]).toEqual([
      { ok: true, url: 'ws://10.0.0.7:8181/desk' },
      { ok: true, url: 'ws://10.0.0.7/desk' },
    ]);
  });

  it('L-19: without a path the desk’s endpoint is meant; a path of its own is kept, a fragment is not', () => {
    expect(
      ['wss://q.example', 'wss://q.example/', 'wss://q.example/a/desk?x=1', 'wss://q.example/desk#top'].map(
        (address) => parseQueueAddress(address, 'live'),
      ),
    ).toEqual(
      [
        'wss://q.example/desk',
        'wss://q.example/desk',
        'wss://q.example/a/desk?x=1',
        'wss://q.example/desk',
      ].map((url) => ({
        ok: true,
        url,
      })),
    );
  });

  it.each([
    '',
    'queue',
    'https://q.example/desk',
    'file:///etc/passwd',
    'wss://',
    'wss://user:word@q.example/desk',
    'wss://:word@q.example',
  ])('L-19: “%s” is not an address', (address) => {
    expect(realms.map((realm) => parseQueueAddress(address, realm))).toEqual(realms.map(() => notAnAddress));
  });
});
