import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PATIENT_MS } from '../../src/public/http/admission.ts';
import { FORM_LIMIT } from '../../src/public/http/exchange.ts';
import { SESSION_IDLE_MS } from '../../src/public/http/sessions.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { fillCollision, startTestPages, Visitor, type TestPages } from '../harness/public-pages.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';
import { TestClock } from '../harness/test-clock.ts';

let clock: TestClock;
let queue: TestQueue;
let pages: TestPages;

beforeEach(async () => {
  clock = new TestClock();
  queue = await startTestQueue({ store: 'memory' });
  pages = await startTestPages({
    queue: { address: `http://127.0.0.1:${queue.port}`, key: queue.intakeKey },
    clock,
    limits: { sending: { atOnce: 2, perSecond: 0.001 }, slow: { ofAddress: 8, silent: 20 } },
  });
});
afterEach(async () => {
  await pages[Symbol.asyncDispose]();
  await queue.stop();
});

async function contactsOf(channel: Contact['channel']): Promise<readonly Contact[]> {
  const { contacts } = await queue.service.snapshot();
  return contacts.filter((contact) => contact.channel === channel);
}

async function health(): Promise<Record<string, unknown>> {
  return (await (await fetch(`${pages.origin}/health`)).json()) as Record<string, unknown>;
}

async function beginChat(visitor: Visitor, safe = 'yes'): Promise<number> {
  await visitor.open('/chat');
  return (await visitor.send('/begin', { safe, name: '', language: '' })).status;
}

/** Chats that a program begins, each as if from a new browser. */
async function flood(count: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push(await beginChat(new Visitor(pages.origin)));
  return statuses;
}

describe('a flood from the address of a refuge, a school or a telephone network', () => {
  it('WP-60, WP-61: a flood of chats is held up; somebody behind the same address waits once, loses nothing, and is in', async () => {
    expect(await flood(6)).toEqual([200, 200, 429, 429, 429, 429]);
    const person = new Visitor(pages.origin);
    await person.open('/chat');
    await person.send('/begin', { safe: 'yes', name: 'Mina', language: '' });
    expect(person.page.status).toBe(429);
    for (const said of ['999', '101', '18000', '15 seconds']) expect(person.page.text).toContain(said);
    await flood(3);
    clock.advance(PATIENT_MS);
    await flood(3);
    // The same press again, from the page that told them to wait.
    await person.send('/begin', {});
    expect(person.page.path).toBe('/chat/now');
    await person.send('/lines', { text: 'I want a person' });
    await person.send('/lines', { text: 'somebody follows my daughter home' });
    const of = await contactsOf('web-chat');
    expect(of.map(({ title }) => title)).toEqual(['One of 3 from one network within minutes: Web chat']);
    expect(of[0]?.caller.name).toBe('Mina');
    expect((await health())['floods']).toMatchObject({ marked: 1, waited: 11 });
  });

  it('WP-61: a form that was used once is no sign of a person a second time', async () => {
    await flood(2);
    const tool = new Visitor(pages.origin);
    await tool.open('/chat');
    const { action, body } = tool.form('/begin', { safe: 'yes', name: '', language: '' });
    clock.advance(PATIENT_MS);
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      // Without the cookie of the chat that it began.
      tool.cookie = '';
      statuses.push((await tool.post(action, body)).status);
    }
    expect(statuses).toEqual([200, 429, 429, 429]);
  });

  it('WP-61, WP-64: a report that took as long as a person takes is taken, and its row says what it came with', async () => {
    await flood(5);
    const person = new Visitor(pages.origin);
    await fillCollision(person);
    await person.send('/send');
    expect(person.page.status).toBe(429);
    clock.advance(PATIENT_MS);
    await person.send('/send');
    expect(person.page.path).toBe('/report/collision/sent');
    const [report, ...more] = await contactsOf('online-report');
    expect(more).toEqual([]);
    expect(report?.title).toBe(
      'One of 3 from one network within minutes: Collision: the other driver did not stop',
    );
  });

  it('WP-12, WP-60: the second of two presses is let in with the first', async () => {
    await flood(1);
    const person = new Visitor(pages.origin);
    await fillCollision(person);
    const { action, body } = person.form('/send');
    const both = await Promise.all([person.post(action, body), person.post(action, body)]);
    expect(both.map(({ path }) => path)).toEqual(['/report/collision/sent', '/report/collision/sent']);
    expect((await health())['floods']).toMatchObject({ waited: 0 });
  });

  it('WP-62: who says that they are not safe, and a report with a risk word in it, never wait', async () => {
    await flood(5);
    const unsafe = new Visitor(pages.origin);
    await unsafe.open('/chat');
    await unsafe.send('/begin', { safe: 'no', name: '', language: '' });
    await unsafe.send('/begin');
    expect(unsafe.page.path).toBe('/chat/now');
    const afraid = new Visitor(pages.origin);
    await fillCollision(afraid, { story: 'He has a knife and says he will kill me.' });
    await afraid.send('/send');
    expect(afraid.page.path).toBe('/report/collision/sent');
    expect((await health())['floods']).toMatchObject({ forRisk: 2 });
  });

  it('WP-02, WP-62: a chat page that was open before a report was begun, or after its visit was forgotten, still begins a chat', async () => {
    const person = new Visitor(pages.origin);
    await person.open('/chat');
    const before = person.form('/begin', { safe: 'told', name: '', language: '' });
    // In another tab of the same browser.
    await fillCollision(person);
    expect((await person.post(before.action, before.body)).path).toBe('/chat/now');
    // What belongs to the visit still asks for its own token.
    const form = new URLSearchParams({ token: before.body.get('token') ?? '' });
    expect((await person.post('/report/collision/send', form)).status).toBe(403);
    const other = new Visitor(pages.origin);
    await fillCollision(other);
    await other.open('/chat');
    const late = other.form('/begin', { safe: 'told', name: '', language: '' });
    clock.advance(2 * SESSION_IDLE_MS);
    expect((await other.post(late.action, late.body)).path).toBe('/chat/now');
  });

  it('WP-63: the same report again and again says so in its row, and does not become a person by waiting', async () => {
    const again = async (): Promise<number> => {
      const tool = new Visitor(pages.origin);
      await fillCollision(tool, { story: 'Cheap watches at example.org' });
      clock.advance(PATIENT_MS);
      return (await tool.send('/send')).status;
    };
    expect([await again(), await again(), await again(), await again(), await again()]).toEqual([
      200, 200, 200, 429, 429,
    ]);
    const person = new Visitor(pages.origin);
    await fillCollision(person);
    clock.advance(PATIENT_MS);
    await person.send('/send');
    expect(person.page.path).toBe('/report/collision/sent');
  });

  it('WP-62: lines of a chat wait where they come by the hundred, one with a risk word does not', async () => {
    const person = new Visitor(pages.origin);
    await beginChat(person);
    const { action, body } = person.form('/lines', { text: 'x' });
    // What was taken leads to the chat's page, which may be held up in its turn.
    const isTaken = async (n: number, text: string): Promise<boolean> => {
      body.set('id', `line-number-${n}`);
      body.set('text', text);
      return (await person.post(action, body)).path.startsWith('/chat/now');
    };
    let n = 0;
    while (await isTaken(n, 'again and again')) expect((n += 1)).toBeLessThan(200);
    expect(await isTaken(n, 'again and again')).toBe(false);
    expect(await isTaken(n, 'he is going to kill me')).toBe(true);
  });
});

