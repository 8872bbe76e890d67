import type { Page } from '@playwright/test';
import type { DeskWindow } from '../harness/desk-window.ts';
import { demoAccount, USUAL_NUMBER } from '../harness/demo-accounts.ts';
import { InboxPage } from './pages/inbox-page.ts';
import { SessionPage } from './pages/session-page.ts';
import { StatusPage } from './pages/status-page.ts';
import { StripPage } from './pages/strip-page.ts';
import { WorkPage } from './pages/work-page.ts';
import { expect } from '@playwright/test';

/** A window with somebody at the keyboard: what is on screen, and what fingers do. */
export class Handler {
  readonly page: Page;
  readonly inbox: InboxPage;
  readonly strip: StripPage;
  readonly work: WorkPage;
  readonly status: StatusPage;
  readonly session: SessionPage;

  constructor(page: Page) {
    this.page = page;
    this.inbox = new InboxPage(page);
    this.strip = new StripPage(page);
    this.work = new WorkPage(page);
    this.status = new StatusPage(page);
    this.session = new SessionPage(page);
  }

  /** Presses keys one after another. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words);
  }

  /** Types number and PIN as somebody does who sits down, and Enter. */
  async signIn(number: string = USUAL_NUMBER, pin: string = demoAccount(number).pin): Promise<void> {
    await this.session.number.fill(number);
    await this.session.pin.fill(pin);
    await this.press('Enter');
  }

  /** Whatever the desk asks for first is answered: number and PIN, the PIN alone, or nothing; then the work is there. */
  async enter(number: string = USUAL_NUMBER): Promise<void> {
    const { number: field, locked, pin } = this.session;
    await expect(field.or(locked).or(this.inbox.grid).first()).toBeVisible({ timeout: 20_000 });
    if (await field.isVisible()) await this.signIn(number);
    else if (await locked.isVisible()) {
      await pin.fill(demoAccount(number).pin);
      await this.press('Enter');
    }
    await expect(this.inbox.grid).toBeVisible();
  }

  async isLive(): Promise<void> {
    await expect(this.status.link).toContainText('Live', { timeout: 20_000 });
  }

  /** Goes to the list with the keys, and to a contact in it. */
  async select(id: string): Promise<void> {
    await this.toList();
    await expect(this.inbox.row(id)).toBeVisible();
    await this.press('Home');
    const count = await this.inbox.rows.count();
    for (let at = 0; at < count; at += 1) {
      if ((await this.inbox.row(id).getAttribute('aria-selected')) === 'true') return;
      await this.press('ArrowDown');
    }
    await expect(this.inbox.row(id)).toHaveAttribute('aria-selected', 'true');
  }

  /** Escape leads to the list from everywhere, one level at a time (rule W-06). */
  async toList(): Promise<void> {
    for (let level = 0; level < 5; level += 1) {
      if (await this.inbox.grid.evaluate((grid) => grid === document.activeElement)) return;
      await this.press('Escape');
    }
    await expect(this.inbox.grid).toBeFocused();
  }

  /** Opens a contact with Enter, and waits until it is this desk's. */
  async openAndClaim(id: string): Promise<void> {
    await this.select(id);
    await this.press('Enter');
    await expect(this.work.contact).toContainText('Yours since');
  }

  /** Looks at the risk and finds none: everything but a duplicate is assessed before it closes (rule R-12). */
  async assess(): Promise<void> {
    await this.press('Control+F2');
    const sheet = this.page.getByRole('region', { name: 'Questions and THRIVE' });
    await expect(sheet).toBeVisible();
    // A line of the emergency service asks for the whole look when nobody is to be sent (rule R-27).
    for (const letter of ['t', 'h', 'r', 'v']) await this.press(`Alt+${letter}`, '0');
    await this.press('Control+Enter');
    await expect(sheet).toBeHidden();
  }

  /**
   * Closes the open contact as not for the police, which asks for least whatever its channel (rule R-06): the category, how it
   * ended, and why nobody need be told. `begin`: the keys of the outcome, where the letters would be text.
   */
  async close(words: string, begin: readonly string[] = ['e', '6']): Promise<void> {
    await this.press(...begin);
    await expect(this.page.getByRole('combobox', { name: /^Closing category/ })).toBeFocused();
    await this.type('message');
    await this.press('Enter');
    await this.type(words);
    await this.press('Enter', '3');
    await this.type('Nothing was promised');
    await this.press('Control+Enter');
  }

  /** Fingers rest for longer than a burst of typing lasts, so that the next letter is a command again (rule W-04). */
  async rest(): Promise<void> {
    await this.page.waitForTimeout(450);
  }
}

/** A handler at a desk of the real program. */
export class DeskHandler extends Handler {
  readonly window: DeskWindow;

  constructor(window: DeskWindow) {
    super(window.page);
    this.window = window;
  }
}
