import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { promised } from '../../src/public/promised.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { startTestPages, Visitor, type TestPages } from '../harness/public-pages.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

let queue: TestQueue;
let pages: TestPages;

beforeEach(async () => {
  queue = await startTestQueue({ store: 'memory' });
  pages = await startTestPages({
    queue: { address: `http://127.0.0.1:${queue.port}`, key: queue.intakeKey },
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await pages[Symbol.asyncDispose]();
  await queue.stop();
});

async function chats(): Promise<readonly Contact[]> {
  return (await queue.service.snapshot()).contacts.filter(({ channel }) => channel === 'web-chat');
}
const ends = async (): Promise<readonly unknown[]> => (await chats()).map(({ chat }) => chat?.end?.reason);

/** Somebody who is not safe at the page before the chat, and what their browser would send from there. */
async function atTheForm(): Promise<{ readonly body: URLSearchParams; readonly token: string }> {
  const person = new Visitor(pages.origin);
  await person.open('/chat');
  const { body } = person.form('/begin', { safe: 'told', name: '', language: '' });
  return { body, token: body.get('token') ?? '' };
}
/** The red button, in a browser that has no cookie of ours: the answer that would have brought it was never read. */
const press = (token: string) =>
  new Visitor(pages.origin).post('/leave', new URLSearchParams(token === '' ? {} : { token }));

describe('leaving in a hurry while a chat is only beginning', () => {
  it('WP-51: the control room has a quick exit and no lost connection, though the browser was never told of its visit', async () => {
    const { body, token } = await atTheForm();
    const { kept, rooms } = pages.pages.place;
    const keep = kept.keep.bind(kept);
    const disk = promised();
    vi.spyOn(kept, 'keep').mockImplementation((...what) => disk.promise.then(() => keep(...what)));
    const begun = new Visitor(pages.origin).post('/chat/begin', body);
    await vi.waitUntil(() => rooms.size === 1);
    await press('');
    expect(rooms.size).toBe(1);
    const left = press(token);
    await vi.waitUntil(() => rooms.size === 0);
    disk.resolve();
    expect((await left).status).toBe(204);
    await begun;
    await expect.poll(ends).toEqual(['quick-exit']);
  });

  it('WP-51: so it is where the leaving comes before the form that was sent first', async () => {
    const { body, token } = await atTheForm();
    expect((await press(token)).status).toBe(204);
    await new Visitor(pages.origin).post('/chat/begin', body);
    await expect.poll(ends).toEqual(['quick-exit']);
    expect((await chats())[0]?.chat?.exit?.checked).toBe(null);
  });

  it('WP-04: of a leaving nothing is remembered that somebody has made up', async () => {
    const { token } = await atTheForm();
    const told = vi.spyOn(pages.pages.place.rooms, 'leaveByForm');
    const [given = ''] = token.split(/\.(?=[^.]+$)/);
    for (const made of ['x'.repeat(100_000), `${given}.${'A'.repeat(43)}`])
      expect((await press(made)).status).toBe(204);
    await press(token);
    expect(told.mock.calls).toEqual([[''], [''], [token]]);
  });

  it('WP-04: a leaving is never held up by what it brings', async () => {
    const tooMuch = new URLSearchParams({ token: 'x'.repeat(300_000) });
    expect((await new Visitor(pages.origin).post('/leave', tooMuch)).status).toBe(204);
    const noForm = await fetch(`${pages.origin}/leave`, {
      method: 'POST',
      body: '{',
      headers: { origin: pages.origin, 'content-type': 'text/plain' },
    });
    expect(noForm.status).toBe(204);
  });
});
