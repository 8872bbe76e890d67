import type { Page } from '@playwright/test';
import { openPages } from '../../src/public/routes.ts';
import { everyPage } from './every-page.ts';
import { typedIn } from './typed-answers.ts';
import { complaints, contactsOf, expect, overflows, test } from './fixtures.ts';

/** Answers a page's question with the last that can be chosen and something typed, and goes on. Returns whether there was one. */
async function answer(page: Page): Promise<void> {
  if (page.url().endsWith('/photos')) return page.getByRole('link', { name: 'Go on without photos' }).click();
  const choice = page.locator('main input[type=radio], main input[type=checkbox]').last();
  if ((await choice.count()) > 0) await choice.check();
  for (const field of await page
    .locator('main form input:not([type=hidden]):not([type=radio]):not([type=checkbox]), main form textarea')
    .all()) {
    const name = (await field.getAttribute('name')) ?? '';
    const type = (await field.getAttribute('type')) ?? '';
    await field.fill(typedIn({ name, type }));
  }
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** What axe judges a page by, without the words on it: which element stands in which, and how headings follow one another. */
function* drawnIn(html: string): Generator<string> {
  const open: string[] = [];
  let heading = '';
  for (const [, end = '', tag = '', rest = ''] of html.matchAll(/<(\/?)([a-z]\w*)([^>]*)>/g)) {
    if (end !== '') {
      while (open.length > 0 && open.pop()?.split('.')[0] !== tag);
      continue;
    }
    const [, names = ''] = /\sclass="([^"]*)"/.exec(rest) ?? [];
    const [, type = ''] = /\s(?:type|role)="([^"]*)"/.exec(rest) ?? [];
    yield `${open.at(-1) ?? ''} > ${tag}.${names}.${type}`;
    if (/^h\d$/.test(tag)) {
      yield `${heading} then ${tag}`;
      heading = tag;
    }
    if (!/^(?:meta|link|input|br|hr|img)$/.test(tag)) open.push(`${tag}.${names}`);
  }
}

test.describe('every page', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('WP-08: by day and with script, by night and without, axe has no complaint about any page, and none is wider than a screen of 320 px', async ({
    visitor,
    pages,
    room,
  }) => {
    test.setTimeout(120_000);
    // Axe itself needs script: the page without has none of ours.
    const plain = await visitor.context().newPage();
    await plain.setViewportSize({ width: 320, height: 640 });
    await plain.emulateMedia({ colorScheme: 'dark' });
    await plain.route(/\.js/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    const found: Record<string, readonly string[]> = {};
    const drawn = new Set<string>();
    let looked = 0;
    for await (const { what, path, html, cookie } of everyPage(pages, room)) {
      looked += 1;
      // A page on which nothing is drawn that others have not is not looked at again.
      const fresh = [...drawnIn(html)].filter((each) => !drawn.has(each));
      if (fresh.length === 0) continue;
      for (const each of fresh) drawn.add(each);
      const [name = '', value = ''] = cookie.split('=');
      await visitor.context().clearCookies();
      if (cookie !== '') await visitor.context().addCookies([{ name, value, url: pages.origin }]);
      for (const [how, page] of [
        ['with script', visitor],
        ['without script', plain],
      ] as const) {
        // As it was answered: what a form answered cannot be opened again.
        await page.route(
          (url) => url.origin === pages.origin && `${url.pathname}${url.search}` === path,
          (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
          { times: 1 },
        );
        await page.goto(path);
        const list = [
          ...(await complaints(page)),
          ...((await overflows(page)) ? ['wider than the screen'] : []),
        ];
        if (list.length > 0) found[`${what} ${how}`] = list;
        // A chat's page goes on by itself when its chat does.
        if (path.startsWith('/chat')) await page.goto('about:blank');
      }
    }
    expect(found).toEqual({});
    expect(looked).toBeGreaterThan(openPages(pages.pages.place).length);
  });
});

test.describe('with the keyboard alone', () => {
  test('WP-08: a report is begun, answered, mended, changed and sent without a mouse, and what is focused is always seen', async ({
    visitor,
    queue,
  }) => {
    await visitor.goto('/report/feedback');
    const tabTo = async (name: string | RegExp): Promise<void> => {
      for (let n = 0; n < 40; n += 1) {
        await visitor.keyboard.press('Tab');
        const focused = visitor.locator(':focus');
        const isSeen = await focused.evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          const under =
            document.querySelector('.leave-bar')?.contains(element) === true
              ? 0
              : (document.querySelector('.leave-bar')?.getBoundingClientRect().bottom ?? 0);
          return bottom <= innerHeight + 1 && top >= under - 1;
        });
        const label = await focused.evaluate(
          (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? '',
        );
        if (!/Skip/.test(label)) expect(isSeen, label).toBe(true);
        if (typeof name === 'string' ? label.includes(name) : name.test(label)) return;
      }
      throw new Error(`no way by Tab to ${String(name)}`);
    };
    await tabTo('Begin');
    await visitor.keyboard.press('Enter');
    await visitor.waitForURL('**/ask/which');
    await tabTo('Continue');
    await visitor.keyboard.press('Enter');
    await expect(visitor.locator('#trouble')).toBeFocused();
    await visitor.keyboard.press('Tab');
    await visitor.keyboard.press('Enter');
    await expect(visitor.locator('#which')).toBeFocused();
    await visitor.keyboard.press('Space');
    await tabTo('Continue');
    await visitor.keyboard.press('Enter');
    await visitor.waitForURL('**/ask/story');
    await tabTo('What would you like to tell us?');
    await visitor.keyboard.type('Thank you to the call handler on Sunday.');
    for (const [url, on] of [
      ['ask/reference', 'Continue'],
      ['ask/answer-wanted', 'No'],
    ] as const) {
      await tabTo('Continue');
      await visitor.keyboard.press('Enter');
      await visitor.waitForURL(`**/${url}`);
      if (on === 'No') {
        await visitor.locator('#answer-wanted').focus();
        await visitor.keyboard.press('ArrowDown');
      }
    }
    await tabTo('Continue');
    await visitor.keyboard.press('Enter');
    await visitor.waitForURL('**/check');
    await tabTo(/Change.*What would you like to tell us/);
    await visitor.keyboard.press('Enter');
    await visitor.waitForURL(/ask\/story\?change=1$/);
    await tabTo('What would you like to tell us?');
    await visitor.keyboard.press('End');
    await visitor.keyboard.type(' She was kind.');
    await tabTo('Continue');
    await visitor.keyboard.press('Enter');
    await visitor.waitForURL('**/check');
    await tabTo('Send the report');
    await visitor.keyboard.press('Enter');
    await visitor.waitForURL('**/sent');
    const contacts = await contactsOf(queue);
    expect(contacts.filter(({ account }) => account.includes('on Sunday. She was kind.')).length).toBe(1);
  });
});

