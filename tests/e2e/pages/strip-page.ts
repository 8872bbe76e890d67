import type { Locator, Page } from '@playwright/test';

/** The emergency strip on top of everything. */
export class StripPage {
  readonly section: Locator;

  constructor(page: Page) {
    this.section = page.getByRole('region', { name: 'Emergency strip' });
  }

  /** The emergency it shows. */
  card(id: string): Locator {
    return this.section.locator(`[data-contact-id="${id}"]`);
  }
}
