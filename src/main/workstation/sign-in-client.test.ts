import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anActor, aPerson, testStart } from '../../../tests/harness/builders.ts';
import { later } from '../../shared/domain/time.ts';
import { scryptHasher } from './pin-hash.ts';
import { httpSignIn, signInUrl } from './sign-in-client.ts';

const asked = { desk: anActor().desk, realm: 'demo', handler: anActor().handler, pin: '2580' } as const;
const signedIn = { token: 't'.repeat(40), person: aPerson(), until: later(testStart, 1_000) };

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;

beforeEach(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => answer(request, response, body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const url = () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/desk`;
const replying = (status: number, body: unknown) => (_request: unknown, response: ServerResponse) =>
  void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

describe('signing in over HTTP', () => {
  it.each([
    ['ws://10.0.0.7:8181/desk', 'http://10.0.0.7:8181/sign-in'],
    ['wss://queue.example/desk?x=1', 'https://queue.example/sign-in'],
  ])('A-02: the queue of %s is signed in at %s', (address, where) => {
    expect(signInUrl(address, '/sign-in').href).toBe(where);
  });

  it('A-02: asks at the queue’s own address and reads who it is', async () => {
    const got: unknown[] = [];
    answer = (request, response, body) => {
      got.push([request.method, request.url, request.headers['content-type'], JSON.parse(body)]);
      replying(200, signedIn)(request, response);
    };
    expect([await httpSignIn(url()).signIn(asked), got]).toEqual([
      { kind: 'signed-in', signedIn },
      [['POST', '/sign-in', 'application/json', asked]],
    ]);
  });

  it.each<[string, number, unknown, unknown]>([
    [
      'a refusal',
      401,
      { error: { code: 'wrong', attemptsLeft: 2 }, sentence: 'No.' },
      { kind: 'refused', refusal: { code: 'wrong', attemptsLeft: 2 } },
    ],
    ['a page of something else', 200, '<html>', { kind: 'unreachable' }],
    ['half an answer', 200, { token: 'short' }, { kind: 'unreachable' }],
    ['a queue without its store', 503, { sentence: 'Later.' }, { kind: 'unreachable' }],
    ['an answer without end', 200, 'x'.repeat(100_000), { kind: 'unreachable' }],
  ])('A-01: %s is taken for what it is', async (_what, status, body, reply) => {
    answer = replying(status, body);
    expect(await httpSignIn(url()).signIn(asked)).toEqual(reply);
  });

  it('A-06: nobody there is no error', async () => {
    const address = url();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const client = httpSignIn(address);
    expect([await client.signIn(asked), await client.answers(), await client.signOff('token')]).toEqual([
      { kind: 'unreachable' },
      false,
      undefined,
    ]);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  it('A-06: a queue that takes the question and never answers holds a desk up for five seconds, and no longer', async () => {
    answer = () => undefined;
    const begun = performance.now();
    expect(await httpSignIn(url()).signIn(asked)).toEqual({ kind: 'unreachable' });
    expect(performance.now() - begun).toBeLessThan(6_000);
  }, 10_000);

  it('W-15: whatever the queue says, it is there', async () => {
    answer = replying(405, { error: { code: 'bad-request' } });
    expect(await httpSignIn(url()).answers()).toBe(true);
  });

  it('A-07: a token is ended with itself as proof', async () => {
    const got: unknown[] = [];
    answer = (request, response) => {
      got.push([request.method, request.url, request.headers.authorization]);
      response.writeHead(204).end();
    };
    await httpSignIn(url()).signOff('abc');
    expect(got).toEqual([['POST', '/sign-off', 'Bearer abc']]);
  });
});

describe('hashes of PINs', () => {
  it('A-06: only the PIN fits its hash; the same PIN has another hash each time, which does not contain it', async () => {
    const [one, two] = [await scryptHasher.hash('258025'), await scryptHasher.hash('258025')];
    expect([
      await scryptHasher.isRight('258025', one),
      await scryptHasher.isRight('258026', one),
      one.hash === two.hash,
      JSON.stringify(one).includes('258025'),
      one.cost >= 2 ** 15,
    ]).toEqual([true, false, false, false, true]);
  });
});
