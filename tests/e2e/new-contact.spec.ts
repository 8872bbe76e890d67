import { expect, test } from './fixtures.ts';
import type { E2eQueue } from '../harness/e2e-queue.ts';

/** Every contact the queue has, by what it is about. */
const contactsOf = async (queue: E2eQueue, title: string) =>
  queue.sql<{
    id: string;
    ref: string;
    received: string;
    body: { provisionalRef: string; account: string };
  }>("select id, body->>'ref' as ref, received_at as received, body from contact where body->>'title' = $1", [
    title,
  ]);

test('P-03, P-04, X-09: a contact is written down with the link cut, the program is killed twice, and the queue has it once, with its true time', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  await queue.kill();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'warning');
  await desk.press('Control+n');
  const form = desk.page.getByRole('group', { name: 'New contact' });
  await expect(form.getByLabel('Channel')).toBeFocused();
  await desk.press('Tab', 'Control+a');
  await desk.type('00:00:10');
  await desk.press('Tab');
  await desk.type('Amira Kaya');
  await desk.press('Tab', 'Tab', 'Tab');
  await desk.type('Mill Lane, Hitchin');
  await desk.press('Tab');
  await desk.type('Man shouting outside');
  await desk.press('Tab');
  await desk.type('He has been there for an hour.');
  await expect(form.getByText('draft saved')).toBeVisible();
  const ref = /PROV-\w{6}/.exec((await form.textContent()) ?? '')?.[0] ?? 'none';
  await desk.page.screenshot({ path: 'test-results/pictures/new-contact-form.png' });
  const { data } = desk.window.start;
  await desk.window.kill();

  const again = await openDesk({ data, queue: queue.deskUrl });
  const back = again.page.getByRole('group', { name: 'New contact' });
  await expect(back.getByLabel('In their own words')).toHaveValue('He has been there for an hour.', {
    timeout: 20_000,
  });
  expect(await back.textContent()).toContain(ref);
  await back.getByLabel('In their own words').focus();
  await again.press('Control+Enter');
  await expect(again.work.contact).toContainText(ref);
  await expect(again.work.contact).toContainText('Yours since');
  await expect(again.status.kept).toContainText('Kept here: 1');
  await again.page.screenshot({ path: 'test-results/pictures/new-contact-kept.png' });
  await again.window.kill();

  const third = await openDesk({ data, queue: queue.deskUrl });
  await queue.start();
  await third.isLive();
  await expect(third.status.kept).toContainText('Kept here: 0', { timeout: 15_000 });
  const found = await contactsOf(queue, 'Man shouting outside');
  expect(found).toHaveLength(1);
  const [contact] = found;
  expect(contact?.ref).toMatch(/^CON-/);
  expect(contact?.body).toMatchObject({ provisionalRef: ref, account: 'He has been there for an hour.' });
  const received = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'medium' });
  expect(received.format(Number(contact?.received))).toBe('00:00:10');
  await expect(third.work.contact).toContainText(contact?.ref ?? '');
  expect(await queue.auditFlaw()).toBeNull();
});

test('W-06, W-02: an emergency is taken in the middle of a form, and F4 comes back to the field that was left', async ({
  queue,
  desk,
}) => {
  await desk.press('Control+n');
  const form = desk.page.getByRole('group', { name: 'New contact' });
  await desk.press('Tab', 'Tab');
  await desk.type('Amira');
  const emergency = await queue.emergency();
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await expect(form.getByLabel('Caller’s name')).toBeFocused();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.press('F4');
  await expect(form.getByLabel('Caller’s name')).toBeFocused();
  await expect(form.getByLabel('Caller’s name')).toHaveValue('Amira');
});
