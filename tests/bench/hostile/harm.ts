import type { Page } from '@playwright/test';

/** What was found of so many texts. */
export interface Looked {
  readonly texts: number;
  /** Texts that were found on the screen and compared. */
  readonly looked: number;
  /** Of those, shown otherwise than as they were sent. */
  readonly wrong: number;
  /** Scripts that ran, elements that could run one, boxes that were opened. */
  readonly scripts: number;
  /** What the content policy, or the window itself, reported. */
  readonly reports: number;
  /** Looks at which something was wider than the window. */
  readonly wide: number;
}

// What runs in the page stands here as text: the bench itself has no document.

/** Whether something is wider than the window. */
export const isWide = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** What is written in each element that fits, as it stands there. */
export const textsIn = (page: Page, selector: string): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ textContent }) => textContent)`,
  );

const watching = `{
  const reports = [];
  window.policyReports = reports;
  addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective));
  addEventListener('error', (event) => reports.push(event.message));
}`;

/** From here on the page notes what must not happen in it. */
export const watchForHarm = async (page: Page): Promise<void> => void (await page.evaluate(watching));

const strange = ['script', 'iframe', 'object', 'embed', 'base', 'link', 'video', 'style', 'img'];

/** What happened since; `within`: the part of the page that the program draws. */
export const harmIn = (
  page: Page,
  within: string,
): Promise<{ readonly scripts: number; readonly reports: number }> =>
  page.evaluate<{ readonly scripts: number; readonly reports: number }>(`({
    scripts: (window.ranNow === undefined ? 0 : 1) +
      document.querySelectorAll(${JSON.stringify(strange.map((name) => `${within} ${name}`).join(','))}).length,
    reports: window.policyReports.length,
  })`);
