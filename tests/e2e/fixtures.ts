import { rmSync } from 'node:fs';
import { test as base } from '@playwright/test';
import { hasApertium, startApertium } from '../harness/apertium.ts';
import { DeskWindow, type DeskStart } from '../harness/desk-window.ts';
import { E2eQueue, startCluster, type Cluster } from '../harness/e2e-queue.ts';
import { onOwnDisplay } from '../harness/own-display.ts';
import { DeskHandler } from './handler.ts';

export interface OpenWish extends Partial<DeskStart> {
  /** The number of the demo's person who signs in; `null`: nobody does. */
  readonly who?: string | null;
}

/** Opens a desk at which somebody signs in; without a word about it, one that is connected to this test's queue. */
export type OpenDesk = (wish?: OpenWish) => Promise<DeskHandler>;

interface TestFixtures {
  /** A real engine translates the chats, where it is on the machine: Spanish, both ways. */
  readonly translates: boolean;
  /** A queue of this test's own, with an empty database. */
  readonly queue: E2eQueue;
  readonly openDesk: OpenDesk;
  /** A connected desk of this test's own. */
  readonly desk: DeskHandler;
}

interface WorkerFixtures {
  /** The screen of this worker's windows. */
  readonly display: null;
  readonly cluster: Cluster;
  /** For tests that change nothing another test would notice: one queue and one window for all of them. */
  readonly sharedQueue: E2eQueue;
  readonly sharedDesk: DeskHandler;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  display: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs
    async ({}, hand) => onOwnDisplay(() => hand(null)),
    { scope: 'worker', auto: true },
  ],

  cluster: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs
    async ({}, hand) => {
      await using cluster = await startCluster();
      await hand(cluster);
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  translates: [false, { option: true }],

  queue: async ({ cluster, translates }, hand) => {
    const engine = translates && hasApertium ? await startApertium() : null;
    const translation = engine === null ? null : { engine: 'apertium', url: engine.url };
    await using queue = await E2eQueue.start(cluster, { translation });
    await hand(queue);
    await engine?.stop();
  },

  openDesk: async ({ queue }, hand, testInfo) => {
    const opened: DeskHandler[] = [];
    await hand(async ({ who, ...start } = {}) => {
      const window = await DeskWindow.open({ queue: queue.deskUrl, ...start });
      const desk = new DeskHandler(window);
      opened.push(desk);
      if (who !== null) {
        await desk.enter(who);
        if (start.queue === undefined) await desk.isLive();
      }
      return desk;
    });
    for (const { window } of opened) {
      if (testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach('what the desk said', { body: window.said, contentType: 'text/plain' });
      await window.kill();
      rmSync(window.start.data, { recursive: true, force: true });
    }
  },

  desk: async ({ openDesk }, hand) => {
    await hand(await openDesk());
  },

  sharedQueue: [
    async ({ cluster }, hand) => {
      await using queue = await E2eQueue.start(cluster);
      await hand(queue);
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  sharedDesk: [
    async ({ sharedQueue }, hand) => {
      const window = await DeskWindow.open({ queue: sharedQueue.deskUrl });
      const desk = new DeskHandler(window);
      await desk.enter();
      await desk.isLive();
      await hand(desk);
      await window.kill();
      rmSync(window.start.data, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

export { expect } from '@playwright/test';
