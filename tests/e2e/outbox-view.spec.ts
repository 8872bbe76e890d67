import { expect, test } from './fixtures.ts';

test('X-06, X-07, X-09: what is kept here is one key away in a narrow window too: unsent, half-written, and where each belongs', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Bicycle taken' });
  const other = await queue.arrive({ title: 'Fence damaged' });
  await desk.openAndClaim(call.id);
  await queue.kill();
  await expect(desk.status.link)
    .toHaveAttribute('data-tone', 'offline', { timeout: 20_000 })
    .catch(() => undefined);
  await desk.press('n');
  await desk.type('Written with the link down');
  await desk.press('Control+Enter');
  await desk.rest();
  await desk.select(other.id);
  await desk.press('Enter');
  await desk.press('n');
  await desk.type('Half a sen');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  await desk.press('Control+o');
  const view = desk.page.getByRole('region', { name: 'All that is kept here' });
  const waiting = view.getByRole('region', { name: 'Waits to be sent' });
  await expect(waiting).toContainText(
    'NOT SENT: the link is down, and the contact may already be with another desk.',
  );
  await expect(waiting).toContainText('Written with the link down');
  await expect(view.getByRole('region', { name: 'Half-written' })).toContainText('Fence damaged');
  await desk.page.screenshot({ path: 'test-results/pictures/outbox-view.png' });
  await desk.rest();
  await desk.press('j', 'j', 'Enter');
  await expect(view).toHaveCount(0);
  await expect(desk.work.note).toHaveValue('Half a sen');

  // Twice as large: two panes are left.
  await desk.window.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2),
  );
  await expect(desk.page.getByRole('region', { name: 'Context' })).toHaveCount(0);
  await desk.press('Control+o');
  await expect(view).toBeVisible();
  await desk.page.screenshot({ path: 'test-results/pictures/outbox-view-narrow.png' });
});
