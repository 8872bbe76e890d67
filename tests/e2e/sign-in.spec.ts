import { demoAccount } from '../harness/demo-accounts.ts';
import { expect, test } from './fixtures.ts';

test('W-15, A-01: nobody signed in: the keys are in the number field, a wrong PIN is said, and the right one opens the desk', async ({
  queue,
  openDesk,
}) => {
  const call = await queue.arrive({ title: 'Not to be seen before' });
  const desk = await openDesk({ who: null });
  const { number, pin, refusal, facts, demo } = desk.session;
  await expect(number).toBeFocused();
  await expect(facts).toContainText('Nobody can sign in');
  await expect(demo).toContainText('Sam Okafor');
  await expect(desk.page.getByText('Not to be seen before')).toHaveCount(0);
  await desk.type('1001');
  await desk.press('Enter');
  await expect(pin).toBeFocused();
  await desk.type('0000');
  await desk.press('Enter');
  await expect(refusal).toHaveText('Number or PIN is wrong. 4 more tries, then a wait.');
  await expect(number).toHaveValue('1001');
  await expect(pin).toHaveValue('');
  await expect(pin).toBeFocused();
  await desk.type(demoAccount('1001').pin);
  await desk.press('Enter');
  await expect(desk.inbox.row(call.id)).toBeVisible();
  await expect(desk.inbox.grid).toBeFocused();
  await expect(desk.status.line).toContainText('Sam Okafor');
});

test('A-01: after five wrong PINs there is a wait that counts down, and the number stays', async ({
  openDesk,
}) => {
  const desk = await openDesk({ who: null });
  await desk.session.number.fill('1002');
  for (const words of ['4 more tries', '3 more tries', '2 more tries', '1 more try', 'There is a wait']) {
    await desk.session.pin.fill('0000');
    await desk.press('Enter');
    await expect(desk.session.refusal).toContainText(words);
  }
  await desk.session.pin.fill(demoAccount('1002').pin);
  await desk.press('Enter');
  await expect(desk.session.refusal).toContainText(/^Too many wrong tries\. Wait 0:\d\d, then try again\.$/);
  await desk.page.screenshot({ path: 'test-results/pictures/sign-in-wait.png' });
  await expect(desk.session.number).toHaveValue('1002');
  // Another person is not made to wait for it.
  await desk.signIn('1001');
  await expect(desk.inbox.grid).toBeVisible();
});

test('A-06: a first start with the queue away: nobody can sign in, and the address is named', async ({
  openDesk,
}) => {
  const desk = await openDesk({ queue: 'ws://127.0.0.1:9', who: null });
  await expect(desk.session.facts).toContainText('Nobody can sign in');
  await desk.signIn();
  await expect(desk.session.refusal).toContainText('The queue does not answer at ws://127.0.0.1:9');
  await desk.page.screenshot({ path: 'test-results/pictures/sign-in-unreachable.png' });
});

test('A-06, A-07: who has signed in here can do so again with the queue away, and their work is received when it is back', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const call = await queue.arrive({ title: 'Known before the queue went' });
  await expect(desk.inbox.row(call.id)).toBeVisible();
  await desk.press('Control+Shift+Q');
  await expect(desk.session.number).toBeFocused();
  await queue.kill();
  await expect(desk.session.facts).toContainText('1001 can sign in all the same.');
  await desk.signIn('1002');
  await expect(desk.session.refusal).toContainText('The queue does not answer');
  await desk.signIn('1001');
  await expect(desk.inbox.grid).toBeVisible();
  await queue.start();
  await desk.isLive();
  await desk.openAndClaim(call.id);
});

test('A-02, W-22: a program that is closed and started again asks nobody for a PIN and shows the same tab', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const call = await queue.arrive();
  await desk.openAndClaim(call.id);
  await desk.window.close();
  const again = await openDesk({ data: desk.window.start.data, who: null });
  await expect(again.work.contact).toContainText('Yours since', { timeout: 20_000 });
  await again.isLive();
  await expect(again.session.number).toHaveCount(0);
});

test('A-07: who still owns a contact is shown it, releases it, and can then sign off', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const call = await queue.arrive({ title: 'Still mine' });
  await desk.openAndClaim(call.id);
  await desk.press('Control+Shift+Q');
  await expect(desk.session.signOff).toContainText('One contact is still yours');
  await expect(desk.session.signOff).toContainText('Still mine');
  await desk.page.screenshot({ path: 'test-results/pictures/sign-off-still-yours.png' });
  await desk.press('Enter');
  await expect(desk.session.signOff).toHaveCount(0);
  await desk.press('r');
  await expect(desk.status.lastAct).toContainText('Released');
  await desk.press('Control+Shift+Q');
  await expect(desk.session.number).toBeFocused();
  await expect(desk.page.getByText('Still mine')).toHaveCount(0);
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed', 'released']);
});

test('A-07, A-08: with the queue away signing off says what stays unsent; the next person sends it in the name of who wrote it', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const call = await queue.arrive({ title: 'Noted with the line cut' });
  await desk.openAndClaim(call.id);
  await queue.kill();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'down', { timeout: 20_000 });
  await desk.page.screenshot({ path: 'test-results/pictures/link-red.png' });
  await desk.press('Shift+F12');
  await desk.type('Her neighbour has gone across.');
  await desk.press('Control+Enter');
  await expect(desk.work.notes.first()).toContainText('kept here');
  await desk.press('Control+Shift+Q');
  await expect(desk.session.signOff).toContainText('1 piece of your work stays on this desk');
  await desk.page.screenshot({ path: 'test-results/pictures/sign-off-link-down.png' });
  await desk.press('Control+Shift+Q');
  await expect(desk.session.facts).toContainText('1 piece waits here');
  await expect(desk.page.getByText('Her neighbour')).toHaveCount(0);
  await queue.start();
  await desk.signIn('1002');
  await expect(desk.inbox.grid).toBeVisible();
  await expect
    .poll(async () => (await queue.history(call.id)).events, { timeout: 20_000 })
    .toEqual(['arrived', 'claimed', 'noted']);
  const [noted] = await queue.sql<{ by: { handler: string } }>(
    "select by from event where contact = $1 and kind = 'noted'",
    [call.id],
  );
  expect(noted?.by.handler).toBe('1001');
});
