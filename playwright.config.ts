import { existsSync } from 'node:fs';

import { defineConfig } from '@playwright/test';

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
  // Windows share one display and one keyboard focus.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'electron', testDir: 'tests/e2e' },
    // The screens of docs/screens.md: run by `npm run pictures` alone.
    { name: 'pictures', testDir: 'tests/e2e-pictures' },
    { name: 'chromium', testDir: 'tests/e2e-browser', use: browser },
    // The public's pages, in the public's browser.
    { name: 'public', testDir: 'tests/e2e-public', use: { ...browser, trace: 'off' } },
  ],
});
