import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { asHandlerId } from '../../../shared/domain/ids.ts';
import { people } from '../../testing/builders.ts';
import { aCall, anEmergency, grid, press } from '../../testing/hands.ts';
import { signedOut } from '../../testing/memory-session.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
const open = async (...args: Parameters<typeof renderWindow>): Promise<Rendered> =>
  (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const number = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Number' });
const pin = () => screen.getByLabelText<HTMLInputElement>('PIN');
const said = () => screen.getByRole('form', { name: 'Sign in' }).querySelector('[role="alert"]')?.textContent;
const facts = () => screen.getByLabelText('This desk').textContent;

async function signIn(window: Rendered, who: string, secret: string): Promise<void> {
  await userEvent.clear(number());
  await userEvent.type(number(), who);
  await userEvent.click(pin());
  await press(`${secret}{Enter}`, window);
}

test('W-15: with nobody signed in the window shows number, PIN and how the desk stands, and nothing of the work', async () => {
  const window = await open({ who: null, contacts: [aCall(1), anEmergency(2)] });
  expect(number()).toBeTruthy();
  expect(pin().type).toBe('password');
  expect(facts()).toContain('Central queueIt answers.');
  expect(facts()).toContain('Desk profilememory');
  expect(screen.getByText('DEMO – not real calls')).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/Call 1|Emergency 2|Inbox/);
  expect(window.bridge.requests.filter(({ name }) => name === 'contact.read')).toEqual([]);
});

test('TS-01: training is chosen with a button below the sign-in, by no key, and only where nobody is signed in', async () => {
  const window = await open({ who: null });
  const button = screen.getByRole('button', { name: 'Start training' });
  await userEvent.click(button);
  expect(window.bridge.requests.map(({ name }) => name)).toContain('training.start');
  expect(screen.getByRole('region', { name: 'Practise' }).textContent).toContain('Training opens.');
  await signIn(window, '1001', people.handler.pin);
  expect(screen.queryByRole('button', { name: 'Start training' })).toBeNull();
});

test('TS-01: training does not open over work that waits to be sent', async () => {
  const window = await open({ who: null });
  await act(async () =>
    window.bridge.setDesk({
      session: { kind: 'signed-out', because: null, knownHere: [], unsent: 1, demo: [] },
    }),
  );
  await window.settle();
  await userEvent.click(screen.getByRole('button', { name: 'Start training' }));
  expect(screen.getByRole('region', { name: 'Practise' }).textContent).toContain(
    'Earlier work waits here: sign in first, so that it is sent.',
  );
  expect(window.bridge.requests.map(({ name }) => name)).not.toContain('training.start');
});

test('TS-01: in training nobody is offered training', async () => {
  const window = await open({ who: null });
  await act(async () => window.bridge.setDesk({ realm: 'training' }));
  await window.settle();
  expect(screen.queryByRole('button', { name: 'Start training' })).toBeNull();
  expect(screen.getByText('Who is in training')).toBeTruthy();
});

test('A-01: number, Enter, PIN, Enter: the work is there and the list has the keys', async () => {
  const window = await open({ who: null, contacts: [aCall(1)] });
  await userEvent.click(number());
  await press('1001{Enter}', window);
  expect(document.activeElement).toBe(pin());
  await press(`${people.handler.pin}{Enter}`, window);
  expect(document.activeElement).toBe(grid());
  expect(screen.getByText('Call 1')).toBeTruthy();
});

test('A-01: a wrong PIN is said without saying which was wrong; the number stays, the PIN goes, the keys stay in it', async () => {
  const window = await open({ who: null });
  await signIn(window, '1001', '1111');
  expect(said()).toBe('Number or PIN is wrong. 4 more tries, then a wait.');
  expect(number().value).toBe('1001');
  expect(pin().value).toBe('');
  expect(document.activeElement).toBe(pin());
  const forNumber = said();
  await signIn(window, '9999', '1111');
  expect(said()?.replace('3', '4')).toBe(forNumber);
});

