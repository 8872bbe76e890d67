import type { Locator, Page } from '@playwright/test';

/** Where the caret stands in a field, and what is marked. */
export interface Caret {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The contacts in hand: tabs, the open contact, the note. */
export class WorkPage {
  readonly pane: Locator;
  readonly contact: Locator;
  readonly note: Locator;
  /** The line to the public, in a chat of this desk. */
  readonly message: Locator;
  readonly draft: Locator;
  readonly notes: Locator;
  readonly reason: Locator;
  readonly tabs: Locator;
  readonly activeTab: Locator;

  constructor(page: Page) {
    this.pane = page.getByRole('region', { name: 'Work' });
    this.contact = this.pane.getByRole('group', { name: 'Contact' });
    this.note = this.pane.getByRole('textbox', { name: 'Note' });
    this.message = this.pane.getByRole('textbox', { name: 'Line to the public' });
    this.draft = this.pane.getByText(/draft saved|draft not saved/i);
    this.notes = this.pane.getByRole('region', { name: 'Notes' }).getByRole('listitem');
    this.reason = this.pane.getByRole('textbox', { name: 'Reason' });
    this.tabs = this.pane.getByRole('tab');
    this.activeTab = this.pane.getByRole('tab', { selected: true });
  }

  form(name: string): Locator {
    return this.pane.getByRole('form', { name, exact: true });
  }

  async caret(): Promise<Caret> {
    return this.note.evaluate((field: HTMLTextAreaElement) => ({
      text: field.value,
      start: field.selectionStart,
      end: field.selectionEnd,
    }));
  }
}
