import { shownText } from '../../src/renderer/app/shown-text.ts';
import { hostileTexts } from '../harness/e2e-hostile-text.ts';
import { expect, test } from './fixtures.ts';

const texts = hostileTexts(200);

test('W-10: two hundred hostile titles, places and accounts are shown as plain text, and nothing in them runs', async ({
  queue,
  desk,
}) => {
  expect(texts.length).toBe(200);
  await desk.page.evaluate(() => {
    const reports: string[] = [];
    Object.assign(window, { policyReports: reports });
    addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
      reports.push(`${violatedDirective} ${sample}`),
    );
    addEventListener('error', ({ message }) => reports.push(message));
  });
  const dialogs: string[] = [];
  desk.page.on('dialog', (dialog) => dialogs.push(dialog.message()));

  // One contact says all of it; the others carry one text each, as title and as place.
  const all = texts.join('\n');
  const caller = { name: texts[0], number: '<b>1</b>', address: texts[1] };
  const account = await queue.emergency({ title: texts[2], place: texts[3], account: all, caller });
  const at = new Map<string, string>();
  for (let from = 0; from < texts.length; from += 20) {
    const some = texts.slice(from, from + 20);
    const receipts = await Promise.all(
      some.map((text) => queue.arrive({ title: text, place: text, account: text })),
    );
    for (const [index, { id }] of receipts.entries()) at.set(id, some[index] ?? '');
  }
  await expect(desk.status.line).toContainText('200');

  // Through the whole list, a page at a time: each row's text is the text that came.
  await desk.toList();
  await desk.press('Home');
  const seen = new Map<string, string>();
  const elements = new Set<string>();
  const allowed = new Set(['div', 'span', 'svg', 'path', 'text', 'strong', 'time']);
  for (let page = 0; page < 40 && seen.size < at.size; page += 1) {
    const rows = await desk.inbox.rows.evaluateAll((found) =>
      found.map((row) => ({
        id: row.getAttribute('data-contact-id') ?? '',
        what: row.querySelector('[data-column="what"] > :first-child')?.textContent ?? '',
        where: row.querySelector('[data-column="where"] > :first-child')?.textContent ?? '',
        inside: [...row.querySelectorAll('*')].map(({ localName }) => localName),
        handlers: [row, ...row.querySelectorAll('*')].flatMap((element) =>
          element
            .getAttributeNames()
            .filter((name) => name.startsWith('on') || name === 'href' || name === 'src'),
        ),
        height: row.getBoundingClientRect().height,
      })),
    );
    for (const { id, what, where, inside, handlers, height } of rows) {
      for (const name of inside) elements.add(name);
      expect(handlers).toEqual([]);
      expect(height).toBeLessThanOrEqual(42);
      const sent = at.get(id);
      if (sent === undefined) continue;
      expect(what).toBe(sent);
      expect(where).toBe(sent);
      seen.set(id, what);
    }
    await desk.press('PageDown');
  }
  expect(seen.size).toBe(at.size);
  expect([...elements].filter((name) => !allowed.has(name))).toEqual([]);
  await desk.page.screenshot({ path: 'test-results/pictures/hostile-list.png' });

  await expect(desk.strip.card(account.id)).toContainText(texts[2] ?? '');
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  const shown = desk.work.pane.getByRole('region', { name: 'Account' }).getByRole('paragraph');
  expect(await shown.evaluate((paragraph) => paragraph.textContent)).toBe(shownText(all));
  // Risk words are marked in it, and nothing else is in it but text.
  const inside = await shown.evaluate((paragraph) =>
    [...paragraph.querySelectorAll('*')].map(({ localName }) => localName),
  );
  expect(inside.filter((name) => name !== 'mark')).toEqual([]);
  await desk.page.screenshot({ path: 'test-results/pictures/hostile-contact.png' });

  const after = await desk.page.evaluate(() => ({
    ran: (window as unknown as { ranNow?: number }).ranNow,
    polluted: ({} as { polluted?: boolean }).polluted,
    reports: (window as unknown as { policyReports: string[] }).policyReports,
    strange: [...document.querySelectorAll('script, iframe, object, embed, form, base, link, video, style')]
      .filter((element) => element.closest('#root') !== null)
      .map(({ outerHTML }) => outerHTML.slice(0, 80)),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    title: document.title,
  }));
  expect(after).toMatchObject({ ran: undefined, polluted: undefined, reports: [], strange: [], wide: 0 });
  expect(after.title).toContain('FCR Desk');
  expect(dialogs).toEqual([]);
});

test('W-10: hostile words of a handler’s own come back from the queue as they were typed', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  const words = texts.slice(0, 30).join('\n');
  await desk.press('n');
  await desk.work.note.fill(words);
  await desk.press('Control+Enter');
  await expect(desk.work.notes.first()).toContainText('received');
  const note = desk.work.notes.first().getByRole('paragraph').last();
  expect(await note.evaluate((paragraph) => paragraph.textContent)).toBe(words);
  expect((await queue.contact(call.id)).body.notes[0]?.text).toBe(words);
});