describe('who sends too much, or too slowly', () => {
  const header = (length: number): string =>
    `POST /chat/begin HTTP/1.1\r\nHost: here\r\nOrigin: ${pages.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`;
  const open: Socket[] = [];
  async function slow(words: string): Promise<Socket> {
    const socket = connect(pages.pages.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    open.push(socket);
    await once(socket, 'connect');
    socket.write(words);
    return socket;
  }
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
  });

  it('WP-66: bodies that never end, and connections that never ask, make room for others; somebody behind the same address is not held up', async () => {
    for (let n = 0; n < 40; n += 1) await slow(`${header(1_000)}safe=`);
    for (let n = 0; n < 60; n += 1) await slow('');
    const person = new Visitor(pages.origin);
    await fillCollision(person);
    await person.send('/send');
    expect(person.page.path).toBe('/report/collision/sent');
    expect(await beginChat(new Visitor(pages.origin))).toBe(200);
    const { dropped } = (await health())['floods'] as { readonly dropped: number };
    expect(dropped).toBeGreaterThanOrEqual(40 - 8);
  });

  it('WP-66: a body that is larger than any form is not read, and its sender is told the other ways', async () => {
    const person = new Visitor(pages.origin);
    await person.open('/chat');
    const { action, body } = person.form('/begin');
    body.set('name', 'x'.repeat(FORM_LIMIT));
    const seen = await person.post(action, body);
    expect(seen.status).toBe(413);
    expect(seen.text).toContain('101');
  });
});

describe('a source that floods the intake', () => {
  it('C-38: leaves room for other sources, an emergency by its own door is taken, and the watchers are told', async () => {
    let mayEnd = (): void => undefined;
    const held = new Promise<void>((resolve) => (mayEnd = resolve));
    await using full = await startTestQueue({
      store: 'memory',
      wrapStore: (store) => ({
        ...store,
        async transact(work, lane) {
          if (lane === 'other-sources') await held;
          return store.transact(work, lane);
        },
      }),
    });
    const flooding = Array.from({ length: 60 }, (_, n) =>
      post(full, aBody({ channel: 'online-report', title: `Report ${n}` })),
    );
    const emergency = await post(full, aBody({ channel: '999-voice', title: 'A man fell' }));
    expect(emergency.status).toBe(201);
    mayEnd();
    const statuses = (await Promise.all(flooding)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBe(60 - 48);
    const told = (await (await fetch(full.healthUrl)).json()) as { readonly turnedAway: unknown };
    expect(told.turnedAway).toEqual({ telephony: 12 });
  });
});
