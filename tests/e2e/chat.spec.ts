import { hasApertium } from '../harness/apertium.ts';
import { startCutProxy } from '../harness/cut-proxy.ts';
import { beginChat } from '../harness/public-page.ts';
import { expect, test } from './fixtures.ts';

test.use({ translates: true });

test('CH-01 to CH-08, W-02: two chats side by side, a 999 between them, and one that is left by the safety exit', async ({
  queue,
  desk,
}) => {
  const { page, work } = desk;
  const nettie = await beginChat(() => queue.door, {
    title: 'A question about an order',
    place: 'Letchworth',
  });
  const other = await beginChat(() => queue.door, { title: 'Noise next door', caller: { name: 'Jo' } });
  expect(await other.asks()).toMatchObject({ state: 'waiting', position: 2 });
  await desk.openAndClaim(other.id);
  if (hasApertium)
    await test.step('LG-05, LG-12: Spanish stands in English beside their words, and they read ours in Spanish', async () => {
      await other.says('No puedo salir de la casa. Llame al 07700 900123.');
      const line = work.notes.last();
      await expect(line.getByRole('group', { name: 'English, by machine' })).toContainText('07700 900123');
      await expect(line.getByRole('group', { name: 'Spanish, as they wrote it' })).toContainText('No puedo');
      await expect(line).toContainText('never their words');
      await desk.press('v');
      await expect(line.getByRole('group', { name: 'English, by machine' })).toHaveCount(0);
      await desk.press('v', 't');
      await expect(work.pane).toContainText('read in Spanish, by machine');
      await desk.type('Do not open the door.');
      await desk.press('Enter');
      await other.until(() => other.lines.length === 1);
      expect(other.lines[0]).toMatch(/puerta/);
      await expect(work.notes.last()).toContainText(/As you wrote it.*as they get it, by machine.*puerta/u);
      await page.screenshot({ path: 'test-results/pictures/chat-spanish.png' });
      await other.says('Sí, gracias.');
    });
  await desk.openAndClaim(nettie.id);
  await nettie.until(({ handler }) => handler === 'here');

  // Both ways, and how far a line has come.
  await desk.press('t');
  await expect(work.message).toBeFocused();
  await desk.type('Are you safe now?');
  expect(await nettie.until(({ typing }) => typing)).toMatchObject({ lines: [] });
  await desk.press('Enter');
  await nettie.until(() => nettie.lines.length === 1);
  await expect(work.message).toHaveValue('');
  await nettie.tells({ kind: 'seen', upTo: 1 });
  await expect(work.notes.last()).toContainText(/seen, sent/u);
  await nettie.tells({ kind: 'typing' });
  await expect(work.pane).toContainText('They are typing…');
  await nettie.says('not really \u202Etxt he drives past. مساعدة <b>help</b>');
  await expect(work.notes.last()).toContainText('he drives past');
  await expect(work.notes.last().locator('b')).toHaveCount(0);
  await expect(work.pane).not.toContainText('They are typing…');

  // The note goes to nobody.
  await desk.press('Control+j');
  await expect(work.note).toBeFocused();
  await desk.type('She whispers.');
  await desk.press('Enter', 'Control+Enter');
  await expect(work.notes.last()).toContainText('Internal note');
  expect((await nettie.asks()).lines).toEqual([]);
  await desk.press('Control+j');
  await desk.press('Control+;');
  await desk.type('safe way');
  await page.screenshot({ path: 'test-results/pictures/chat-replies.png' });
  await desk.press('Enter');
  await expect(work.message).toHaveValue(/What is the safest way/u);
  await page.screenshot({ path: 'test-results/pictures/chat.png' });

  await expect(desk.inbox.state(nettie.id)).toHaveText('Your turn');
  await expect(work.tabs.first()).toContainText('wrote');

  // A 999: the caret and the words stay, the pages are told.
  await desk.press('ArrowLeft', 'ArrowLeft');
  const caret = () => work.message.evaluate((field: HTMLTextAreaElement) => field.selectionStart);
  const before = await caret();
  const emergency = await queue.emergency();
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await expect(work.message).toBeFocused();
  await desk.press('F2');
  await expect(work.contact).toContainText('Yours since');
  await expect(work.activeTab).toContainText('Intruder');
  for (const chat of [nettie, other]) await chat.until(({ handler }) => handler === 'away');
  await nettie.says('hes outside banging on the door');
  await desk.press('F4');
  await expect(work.message).toBeFocused();
  await expect(work.message).toHaveValue(/What is the safest way/u);
  expect(await caret()).toBe(before);
  await expect(work.notes.last()).toContainText('outside banging');
  await desk.press('Control+a', 'Delete');
  await desk.type('Go upstairs, lock the door.');
  await nettie.until(({ handler }) => handler === 'here');
  await desk.press('Enter');
  await nettie.until(() => nettie.lines.length === 2);

  // The exit: nothing goes out, and the words stay.
  await nettie.tells({ kind: 'left', reason: 'quick-exit' });
  await expect(page.getByRole('note', { name: 'Safety exit' }).first()).toContainText(
    /Left by the safety exit \d\d:\d\d:\d\d: do not message, ring or e-mail until checked/u,
  );
  await desk.type('Are you there?');
  await desk.press('Enter');
  await expect(work.message).toHaveValue('Are you there?');
  await page.screenshot({ path: 'test-results/pictures/chat-exit.png' });
  expect(await nettie.asks({ after: 0 })).toMatchObject({ state: 'left-by-exit', lines: [] });
  expect(nettie.lines).toEqual(['Are you safe now?', 'Go upstairs, lock the door.']);
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.screenshot({ path: 'test-results/pictures/chat-exit-small.png' });
  const { events } = await queue.history(nettie.id);
  expect(events.filter((kind) => kind === 'replied')).toHaveLength(2);
  expect(await queue.auditFlaw()).toBeNull();
});

test('CH-01, X-02: the handler’s network drops in the middle of a chat: what is written is kept here, and goes out once when it is back', async ({
  queue,
  openDesk,
}) => {
  await using wire = await startCutProxy(queue.deskUrl);
  const desk = await openDesk({ queue: wire.deskUrl });
  await desk.isLive();
  const chat = await beginChat(() => queue.door);
  await desk.openAndClaim(chat.id);
  await desk.press('t');
  await desk.type('One');
  await desk.press('Enter');
  await chat.until(() => chat.lines.length === 1);
  wire.cut();
  await chat.says('are you there?');
  await desk.type('Two');
  await desk.press('Enter');
  await desk.type('Three');
  await desk.press('Enter');
  await expect(desk.work.notes.last()).toContainText(/kept here.*Three/u);
  await desk.type('Half a wo');
  wire.mend();
  await chat.until(() => chat.lines.length === 3);
  expect(chat.lines).toEqual(['One', 'Two', 'Three']);
  await expect(desk.work.notes.last()).toContainText(/received.*Three|are you there/u);
  await expect(desk.work.message).toHaveValue('Half a wo');
  await expect(desk.work.message).toBeFocused();
});