test('A-01: after five wrong tries the wait is counted down, and nothing is asked before it is over', async () => {
  const window = await open({ who: null });
  for (let wrong = 0; wrong < 5; wrong += 1) await signIn(window, '1001', '1111');
  expect(said()).toBe('Number or PIN is wrong. There is a wait before the next try.');
  await signIn(window, '1001', '1111');
  expect(said()).toBe('Too many wrong tries. Wait 0:30, then try again.');
  await window.pass(12_000);
  expect(said()).toBe('Too many wrong tries. Wait 0:18, then try again.');
  const asked = () => window.bridge.requests.filter(({ name }) => name === 'session.sign-in').length;
  const before = asked();
  await signIn(window, '1001', people.handler.pin);
  expect(asked()).toBe(before);
  await window.pass(18_000);
  expect(said()).toBe('The wait is over: try again.');
  await press('{Enter}', window);
  expect(grid()).toBeTruthy();
});

test('A-06: with the queue away it says who can sign in all the same, and refuses the others with the address', async () => {
  const window = await open({ who: null });
  const knownHere = [asHandlerId('1001')];
  act(() =>
    window.bridge.setDesk({
      ...signedOut({ knownHere }),
      link: { ...window.bridge.desk.link, kind: 'down', retryAt: null },
    }),
  );
  expect(facts()).toContain('It does not answer.');
  expect(facts()).toContain('1001 can sign in all the same.');
  await signIn(window, '3001', people.mentor.pin);
  expect(said()).toMatch(/^The queue does not answer at ws:\/\/queue\.example:8443\/desk\. Without it only/);
  await signIn(window, '1001', people.handler.pin);
  expect(grid()).toBeTruthy();
});

test('A-08: it says how much earlier work waits, and that anybody’s sign-in sends it', async () => {
  const window = await open({ who: null });
  act(() => window.bridge.setDesk(signedOut({ unsent: 3 })));
  expect(facts()).toContain('3 pieces wait here. They are sent when anybody signs in');
});

test('A-02: it says why the last session ended', async () => {
  const window = await open({ who: null });
  act(() => window.bridge.setDesk(signedOut({ because: 'expired' })));
  expect(screen.getByText(/^The last sign-in ran out\./)).toBeTruthy();
  act(() => window.bridge.setDesk(signedOut({ because: 'revoked' })));
  expect(screen.getByText(/account that was signed in here was closed at the queue/)).toBeTruthy();
});

test('A-12: the demo lists its people with their PINs, and a click fills in the number; no other realm lists anybody', async () => {
  const window = await open({ who: null });
  const demo = screen.getByRole('region', { name: 'Demo accounts' });
  await userEvent.click(within(demo).getByRole('button', { name: /1001.*Sam Okafor.*PIN/ }));
  expect(number().value).toBe('1001');
  expect(document.activeElement).toBe(pin());
  act(() => window.bridge.setDesk({ realm: 'live', ...signedOut({ demo: [] }) }));
  expect(screen.queryByRole('region', { name: 'Demo accounts' })).toBeNull();
});

test('W-15: no key of the work does anything before somebody has signed in', async () => {
  const window = await open({ who: null, contacts: [anEmergency(1)] });
  await press('{F2}{F3}{Control>}k{/Control}{F1}', window);
  await press('{F8}a', window);
  expect(window.workplace.panel.read()).toBeNull();
  expect(window.bridge.requests.map(({ name }) => name)).not.toContain('command.submit');
  expect(window.bridge.requests.map(({ name }) => name)).not.toContain('desk.set-status');
});

test('W-02: a session that ends by itself moves the focus nowhere', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => grid().focus());
  act(() => window.bridge.setDesk(signedOut({ because: 'expired' })));
  await window.settle();
  expect(document.activeElement).toBe(document.body);
});

test('A-01: a desk that does not answer, or whose disk refuses, says so in a sentence', async () => {
  const window = await open({ who: null });
  const { bridge } = window;
  const request = bridge.request.bind(bridge);
  bridge.request = async (name, input) => {
    if (name === 'session.sign-in') return Promise.reject(new Error('gone'));
    return request(name, input);
  };
  await signIn(window, '1001', '1111');
  expect(said()).toBe('This desk did not answer; it may be starting again. Try once more in a moment.');
});
