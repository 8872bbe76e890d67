import { rmSync } from 'node:fs';
import { test as base } from '@playwright/test';
import { hasApertium, startApertium } from '../harness/apertium.ts';
import { startCutProxy, type CutProxy } from '../harness/cut-proxy.ts';
import { DeskWindow } from '../harness/desk-window.ts';
import { E2eQueue, startCluster } from '../harness/e2e-queue.ts';
import { onOwnDisplay } from '../harness/own-display.ts';
import { PublicProgram } from '../harness/public-program.ts';
import { DeskHandler } from '../e2e/handler.ts';
import { Person } from './person.ts';

/** Everything that runs when somebody writes to the control room: one set for all journeys, each with people and contacts of its own. */
export interface Programs {
  readonly queue: E2eQueue;
  /** The wire between desk and queue. */
  readonly wire: CutProxy;
  readonly pages: PublicProgram;
  readonly desk: DeskHandler;
}

interface Fixtures {
  /** The handler, at the list. */
  readonly desk: DeskHandler;
  /** Somebody with a browser of their own. */
  readonly somebody: () => Promise<Person>;
}

/** The neutral page of the tests: no test leaves this machine. */
export const NEUTRAL = 'https://neutral.example/';

export const test = base.extend<Fixtures, { readonly programs: Programs }>({
  programs: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs
    async ({}, hand) =>
      onOwnDisplay(async () => {
        await using cluster = await startCluster();
        const engine = hasApertium ? await startApertium() : null;
        const translation = engine === null ? null : { engine: 'apertium', url: engine.url };
        await using queue = await E2eQueue.start(cluster, { translation });
        await using wire = await startCutProxy(queue.deskUrl);
        await using pages = await PublicProgram.start(queue, NEUTRAL);
        const window = await DeskWindow.open({ queue: wire.deskUrl });
        const desk = new DeskHandler(window);
        await desk.enter();
        await desk.isLive();
        await hand({ queue, wire, pages, desk });
        await window.kill();
        rmSync(window.start.data, { recursive: true, force: true });
        await engine?.stop();
      }),
    { scope: 'worker', timeout: 120_000 },
  ],

  desk: async ({ programs: { desk } }, hand, testInfo) => {
    await desk.toList();
    await hand(desk);
    if (testInfo.status === testInfo.expectedStatus) return;
    await testInfo.attach('the desk', { body: await desk.page.screenshot(), contentType: 'image/png' });
    await testInfo.attach('what the desk said', { body: desk.window.said, contentType: 'text/plain' });
  },

  somebody: async ({ browser, programs: { pages } }, hand) => {
    const faults: string[] = [];
    const contexts: { close(): Promise<void> }[] = [];
    await hand(async () => {
      const context = await browser.newContext({
        baseURL: pages.origin,
        viewport: { width: 420, height: 860 },
      });
      contexts.push(context);
      await context.route(
        (url) => url.origin !== pages.origin,
        (route) => {
          if (route.request().url() === NEUTRAL)
            return route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><p>Rain' });
          faults.push(`asked ${route.request().url()}`);
          return route.abort();
        },
      );
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(error.message));
      return new Person(page);
    });
    for (const context of contexts) await context.close();
    base.expect(faults).toEqual([]);
  },
});

export { expect } from '@playwright/test';

/** The contact that came last by a channel. */
export async function lastContact(
  queue: E2eQueue,
  channel: string,
): Promise<{ readonly id: string; readonly ref: string }> {
  const [row] = await queue.sql<{ id: string; ref: string }>(
    `select id, body->>'ref' as ref from contact where body->>'channel' = $1 order by seq desc limit 1`,
    [channel],
  );
  return row ?? { id: '', ref: '' };
}
