import { shownText } from '../../src/renderer/app/shown-text.ts';
import { hostileTexts } from '../harness/e2e-hostile-text.ts';
import { expect, test } from './fixtures.ts';

test('C-14: a contact arrives, is claimed, graded, noted and closed from the keyboard, and PostgreSQL says so', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Shed broken into overnight' });
  await desk.openAndClaim(call.id);
  await desk.press('p', '4');
  await desk.type('No offender, no hurry');
  await desk.press('Enter');
  await expect(desk.work.notes.first()).toContainText('received');
  await desk.press('Shift+F12');
  await desk.type('Crime number given.');
  await desk.press('Control+Enter');
  await expect(desk.work.notes.nth(1)).toContainText('received');
  await desk.assess();
  await desk.rest();
  await desk.close('Dealt with on the telephone', ['Shift+F4', '6']);
  await expect(desk.status.lastAct).toContainText(`Closed ${call.ref}`);
  expect((await queue.history(call.id)).events).toEqual([
    'arrived',
    'claimed',
    'graded',
    'noted',
    'triaged',
    'closed',
  ]);
  expect(await queue.auditFlaw()).toBeNull();
});

test('C-05, W-07: two desks, one emergency: the second is told who has it', async ({ queue, openDesk }) => {
  const desks = [await openDesk({ who: '1001' }), await openDesk({ who: '1002' })];
  const call = await queue.emergency();
  for (const desk of desks) await expect(desk.strip.card(call.id)).toBeVisible();
  await Promise.all(desks.map((desk) => desk.press('F2')));
  for (const desk of desks) await expect(desk.strip.section).toContainText('No emergency waiting');
  const open = await Promise.all(desks.map((desk) => desk.work.tabs.count()));
  expect(open.toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);
});

test('W-02: an emergency that arrives while the handler types moves nothing; F2 and F4 go there and back', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'A long story' });
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('They have been shouting since ten');
  await desk.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Shift+ArrowLeft');
  const before = await desk.work.caret();
  const emergency = await queue.emergency();
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await expect(desk.work.note).toBeFocused();
  expect(await desk.work.caret()).toEqual(before);
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Intruder in the house');
  await desk.press('F4');
  await expect(desk.work.note).toHaveValue(before.text);
});

test('X-09: the page is loaded again, and the half-typed words are there with the caret', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('Half of a sentence');
  await desk.press('ArrowLeft', 'ArrowLeft');
  await desk.type('x');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  const before = await desk.work.caret();
  await desk.page.reload();
  await desk.select(call.id);
  await desk.press('Enter', 'n');
  await expect(desk.work.note).toHaveValue(before.text);
  await expect.poll(() => desk.work.caret()).toEqual(before);
});

test('X-07, W-12: with the queue away a note is kept here and the link is in doubt; back again, it is received', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await queue.kill();
  await expect(desk.status.link).toContainText(/Not confirmed since \d\d:\d\d:\d\d/);
  await desk.press('n');
  await desk.type('Kept while nobody listens');
  await desk.press('Control+Enter');
  await expect(desk.work.notes.first()).toContainText('kept here');
  await expect(desk.status.kept).toContainText('Kept here: 1');
  await queue.start();
  await expect(desk.work.notes.first()).toContainText('received', { timeout: 20_000 });
  await expect(desk.status.kept).toContainText('Kept here: 0');
});

test('W-10: hostile words are shown as plain text in a present-day browser too', async ({ queue, desk }) => {
  const reports: string[] = [];
  desk.page.on('console', (message) => {
    if (message.type() === 'error') reports.push(message.text());
  });
  desk.page.on('pageerror', (error) => reports.push(error.message));
  const all = hostileTexts(200).join('\n');
  const call = await queue.emergency({ title: '<img src=x onerror="window.ranNow = 1">', account: all });
  await expect(desk.strip.card(call.id)).toContainText('<img src=x');
  await desk.press('F2');
  const account = desk.work.pane.getByRole('region', { name: 'Account' }).getByRole('paragraph');
  await expect(account).toBeVisible();
  // What would turn the direction of the words around it stands there as a sign (rule CH-15).
  expect(await account.evaluate((paragraph) => paragraph.textContent)).toBe(shownText(all));
  expect(await desk.page.evaluate(() => 'ranNow' in window)).toBe(false);
  expect(reports).toEqual([]);
});
