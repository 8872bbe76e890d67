import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { fillCollision, startTestPages, Visitor, type TestPages } from '../harness/public-pages.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const addressOf = (queue: TestQueue): { address: string; key: string } => ({
  address: `http://127.0.0.1:${queue.port}`,
  key: queue.intakeKey,
});

/** Everything that has arrived at a queue, as a new desk is told. */
async function contactsOf(queue: TestQueue): Promise<readonly Contact[]> {
  const { contacts } = await queue.service.snapshot();
  return contacts;
}

const codeOn = (text: string): string => /WR-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? '';

describe('an online report, from a browser without script to a real queue', () => {
  let queue: TestQueue;
  let pages: TestPages;
  let visitor: Visitor;
  beforeEach(async () => {
    queue = await startTestQueue({ store: 'memory' });
    pages = await startTestPages({ queue: addressOf(queue) });
    visitor = new Visitor(pages.origin);
  });
  afterEach(async () => {
    await pages[Symbol.asyncDispose]();
    await queue.stop();
  });

  it('WP-21 (E11): a damage-only collision is a contact with what the person wrote, and a receipt code at once', async () => {
    await fillCollision(visitor);
    expect(visitor.page.text).toContain('Somebody drove into the back of it');
    await visitor.send('/send');
    expect(visitor.page.path).toBe('/report/collision/sent');
    const [contact, ...more] = await contactsOf(queue);
    expect(more).toEqual([]);
    expect(contact).toMatchObject({
      channel: 'online-report',
      title: 'Collision: the other driver did not stop',
      place: 'Borehamwood',
      caller: { name: 'Yusuf Karadag', number: null },
      flags: { lookFirst: false },
    });
    expect(contact?.account).toContain('In their words: It was parked.');
    expect(contact?.account).toContain(codeOn(visitor.page.text));
    expect(visitor.page.text).toContain(contact?.ref);
  });

  it('WP-12: two presses at once, a third, a lost answer and a reload make one report with one code', async () => {
    await fillCollision(visitor);
    const { action, body } = visitor.form('/send');
    const lost = new AbortController();
    const gone = fetch(new URL(action, pages.origin), {
      method: 'POST',
      body,
      signal: lost.signal,
      headers: { origin: pages.origin, cookie: visitor.cookie },
    }).catch(() => 'lost');
    const both = await Promise.all([visitor.post(action, body), visitor.post(action, body)]);
    lost.abort();
    await gone;
    const third = await visitor.post(action, body);
    const reloaded = await visitor.open('/report/collision/sent');
    const codes = [...both, third, reloaded].map(({ text }) => codeOn(text));
    expect(new Set(codes).size).toBe(1);
    expect(codes[0]).toMatch(/^WR-/);
    expect((await contactsOf(queue)).length).toBe(1);
  });

  it('WP-13: with the queue away the page says so, and the report comes there once it is back, also when these pages were restarted meanwhile', async () => {
    const { port } = queue;
    await fillCollision(visitor);
    const { action, body } = visitor.form('/send');
    await queue.stop();
    await visitor.post(action, body);
    expect(visitor.page.text).toContain('has not reached the control room yet');
    expect(visitor.page.text).not.toContain('The control room received it');
    const code = codeOn(visitor.page.text);
    // The program ends and begins again on what it has kept.
    const { dataDir } = pages;
    const { port: own } = pages.pages.server;
    await pages.pages[Symbol.asyncDispose]();
    queue = await startTestQueue({ store: 'memory', port });
    await using again = await startTestPages({ queue: addressOf(queue), dataDir, port: own });
    await expect.poll(async () => (await contactsOf(queue)).length, { timeout: 15_000 }).toBe(1);
    // Whoever presses "send" on the old page again gets the same code, and no second report.
    const same = new Visitor(again.origin);
    await same.post(action, body);
    expect(codeOn(same.page.text)).toBe(code);
    await expect.poll(async () => codeOn((await same.open('/report/collision/sent')).text)).toBe(code);
    expect((await contactsOf(queue)).length).toBe(1);
  });

  it('WP-24: an answer that shows danger leads to 999 first, and the report that is sent all the same is to be looked at first', async () => {
    await visitor.open('/report/domestic-abuse');
    await visitor.send('/begin');
    await visitor.send('/ask/danger-now', { 'danger-now': 'unsafe' });
    expect(visitor.page.path).toBe('/report/domestic-abuse/danger');
    expect(visitor.page.text).toContain('press 55');
    await visitor.open('/report/domestic-abuse/ask/for-whom');
    const rest: readonly (readonly [string, Record<string, string>])[] = [
      ['for-whom', { 'for-whom': 'me' }],
      ['story', { story: 'He takes my phone.' }],
      ['what', {}],
      ['who', { who: 'partner' }],
      ['lives', { lives: 'yes' }],
      ['children', { children: 'no' }],
      ['weapons', { weapons: 'no' }],
      ['order', { order: 'no' }],
      ['who-name', {}],
      ['where', { 'where.street': 'Larkmere Close', 'where.town': 'Stevenage' }],
      ['your-name', { 'your-name.name': 'Leah' }],
      ['safe-way', { 'safe-way': 'text' }],
      ['safe-number', { 'safe-number.phone': '07700 900114' }],
      ['safe-times', { 'safe-times': 'weekdays 10 to 2' }],
      ['safe-signs', { 'safe-signs': 'not-police' }],
      ['code-word', { 'code-word': 'harvest' }],
      ['needs', {}],
    ];
    for (const [question, fields] of rest) await visitor.send(`/ask/${question}`, fields);
    await visitor.send('/send');
    const [contact] = await contactsOf(queue);
    expect(contact).toMatchObject({
      title: 'Domestic abuse',
      flags: { lookFirst: true },
      caller: { number: null },
    });
    for (const said of ['Safe times: weekdays 10 to 2', 'Code word: harvest', '07700 900114'])
      expect(contact?.account).toContain(said);
  });

  it('WP-01: hostile text stands as text, on the page and at the queue', async () => {
    const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>\u202Egnihton\u0000 h\u0335\u0335\u0335\u0335\u0335\u0335`;
    await fillCollision(visitor, { story: hostile });
    expect(visitor.page.text).not.toMatch(/<script>alert|<img/);
    expect(visitor.page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    await visitor.send('/send');
    const [contact] = await contactsOf(queue);
    expect(contact?.account).toContain(
      '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>\u{FFFD}gnihton\u{FFFD}',
    );
  });

  it('WP-21: Back and Change keep what was answered, a page ahead of its turn is not shown, and what is missing is said beside its field', async () => {
    await visitor.open('/report/crime/ask/story');
    expect(visitor.page.path).toBe('/report/crime?over=1');
    await visitor.open('/report/crime');
    await visitor.send('/begin');
    await visitor.open('/report/crime/ask/about-you');
    expect(visitor.page.path).toBe('/report/crime/ask/danger-now');
    await visitor.send('/ask/danger-now', {});
    expect(visitor.page.text).toContain('Error: Is anybody in danger');
    expect(visitor.page.text).toContain('href="#danger-now"');
    await visitor.send('/ask/danger-now', { 'danger-now': 'no' });
    expect((await visitor.open('/report/crime/ask/danger-now')).text).toMatch(/value="no"\s+checked/);
    await visitor.open('/report/crime/check');
    expect(visitor.page.path).toBe('/report/crime/ask/what');
  });
});

describe('what the pages let in and give out', () => {
  let queue: TestQueue;
  let pages: TestPages;
  let visitor: Visitor;
  beforeEach(async () => {
    queue = await startTestQueue({ store: 'memory' });
    pages = await startTestPages({
      queue: addressOf(queue),
      limits: { sending: { atOnce: 1, perSecond: 1 } },
    });
    visitor = new Visitor(pages.origin);
  });
  afterEach(async () => {
    await pages[Symbol.asyncDispose]();
    await queue.stop();
  });

  it('WP-02: a form from another place, without its token, or with somebody else’s is not taken', async () => {
    await fillCollision(visitor);
    const { action, body } = visitor.form('/send');
    const other = new Visitor(pages.origin);
    await other.open('/report/crime');
    await other.send('/begin');
    const stolen = new URLSearchParams(body);
    stolen.set('token', other.form('/ask/danger-now').body.get('token') ?? '');
    const without = new URLSearchParams(body);
    without.delete('token');
    for (const [sent, headers] of [
      [body, { origin: 'https://evil.example' }],
      [body, { origin: 'null' }],
      [body, { 'sec-fetch-site': 'cross-site' }],
      [stolen, {}],
      [without, {}],
    ] as const)
      expect((await visitor.post(action, sent, headers)).status).toBe(403);
    expect(await contactsOf(queue)).toEqual([]);
    expect((await visitor.post('/', body)).status).toBe(404);
  });

  it('WP-04: whoever sends too much is told 999, 101 and relay, loses nothing of it, and may go on after a moment', async () => {
    const first = new Visitor(pages.origin);
    await fillCollision(first);
    await first.send('/send');
    await fillCollision(visitor);
    await visitor.send('/send');
    expect(visitor.page.status).toBe(429);
    expect(Number(visitor.page.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const said of ['999', '101', '18000']) expect(visitor.page.text).toContain(said);
    // The page says in how many seconds; asked again a little too soon it says so again.
    await expect
      .poll(
        async () => {
          const { action, body } = visitor.form('/send');
          return (await visitor.post(action, body)).path;
        },
        { interval: 250 },
      )
      .toBe('/report/collision/sent');
    expect((await contactsOf(queue)).length).toBe(2);
  });

  it('WP-04: more than a form can hold is refused with a page that can be read', async () => {
    await fillCollision(visitor);
    const { body } = visitor.form('/send');
    body.set('story', 'x'.repeat(200_000));
    expect((await visitor.post('/report/collision/ask/story', body)).status).toBe(413);
  });

  it('WP-02: every answer forbids scripts that are not ours, frames and keeping; no page holds a script or style of its own', async () => {
    for (const path of [
      '/',
      '/report',
      '/report/hate',
      '/chat',
      '/emergency',
      '/routes',
      '/leaving',
      '/privacy',
      '/for-the-police',
      '/for-the-police/noise/no',
      '/nowhere',
    ]) {
      const { headers, text } = await visitor.open(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('cache-control'), path).toBe('no-store');
      expect(text, path).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/);
      expect(text, path).toMatch(/<html lang="en-GB">/);
      expect(
        [...text.matchAll(/<script[^>]*src="([^"]*)"/g)].every(([, src = '']) => src.startsWith('/assets/')),
      ).toBe(true);
      expect(text, path).toContain('href="/leave"');
    }
  });

  it('WP-05: no cookie is set before a form is begun, and then one that no script can read', async () => {
    for (const path of ['/', '/report/crime', '/chat', '/for-the-police/noise'])
      expect((await visitor.open(path)).headers.get('set-cookie'), path).toBe(null);
    const { action, body } = (await visitor.open('/report/crime'), visitor.form('/begin'));
    const response = await fetch(new URL(action, pages.origin), {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { origin: pages.origin },
    });
    expect(response.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(response.headers.get('location')).not.toMatch(/[\w-]{30,}/);
  });

  it('WP-07: all scripts together are far below 60 KB, and the style sheet below 20 KB', async () => {
    const names = readdirSync(fileURLToPath(new URL('../../src/public/browser/', import.meta.url))).map(
      (name) => name.replace('.ts', '.js'),
    );
    const sizes = await Promise.all(
      names.map(
        async (name) => (await (await fetch(new URL(`/assets/${name}`, pages.origin))).text()).length,
      ),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000);
    expect(sizes.every((size) => size > 100)).toBe(true);
    const css = await (await fetch(new URL('/assets/public.css', pages.origin))).text();
    expect(css.length).toBeLessThan(20_000);
    expect(css).not.toMatch(/url\(|@import|@font-face/);
  });

  it('WP-50: leaving without script forgets the form, takes the cookie and goes to the neutral page', async () => {
    await fillCollision(visitor);
    const { cookie } = visitor;
    await visitor.open('/leave');
    expect(visitor.page.headers.get('location')).toBe('https://www.google.com/');
    expect(visitor.cookie).toBe('');
    visitor.cookie = cookie;
    expect((await visitor.open('/report/collision/check')).path).toBe('/report/collision?over=1');
  });

  it('nothing that is not a page of ours is given out', async () => {
    for (const path of [
      '/assets/../index.ts',
      '/assets/%2e%2e/index.ts',
      '/assets/parcels.key',
      '/report/%00',
      '/.env',
      '/chat/../../etc/passwd',
      '//evil.example/',
    ])
      expect((await visitor.open(path.startsWith('//') ? `/${path.slice(2)}` : path)).status, path).toBe(404);
    const { dataDir } = pages;
    expect(readFileSync(join(dataDir, 'parcels.key')).length).toBe(32);
  });
});
