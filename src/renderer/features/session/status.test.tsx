import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { deskStatusKinds, deskStatusReasons, isWhole } from '../../../shared/domain/desk-status.ts';
import { aCall, anEmergency, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';
import { statusCommands } from './status-commands.ts';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
const open = async (...args: Parameters<typeof renderWindow>): Promise<Rendered> =>
  (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const line = () => screen.getByRole('status', { name: 'Status line' });
const bar = () => screen.getByRole('toolbar', { name: 'Keys' });
const said = ({ bridge }: Rendered) => bridge.desk.status;

test('A-10: F8 shows the choices in the key bar, and a letter says what the person is doing', async () => {
  const window = await open();
  await press('{F8}', window);
  expect(bar().textContent).toMatch(/F8 then.*A available.*B busy.*W wrap-up.*K break.*T training.*Y away/i);
  await press('w', window);
  expect(said(window)).toMatchObject({ kind: 'wrap-up', reason: null });
  expect(line().textContent).toContain('Wrap-up');
});

test('A-10: where a reason is asked for, a digit gives it', async () => {
  const window = await open();
  await press('{F8}b', window);
  expect(bar().textContent).toMatch(/1 on a call.*2 ringing back.*3 online work.*4 finishing a log/);
  expect(said(window)).toMatchObject({ kind: 'available' });
  await press('4', window);
  expect(said(window)).toMatchObject({ kind: 'busy', reason: 'finishing-a-log' });
  expect(line().textContent).toContain('Busy – finishing a log');
});

test('A-10: every state and every reason that a handler may give has its keys, and none that they may not', () => {
  const reachable = statusCommands.flatMap(({ id, keys }) => (keys.length > 0 ? [id] : []));
  const wanted = deskStatusKinds.flatMap((kind) => {
    const reasons = deskStatusReasons[kind].filter((reason) => reason !== 'locked');
    return reasons.length === 0 ? [`status-${kind}`] : reasons.map((reason) => `status-${kind}-${reason}`);
  });
  expect(new Set(reachable)).toEqual(new Set([...wanted, 'welfare']));
});

test('A-10: what is asked for is always whole', async () => {
  const window = await open();
  for (const command of statusCommands.filter(({ keys }) => keys.length > 0))
    act(() => window.keyboard.run(command));
  await window.settle();
  const asked = window.bridge.requests.filter(({ name }) => name === 'desk.set-status');
  expect(asked.length).toBe(statusCommands.filter(({ keys }) => keys.length > 0).length);
  for (const { input } of asked) expect(isWhole(input as Parameters<typeof isWhole>[0])).toBe(true);
});

test('W-06, A-10: Escape, a wrong key and waiting leave the status as it is', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => grid().focus());
  await press('{F8}{Escape}', window);
  await press('{F8}z', window);
  await press('{F8}b{Escape}', window);
  await press('{F8}', window);
  await window.pass(7_000);
  await press('b', window);
  expect(window.bridge.requests.map(({ name }) => name)).not.toContain('desk.set-status');
});

test('W-04: F8 works while a note is typed; a letter that is no choice is text', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two', window);
  await press('{F8}k2', window);
  expect(said(window)).toMatchObject({ kind: 'break', reason: 'meal' });
  expect(note().value).toBe('two');
  await press('{F8}z', window);
  expect(note().value).toBe('twoz');
});

test('A-11: Shift+F8 says away for welfare at once and asks nothing; the same again is available', async () => {
  const window = await open();
  await press('{Shift>}{F8}{/Shift}', window);
  expect(said(window)).toMatchObject({ kind: 'away', reason: 'welfare' });
  expect(line().textContent).toContain('Away – welfare Shift+F8');
  await press('{Shift>}{F8}{/Shift}', window);
  expect(said(window)).toMatchObject({ kind: 'available', reason: null });
});

test('A-10: the status can be changed with the mouse alone', async () => {
  const window = await open();
  await userEvent.click(within(line()).getByRole('button', { name: /^Available/ }));
  await userEvent.click(within(bar()).getByRole('button', { name: /break …/ }));
  await userEvent.click(within(bar()).getByRole('button', { name: /comfort/ }));
  await window.settle();
  expect(said(window)).toMatchObject({ kind: 'break', reason: 'comfort' });
});

test('O-04: on a break and away an emergency is shown and told as ever', async () => {
  const window = await open();
  await press('{F8}y3', window);
  expect(said(window)).toMatchObject({ kind: 'away', reason: 'other' });
  window.bridge.arrive(anEmergency(50));
  await window.settle();
  expect(screen.getByRole('region', { name: 'Emergency strip' }).textContent).toContain('Emergency 50');
  expect(screen.getByText('Emergency. 9 9 9 call. Welwyn Garden City. F2 to take.')).toBeTruthy();
});

test('A-10: a status that the desk did not take is said, and the old one stays on screen', async () => {
  const window = await open();
  const { bridge } = window;
  const request = bridge.request.bind(bridge);
  bridge.request = async (name, input) => {
    if (name === 'desk.set-status') return Promise.reject(new Error('gone'));
    return request(name, input);
  };
  await press('{F8}w', window);
  expect(screen.getByLabelText('Last act').textContent).toContain('Your status was not taken');
  expect(line().textContent).toContain('Available');
});
