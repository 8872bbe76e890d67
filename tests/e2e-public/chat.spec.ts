import type { Page } from '@playwright/test';
import type { Contact } from '../../src/shared/domain/contact.ts';
import type { E2eQueue } from '../harness/e2e-queue.ts';
import type { TestPages } from '../harness/public-pages.ts';
import { complaints, contactsOf, expect, NEUTRAL, overflows, test } from './fixtures.ts';

test.use({ viewport: { width: 320, height: 640 } });

async function startChat(page: Page, safe = 'Yes'): Promise<void> {
  await page.goto('/chat');
  await page.getByLabel(safe, { exact: true }).check();
  await page.getByRole('button', { name: 'Start the chat' }).click();
  if (safe !== 'Yes') await page.getByRole('button', { name: 'Start the chat. A person answers' }).click();
  await page.waitForURL('**/chat/now');
}
async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}
/** The chat that came to the queue last. */
const chatAt = async (queue: E2eQueue): Promise<Contact | undefined> =>
  (await contactsOf(queue)).findLast(({ channel }) => channel === 'web-chat');
/** The name of the chat that was begun last. */
const lastOf = ({ pages }: TestPages): string => pages.place.rooms.keys.at(-1) ?? '';

test('WP-41, WP-42 (E08): the assistant answers first, a risk word brings a person, and leaving in a hurry takes everything off the screen', async ({
  visitor,
  queue,
  room,
  pages,
}, info) => {
  const found: Record<string, string[]> = {};
  const look = async (what: string): Promise<void> => {
    const list = [
      ...(await complaints(visitor)),
      ...((await overflows(visitor)) ? ['wider than the screen'] : []),
    ];
    if (list.length > 0) found[what] = list;
    await visitor.screenshot({ path: info.outputPath(`${what}.png`) });
  };
  const before = await chatAt(queue);
  await startChat(visitor);
  await expect(visitor.getByText('not with a person')).toBeVisible();
  await look('assistant');
  await write(visitor, 'question about an order');
  await expect(visitor.getByRole('button', { name: 'None of these' })).toBeVisible();
  expect((await chatAt(queue))?.id).toBe(before?.id);
  await write(visitor, 'hes outside banging on the door');
  await expect(visitor.getByText('I am passing you to a call handler now')).toBeVisible();
  await expect.poll(async () => (await chatAt(queue))?.flags.lookFirst).toBe(true);
  await expect(visitor.locator('li.public .mark').last()).toHaveText('With the control room');
  const key = lastOf(pages);
  room.set(key, { handler: 'here', position: null });
  room.say(key, 'I am here. Where are you?');
  await expect(visitor.locator('li.handler')).toContainText('I am here. Where are you?');
  await expect(visitor.locator('li.public .mark').last()).toHaveText('Answered');
  room.set(key, { typing: true });
  await expect(visitor.getByText('The call handler is typing')).toBeVisible();
  room.set(key, { typing: false, handler: 'away' });
  await expect(visitor.getByText('called away')).toBeVisible();
  await look('handler');

  await visitor.getByLabel('Your message').fill('hes in the hall hav');
  await visitor.keyboard.press('Escape');
  await visitor.waitForURL(NEUTRAL);
  await expect.poll(async () => (await chatAt(queue))?.channelState).toBe('left-by-exit');
  // Back brings nothing of it.
  await visitor.goBack();
  await expect(visitor.locator('body')).not.toContainText(/banging|Where are you|hes in/);
  expect(await visitor.context().cookies()).toEqual([]);
  await visitor.goto('/chat/now');
  await expect(visitor.getByText('We have no chat of yours any more')).toBeVisible();
  expect(found).toEqual({});
});

test('WP-45, WP-46: with the person’s network away for a while, and our end too, no line is lost or doubled', async ({
  visitor,
  queue,
  room,
  pages,
}) => {
  await startChat(visitor, 'I am not sure');
  const key = lastOf(pages);
  await write(visitor, 'one');
  await expect(visitor.locator('li.public .mark')).toHaveText('With the control room');
  await visitor.context().setOffline(true);
  await write(visitor, 'two');
  await write(visitor, 'three');
  await expect(visitor.locator('li.public .mark').nth(1)).toHaveText(/Not sent yet/);
  room.say(key, 'are you there?');
  room.isAway = true;
  room.say(key, 'I wait for you');
  await visitor.context().setOffline(false);
  room.isAway = false;
  await expect(visitor.locator('li.handler')).toHaveText([/are you there\?/, /I wait for you/]);
  await expect(visitor.locator('li.public .words')).toHaveText(['one', 'two', 'three']);
  await expect
    .poll(async () => (await chatAt(queue))?.messages.map(({ text }) => text))
    .toEqual(['one', 'two', 'three']);
  await visitor.reload();
  await expect(visitor.locator('li.public .words')).toHaveText(['one', 'two', 'three']);
  await expect(visitor.locator('li.handler')).toHaveCount(2);
  room.set(key, { ended: { reason: 'ended-by-handler' } });
  await expect(visitor.getByRole('heading', { name: 'The chat has ended' })).toBeVisible();
});

test('WP-50: the red button leaves nothing in what the browser stores, and says to nobody where it came from', async ({
  visitor,
}) => {
  await visitor.goto('/report/stalking');
  await visitor.getByRole('button', { name: 'Begin' }).click();
  await visitor.getByLabel('Yes').check();
  await visitor.getByRole('button', { name: 'Continue' }).click();
  await visitor.getByText('Saving on this device').click();
  await visitor.getByRole('button', { name: 'Save them on this device' }).click();
  await expect.poll(() => visitor.evaluate(() => localStorage.length)).toBe(1);
  const asked = visitor.waitForRequest(NEUTRAL);
  const told = visitor.waitForRequest('**/leave');
  await visitor.getByRole('link', { name: 'Leave this site' }).click();
  // By it the pages know a chat that was only beginning.
  expect((await told).postData()).toMatch(/^token=./);
  expect((await asked).headers()['referer']).toBeUndefined();
  await visitor.waitForURL(NEUTRAL);
  await visitor.goto('/');
  expect(await visitor.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  await visitor.goto('/report/stalking/check');
  await expect(visitor.getByText('We no longer have the answers')).toBeVisible();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('WP-08: the chat offers 999, 101, relay and the form, and the red button is a link that leaves', async ({
    visitor,
  }) => {
    await visitor.goto('/chat');
    await expect(visitor.getByRole('button', { name: 'Start the chat' })).toBeHidden();
    const other = visitor.locator('.no-script');
    for (const said of ['999', '101', '18000', '18001 101']) await expect(other).toContainText(said);
    await other.getByRole('link', { name: 'Report online instead' }).click();
    await expect(visitor).toHaveURL(/\/report$/);
    await visitor.getByRole('link', { name: 'Leave this site' }).click();
    await visitor.waitForURL(NEUTRAL);
  });
});
