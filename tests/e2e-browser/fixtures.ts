import { startCluster, E2eQueue, type Cluster } from '../harness/e2e-queue.ts';
import { startWorkstationHost, type WorkstationHost } from '../harness/workstation-host.ts';
import { Handler } from '../e2e/handler.ts';
import { test as base } from '@playwright/test';

interface TestFixtures {
  readonly queue: E2eQueue;
  /** Opens a desk in a browser window of its own. */
  readonly openDesk: (options?: { readonly who?: string }) => Promise<Handler>;
  readonly desk: Handler;
}

export const test = base.extend<TestFixtures, { readonly cluster: Cluster }>({
  cluster: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs
    async ({}, hand) => {
      await using cluster = await startCluster();
      await hand(cluster);
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  queue: async ({ cluster }, hand) => {
    await using queue = await E2eQueue.start(cluster);
    await hand(queue);
  },

  openDesk: async ({ browser, queue }, hand) => {
    const hosts: WorkstationHost[] = [];
    await hand(async ({ who } = {}) => {
      const host = await startWorkstationHost({ queue: queue.deskUrl });
      hosts.push(host);
      const context = await browser.newContext({ viewport: { width: 1600, height: 960 } });
      await context.addInitScript(host.bridgeScript);
      const page = await context.newPage();
      await page.goto(host.url);
      const desk = new Handler(page);
      await desk.enter(who);
      await desk.isLive();
      return desk;
    });
    for (const host of hosts) await host[Symbol.asyncDispose]();
  },

  desk: async ({ openDesk }, hand) => {
    await hand(await openDesk());
  },
});

export { expect } from '@playwright/test';
