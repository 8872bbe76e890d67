import { expect, test } from './fixtures.ts';

test('W-11: over a whole piece of work the window asks for nothing but its own files', async ({
  queue,
  desk,
}) => {
  const asked: string[] = [];
  desk.page.on('request', (request) => asked.push(request.url()));
  await desk.window.app.evaluate(({ session }) => {
    const seen: string[] = [];
    (globalThis as { seenUrls?: string[] }).seenUrls = seen;
    // `onBeforeRequest` is the program's own guard; these two tell what it let through and what it stopped.
    session.defaultSession.webRequest.onCompleted(({ url }) => seen.push(url));
    session.defaultSession.webRequest.onErrorOccurred(({ url }) => seen.push(url));
  });
  await desk.page.reload();
  await desk.isLive();
  const call = await queue.arrive({
    account: 'See http://example.org/evidence.png and <img src="http://example.org/x">',
  });
  const emergency = await queue.emergency();
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('http://example.org is what they say');
  await desk.press('Control+Enter');
  await expect(desk.work.notes.first()).toContainText('received');
  await desk.press('F1');
  await desk.press('Escape', 'Control+k', 'Escape', 'Control+Shift+D');
  const seen = await desk.window.app.evaluate(() => (globalThis as { seenUrls?: string[] }).seenUrls ?? []);
  expect(asked.length).toBeGreaterThan(2);
  expect(seen.length).toBeGreaterThan(0);
  expect([...asked, ...seen].filter((url) => !url.startsWith('app://desk/'))).toEqual([]);
});
