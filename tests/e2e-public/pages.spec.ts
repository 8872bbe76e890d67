import { complaints, contactsOf, expect, overflows, test } from './fixtures.ts';
import type { Page } from '@playwright/test';

const looked = [
  '/',
  '/emergency',
  '/routes',
  '/leaving',
  '/privacy',
  '/for-the-police',
  '/for-the-police/noise',
  '/for-the-police/noise/yes',
  '/for-the-police/noise/no',
  '/report',
  '/chat',
  '/nowhere',
];
const kinds = [
  'crime',
  'collision',
  'antisocial-behaviour',
  'information',
  'hate',
  'stalking',
  'domestic-abuse',
  'lost-found',
  'feedback',
];

/** Answers a page's question with the last that can be chosen and something typed, and goes on. Returns whether there was one. */
async function answer(page: Page): Promise<void> {
  const choice = page.locator('main input[type=radio], main input[type=checkbox]').last();
  if ((await choice.count()) > 0) await choice.check();
  for (const field of await page
    .locator('main form input:not([type=hidden]):not([type=radio]):not([type=checkbox]), main form textarea')
    .all()) {
    const name = (await field.getAttribute('name')) ?? '';
    const type = (await field.getAttribute('type')) ?? '';
    const typed = name.endsWith('.date')
      ? '3'
      : name.endsWith('.month')
        ? '2'
        : name.endsWith('.year')
          ? '2026'
          : type === 'tel'
            ? '07700 900123'
            : type === 'email'
              ? 'ana@example.org'
              : /postcode/.test(name)
                ? 'SG1 9VO'
                : 'Larkmere';
    await field.fill(typed);
  }
  await page.getByRole('button', { name: 'Continue' }).click();
}

for (const [name, use] of [
  [
    'by day, 320 px, with script',
    { viewport: { width: 320, height: 640 }, colorScheme: 'light', javaScriptEnabled: true },
  ],
  [
    'by night, without script',
    { viewport: { width: 1100, height: 800 }, colorScheme: 'dark', javaScriptEnabled: false },
  ],
] as const)
  test.describe(name, () => {
    test.use(use);

    test('WP-08: axe has no complaint about any page, and nothing is wider than the screen', async ({
      visitor,
      browser,
      pages,
    }, info) => {
      test.setTimeout(180_000);
      // Axe itself needs script: a page made without is looked at in a second window that holds its HTML.
      const second = use.javaScriptEnabled
        ? null
        : await browser.newContext({
            javaScriptEnabled: true,
            viewport: use.viewport,
            colorScheme: use.colorScheme,
            baseURL: pages.origin,
          });
      const eyes = second === null ? visitor : await second.newPage();
      if (second !== null)
        await second.route(/\.js/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      const found: Record<string, string[]> = {};
      const look = async (what: string): Promise<void> => {
        if (second !== null) await second.addCookies(await visitor.context().cookies());
        if (second !== null) await eyes.goto(visitor.url());
        const list = [
          ...(await complaints(eyes)),
          ...((await overflows(eyes)) ? ['wider than the screen'] : []),
        ];
        if (list.length > 0) found[what] = list;
        await visitor.screenshot({
          path: info.outputPath(`${what.replaceAll('/', '-')}.png`),
          fullPage: true,
        });
      };
      for (const path of second === null ? looked : looked.filter(({ length }) => length < 8)) {
        await visitor.goto(path);
        await look(path);
      }
      /** Shapes of pages that were looked at: the same fields in the same order are drawn by the same lines. */
      const shapes = new Set<string>();
      const lookOnce = async (what: string): Promise<void> => {
        const shape = await visitor
          .locator('main form :is(input, textarea, select):not([type=hidden])')
          .evaluateAll((fields) => fields.map((field) => field.getAttribute('type') ?? field.tagName).join());
        const place = `${new URL(visitor.url()).pathname.split('/')[3] ?? 'before'} ${shape}`;
        if (!shapes.has(place)) await look(what);
        shapes.add(place);
      };
      for (const kind of second === null ? kinds : ['feedback']) {
        await visitor.goto(`/report/${kind}`);
        await lookOnce(`/report/${kind}`);
        await visitor.getByRole('button', { name: 'Begin' }).click();
        await visitor.getByRole('button', { name: 'Continue' }).click();
        if (second === null && kind === 'crime') await look(`${kind} with something missing`);
        for (let n = 0; !visitor.url().endsWith('/check'); n += 1) {
          await lookOnce(`${kind} ${new URL(visitor.url()).pathname.split('/').at(-1)}`);
          if (visitor.url().endsWith('/photos'))
            await visitor.getByRole('link', { name: 'Go on without photos' }).click();
          else await answer(visitor);
          if (visitor.url().endsWith('/danger')) {
            await lookOnce(`${kind} danger`);
            await visitor.getByRole('link', { name: 'I can go on' }).click();
          }
          expect(n).toBeLessThan(40);
        }
        await look(`${kind} check`);
        await visitor.getByRole('button', { name: 'Send the report' }).click();
        await expect(visitor.getByText(/WR-\w{4}-\w{4}/)).toBeVisible();
        await lookOnce(`${kind} sent`);
      }
      await second?.close();
      expect(found).toEqual({});
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
    expect(contacts.map(({ account }) => account.includes('on Sunday. She was kind.'))).toEqual([true]);
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
  for (let n = 0; !visitor.url().endsWith('/check'); n += 1) await answer(visitor);
  await visitor.getByRole('button', { name: 'Send the report' }).dblclick();
  await visitor.waitForURL('**/sent');
  const code = await visitor.locator('.code').textContent();
  await visitor.reload();
  await expect(visitor.locator('.code')).toHaveText(code ?? '');
  expect((await contactsOf(queue)).length).toBe(1);
});
