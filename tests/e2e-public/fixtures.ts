import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, type Page } from '@playwright/test';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { createQueueDoor } from '../../src/public/queue/queue-door.ts';
import { startTestPages, type TestPages } from '../harness/public-pages.ts';
import { E2eQueue, startCluster, type Cluster } from '../harness/e2e-queue.ts';
import { StandInChatDoor } from '../harness/stand-in-chat-door.ts';

/** One queue and one set of pages for all: each test has a browser of its own, and looks for what it made itself. */
interface Shared {
  readonly cluster: Cluster;
  readonly queue: E2eQueue;
  /** The control room's end of chats, by hand; everything else goes to the queue. */
  readonly room: StandInChatDoor;
  readonly pages: TestPages;
}

interface Fixtures {
  /** The pages, with what a page must never do held against it: a script's error, a breach of the policy, anything from elsewhere. */
  readonly visitor: Page;
}

/** The neutral page of the tests: no test leaves this machine. */
export const NEUTRAL = 'https://neutral.example/';
const PLENTY = { atOnce: 100_000, perSecond: 1_000 };

export const test = base.extend<Fixtures, Shared>({
  cluster: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs
    async ({}, hand) => {
      await using cluster = await startCluster();
      await hand(cluster);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  queue: [
    async ({ cluster }, hand) => {
      await using queue = await E2eQueue.start(cluster);
      await hand(queue);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  room: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs
    async ({}, hand) => {
      await hand(new StandInChatDoor());
    },
    { scope: 'worker' },
  ],
  pages: [
    async ({ queue, room }, hand) => {
      const { demo: key } = JSON.parse(readFileSync(queue.intakeKeyFile, 'utf8')) as {
        readonly demo: string;
      };
      const door = createQueueDoor({ queue: `http://127.0.0.1:${queue.port}`, key });
      await using pages = await startTestPages({
        queue: {
          hand: (parcel, stop) => door.hand(parcel, stop),
          status: (stop) => door.status(stop),
          chat: (chat, asked, stop) => room.chat(chat, asked, stop),
        },
        exitTo: NEUTRAL,
        // All tests come from one address.
        limits: { pages: PLENTY, sending: PLENTY },
      });
      await hand(pages);
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ pages }, hand) => {
    await hand(pages.origin);
  },
  visitor: async ({ page, pages }, hand) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|status of 4(04|22|29|10)/.test(message.text())
      )
        faults.push(message.text());
    });
    await page.context().route(
      (url) => url.origin !== pages.origin,
      (route) => {
        if (route.request().url() === NEUTRAL)
          return route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><p>Rain' });
        faults.push(`asked ${route.request().url()}`);
        return route.abort();
      },
    );
    await hand(page);
    base.expect(faults).toEqual([]);
  },
});

export { expect } from '@playwright/test';

/** What is wrong on a page by WCAG 2.2 A and AA and by good practice, as far as a program can tell. */
export async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 2)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}

/** Whether something is wider than the screen. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** The queue's contacts, read past it from its database. */
export async function contactsOf(queue: E2eQueue): Promise<readonly Contact[]> {
  const rows = await queue.sql<{ body: Contact }>('select body from contact order by seq');
  return rows.map(({ body }) => body);
}
