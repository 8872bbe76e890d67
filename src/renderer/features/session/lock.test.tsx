import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { IDLE_LOCK_MS } from '../../app/idle-watch.ts';
import { aContact, anActor, people, START } from '../../testing/builders.ts';
import { aCall, anEmergency, grid, note, openFirst, press, reason } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
const open = async (...args: Parameters<typeof renderWindow>): Promise<Rendered> =>
  (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const pin = () => screen.getByLabelText<HTMLInputElement>('PIN');
const locked = () => screen.queryByRole('main', { name: 'Locked desk' });
const strip = () => screen.getByRole('region', { name: 'Emergency strip' });
const isLocked = ({ bridge }: Rendered) =>
  bridge.desk.session.kind === 'signed-in' && bridge.desk.session.locked;
const unlock = (window: Rendered) => press(`${people.handler.pin}{Enter}`, window);

test('W-16: Ctrl+L takes everything of the work off the page in the same moment; strip, link and clock stay', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  await press('n', window);
  await press('a secret note', window);
  act(() => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'l',
        code: 'KeyL',
        ctrlKey: true,
        bubbles: true,
        cancelable: true,
      }),
    );
  });
  expect(locked()).not.toBeNull();
  expect(document.body.textContent).not.toMatch(/Call 1|Call 2|CON-|secret/);
  expect(strip().textContent).toBe('No emergency waiting');
  expect(screen.getByRole('status', { name: 'Status line' }).textContent).toMatch(/Live 12 ms.*14:05:/);
  expect(screen.getByText('Sam Okafor', { selector: 'strong' })).toBeTruthy();
  await window.settle();
  expect(isLocked(window)).toBe(true);
});

test('X-09, A-09: what is being typed is kept before the desk is locked', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('half a sent', window);
  await press('{Control>}l{/Control}', window);
  const names = window.bridge.requests.map(({ name }) => name);
  expect(names.lastIndexOf('draft.save')).toBeGreaterThan(0);
  expect(names.indexOf('session.lock')).toBeGreaterThan(names.lastIndexOf('draft.save'));
});

test('A-09: the PIN gives back the former view: the same tab, the focus, the words and the caret', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  await press('n', window);
  await press('two men at the door', window);
  act(() => note().setSelectionRange(7, 7));
  await window.settle();
  const before = { tabs: window.workplace.tabs.read(), selected: window.workplace.list.read().selected };
  await press('{Control>}l{/Control}', window);
  expect(document.activeElement).toBe(pin());
  await unlock(window);
  expect(locked()).toBeNull();
  expect(document.activeElement).toBe(note());
  expect(note()).toMatchObject({ value: 'two men at the door', selectionStart: 7, selectionEnd: 7 });
  expect({ tabs: window.workplace.tabs.read(), selected: window.workplace.list.read().selected }).toEqual(
    before,
  );
  expect(screen.getByText('Call 2')).toBeTruthy();
});

test('A-09: a reason that was being typed is there again with the focus', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('{Shift>}E{/Shift}', window);
  await press('knife seen', window);
  expect(document.activeElement).toBe(reason());
  await press('{Control>}l{/Control}', window);
  await unlock(window);
  expect(reason().value).toBe('knife seen');
  expect(document.activeElement).toBe(reason());
});

test('A-09: the list stands there in the moment of unlocking: its rows were never forgotten', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2), anEmergency(50)] });
  await press('{Control>}l{/Control}', window);
  expect(window.workplace.store.rows.size).toBe(3);
  window.bridge.elsewhere(anActor(7), anEmergency(50).id, { kind: 'claim' });
  await window.settle();
  expect(strip().textContent).toBe('No emergency waiting');
  expect(window.workplace.store.rows.size).toBe(2);
  await unlock(window);
  expect(window.workplace.store.rows.size).toBe(3);
  expect(window.workplace.list.read().newAbove).toBe(0);
});

test('A-09: only the PIN of the person signed in opens it; a wrong one is said and leaves it locked', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await press('{Control>}l{/Control}', window);
  await press(`${people.mentor.pin}{Enter}`, window);
  expect(screen.getByText('That PIN is wrong. 4 more tries, then a wait.')).toBeTruthy();
  expect(pin().value).toBe('');
  expect(locked()).not.toBeNull();
  expect(isLocked(window)).toBe(true);
});

