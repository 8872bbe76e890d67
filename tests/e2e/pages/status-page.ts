import type { Locator, Page } from '@playwright/test';

/** What the window says about itself: the status line, the last act, troubles, and what is kept here. */
export class StatusPage {
  readonly line: Locator;
  readonly link: Locator;
  readonly kept: Locator;
  readonly lastAct: Locator;
  readonly notices: Locator;
  readonly outbox: Locator;
  readonly keyBar: Locator;

  constructor(page: Page) {
    this.line = page.getByRole('status', { name: 'Status line' });
    this.link = this.line.locator('[data-tone]');
    this.kept = this.line.locator('[data-some]');
    this.notices = page.getByRole('region', { name: 'Notices' });
    this.lastAct = page.getByLabel('Last act', { exact: true });
    this.outbox = page.getByRole('region', { name: 'Kept here' });
    this.keyBar = page.getByRole('toolbar', { name: 'Keys' });
  }
}
