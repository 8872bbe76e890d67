import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemTimers } from '../../src/platform/clock.ts';
import type { Clock } from '../../src/shared/domain/time.ts';
import { silentLogger, type Logger } from '../../src/platform/log.ts';
import type { QueueDoor } from '../../src/public/queue/queue-door.ts';
import type { PublicServerOptions } from '../../src/public/server.ts';
import { startPublic, type PublicPages } from '../../src/public/start-public.ts';

export interface TestPages extends AsyncDisposable {
  readonly origin: string;
  readonly pages: PublicPages;
  readonly dataDir: string;
}

/** The public's pages in this process, before a real queue or a door of the test's own. `dataDir`: of an earlier one, to go on with. */
export async function startTestPages(options: {
  readonly queue: { readonly address: string; readonly key: string } | QueueDoor;
  readonly dataDir?: string;
  readonly exitTo?: string;
  readonly log?: Logger;
  readonly port?: number;
  readonly limits?: PublicServerOptions['limits'];
  /** Where a test steps the time. */
  readonly clock?: Clock;
}): Promise<TestPages> {
  const { queue, exitTo = 'https://www.google.com/', log = silentLogger, port = 0, limits } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'fcr-public-'));
  const pages = await startPublic({
    port,
    host: '127.0.0.1',
    origin: null,
    dataDir,
    policyDir: null,
    exitTo,
    behindProxy: false,
    queue,
    clock: options.clock ?? systemClock,
    timers: systemTimers,
    log,
    random: randomBytes,
    limits,
  });
  return {
    origin: pages.server.origin,
    pages,
    dataDir,
    async [Symbol.asyncDispose]() {
      await pages[Symbol.asyncDispose]();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What came back, with where the visitor is now. */
export interface Seen {
  readonly status: number;
  readonly path: string;
  readonly text: string;
  readonly headers: Headers;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** A browser without script: follows redirects, keeps cookies, sends forms as they stand on the page. */
export class Visitor {
  readonly #origin: string;
  cookie = '';
  page: Seen = { status: 0, path: '', text: '', headers: new Headers() };

  constructor(origin: string) {
    this.#origin = origin;
  }

  async open(path: string): Promise<Seen> {
    return this.#ask(path, { method: 'GET' });
  }

  /** Presses the button of the form that goes to a path which ends so, with these fields filled in. */
  async send(
    ending: string,
    fields: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<Seen> {
    const { action, body } = this.form(ending, fields);
    return this.post(action, body);
  }

  /** What the form would send. */
  form(
    ending: string,
    fields: Readonly<Record<string, string | readonly string[]>> = {},
  ): { readonly action: string; readonly body: URLSearchParams } {
    const forms = [...this.page.text.matchAll(/<form[^>]*\saction="([^"]*)"[^>]*>([^]*?)<\/form>/g)];
    const [, action = '', inner = ''] =
      forms.find(([, to = '']) => unescaped(to).split('?')[0]?.endsWith(ending)) ?? [];
    if (action === '') throw new Error(`${this.page.path} has no form to …${ending}`);
    const body = new URLSearchParams();
    for (const [tag] of inner.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      const [, name = ''] = /\sname="([^"]*)"/.exec(tag) ?? [];
      const [, value = ''] = /\svalue="([^"]*)"/.exec(tag) ?? [];
      body.append(name, unescaped(value));
    }
    for (const [name, value] of Object.entries(fields))
      for (const each of [value].flat()) body.append(name, each);
    return { action: unescaped(action), body };
  }

  async post(
    path: string,
    body: URLSearchParams,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    return this.#ask(path, { method: 'POST', body, headers: { origin: this.#origin, ...headers } });
  }

  /** Sends a form with files, as a browser without script does. */
  async postFiles(path: string, body: FormData): Promise<Seen> {
    return this.#ask(path, { method: 'POST', body, headers: { origin: this.#origin } });
  }

  async #ask(
    path: string,
    {
      method,
      body = null,
      headers = {},
    }: {
      readonly method: 'GET' | 'POST';
      readonly body?: URLSearchParams | FormData | null;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<Seen> {
    const response = await fetch(new URL(path, this.#origin), {
      method,
      body,
      redirect: 'manual',
      headers: { ...headers, ...(this.cookie === '' ? {} : { cookie: this.cookie }) },
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) this.cookie = set.includes('Max-Age=0') ? '' : (set.split(';')[0] ?? '');
    const text = await response.text();
    const to = response.headers.get('location');
    if (response.status === 303 && to?.startsWith('/') === true) return this.open(to);
    this.page = { status: response.status, path, text, headers: response.headers };
    return this.page;
  }
}

/** A collision with damage only (contact card E11), filled in up to the page with all answers. */
export async function fillCollision(
  visitor: Visitor,
  over: Readonly<Record<string, string>> = {},
): Promise<void> {
  await visitor.open('/report/collision');
  await visitor.send('/begin');
  const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    hurt: { hurt: 'no' },
    'kind-of': { 'kind-of': 'fail-to-stop' },
    'you-were': { 'you-were': 'owner' },
    when: { 'when.date': '21', 'when.month': '11', 'when.year': '2026', 'when.about': 'in the morning' },
    where: {
      'where.street': 'Car park, Furzehill Parade',
      'where.town': 'Borehamwood',
      'where.postcode': 'WD6 9OV',
    },
    story: { story: over['story'] ?? 'It was parked. Somebody drove into the back of it and left.' },
    'your-vehicle': { 'your-vehicle.plate': 'BD19 OIQ' },
    'other-vehicle': { 'other-vehicle.plate': 'KN?? ??' },
    'driver-state': { 'driver-state': 'not-sure' },
    evidence: { evidence: 'video' },
    'about-you': { 'about-you.name': 'Yusuf Karadag', 'about-you.email': 'yusuf@example.org' },
    'reach-you': { 'reach-you': 'email' },
    'your-address': {},
    needs: {},
  };
  for (const [question, fields] of Object.entries(answers)) await visitor.send(`/ask/${question}`, fields);
  // No photos.
  await visitor.open('/report/collision/check');
  if (visitor.page.path !== '/report/collision/check') throw new Error(`stopped at ${visitor.page.path}`);
}
