import { expect, test } from './fixtures.ts';

const HOUR = 3_600_000;

test('C-26, R-01: from a ringing 999 to a numbered incident in a few strokes; the number is the queue’s', async ({
  queue,
  desk,
}) => {
  const call = await queue.emergency({
    title: 'He is shouting at her',
    place: 'Fretherne Road, Welwyn Garden City',
  });
  await expect(desk.strip.card(call.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.press('Control+F6');
  const field = desk.page.getByRole('combobox', { name: 'Opening category' });
  await expect(field).toBeFocused();
  await desk.type('dom');
  await desk.page.screenshot({ path: 'test-results/pictures/incident-list.png' });
  await desk.press('Enter');
  const sheet = desk.work.pane.getByRole('region', { name: 'Incident' });
  await expect(sheet).toContainText('Open an incident: PS-DOM Domestic incident, not graded yet');
  await desk.page.screenshot({ path: 'test-results/pictures/incident-offer.png' });
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);
  await desk.press('Enter');
  await expect(sheet).toHaveCount(0);
  const facts = desk.page.getByRole('region', { name: 'Record' });
  await expect(facts).toContainText(/ISR 1 of \d+ \w+/);
  await expect(facts).toContainText('PS-DOM Domestic incident');
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed', 'incident-opened']);
  const [row] = await queue.sql<{ ref: string }>(
    "select body->'incident'->>'ref' as ref from contact where id = $1",
    [call.id],
  );
  expect(row?.ref).toMatch(/^\d{4}-\d\d-\d\d\/0001$/);
  await desk.page.screenshot({ path: 'test-results/pictures/incident-open.png' });
});

test('R-01: with the link down an incident has its provisional reference; the queue’s number takes its place when the link is back', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Alarm at the school' });
  await desk.openAndClaim(call.id);
  await queue.kill();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'warning');
  await desk.rest();
  await desk.press('d');
  await desk.type('burglary other');
  await desk.press('Enter', 'Enter');
  const facts = desk.page.getByRole('region', { name: 'Record' });
  await expect(facts).toContainText(/PROV-\w{6} until the queue has given its number/);
  await queue.start();
  await desk.isLive();
  await expect(facts).toContainText(/ISR 1 of \d+ \w+/, { timeout: 20_000 });
  await expect(facts).not.toContainText('PROV-');
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed', 'incident-opened']);
});

test('R-06, R-04: closing asks for category, result, crime and caller; what is missing is said beside each field and nothing is sent before', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Rang off at once', account: '' });
  await desk.openAndClaim(call.id);
  await desk.rest();
  await desk.press('e', '3');
  const form = desk.page.getByRole('group', { name: 'Closing record' });
  await expect(form.getByRole('combobox', { name: 'Closing category' })).toBeFocused();
  for (const words of [
    'Choose a closing category',
    'Write in a line how it ended',
    'Assess the risk',
    'Decide about a crime',
  ])
    await expect(form).toContainText(words);
  await desk.press('Control+Enter');
  await desk.page.screenshot({ path: 'test-results/pictures/close-missing.png' });
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed']);

  // It was a hang-up after all: once the risk was looked at the outcome asks for less, and is not asked twice.
  await desk.press('Escape');
  await desk.assess();
  await desk.press('Shift+F4');
  await form.getByRole('radio', { name: /no reply/ }).check();
  await form.getByRole('combobox', { name: 'Closing category' }).focus();
  await desk.type('abn');
  await desk.page.screenshot({ path: 'test-results/pictures/close-list.png' });
  await desk.press('Enter');
  await desk.type('No reply to two call-backs, line checked');
  await expect(desk.page.getByText('The record is whole.')).toBeVisible();
  await desk.page.screenshot({ path: 'test-results/pictures/close-whole.png' });
  await desk.press('Control+Enter');
  await expect(desk.status.lastAct).toContainText(`Closed ${call.ref}`);
  expect((await queue.history(call.id)).events).toEqual(['arrived', 'claimed', 'triaged', 'closed']);
  const [row] = await queue.sql<{ record: { category: string; result: string } }>(
    "select body->'closing'->'record' as record from contact where id = $1",
    [call.id],
  );
  expect(row?.record).toMatchObject({
    category: 'PS-ABN',
    result: 'No reply to two call-backs, line checked',
  });
  expect(await queue.auditFlaw()).toBeNull();
});

test('X-09, R-06: a half-filled closing record is there again after the window is read anew', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Bicycle taken from the station' });
  await desk.openAndClaim(call.id);
  await desk.rest();
  await desk.press('e', '1');
  await desk.type('theft');
  await desk.press('Enter');
  await desk.type('Reported and recorded');
  await desk.press('Enter', '1');
  await desk.type('Theft of a pedal cycle');
  await desk.page.screenshot({ path: 'test-results/pictures/close-crime.png' });
  await desk.press('Control+Shift+D');
  await desk.page.screenshot({ path: 'test-results/pictures/close-crime-2.png' });
  await desk.press('Control+Shift+D');
  // Enter goes on to what is missing, and rolls it into sight.
  await desk.press('Enter');
  const told = desk.page.getByRole('group', { name: 'Caller told' });
  await expect(told.locator(':focus')).toHaveCount(1);
  await expect(told).toBeInViewport({ ratio: 1 });
  await desk.press('2');
  await desk.type('Rang off');
  await desk.press('Escape');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  await desk.page.reload();
  await desk.isLive();
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.toList();
  await desk.select(call.id);
  await desk.press('Shift+F4');
  const form = desk.page.getByRole('group', { name: 'Closing record' });
  await expect(form.getByRole('textbox', { name: 'How it ended, in a line' })).toHaveValue(
    'Reported and recorded',
  );
  await expect(form.getByRole('textbox', { name: 'Which crime' })).toHaveValue('Theft of a pedal cycle');
});

test('R-08: the 24 hours for a crime run from receipt: they stand on the row, near ones and late ones louder, and in the context', async ({
  queue,
  desk,
}) => {
  const now = Date.now();
  const late = await queue.arrive({ title: 'Shed broken into', receivedAt: now - 25 * HOUR });
  const near = await queue.arrive({ title: 'Wing mirror kicked off', receivedAt: now - 23 * HOUR });
  const half = await queue.arrive({ title: 'Purse gone from the bus', receivedAt: now - 13 * HOUR });
  const fresh = await queue.arrive({ title: 'Noise from the flat above' });
  await expect(desk.inbox.row(late.id)).toContainText('Crime late');
  await expect(desk.inbox.row(near.id)).toContainText(/Crime (59 min|1 h 00)/);
  await expect(desk.inbox.row(half.id)).toContainText(/crime 1[01] h/);
  await expect(desk.inbox.row(fresh.id)).not.toContainText('crime');
  await desk.openAndClaim(late.id);
  await expect(desk.page.getByRole('region', { name: 'Record' })).toContainText(
    /Crime decision late: due .*, 1 h \d\d over/,
  );
  await desk.page.screenshot({ path: 'test-results/pictures/crime-late.png' });
});
