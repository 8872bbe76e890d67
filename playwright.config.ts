import { existsSync } from 'node:fs';

import { defineConfig } from '@playwright/test';
import { hasOwnDisplay } from './tests/harness/own-display.ts';

/** The system's Chromium, if there is one; no browser is ever downloaded. */
const chromium = [
  process.env['FCR_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** As root Chromium cannot build its sandbox; an ordinary user keeps it. */
const asRoot = process.getuid?.() === 0;

/** How the plain browser is started. */
const browser = {
  browserName: 'chromium',
  locale: 'en-GB',
  timezoneId: 'Europe/London',
  launchOptions: {
    ...(chromium === undefined ? {} : { executablePath: chromium }),
    args: asRoot ? ['--no-sandbox'] : [],
  },
} as const;

export default defineConfig({
  outputDir: 'test-results',
  // In all; each project says below how many of them it can use.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  // Facts are waited for, as long as a busy machine may take.
  expect: { timeout: 15_000 },
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    // A journey mostly waits for its program: two at a time, each on a screen with a keyboard focus of its own.
    { name: 'electron', testDir: 'tests/e2e', workers: hasOwnDisplay ? 2 : 1 },
    // The screens of docs/screens.md: run by `npm run pictures` alone.
    { name: 'pictures', workers: 1, testDir: 'tests/e2e-pictures', use: browser },
    { name: 'chromium', workers: 1, testDir: 'tests/e2e-browser', use: browser },
    // The public's pages, in the public's browser.
    { name: 'public', workers: 1, testDir: 'tests/e2e-public', use: { ...browser, trace: 'off' } },
    // The public's browser beside the handler's window, on the same programs.
    { name: 'both', workers: 1, testDir: 'tests/e2e-both', use: browser },
  ],
});
