import { expect, test } from './fixtures.ts';

test('X-10: while the link is down a contact is closed and the closing is taken back with one key: it is open again with its draft, and the queue hears of both', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Bicycle taken from the station' });
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('Blue, a basket in front');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  await desk.press('Escape');
  await desk.rest();
  await desk.assess();
  await desk.rest();
  await queue.kill();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'warning');

  await desk.close('told whom to ring');
  const offer = desk.page.getByRole('group', { name: 'Last act can be taken back' });
  await expect(offer).toContainText(/^Closed CON-…\d+, kept here ·u or Ctrl\+Z takes it back \d+ s$/);
  const before = await desk.status.keyBar.boundingBox();
  await desk.page.screenshot({ path: 'test-results/pictures/undo-offer.png' });
  await desk.press('Control+w');
  await expect(desk.work.tabs).toHaveCount(0);
  await desk.press('Control+z');
  await expect(desk.status.lastAct).toContainText('Taken back, kept here: Closed');
  await expect(desk.work.note).toHaveValue('Blue, a basket in front');
  await expect(offer).toHaveCount(0);
  expect(await desk.status.keyBar.boundingBox()).toEqual(before);

  await queue.start();
  await desk.isLive();
  await expect(desk.work.contact).toContainText('Yours since', { timeout: 15_000 });
  await expect(desk.status.kept).toContainText('Kept here: 0');
  expect((await queue.history(call.id)).events).toEqual([
    'arrived',
    'claimed',
    'triaged',
    'closed',
    'reopened',
  ]);
  expect(await queue.auditFlaw()).toBeNull();
});

test('X-10: in a note Ctrl+Z undoes the words first; when they are gone, the claim', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('wrong');
  for (let words = await desk.work.note.inputValue(); words !== '';) {
    await desk.press('Control+z');
    const left = await desk.work.note.inputValue();
    expect(left.length).toBeLessThan(words.length);
    words = left;
  }
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);
  await desk.press('Control+z');
  await expect(desk.work.contact).toContainText('Nobody has it yet.');
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed', 'released']);
});
