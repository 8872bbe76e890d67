import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, START } from '../../testing/builders.ts';
import { aCall, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const CTRL_G = '{Control>}g{/Control}';
const guide = () => screen.getByRole('search', { name: 'Guide' });
const card = () => within(guide()).getByRole('region', { name: /Card|Entry/ });
const found = () =>
  within(guide())
    .getAllByRole('option')
    .map((each) => each.textContent);

const robbery = aContact({
  n: 24,
  channel: '999-voice',
  title: 'Shop being robbed, young man with a machete',
  place: 'Fallowgate Parade, Enfield',
  caller: { name: 'Sunil Perrera', number: '07700 900417', address: null },
  account: "They're robbing the shop over the road.",
  locations: [
    {
      method: 'aml',
      latitude: 51.6702,
      longitude: -0.0411,
      radiusMetres: 55,
      place: null,
      at: asInstant(START - 26_000),
    },
  ],
});

test('SG-01: a card asks about safety before it says who deals with it (A19)', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press(CTRL_G, window);
  await press('noi', window);
  // Policies are read when they are first wanted.
  await screen.findByRole('option', { name: /Noise/ });
  expect(found()[0]).toContain('Noise');
  expect(card().textContent).toContain('Is anybody being hurt or threatened');
  expect(card().textContent).not.toContain('environmental health');
  await press('{Enter}nnn', window);
  expect(card().textContent).toContain('environmental health');
  expect(card().textContent).toContain('Checked on 22 November');
});

test('SG-02: one “yes” and it is for the police: no card is shown, and no number can be copied', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press(CTRL_G, window);
  await press('noi{Enter}ny', window);
  expect(card().textContent).toContain('This IS for the police: Record anti-social behaviour');
  await press('t', window);
  expect(note().value).toBe('');
  expect(card().textContent).not.toContain('environmental health');
});

test('SG-02: what is not known is not a “no”', async () => {
  const window = await open({ contacts: [] });
  await press(CTRL_G, window);
  await press('noi{Enter}nnu', window);
  expect(card().textContent).toContain('Not settled.');
  expect(card().textContent).not.toContain('environmental health');
  await press('{Backspace}n', window);
  expect(card().textContent).toContain('environmental health');
});

test('SG-02: answers are about one caller: another open contact is asked again', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  act(() => grid().focus());
  await press('j{Enter}', window);
  await press(CTRL_G, window);
  await press('noi{Enter}nnn', window);
  expect(card().textContent).toContain('environmental health');
  await press('{Control>}1{/Control}', window);
  expect(card().textContent).not.toContain('environmental health');
});

test('SG-05: what the caller is told stands in the note with the age of the card, and is sent by nobody', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('Party next door.', window);
  await press(CTRL_G, window);
  await press('noi{Enter}nnn', window);
  await press('t', window);
  expect(note().value).toMatch(
    /^Party next door\.\nSignposted \(Noise.*card of 22 November 2026.*all answered no\): “Noise is dealt with/,
  );
  expect(document.activeElement).toBe(note());
  expect(window.bridge.contact(aCall(1).id).notes).toEqual([]);
});

test('W-20: the guide works with no contact open, and Escape goes back one level at a time', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => grid().focus());
  await press(CTRL_G, window);
  await press('rsp{Enter}', window);
  expect(document.activeElement).toBe(card());
  await press('{Escape}', window);
  expect(document.activeElement).toBe(within(guide()).getByRole('combobox'));
  await press('{Escape}', window);
  expect(screen.queryByRole('search', { name: 'Guide' })).toBeNull();
  expect(document.activeElement).toBe(grid());
});

test('SG-08: a control room’s number stands apart, with the words that the public never gets it', async () => {
  const window = await open({ contacts: [] });
  await press(CTRL_G, window);
  await press('metropol', window);
  expect(card().textContent).toContain('for us alone: 01632 960070');
  expect(card().textContent).toContain('Never give this number to the public');
});

test('Y-08: without its policies the guide says so in a sentence', async () => {
  const window = await open({ contacts: [] });
  window.bridge.policies.missing.add('signposts');
  await press(CTRL_G, window);
  await press('x', window);
  expect(guide().textContent).toContain('This desk has no signposts yet.');
});

test('C-28: the pack is the record’s own, the force of the place is proposed, and several attempts are kept (E24)', async () => {
  const window = await open({ contacts: [robbery] });
  await openFirst(window);
  await press('{Shift>}T{/Shift}', window);
  const sheet = screen.getByRole('region', { name: 'Pass on' });
  expect(sheet.textContent).toContain('Missing: our grade');
  await screen.findByRole('option', { name: /Metropolitan/ });
  expect(
    within(sheet)
      .getAllByRole('option')
      .slice(0, 3)
      .map((each) => /Ambulance|Fire|Metropolitan/.exec(each.textContent)?.[0]),
  ).toEqual(['Ambulance', 'Fire', 'Metropolitan']);
  await press('{Enter}', window);
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Pass on to' }).value).toBe('');
  await press('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}', window);
  const pack = screen.getByLabelText<HTMLTextAreaElement>(/What they are told/);
  expect(document.activeElement).toBe(pack);
  expect(pack.value).toContain("Caller’s own words: “They're robbing the shop over the road.”");
  expect(pack.value).toContain('07700 900417');
  expect(pack.value).toContain('51.67020, -0.04110, within 55 m');
  await press('{Control>}{Enter}{/Control}', window);
  expect(window.bridge.contact(robbery.id).passedOn).toMatchObject([{ takenBy: null, stayedOn: false }]);
  await press('met{Enter}{Alt>}s{/Alt}', window);
  await press('{Tab}{Tab}', window);
  await press('Insp. Rowe{Tab}', window);
  await press('CAD 5512', window);
  await press('{Control>}{Enter}{/Control}', window);
  const { passedOn } = window.bridge.contact(robbery.id);
  expect(passedOn[1]).toMatchObject({
    to: 'Metropolitan Police',
    stayedOn: true,
    takenBy: 'Insp. Rowe',
    theirRef: 'CAD 5512',
  });
  expect(screen.getByRole('region', { name: 'Passed on so far' }).textContent).toContain(
    'their reference CAD 5512',
  );
  await press('{Escape}', window);
  expect(screen.getByRole('region', { name: 'Notes' }).textContent).toContain(
    'Passed on to Metropolitan Police',
  );
});
