import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Channel } from '../../../shared/domain/channel.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, START } from '../../testing/builders.ts';
import { anEmergency, grid, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const of = (n: number, channel: Channel, more = {}) =>
  aContact({
    n,
    channel,
    title: `${channel} ${n}`,
    receivedAt: asInstant(START - 60_000 + n * 1_000),
    ...more,
  });
const oneOfEach = [
  of(1, '101-voice'),
  of(2, 'web-chat'),
  of(3, 'online-report'),
  of(4, 'e-mail'),
  of(5, 'partner-line'),
];
const titles = () =>
  [...grid().querySelectorAll('[data-contact-id] [data-column="what"] > :last-child')].map(
    (cell) => cell.textContent,
  );
const views = () =>
  [...screen.getByRole('group', { name: 'Views' }).querySelectorAll('button')].map(
    (each) => each.textContent,
  );
const chosen = () => screen.getByRole('group', { name: 'Chosen contact' });

test('O-04: an open emergency is in every view above everything; every other contact is in one view by its door', async () => {
  const window = await open({ contacts: [...oneOfEach, anEmergency(50)] });
  act(() => grid().focus());
  const seen: string[][] = [];
  for (let view = 0; view < 6; view += 1) {
    seen.push(titles().map((title) => title ?? ''));
    await press(']', window);
  }
  const [all, mine, ...doors] = seen;
  expect(seen.every(([first]) => first === 'Emergency 50')).toBe(true);
  expect(all).toHaveLength(6);
  expect(mine).toEqual(['Emergency 50']);
  expect(doors.map((view) => view.slice(1))).toEqual([
    ['101-voice 1'],
    ['web-chat 2'],
    ['online-report 3'],
    ['partner-line 5', 'e-mail 4'],
  ]);
});

test('W-03: each view says how many wait in it, and Mine how many are mine', async () => {
  const window = await open({ contacts: [...oneOfEach, anEmergency(50)] });
  expect(views()).toEqual(['All6', 'Mine0', 'Calls2', 'Chats1', 'Online1', 'Other2']);
  await press('{F2}', window);
  expect(views()).toEqual(['All5', 'Mine1', 'Calls1', 'Chats1', 'Online1', 'Other2']);
});

test('C-12: the chosen row is shown in full with its reason below the list, and reads nobody’s details', async () => {
  const long = 'Says somebody follows her home from the bus stop and she is afraid to go in';
  const window = await open({
    contacts: [of(1, '101-voice', { title: long, place: null, flags: { vulnerable: true } })],
  });
  expect(chosen().textContent).toBe('No contact is chosen.');
  act(() => grid().focus());
  await press('j', window);
  expect(chosen().textContent).toContain(long);
  expect(chosen().textContent).toContain('Place not known · Vulnerable · Crime decision by 23 Nov');
  expect(chosen().textContent).toContain(
    'Due 14:03:31 = received 14:04:01 + 90 s, vulnerable −2 min, policy',
  );
  expect(window.bridge.requests.filter(({ name }) => name === 'contact.read')).toEqual([]);
});

test('O-05: Shift+W says why the row stands where it stands, for the ear too', async () => {
  const window = await open({ contacts: [anEmergency(50), anEmergency(51)] });
  act(() => grid().focus());
  await press('jj', window);
  await press('{Shift>}w{/Shift}', window);
  const words = /CON-20261122-000051: Emergency since 14:04:56, 2nd of 2\./;
  expect(screen.getAllByText(words).length).toBeGreaterThan(1);
});

test('W-31: the row of what is open beside the list is marked, wherever in the list the handler goes', async () => {
  const window = await open({ contacts: oneOfEach });
  const marked = () =>
    [...grid().querySelectorAll('[data-open]')].map(
      (row) => row.querySelector('[data-column="what"] > :last-child')?.textContent,
    );
  act(() => grid().focus());
  await press('j', window);
  expect(marked()).toEqual([]);
  const [first] = titles();
  await press('{Enter}', window);
  expect(marked()).toEqual([first]);
  act(() => grid().focus());
  await press('{End}', window);
  expect(chosen().textContent).not.toContain(first);
  expect(marked()).toEqual([first]);
});
