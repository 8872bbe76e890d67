import { expect, test } from './fixtures.ts';

test('A16, A-10, A-11: Shift+F8 is “away” at once, also while typing; nothing asks why, nobody else learns why, emergencies still show, and the same key comes back', async ({
  queue,
  desk,
}) => {
  const { page } = desk;
  const toldOf = async () => {
    const [row] = await queue.sql<{ kind: string; reason: string | null }>(
      'select kind, reason from desk_status order by since desc limit 1',
    );
    return row ?? null;
  };
  const call = await queue.arrive({ title: 'Neighbours at the fence' });
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('He has a spade');
  await desk.press('ArrowLeft', 'ArrowLeft');
  const caret = await desk.work.caret();
  const stripBefore = await desk.strip.section.boundingBox();

  await desk.press('Shift+F8');
  await expect(desk.status.line).toContainText('Away – welfare');
  await expect(desk.status.lastAct).toContainText('Shift+F8 when you are back');
  // No question, no window, no list to choose from: the fingers are where they were.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /reason|why/i })).toHaveCount(0);
  await expect(desk.work.note).toBeFocused();
  expect(await desk.work.caret()).toEqual(caret);
  await page.screenshot({ path: 'test-results/pictures/welfare.png' });

  // The queue knows that they are away, and no more; the contact stays theirs.
  await expect.poll(async () => (await toldOf())?.kind).toBe('away');
  expect((await toldOf())?.reason).toBe('other');
  expect(await queue.contact(call.id)).toMatchObject({ state: 'owned' });

  // An emergency is still seen and told, and nothing moves for it.
  const emergency = await queue.emergency({ title: 'Somebody at the window' });
  await expect(desk.strip.card(emergency.id)).toContainText('Somebody at the window');
  await expect(page.getByRole('alert').filter({ hasText: 'Emergency.' })).toHaveCount(1);
  expect(await desk.strip.section.boundingBox()).toEqual(stripBefore);
  await expect(desk.work.note).toBeFocused();
  await expect(desk.status.line).toContainText('Away – welfare');

  // How to come back stands there for as long as they are away, whatever was said since.
  await desk.press('Control+s');
  await expect(desk.status.line).toContainText('Shift+F8');
  await desk.press('Shift+F8');
  await expect(desk.status.line).toContainText('Available');
  await expect(desk.status.line).not.toContainText('welfare');
  await expect.poll(async () => (await toldOf())?.kind).toBe('available');

  // Nothing of it is kept: one line about now, and no word in the audit.
  const kept = await queue.sql<{ n: number }>('select count(*)::int as n from desk_status');
  expect(kept).toEqual([{ n: 1 }]);
  const audit = await queue.sql<{ text: string }>('select row_to_json(audit)::text as text from audit');
  expect(audit.map(({ text }) => text).join(' ')).not.toMatch(/welfare|away/i);
});
