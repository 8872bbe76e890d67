import { expect, test } from './fixtures.ts';

test('W-04: keys that are commands elsewhere are only letters while something is typed', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive();
  const other = await queue.arrive({ title: 'Not touched' });
  await desk.openAndClaim(call.id);
  await desk.press('n');
  const letters = 'jkcnpeorfb.[]?gGED 12345';
  await desk.type(letters);
  await expect(desk.work.note).toHaveValue(letters);
  await expect(desk.work.note).toBeFocused();
  await expect(desk.work.tabs).toHaveCount(1);
  await desk.press('Escape');
  // Fingers run on after the focus has moved: these letters belong to the words, and go nowhere.
  await desk.press('e', '1', 'r');
  await expect(desk.page.getByRole('group', { name: 'Closing record' })).toHaveCount(0);
  await desk.rest();
  await desk.press('f');
  await expect(desk.inbox.filter).toBeFocused();
  await desk.type('cre1');
  await expect(desk.inbox.filter).toHaveValue('cre1');
  expect((await queue.history(other.id)).events).toEqual(['arrived']);
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);
});

test('W-06: Escape goes out one level at a time and discards nothing', async ({ queue, desk }) => {
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('Half a sentence');
  await desk.press('F1');
  await expect(desk.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await desk.press('Escape');
  await expect(desk.page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
  await expect(desk.work.note).toBeFocused();
  await desk.press('Shift+F3');
  await expect(desk.work.form('Grade')).toBeVisible();
  await desk.press('Escape');
  await expect(desk.work.form('Grade')).toHaveCount(0);
  await desk.press('Shift+F12');
  await desk.press('Escape');
  await expect(desk.work.contact).toBeFocused();
  await desk.press('Escape');
  await expect(desk.inbox.grid).toBeFocused();
  await desk.press('Escape', 'Escape');
  await expect(desk.inbox.grid).toBeFocused();
  await expect(desk.work.note).toHaveValue('Half a sentence');
  await expect(desk.work.activeTab).toContainText('draft');
});

test('C-13, R-06: a contact is not closed without its record, nor graded without a reason', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await desk.press('p', '2');
  const grading = desk.work.form('Grade G2, priority');
  await expect(desk.work.reason).toBeFocused();
  await expect(desk.work.pane.getByText('The reason is still missing.')).toBeVisible();
  await desk.press('Enter');
  await expect(grading).toBeVisible();
  await desk.type('   ');
  await desk.press('Enter');
  await expect(grading).toBeVisible();
  await desk.press('Escape');

  await desk.rest();
  await desk.press('Shift+F4');
  const closing = desk.page.getByRole('group', { name: 'Closing record' });
  await expect(closing).toBeVisible();
  await closing.getByRole('textbox', { name: 'How it ended, in a line' }).fill('A result, but no outcome');
  await desk.press('Control+Enter');
  await expect(closing).toContainText('Choose how it ended.');
  await expect(desk.status.lastAct).toContainText('Not closed');
  await desk.press('Escape');
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);
  await expect(desk.status.kept).toContainText('0');
});

test('W-02, W-03: what arrives above leaves the selected row in its place and is counted', async ({
  queue,
  desk,
}) => {
  const ids = [];
  for (let at = 0; at < 30; at += 1) ids.push((await queue.arrive({ title: `Call ${at}` })).id);
  const chosen = ids[20] ?? '';
  await desk.select(chosen);
  const place = () => desk.inbox.row(chosen).evaluate((row) => row.getBoundingClientRect().top);
  const before = await place();
  for (let at = 0; at < 5; at += 1)
    await queue.arrive({ title: 'Threat to life', flags: { lookFirst: true } });
  await expect(desk.status.line).toContainText('35');
  await expect(desk.inbox.newAbove).toContainText('5 new above');
  expect(await place()).toBe(before);
  await expect(desk.inbox.row(chosen)).toHaveAttribute('aria-selected', 'true');
  await expect(desk.inbox.grid).toBeFocused();
});
