import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

const words = 'The caller is in the loft, quiet, the intruder still downstairs';

test('X-09: the program is killed with kill -9 while the handler types and comes back with the text and the caret', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const call = await queue.arrive({ title: 'Intruder still inside' });
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type(words);
  await desk.press(...Array.from({ length: 12 }, () => 'ArrowLeft'));
  await desk.type('!');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  const before = await desk.work.caret();
  expect(before.start).toBe(words.length - 11);
  const { data } = desk.window.start;
  await desk.window.kill();

  const again = await openDesk({ data });
  await again.select(call.id);
  await again.press('Enter');
  await expect(again.work.note).toHaveValue(before.text);
  await again.press('n');
  await expect.poll(() => again.work.caret()).toEqual(before);
  await again.type('?');
  const at = before.start;
  await expect(again.work.note).toHaveValue(`${before.text.slice(0, at)}?${before.text.slice(at)}`);
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);
});

test('X-01, X-09: only the workstation process is killed: the window goes on, says what happened, and the text is intact', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('First half, ');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  const first = desk.window.workstationPid();
  process.kill(first, 'SIGKILL');
  await expect(desk.status.link).not.toContainText('Live');
  await desk.type('second half');
  await expect(desk.work.note).toHaveValue('First half, second half');
  await expect(desk.work.note).toBeFocused();
  await expect(desk.status.notices).toContainText('A part of this desk stopped and was started again.');
  await desk.isLive();
  expect(desk.window.workstationPid()).not.toBe(first);
  await desk.page.screenshot({ path: 'test-results/pictures/workstation-killed.png' });

  await desk.type('.');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  await desk.press('Control+Enter');
  await expect(desk.work.notes.first()).toContainText('First half, second half.');
  await expect(desk.work.notes.first()).toContainText('received');
  const later = await queue.emergency();
  await expect(desk.strip.card(later.id)).toBeVisible();
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed', 'noted']);
});

test('L-12, X-07, X-08, W-12: the link is cut: amber, then red with the age of the data; a claim is refused in a sentence, a note is kept here, and it is received when the queue is back', async ({
  queue,
  desk,
}) => {
  const mine = await queue.arrive({ title: 'Mine before the cut' });
  const free = await queue.arrive({ title: 'Free when it was cut' });
  await desk.openAndClaim(mine.id);
  await queue.kill();

  await expect(desk.status.link).toContainText(/Not confirmed since \d\d:\d\d:\d\d/);
  await expect(desk.status.link).toHaveAttribute('data-tone', 'warning');
  await desk.page.screenshot({ path: 'test-results/pictures/link-amber.png' });
  await expect(desk.status.link).toContainText(/Link down – showing \d\d:\d\d:\d\d, \d+ (s|min) old/, {
    timeout: 20_000,
  });
  await desk.press('n');
  await desk.type('Written with the link down');
  await desk.press('Control+Enter');
  const note = desk.work.notes.first();
  await expect(note).toContainText('Written with the link down');
  await expect(note).toContainText('kept here');
  await expect(note).not.toContainText('received');
  await expect(desk.status.kept).toContainText('Kept here: 1');
  await expect(desk.status.outbox).toContainText('Kept here, not received.');
  await expect(desk.inbox.state(mine.id)).toHaveText('kept here');

  await desk.rest();
  await desk.select(free.id);
  await desk.press('c');
  await expect(desk.status.lastAct).toContainText('Not claimed: the link to the queue is down');
  await expect(desk.inbox.state(free.id)).toHaveText('Ringing');
  await desk.page.screenshot({ path: 'test-results/pictures/link-red.png' });

  await queue.start();
  await desk.isLive();
  await expect(note).toContainText('received', { timeout: 15_000 });
  await expect(note).not.toContainText('kept here');
  await expect(desk.status.kept).toContainText('Kept here: 0');
  await expect(desk.status.outbox).toContainText('all received');
  expect((await queue.history(mine.id)).events).toEqual(['arrived', 'claimed', 'noted']);
  expect((await queue.history(free.id)).events).toEqual(['arrived']);
  expect(await queue.auditFlaw()).toBeNull();
});

test('X-01, X-07: what was kept here survives kill -9 of the desk while the queue is away, and is sent once', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await queue.kill();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'warning');
  await desk.press('n');
  await desk.type('Kept through everything');
  await desk.press('Control+Enter');
  await expect(desk.work.notes.first()).toContainText('kept here');
  const { data } = desk.window.start;
  await desk.window.kill();
  expect(existsSync(join(desk.window.folder, 'desk.db'))).toBe(true);

  await queue.start();
  const again = await openDesk({ data });
  await again.select(call.id);
  await again.press('Enter');
  await expect(again.work.notes.first()).toContainText('Kept through everything');
  await expect(again.work.notes.first()).toContainText('received');
  await expect(again.work.notes).toHaveCount(1);
  expect((await queue.contact(call.id)).body.notes.map(({ text }) => text)).toEqual([
    'Kept through everything',
  ]);
});

for (const [how, end] of [
  ['the window is closed', 'close'],
  ['the system shuts down', 'terminate'],
] as const) {
  test(`X-09: ${how} right after a key: the last words are there again`, async ({ queue, openDesk }) => {
    const desk = await openDesk();
    const call = await queue.arrive();
    await desk.openAndClaim(call.id);
    await desk.press('n');
    await desk.type('Said in the last moment');
    await desk.window[end]();
    const again = await openDesk({ data: desk.window.start.data });
    await again.select(call.id);
    await again.press('Enter');
    await expect(again.work.note).toHaveValue('Said in the last moment');
  });
}
