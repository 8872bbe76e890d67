import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { demoAccount, USUAL_NUMBER } from '../../harness/demo-accounts.ts';

/** What the screen needs to follow a key. Milliseconds. */
const LOOK_MS = 40;
/** Levels that Escape leads out of, at most. */
const LEVELS = 8;

/** How often a contact is looked for in the list, and how long after one look the next. Milliseconds. */
const TRIES = 30;
const AGAIN_MS = 500;

/** A row as it stands on the screen. */
interface Row {
  readonly id: string;
  readonly what: string;
  readonly where: string;
  /** Pixels. */
  readonly tall: number;
}

const chosenId = `document.querySelector('[role="grid"] [data-contact-id][aria-selected="true"]')?.dataset.contactId ?? ''`;

const rowsThere = `[...document.querySelectorAll('[role="grid"] [role="row"][data-contact-id]')].map((row) => ({
  id: row.dataset.contactId,
  what: row.querySelector('[data-column="what"] > :first-child')?.textContent ?? '',
  where: row.querySelector('[data-column="where"] > :first-child')?.textContent ?? '',
  tall: row.getBoundingClientRect().height,
}))`;

/** A handler's hands at the real window: keys, as the journeys press them, and nothing that waits for a test's runner. */
export class Hands {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async signIn(): Promise<void> {
    const form = this.page.getByRole('form', { name: 'Sign in' });
    await form.getByRole('textbox', { name: 'Number' }).fill(USUAL_NUMBER);
    await this.page.getByLabel('PIN', { exact: true }).fill(demoAccount(USUAL_NUMBER).pin);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('grid', { name: 'Inbox' }).waitFor();
  }

  /** Escape leads to the list from everywhere, one level at a time (rule W-06). */
  async toList(): Promise<void> {
    for (let level = 0; level < LEVELS; level += 1) {
      if (await this.page.evaluate<boolean>(`document.activeElement?.getAttribute('role') === 'grid'`))
        return;
      await this.page.keyboard.press('Escape');
      await wait(LOOK_MS);
    }
    throw new Error('Escape does not lead to the list');
  }

  /** Opens a contact of the list with Enter, and waits until it is the one that is open. */
  async open(id: string, ref: string): Promise<void> {
    await this.toList();
    await this.#select(id);
    await this.page.keyboard.press('Enter');
    const work = this.page.getByRole('region', { name: 'Work' });
    await work.getByRole('group', { name: 'Contact' }).filter({ hasText: ref }).waitFor();
  }

  /** From the top of the list down to a contact; it may still be on its way into the list, or below what is on the screen. */
  async #select(id: string): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await this.page.keyboard.press('Home');
      const count = await this.rowCount();
      for (let at = 0; at <= count; at += 1) {
        if ((await this.page.evaluate<string>(chosenId)) === id) return;
        await this.page.keyboard.press('ArrowDown');
      }
      await wait(AGAIN_MS);
    }
    throw new Error('a contact does not come into the list');
  }

  async rowCount(): Promise<number> {
    const grid = this.page.getByRole('grid', { name: 'Inbox' });
    return Number(await grid.getAttribute('aria-rowcount')) - 1;
  }

  /** The rows on the screen, and the few beside them. */
  rows(): Promise<readonly Row[]> {
    return this.page.evaluate<readonly Row[]>(rowsThere);
  }
}
