import { expect, test } from '../e2e/fixtures.ts';
import { answerQuestions, fillScreen, linkTo, openIncident, picture, take, typeNote } from './hands.ts';
import { NightDesk } from './night-desk.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

test.describe.configure({ timeout: 120_000 });

test.beforeEach(async ({ desk }) => fillScreen(desk));

test('a domestic in progress', async ({ queue, desk }) => {
  const night = new NightDesk(queue);
  await night.before();
  const card = await night.card('E01', 2 * SECOND);
  await take(desk, card);
  await card.goOn(17 * SECOND);
  await typeNote(desk, 'Whispering. In the back bedroom, bed against the door, both children with her.');
  await openIncident(desk, 'dom');
  await card.goOn(MINUTE);
  await desk.press('Control+F2');
  await desk.type('dom');
  await desk.press('Enter');
  await answerQuestions(desk, [
    [/^I have/, 'y'],
    [/there with you now/, '1'],
    [/anyone hurt/, 'y'],
    [/got a weapon/, 'n'],
    [/children there/, 'y'],
    [/children safe/, 'y'],
    [/get out/, 'n'],
    [/round your neck/, 'y'],
  ]);
  await desk.press('Alt+g');
  await expect(desk.page.getByRole('button', { name: /^Graded G1/ })).toBeVisible();
  await picture(desk, 'domestic', 'night');
});

test('a silent call', async ({ queue, desk }) => {
  const night = new NightDesk(queue);
  await night.before();
  const card = await night.card('E02', SECOND);
  await take(desk, card);
  await card.goOn(14 * SECOND);
  await desk.rest();
  await desk.press('Control+F2');
  await desk.press('Tab');
  await desk.press('Alt+g');
  await expect(desk.page.getByRole('button', { name: /^Graded G1/ })).toBeVisible();
  await desk.press('Escape');
  await desk.rest();
  await openIncident(desk, 'abn');
  await desk.press('Control+F9');
  const listen = desk.work.pane.getByRole('region', { name: 'Listen', exact: true });
  await expect(listen).toContainText('No lower than G1.');
  await desk.press('1', '1', '2', 't');
  await desk.type('a man, close by: who are you ringing');
  await desk.press('Enter');
  await expect(listen).toContainText('Noise: a man');
  await picture(desk, 'silent-call', 'night');
});

test('a crash with three duplicates', async ({ queue, desk }) => {
  const night = new NightDesk(queue);
  await night.before();
  const card = await night.card('E04', 2 * SECOND, 0);
  await take(desk, card);
  await card.goOn(21 * SECOND);
  await openIncident(desk, 'injury');
  await desk.press('Control+F2');
  await desk.type('crash');
  await desk.press('Enter');
  await answerQuestions(desk, [
    [/^I have/, 'y'],
    [/trapped/, 'y'],
    [/road blocked/, '2'],
    [/fuel|smoke|fire/, 'n'],
  ]);
  await desk.press('Alt+g');
  await expect(desk.page.getByRole('button', { name: /^Graded G1/ })).toBeVisible();
  await desk.press('Control+Enter');
  await typeNote(desk, 'Towards Hertford, before Longwater roundabout. Fire and ambulance told.');
  await card.goOn(5 * MINUTE);
  await take(desk, card, 'E05-1');
  await desk.press('Escape');
  await desk.rest();
  await linkTo(desk, 'Two-car crash');
  await expect(desk.page.getByRole('region', { name: 'Linked' })).toContainText('injury');
  await card.goOn(10 * MINUTE);
  await desk.openAndClaim(await card.id('E06-1'));
  await card.answered('E06-1');
  await linkTo(desk, 'Two-car crash');
  await expect(desk.page.getByRole('region', { name: 'Linked' })).toContainText('suspect');
  const third = await queue.emergency({
    title: 'Crash by the Longwater roundabout, a nurse with the driver',
    place: 'A414, Longwater roundabout, Hatfield',
    caller: { name: 'Hal Birch', number: '07700 900403', address: null },
    account:
      'A car has crashed on the A414 by the Longwater roundabout. I am a nurse, the driver is not breathing properly.',
  });
  await expect(desk.strip.card(third.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.note).toBeFocused();
  await expect(desk.work.contact).toContainText(third.ref);
  await desk.press('Escape');
  await desk.rest();
  await linkTo(desk, 'Two-car crash');
  await desk.select(await card.id('1'));
  await desk.press('Enter');
  await expect(desk.page.getByRole('region', { name: 'Linked' })).toContainText('Linked (3)');
  await picture(desk, 'crash', 'night');
});

test('a courier fraud', async ({ queue, desk }) => {
  const night = new NightDesk(queue);
  await night.before();
  const card = await night.card('E15', 2 * SECOND);
  await take(desk, card);
  await typeNote(
    desk,
    'Asked her to put the landline down and use the neighbour’s mobile: they may hold the line.',
  );
  await openIncident(desk, 'frd');
  await desk.press('Control+F2');
  await desk.type('fraud');
  await desk.press('Enter');
  await answerQuestions(desk, [
    [/^I have/, 'y'],
    [/coming to collect/, 'y'],
    [/still in touch/, 'y'],
    [/Has money gone/, 'n'],
    [/How much/, '6000'],
    [/older, ill/, 'y'],
    [/frightened you|secret/, 'y'],
    [/told your bank/, 'n'],
  ]);
  await desk.press('Alt+g');
  await expect(desk.page.getByRole('button', { name: /^Graded G/ })).toBeVisible();
  await picture(desk, 'courier-fraud', 'day');
});

test('a matter that is not for the police', async ({ queue, desk }) => {
  const night = new NightDesk(queue);
  await night.before();
  const card = await night.card('E13', 5 * SECOND);
  await desk.openAndClaim(await card.id('1'));
  await card.answered('1');
  await desk.press('q');
  await desk.type('noise');
  await desk.press('Enter');
  await answerQuestions(desk, [
    [/^I have/, 'y'],
    [/anyone hurt/i, 'n'],
    [/What is going on/, 'Loud music since eight, through the wall; no shouting'],
    [/screaming/, 'n'],
    [/threatened/, 'n'],
    [/afraid/, 'n'],
    [/aimed at you/, 'n'],
    [/older, ill/, 'n'],
    [/happening now/, 'y'],
    [/safe right now/, 'y'],
  ]);
  await desk.press('Alt+g');
  await expect(desk.page.getByRole('button', { name: /^Graded G5/ })).toBeVisible();
  await desk.press('Control+Enter');
  await desk.rest();
  await desk.press('Control+g');
  const guide = desk.page.getByRole('search', { name: 'Guide' });
  await desk.type('noi');
  await desk.press('Enter', 'n', 'n', 'n');
  await expect(guide).toContainText('Council of this place: Watford');
  await desk.press('t');
  await expect(desk.work.note).toBeFocused();
  await desk.press('Control+Enter');
  await desk.rest();
  await desk.press('Escape', 'e', '6');
  await expect(desk.page.getByRole('combobox', { name: /^Closing category/ })).toBeFocused();
  await desk.type('noise');
  await desk.press('Enter');
  await desk.type('Party next door, no threat and no scream; goes to the council’s noise service');
  await desk.press('Enter', '1');
  await desk.type('The council deals with it; 999 if there is a scream or a fight');
  await expect(desk.page.getByText('The record is whole.')).toBeVisible();
  await picture(desk, 'not-police', 'day');
});
