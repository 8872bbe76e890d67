import { apertiumMissing, hasApertium } from '../harness/apertium.ts';
import { expect, lastContact, test } from './fixtures.ts';
import type { Person } from './person.ts';

/** The end of a chat, as a handler says good-bye; the desk is free for others then. */
const goodBye = ['Control+Shift+E', '1'] as const;

test('A1, CH-06, W-02: a 999 comes while two chats are open: both people are told that their handler was called away, nothing they write is lost, and the handler comes back to where the caret was', async ({
  programs: { queue },
  desk,
  somebody,
}) => {
  const { work } = desk;
  const people: { readonly who: Person; readonly id: string }[] = [];
  for (const name of ['Ann', 'Bo']) {
    const who = await somebody();
    // Somebody from this browser may have left in a hurry before: then a person is asked for at once.
    const before = await lastContact(queue, 'web-chat');
    await who.beginChat({ name });
    await who.writes('can I talk to a person please');
    await expect.poll(async () => (await lastContact(queue, 'web-chat')).id).not.toBe(before.id);
    const { id } = await lastContact(queue, 'web-chat');
    await expect(who.standing).toContainText('You are waiting for a person.');
    people.push({ who, id });
  }
  for (const { who, id } of people) {
    await desk.openAndClaim(id);
    await expect(who.standing).toContainText('A call handler is here.');
  }
  await desk.press('t');
  await desk.type('What has hap');
  const emergency = await queue.emergency();
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  await expect(work.message).toBeFocused();
  const taken = Date.now();
  await desk.press('F2');
  for (const { who } of people) await expect(who.standing).toContainText('called away');
  // A page that asks is told at once, not at its next round.
  expect(Date.now() - taken).toBeLessThan(10_000);
  await expect(work.activeTab).toContainText('Intruder');
  for (const { who } of people) {
    await expect(who.standing).toContainText('In danger, call 999.');
    await who.writes('I can wait');
    await expect(who.marks.last()).toHaveText('With the control room');
  }
  await desk.press('F4');
  await expect(work.message).toHaveValue('What has hap');
  await desk.type('pened?');
  await desk.press('Enter');
  const [ann, bo] = people;
  await expect(bo?.who.ours ?? work.pane).toHaveText(['What has happened?']);
  await expect(bo?.who.standing ?? work.pane).toContainText('A call handler is here.');
  await desk.press(...goodBye);
  await expect(bo?.who.page.getByRole('heading', { name: 'The chat has ended' }) ?? work.pane).toBeVisible();
  await desk.openAndClaim(ann?.id ?? '');
  await expect(work.notes.last()).toContainText('I can wait');
  await desk.press(...goodBye);
  await expect(ann?.who.page.getByRole('heading', { name: 'The chat has ended' }) ?? work.pane).toBeVisible();
});

test('A6, LG-05, LG-12, WP-44: somebody writes in Spanish and reads Spanish; the handler reads and writes English, with their own words one key away and numbers whole', async ({
  programs: { queue },
  desk,
  somebody,
}) => {
  test.skip(!hasApertium, apertiumMissing);
  const { work } = desk;
  const ana = await somebody();
  await ana.beginChat({ name: 'Ana', language: 'Español – Spanish' });
  await ana.writes('No puedo salir de la casa. Llame al 07700 900123.');
  await expect(ana.marks).toHaveText(['With the control room']);
  const { id } = await lastContact(queue, 'web-chat');
  await desk.openAndClaim(id);
  const line = work.notes.filter({ hasText: 'No puedo salir' });
  await expect(line.getByRole('group', { name: 'English, by machine' })).toContainText('07700 900123');
  await desk.press('v');
  await expect(line.getByRole('group', { name: 'English, by machine' })).toHaveCount(0);
  await expect(line).toContainText('No puedo salir de la casa.');
  await desk.press('v', 't');
  await desk.type('Do not open the door.');
  await desk.press('Enter');
  await expect(ana.ours).toHaveText([/puerta/]);
  await expect(ana.ours).toHaveAttribute('lang', 'es');
  await expect(ana.page.locator('li.handler')).toContainText('Translated by a machine');
  await expect(work.notes.last()).toContainText(/As you wrote it.*as they get it, by machine.*puerta/u);
  await ana.page.getByRole('link', { name: 'End the chat' }).click();
  await ana.page.getByRole('button', { name: 'Yes, end it' }).click();
  await expect(work.pane).toContainText('The chat is over');
});
