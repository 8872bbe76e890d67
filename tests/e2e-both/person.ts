import type { Locator, Page } from '@playwright/test';

/** A member of the public with a page of ours open. */
export class Person {
  readonly page: Page;
  /** What they wrote, and how far each line has come. */
  readonly own: Locator;
  readonly marks: Locator;
  /** What our side wrote. */
  readonly ours: Locator;
  readonly box: Locator;
  readonly standing: Locator;
  readonly network: Locator;

  constructor(page: Page) {
    this.page = page;
    this.own = page.locator('li.public .words');
    this.marks = page.locator('li.public .mark');
    this.ours = page.locator('li.handler .words');
    this.box = page.getByLabel('Your message');
    this.standing = page.locator('#standing');
    this.network = page.locator('#network');
  }

  /** Begins a chat. Whoever is not sure that it is safe, or writes in another language, gets a person at once. */
  async beginChat({
    name = '',
    safe = 'Yes',
    language = 'English',
  }: {
    readonly name?: string;
    readonly safe?: 'Yes' | 'I am not sure';
    readonly language?: string;
  }): Promise<void> {
    await this.page.goto('/chat');
    await this.page.getByLabel(safe, { exact: true }).check();
    await this.page.getByLabel('What may we call you?').fill(name);
    if (language !== 'English')
      await this.page.getByLabel('Which language').selectOption({ label: language });
    await this.page.getByRole('button', { name: 'Start the chat' }).click();
    if (safe !== 'Yes')
      await this.page.getByRole('button', { name: 'Start the chat. A person answers' }).click();
    await this.page.waitForURL('**/chat/now');
  }

  async writes(text: string): Promise<void> {
    await this.box.fill(text);
    await this.page.getByRole('button', { name: 'Send' }).click();
  }
}
