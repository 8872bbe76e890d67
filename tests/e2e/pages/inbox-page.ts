import type { Locator, Page } from '@playwright/test';

/** The list, as a handler sees it. */
export class InboxPage {
  readonly #page: Page;
  readonly grid: Locator;
  readonly rows: Locator;
  readonly selected: Locator;
  readonly filter: Locator;
  readonly newAbove: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.grid = page.getByRole('grid', { name: 'Inbox' });
    this.rows = this.grid.locator('[role="row"][data-contact-id]');
    this.selected = this.grid.locator('[role="row"][aria-selected="true"]');
    this.filter = page.getByRole('textbox', { name: 'Filter' });
    this.newAbove = page.getByRole('button', { name: /new above/ });
  }

  row(id: string): Locator {
    return this.grid.locator(`[role="row"][data-contact-id="${id}"]`);
  }

  state(id: string): Locator {
    return this.row(id).locator('[data-column="state"]');
  }

  view(name: string): Locator {
    // "All" is not "Calls".
    return this.#page
      .getByRole('group', { name: 'Views' })
      .getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** The contacts on screen, from top to bottom. */
  async order(): Promise<(string | null)[]> {
    const rows = await this.rows.evaluateAll((elements) =>
      elements.map((element) => ({
        id: element.getAttribute('data-contact-id'),
        top: element.getBoundingClientRect().top,
      })),
    );
    return rows.sort((a, b) => a.top - b.top).map(({ id }) => id);
  }
}
