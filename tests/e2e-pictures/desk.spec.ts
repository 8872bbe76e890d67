import { layWire } from '../harness/cuttable-wire.ts';
import { expect, test } from '../e2e/fixtures.ts';
import { picture, take } from './hands.ts';
import { NightDesk } from './night-desk.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** As small a screen as the pictures of the README are read on. */
const SIZE = { width: 1_600, height: 900 };

test.describe.configure({ timeout: 120_000 });

test('the desk: calm, busy, with the link down, and what was missed', async ({ queue, openDesk }) => {
  await using wire = await layWire(queue.deskUrl);
  const desk = await openDesk({ queue: wire.url });
  await desk.isLive();
  await desk.page.setViewportSize(SIZE);
  await desk.page.getByRole('button', { name: 'Dismiss' }).click();
  const night = new NightDesk(queue);
  await night.before();
  await desk.toList();
  await desk.press('Home', 'j', 'j', 'Space');
  await expect(desk.page.getByRole('article', { name: 'Look' })).toBeVisible();
  await picture(desk, 'desk-calm', 'day');
  await desk.press('Escape');

  const first = await night.card('E01', 6 * SECOND);
  await take(desk, first);
  await desk.type('Caller is upstairs with two children, door is loc');
  await first.goOn(20 * SECOND);
  await night.card('E04', 40 * SECOND);
  await night.card('E15', 25 * SECOND);
  await night.card('E02', 8 * SECOND);
  await expect(desk.strip.section).toContainText(/\+\d+ more/);
  await expect(desk.work.draft).toHaveText(/draft saved/);
  await picture(desk, 'desk-busy', 'night');

  wire.hang();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'down', { timeout: 20_000 });
  await desk.type('ked');
  await desk.press('Control+Enter');
  await expect(desk.status.kept).toContainText('Kept here: 1');
  await picture(desk, 'desk-red', 'day');
  await night.card('E03', 30 * SECOND);
  await night.card('E17', 3 * MINUTE);
  wire.mend();
  await desk.isLive();
  await expect(desk.status.kept).toContainText('Kept here: 0');
  await expect(desk.page.getByRole('region', { name: 'Missed' })).toContainText('While the link was down');
  await picture(desk, 'desk-missed', 'day');
});
