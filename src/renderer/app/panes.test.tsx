import { act, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { aCall, anEmergency, grid, note, openFirst, press } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
  vi.unstubAllGlobals();
});

/** A window in which the context has no pane of its own: 200 % zoom. */
const narrow = () =>
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));

const context = () => screen.queryByRole('region', { name: 'Context' });
const look = () => screen.queryByRole('article', { name: 'Look' });

test('W-02: in a narrow window F3 looks beside the note that is being typed, and the caret stays in it', async () => {
  narrow();
  const window = await open({ contacts: [aCall(1), anEmergency(50)] });
  act(() => grid().focus());
  await press('jj{Enter}', window);
  await press('n', window);
  await press('two men', window);
  expect(context()).toBeNull();
  await press('{F3}', window);
  expect(look()?.textContent).toContain('Emergency 50');
  expect(document.activeElement).toBe(note());
  expect(grid().closest('[inert]')).not.toBeNull();
  expect(note().closest('[inert]')).toBeNull();
  await press('{F3}', window);
  expect(context()).toBeNull();
  expect(grid().closest('[inert]')).toBeNull();
});

test('W-06: in a narrow window F6 reaches the context, and Escape gives back what had the focus', async () => {
  narrow();
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  await press('{F6}', window);
  expect(document.activeElement).toBe(context());
  expect(screen.getByRole('region', { name: 'Caller' })).toBeTruthy();
  await press('{Escape}', window);
  expect(context()).toBeNull();
  expect(document.activeElement).toBe(note());
  await press('{F6}{F6}', window);
  expect(context()).toBeNull();
  expect(document.activeElement).toBe(grid());
});

test('W-05: a separator is moved with the arrow keys, the widths are kept, and a command puts them back', async () => {
  const window = await open({ contacts: [aCall(1)], settings: { layout: [50, 30, 20] } });
  expect(screen.getAllByRole('separator')).toHaveLength(2);
  expect(screen.getAllByRole('separator').map((each) => each.tabIndex)).toEqual([0, 0]);
  act(() => screen.getAllByRole('separator')[0]?.focus());
  await press('{ArrowRight}{ArrowRight}', window);
  expect(window.workplace.store.settings.read().layout).toEqual([54, 26, 20]);
  await press('{End}', window);
  expect(window.workplace.store.settings.read().layout).toEqual([55, 25, 20]);
  expect(screen.getAllByRole('separator')[0]?.getAttribute('aria-valuenow')).toBe('55');
  await press('{Control>}k{/Control}', window);
  await press('usual widths{Enter}', window);
  expect(window.workplace.store.settings.read().layout).toEqual([]);
});

test('W-06: F6 leaves a separator for a pane', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => screen.getAllByRole('separator')[1]?.focus());
  await press('{F6}', window);
  expect(document.activeElement).toBe(grid());
});

test('W-02: widths that are read after the first painting change nothing else: no field is built anew', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  const field = note();
  act(() => window.workplace.store.saveSettings({ layout: [40, 40, 20] }));
  await window.settle();
  expect(note()).toBe(field);
  expect(document.activeElement).toBe(field);
  act(() => window.workplace.store.saveSettings({ layout: [] }));
  await window.settle();
  expect(note()).toBe(field);
});
