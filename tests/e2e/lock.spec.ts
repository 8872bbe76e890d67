import { demoAccount } from '../harness/demo-accounts.ts';
import { expect, test } from './fixtures.ts';

const pin = demoAccount('1001').pin;

test('W-16, A-09: Ctrl+L takes the work off the page; an emergency still shows, and the PIN gives everything back', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Neighbours at the fence', account: 'They shout all night' });
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('He has a spade');
  await desk.press('ArrowLeft', 'ArrowLeft');
  const before = await desk.work.caret();
  const stripBefore = await desk.strip.section.boundingBox();
  await desk.press('Control+l');
  await expect(desk.session.locked).toBeVisible();
  await expect(desk.session.pin).toBeFocused();
  const body = await desk.page.locator('body').textContent();
  for (const words of ['Neighbours', 'shout', 'spade', call.ref]) expect(body).not.toContain(words);
  expect(await desk.strip.section.boundingBox()).toEqual(stripBefore);
  await expect(desk.status.link).toContainText('Live');

  const emergency = await queue.emergency({ title: 'Somebody at the window' });
  await expect(desk.strip.card(emergency.id)).toContainText('Somebody at the window');
  expect(await desk.strip.section.boundingBox()).toEqual(stripBefore);
  await expect(desk.page.getByRole('alert').filter({ hasText: 'Emergency.' })).toHaveCount(1);
  await desk.page.screenshot({ path: 'test-results/pictures/locked-emergency.png' });

  await desk.type('0000');
  await desk.press('Enter');
  await expect(desk.session.refusal).toContainText('That PIN is wrong.');
  await expect(desk.session.pin).toBeFocused();
  await desk.type(pin);
  await desk.press('Enter');
  await expect(desk.work.note).toBeFocused();
  expect(await desk.work.caret()).toEqual(before);
  await expect(desk.inbox.row(emergency.id)).toBeVisible();
});

test('A-09: F2 on a locked desk asks for the PIN, and then takes', async ({ queue, desk }) => {
  await desk.press('Control+l');
  await expect(desk.session.locked).toBeVisible();
  const emergency = await queue.emergency();
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.session.locked).toContainText('PIN, then it is yours.');
  expect((await queue.history(emergency.id)).events).toEqual(['arrived']);
  await desk.type(pin);
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText('Yours since');
  expect((await queue.history(emergency.id)).events).toEqual(['arrived', 'claimed']);
});

test('A-09: a locked desk stays locked when the program is started again, and only its own person opens it', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const call = await queue.arrive({ title: 'Behind the lock' });
  await expect(desk.inbox.row(call.id)).toBeVisible();
  await desk.press('Control+l');
  await expect(desk.session.locked).toBeVisible();
  await desk.window.close();
  const again = await openDesk({ data: desk.window.start.data, who: null });
  await expect(again.session.locked).toContainText('Sam Okafor');
  await expect(again.session.pin).toBeFocused();
  await expect(again.page.getByText('Behind the lock')).toHaveCount(0);
  await again.type(demoAccount('3001').pin);
  await again.press('Enter');
  await expect(again.session.refusal).toContainText('That PIN is wrong.');
  await again.type(pin);
  await again.press('Enter');
  await expect(again.inbox.row(call.id)).toBeVisible();
});

test('W-16, A-09: a desk at which nobody has pressed a key for ten minutes locks itself, and an emergency is still seen', async ({
  queue,
  desk,
}) => {
  const { page } = desk;
  // The window's clocks, from its next reading on, are the test's.
  await page.clock.install();
  await page.reload();
  const quiet = await queue.arrive({ title: 'Neighbours at the fence' });
  await expect(desk.inbox.row(quiet.id)).toBeVisible();
  await page.clock.fastForward('09:30');
  await expect(desk.session.locked).toHaveCount(0);
  await page.clock.fastForward('01:00');
  await expect(desk.session.locked).toBeVisible();
  await expect(page.getByText('Neighbours at the fence')).toHaveCount(0);
  const emergency = await queue.emergency({ title: 'Somebody at the window' });
  await expect(desk.strip.card(emergency.id)).toContainText('Somebody at the window');
  await expect(page.getByRole('alert').filter({ hasText: 'Emergency.' })).toHaveCount(1);
  await desk.type(pin);
  await desk.press('Enter');
  await expect(desk.inbox.row(quiet.id)).toBeVisible();
});