test('A-09, O-04: an emergency that comes while the desk is locked stands in the strip and is told', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await press('{Control>}l{/Control}', window);
  window.bridge.arrive(anEmergency(50));
  await window.settle();
  expect(strip().textContent).toContain('Emergency 50');
  expect(screen.getByText('Emergency. 9 9 9 call. Welwyn Garden City. F2 to take.')).toBeTruthy();
  expect(document.body.textContent).not.toContain('Call 1');
});

test('A-09: F2 on a locked desk asks for the PIN, and then takes the emergency that has waited longest', async () => {
  const window = await open({ contacts: [aCall(1), anEmergency(50), anEmergency(51)] });
  await press('{Control>}l{/Control}', window);
  await press('{F2}', window);
  expect(document.activeElement).toBe(pin());
  expect(screen.getByText('PIN, then it is yours.')).toBeTruthy();
  expect(window.bridge.requests.map(({ name }) => name)).not.toContain('command.submit');
  await unlock(window);
  expect(screen.getByRole('group', { name: 'Contact' }).textContent).toContain('Emergency 50');
  expect(window.bridge.contact(anEmergency(50).id).ownership.kind).toBe('owned');
});

test('A-09: Escape takes F2 back, and the desk stays locked', async () => {
  const window = await open({ contacts: [anEmergency(50)] });
  await press('{Control>}l{/Control}', window);
  await press('{F2}', window);
  await press('{Escape}', window);
  expect(screen.queryByText('PIN, then it is yours.')).toBeNull();
  await unlock(window);
  expect(locked()).toBeNull();
  expect(window.bridge.contact(anEmergency(50).id).ownership.kind).toBe('waiting');
});

test('W-16: behind the lock no key of the work does anything', async () => {
  const window = await open({ contacts: [aCall(1), anEmergency(50)] });
  await openFirst(window);
  await press('{Control>}l{/Control}', window);
  const before = window.bridge.requests.length;
  await press('{F3}{Control>}k{/Control}{Control>}w{/Control}{F1}', window);
  expect(window.bridge.requests.length).toBe(before);
  expect(window.workplace.looking.read()).toBeNull();
  expect(window.workplace.panel.read()).toBeNull();
});

test('A-09: ten minutes without a key or the pointer lock the desk', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await press('j', window);
  await window.pass(IDLE_LOCK_MS - 20_000);
  expect(locked()).toBeNull();
  await press('j', window);
  await window.pass(IDLE_LOCK_MS - 20_000);
  expect(locked()).toBeNull();
  await window.pass(40_000);
  expect(locked()).not.toBeNull();
  expect(isLocked(window)).toBe(true);
  // A lock that came by itself takes no focus; the first digit brings it.
  expect(document.activeElement).toBe(document.body);
  await unlock(window);
  expect(locked()).toBeNull();
});

test('A-09: whoever listens to a caller is not locked out; ten minutes after the call they are', async () => {
  const me = anActor(14, '1001');
  const live = aContact({
    n: 7,
    channel: '101-voice',
    ownership: { kind: 'owned', by: me, since: START },
    channelState: 'connected',
  });
  const window = await open({ contacts: [live] });
  await window.pass(3 * IDLE_LOCK_MS);
  expect(locked()).toBeNull();
  window.bridge.arrive({ ...live, rev: 2, channelState: 'ended' });
  await window.settle();
  await window.pass(IDLE_LOCK_MS - 40_000);
  expect(locked()).toBeNull();
  await window.pass(80_000);
  expect(locked()).not.toBeNull();
});

test('A-09: a desk that was locked when the window came up shows the lock, and then its work', async () => {
  const first = await open({ contacts: [aCall(1)] });
  await press('{Control>}l{/Control}', first);
  const { bridge } = first;
  first.stop();
  const window = await open({ bridge });
  expect(locked()).not.toBeNull();
  expect(document.body.textContent).not.toContain('Call 1');
  await unlock(window);
  expect(document.activeElement).toBe(grid());
  expect(screen.getByText('Call 1')).toBeTruthy();
});
