import { expect, lastContact, test } from './fixtures.ts';
import { aCollision, fillIn, WHEN } from './report.ts';

test('WP-12, WP-13, WP-21 (E11): a collision with damage alone is reported with a receipt, stands in the list as it was written, and its reference is the one on the receipt', async ({
  programs: { queue },
  desk,
  somebody,
}) => {
  const { page } = await somebody();
  await fillIn(page, 'collision', await aCollision());
  await page.getByRole('button', { name: 'Send the report' }).click();
  const code = await page.locator('.code').textContent();
  expect(code).toMatch(/^WR-\w{4}-\w{4}$/);
  const { id, ref } = await lastContact(queue, 'online-report');
  await expect(page.locator('main')).toContainText(ref);
  await desk.select(id);
  await expect(desk.inbox.row(id)).toContainText('the other driver did not stop');
  await expect(desk.page.getByRole('group', { name: 'Chosen contact' })).not.toContainText('Look first');
  await desk.openAndClaim(id);
  await expect(desk.work.pane).toContainText('Somebody drove into the back of it');
  await expect(desk.work.pane).toContainText(code ?? '');
  await expect(desk.work.pane).toContainText('KN?? ??');
  // The photo comes behind the report, covered until it is asked for.
  const photos = desk.page.getByRole('region', { name: 'Photos' });
  await expect(photos.getByRole('img', { name: 'Photo 1 of 1, covered' })).toBeVisible();
  await desk.page.screenshot({ path: 'test-results/pictures/photo-covered.png' });
  await desk.press('Shift+I', 'Enter');
  await expect(photos.getByRole('img', { name: 'Photo 1 of 1, from the reporter' })).toBeVisible();
  await desk.page.screenshot({ path: 'test-results/pictures/photo-shown.png' });
  await desk.press('Escape');
  await expect(photos.getByRole('img', { name: 'Photo 1 of 1, covered' })).toBeVisible();
  await desk.press('r');
});

test('A14, K-03 (E10): a scratched car that hides stalking stands before what came earlier, is looked at from the list in one key and graded at once', async ({
  programs: { queue },
  desk,
  somebody,
}) => {
  const earlier = await queue.arrive({
    channel: 'online-report',
    title: 'Crime: a bin was taken',
    account: 'Somebody took our bin.',
  });
  const { page } = await somebody();
  await fillIn(page, 'crime', {
    'danger-now': { choose: 'no' },
    what: { choose: 'damage' },
    story: {
      type: {
        story:
          'Somebody keyed my Kia (LB71 QIV). It is the third thing. He always knows when I am at mum’s. My phone got hot last week. I just want a crime number for insurance.',
      },
    },
    before: { choose: 'aimed' },
    when: WHEN,
    where: { type: { 'where.street': 'Pennywhistle Court', 'where.town': 'Welwyn Garden City' } },
    'reach-you': { choose: 'none' },
    'about-you': { type: { 'about-you.name': 'Tessa Windle', 'about-you.phone': '07700 900845' } },
  });
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(page.locator('.code')).toBeVisible();
  const { id } = await lastContact(queue, 'online-report');
  await desk.select(id);
  await expect(desk.page.getByRole('group', { name: 'Chosen contact' })).toContainText('Look first');
  const order = await desk.inbox.order();
  expect(order.indexOf(id)).toBeLessThan(order.indexOf(earlier.id));
  await desk.press('Space');
  await expect(desk.page.getByText('He always knows when I am at mum’s').first()).toBeVisible();
  expect((await queue.contact(id)).owner).toBeNull();
  await desk.openAndClaim(id);
  await desk.press('p', '2');
  await expect(desk.work.reason).toBeFocused();
  await desk.type('The third thing, and he knows where she is');
  await desk.press('Enter');
  await expect.poll(async () => (await queue.contact(id)).body.grade).toBe('G2');
  await desk.rest();
  await desk.press('r');
});
