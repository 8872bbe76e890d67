import { expect, test } from './fixtures.ts';

test('A-03: a trainee cannot take a 999, is told whom to call, and can take a 101', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk({ who: '2001' });
  await expect(desk.status.line).toContainText('trainee');
  const emergency = await queue.emergency();
  const call = await queue.arrive({ title: 'A 101 call' });
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.strip.section).toContainText(
    'A trainee does not take an emergency alone. Call your mentor.',
  );
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await desk.page.screenshot({ path: 'test-results/pictures/trainee-refused.png' });
  await desk.openAndClaim(call.id);
  expect((await queue.history(emergency.id)).events).toEqual(['arrived']);
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);
});

test('A-03: a note on an emergency nobody is refused', async ({ queue, openDesk }) => {
  const desk = await openDesk({ who: '2001' });
  const emergency = await queue.emergency();
  await desk.select(emergency.id);
  await desk.press('Enter');
  await desk.press('Shift+F12');
  await desk.type('She says he has left by the back.');
  await desk.press('Control+Enter');
  await expect(desk.work.notes.first()).toContainText('received');
  expect((await queue.history(emergency.id)).events).toEqual(['arrived', 'noted']);
});
