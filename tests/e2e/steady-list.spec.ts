import type { Page } from '@playwright/test';
import type { E2eQueue } from '../harness/e2e-queue.ts';
import { expect, test } from './fixtures.ts';

/** Where focus, caret, selected row and open contact are, and where on screen the selected row and the focused field stand. */
const scene = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    const field = focused instanceof HTMLTextAreaElement ? focused : null;
    const selected = document.querySelector('[role="row"][aria-selected="true"]');
    return {
      focus: focused?.getAttribute('aria-label'),
      focusAt: focused?.getBoundingClientRect().top,
      caret: field === null ? null : [field.value, field.selectionStart, field.selectionEnd],
      selected: selected?.getAttribute('data-contact-id'),
      selectedAt: selected?.getBoundingClientRect().top,
      tab: document.querySelector('[role="tab"][aria-selected="true"]')?.textContent,
    };
  });

/** The contact in the list under a point of the screen. */
const rowAt = (page: Page, x: number, y: number) =>
  page.evaluate(
    ([left, top]) =>
      document.elementFromPoint(left, top)?.closest('[data-contact-id]')?.getAttribute('data-contact-id') ??
      null,
    [x, y] as const,
  );

/** New work of every kind: above the sight, within it, below it; every fifth is a 999. */
async function arriveMixed(queue: E2eQueue, n: number): Promise<string> {
  const kinds = [
    { channel: '101-voice', title: 'Threat to life', flags: { lookFirst: true } },
    { channel: '101-voice', title: 'Vulnerable caller', flags: { vulnerable: true } },
    { channel: 'online-report', title: 'Report' },
    { channel: 'web-chat', title: 'Chat' },
  ];
  const { id } =
    n % 5 === 4
      ? await queue.emergency({ title: `Emergency ${n}` })
      : await queue.arrive({ ...kinds[n % 5], title: `${kinds[n % 5]?.title ?? ''} ${n}` });
  return id;
}

test('A7, W-02, W-03: while work and emergencies pour in, the row under the pointer, the chosen row, focus and caret stay; F2 and . go to what is new', async ({
  queue,
  desk,
}) => {
  test.setTimeout(120_000);
  const { page } = desk;
  const ids: string[] = [];
  for (let at = 0; at < 40; at += 1) ids.push((await queue.arrive({ title: `Call ${at}` })).id);
  await expect(desk.status.line).toContainText('40');
  let arrived = 40;
  let taken = 0;
  const pour = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      await arriveMixed(queue, arrived);
      arrived += 1;
    }
  };
  const waiting = async (): Promise<number> => {
    const counts = await page.getByLabel('Waiting', { exact: true }).locator('dd').allTextContents();
    return counts.reduce((sum, count) => sum + Number(count), 0);
  };
  const isPainted = () => expect.poll(waiting).toBe(arrived - taken);

  // The pointer goes over the list, nothing is chosen yet: the row under it is the row that it went to.
  const box = await desk.inbox.row(ids[12] ?? '').boundingBox();
  if (box === null) throw new Error('row 12 is not on screen');
  const [x, y] = [box.x + 120, box.y + box.height / 2];
  await page.mouse.move(x, y - 3);
  for (let beat = 0; beat < 10; beat += 1) {
    await page.mouse.move(x + beat, y);
    await arriveMixed(queue, arrived);
    arrived += 1;
    await page.mouse.move(x + beat, y + 1);
    expect(await rowAt(page, x + beat, y + 1), `after ${beat + 1} arrivals`).toBe(ids[12]);
  }
  await page.mouse.move(2, 2);
  await isPainted();

  // Through the list by keys: each goes to the neighbour that stood there, at the neighbour's place; between them nothing moves.
  await desk.select(ids[15] ?? '');
  let last = await scene(page);
  for (const key of ['j', 'j', 'k', 'j', 'k', 'k']) {
    await pour(2);
    expect(await scene(page)).toEqual(last);
    const order = await desk.inbox.order();
    const at = order.indexOf(last.selected ?? '');
    await desk.press(key);
    const now = await scene(page);
    expect([now.focus, now.selected]).toEqual(['Inbox', order[at + (key === 'j' ? 1 : -1)]]);
    last = now;
  }
  await isPainted();
  // Hands off the keys: what was held comes in, the chosen row stays where the eye is.
  await expect(desk.inbox.newAbove).toBeVisible();
  await page.waitForTimeout(2_000);
  expect(await scene(page)).toEqual(last);

  // Typing: focus, caret and open contact stay, also for an emergency.
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText('Yours since');
  taken += 1;
  await desk.press('n');
  await desk.type('She says that the door was forced');
  await desk.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  const typing = await scene(page);
  expect(typing.caret).toEqual(['She says that the door was forced', 30, 30]);
  await pour(10);
  await isPainted();
  const emergency = await queue.emergency({ title: 'Man with a knife' });
  await expect(desk.strip.section).toContainText(/\+\d+ more/);
  await expect(desk.inbox.row(emergency.id).first()).toBeVisible();
  expect(await scene(page)).toEqual(typing);
  await page.screenshot({ path: 'test-results/pictures/steady-while-typing.png' });
  await desk.type('!');
  await expect(desk.work.note).toHaveValue('She says that the door was for!ced');

  // The handler's own keys go to what is new: F4 back to the words, . to the top.
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Emergency 44');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.press('F4');
  await expect(desk.work.note).toHaveValue('She says that the door was for!ced');
  await desk.toList();
  await desk.rest();
  await desk.press('.');
  await expect(desk.inbox.newAbove).toHaveCount(0);
  const order = await desk.inbox.order();
  expect(order).toContain(emergency.id);
  await expect(desk.inbox.grid).toBeFocused();
});
