import type { Locator, Page } from '@playwright/test';

/** Signing in and off, and the lock. */
export class SessionPage {
  readonly signIn: Locator;
  readonly number: Locator;
  readonly pin: Locator;
  readonly facts: Locator;
  readonly demo: Locator;
  readonly locked: Locator;
  readonly signOff: Locator;
  /** Why the desk did not open. */
  readonly refusal: Locator;

  constructor(page: Page) {
    this.signIn = page.getByRole('form', { name: 'Sign in' });
    this.number = this.signIn.getByRole('textbox', { name: 'Number' });
    this.pin = page.getByLabel('PIN', { exact: true });
    this.facts = page.getByLabel('This desk');
    this.demo = page.getByRole('region', { name: 'Demo accounts' });
    this.locked = page.getByRole('main', { name: 'Locked desk' });
    this.signOff = page.getByRole('region', { name: 'Sign off' });
    this.refusal = page.getByRole('form').getByRole('alert');
  }
}