test('WP-06: answers are on the device only while the person says so, are gone on with, and are gone once sent', async ({
  visitor,
}) => {
  const stored = (): Promise<number> => visitor.evaluate(() => localStorage.length + sessionStorage.length);
  await visitor.goto('/report/feedback');
  await visitor.getByRole('button', { name: 'Begin' }).click();
  await visitor.getByLabel('Complain').check();
  await visitor.getByRole('button', { name: 'Continue' }).click();
  expect(await stored()).toBe(0);
  await visitor.getByText('Saving on this device').click();
  await visitor.getByRole('button', { name: 'Save them on this device' }).click();
  await expect.poll(stored).toBe(1);
  // The visit is lost: another browser window without its cookie.
  await visitor.context().clearCookies();
  await visitor.goto('/report/feedback');
  await visitor.getByRole('button', { name: 'Go on with it' }).click();
  await expect(visitor.getByRole('heading', { name: 'What would you like to tell us?' })).toBeVisible();
  await visitor.getByLabel('What would you like to tell us?').fill('Nobody rang back.');
  await visitor.getByRole('button', { name: 'Continue' }).click();
  await visitor.getByRole('button', { name: 'Continue' }).click();
  await visitor.getByLabel('No').check();
  await visitor.getByRole('button', { name: 'Continue' }).click();
  await expect(visitor.locator('dl')).toContainText('Complain');
  await visitor.getByRole('button', { name: 'Send the report' }).click();
  await expect(visitor.getByText(/WR-/)).toBeVisible();
  await expect.poll(stored).toBe(0);
});

test('WP-12: two quick presses on "send", and a reload, make one report', async ({ visitor, queue }) => {
  await visitor.goto('/report/feedback');
  await visitor.getByRole('button', { name: 'Begin' }).click();
  while (!visitor.url().endsWith('/check')) await answer(visitor);
  const before = (await contactsOf(queue)).length;
  await visitor.getByRole('button', { name: 'Send the report' }).dblclick();
  await visitor.waitForURL('**/sent');
  const code = await visitor.locator('.code').textContent();
  await visitor.reload();
  await expect(visitor.locator('.code')).toHaveText(code ?? '');
  expect((await contactsOf(queue)).length).toBe(before + 1);
});
