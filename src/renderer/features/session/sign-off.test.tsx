import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { aCall, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
const open = async (...args: Parameters<typeof renderWindow>): Promise<Rendered> =>
  (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const signOff = (window: Rendered) => press('{Control>}{Shift>}Q{/Shift}{/Control}', window);
const page = () => screen.queryByRole('region', { name: 'Sign off' });
const cut = ({ bridge }: Rendered) =>
  act(() => bridge.setDesk({ link: { ...bridge.desk.link, kind: 'down' } }));

test('A-07: who owns nothing signs off with one key, and the window asks for the next person', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await signOff(window);
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Number' }));
  expect(document.body.textContent).not.toContain('Call 1');
  expect(window.workplace.store.rows.size).toBe(0);
});

test('A-07: who still owns contacts is shown them in place of the work; Escape goes back to where it was', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  await press('n', window);
  await press('half', window);
  await signOff(window);
  const shown = page();
  expect(shown?.textContent).toContain('One contact is still yours');
  expect(shown?.textContent).toContain('Close or release it first');
  expect(within(shown ?? document.body).getByRole('button', { name: /Call 1.*CON-/ })).toBe(
    document.activeElement,
  );
  await press('{Escape}', window);
  expect(page()).toBeNull();
  expect(document.activeElement).toBe(note());
  expect(note().value).toBe('half');
});

test('A-07: Enter on one of them opens it, and it can be released', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  act(() => grid().focus());
  await press('j', window);
  await press('{Enter}', window);
  await signOff(window);
  expect(page()?.textContent).toContain('2 contacts are still yours');
  await press('{Enter}', window);
  expect(page()).toBeNull();
  expect(screen.getByRole('group', { name: 'Contact' }).textContent).toContain('Call 1');
  await press('r', window);
  expect(window.bridge.contact(aCall(1).id).ownership.kind).toBe('waiting');
});

test('A-07: with the link down it says what stays unsent, and only the second key signs off', async () => {
  const window = await open({ contacts: [aCall(1)], answers: 'when-told' });
  await openFirst(window);
  act(() => window.bridge.answerNext());
  await window.settle();
  cut(window);
  await press('n', window);
  await press('said before the line fell', window);
  await press('{Control>}{Enter}{/Control}', window);
  await signOff(window);
  expect(page()?.textContent).toContain('The link to the queue is down');
  expect(page()?.textContent).toContain('1 piece of your work stays on this desk');
  expect(page()?.textContent).toContain('One contact stays yours at the queue');
  expect(window.bridge.desk.session.kind).toBe('signed-in');
  await signOff(window);
  expect(window.bridge.desk.session).toMatchObject({ kind: 'signed-out', unsent: 1 });
  expect(screen.getByText(/1 piece waits here/)).toBeTruthy();
});

test('A-07: with the link down Escape stays signed in, and nothing was asked for', async () => {
  const window = await open({ contacts: [aCall(1)] });
  cut(window);
  await signOff(window);
  await press('{Escape}', window);
  expect(page()).toBeNull();
  expect(window.bridge.requests.map(({ name }) => name)).not.toContain('session.sign-off');
});

test('A-08: the next person finds nothing of the one before', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('mine alone', window);
  cut(window);
  await signOff(window);
  await signOff(window);
  act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'live' } }));
  await press('3001{Enter}', window);
  await press('975310{Enter}', window);
  expect(document.activeElement).toBe(grid());
  expect(window.workplace.tabs.read()).toEqual([]);
  expect(window.workplace.said.read()).toBeNull();
  expect(document.body.textContent).not.toContain('mine alone');
});
