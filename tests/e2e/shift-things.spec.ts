import { expect, test } from './fixtures.ts';

test('W-20, W-22, O-07, A-10, C-07: a shift’s small things by key: panes keep their width over a restart, search finds by words and opens, a row says why it stands there, the status has its reason, and a promoted contact is in the strip', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const { page } = desk;
  const bicycle = await queue.arrive({ title: 'Bicycle taken', account: 'A green tandem from the rack' });
  const fence = await queue.arrive({ title: 'Neighbours at the fence', account: 'They shout all night' });
  await desk.select(fence.id);

  // Why it stands where it stands: a sum that can be checked.
  await desk.press('Shift+W');
  await expect(desk.status.lastAct).toContainText(
    new RegExp(`${fence.ref}: Due [\\d:]+ = received [\\d:]+ \\+ 90 s, policy service-levels-`),
  );

  // By words of the account, from the list and from a contact; what is found is opened, the list stays as it was.
  const search = page.getByRole('search', { name: 'Search' });
  const hits = search.getByRole('option');
  await desk.press('/');
  await desk.type('tand green');
  await expect(hits).toHaveCount(1);
  await expect(hits).toContainText(bicycle.ref);
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText('Bicycle taken');
  await desk.press('Control+f');
  await expect(search.getByRole('combobox')).toBeFocused();
  await desk.type('shout');
  await expect(hits).toHaveCount(1);
  await page.screenshot({ path: 'test-results/pictures/shift-search.png' });
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText('Neighbours at the fence');
  await expect(desk.inbox.rows).toHaveCount(2);

  await desk.press('F8', 'k', '2');
  await expect(desk.status.line).toContainText('Break – meal');
  const status = async () =>
    (await queue.sql('select kind, reason from desk_status order by since desc limit 1'))[0] ?? null;
  await expect.poll(status).toEqual({ kind: 'break', reason: 'meal' });

  // What turns out to be an emergency stands in the strip, in everybody's, with the reason on the record.
  await desk.select(bicycle.id);
  await desk.press('Shift+E');
  await expect(desk.work.reason.or(page.getByRole('textbox', { name: 'Reason' })).first()).toBeFocused();
  await desk.type('He is back with a hammer');
  await desk.press('Enter');
  await expect(desk.strip.card(bicycle.id)).toContainText('Bicycle taken');
  await expect.poll(async () => (await queue.history(bicycle.id)).events).toContain('promoted');
  await page.screenshot({ path: 'test-results/pictures/shift-promoted.png' });

  // Tab reaches the separator of two panes, and the arrow keys move it.
  const width = page.getByRole('separator', { name: 'Width of inbox and work' });
  const share = async () => Number(await width.getAttribute('aria-valuenow'));
  const before = await share();
  await desk.toList();
  for (let tab = 0; tab < 30; tab += 1) {
    if (await width.evaluate((element) => element === document.activeElement)) break;
    await desk.press('Tab');
  }
  await expect(width).toBeFocused();
  await desk.press('ArrowRight', 'ArrowRight', 'ArrowRight');
  await expect.poll(share).toBeGreaterThan(before);
  const after = await share();
  const stands = (await width.boundingBox())?.x;
  await desk.window.close();

  const again = await openDesk({ data: desk.window.start.data, who: null });
  await expect(again.inbox.row(fence.id)).toBeVisible();
  const found = again.page.getByRole('separator', { name: 'Width of inbox and work' });
  await expect(found).toHaveAttribute('aria-valuenow', String(after));
  expect((await found.boundingBox())?.x).toBe(stands);
  await expect(again.strip.card(bicycle.id)).toContainText('Bicycle taken');
});
