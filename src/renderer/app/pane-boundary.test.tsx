import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { asInstant } from '../../shared/domain/time.ts';
import { aContact } from '../testing/builders.ts';
import { aCall, anEmergency, grid, note, press } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
  vi.restoreAllMocks();
});

/** A contact with an instant that no calendar has: no pane can write it. */
const unpaintable = () => {
  const contact = aContact({ n: 1, channel: '101-voice', title: 'Broken', account: 'He has a knife' });
  return { ...contact, notes: [{ at: asInstant(Number.NaN) }] } as unknown as typeof contact;
};

test('W-01: a contact that cannot be painted takes nothing else off the screen', async () => {
  const log = vi.spyOn(console, 'error');
  const window = await open({ contacts: [unpaintable(), aCall(2)] });
  act(() => grid().focus());
  await press('j', window);
  await press('{Enter}', window);
  expect(screen.getByText(/^The contact could not be shown\. Everything else works/)).toBeTruthy();
  await press('n', window);
  await press('two men', window);
  expect(note().value).toBe('two men');
  window.bridge.arrive(anEmergency(50));
  await window.settle();
  expect(
    within(screen.getByRole('region', { name: 'Emergency strip' })).getByText('Emergency 50'),
  ).toBeTruthy();
  await press('{F2}', window);
  expect(window.workplace.active.read()).toBe(anEmergency(50).id);
  expect(document.activeElement).toBe(note());
  expect(log.mock.calls.flat().join(' ')).not.toContain('knife');
});

test('W-06: Show again shows the pane when what broke it is over', async () => {
  const window = await open({ contacts: [unpaintable()] });
  act(() => grid().focus());
  await press('j', window);
  await press('{Enter}', window);
  window.bridge.arrive(aCall(1));
  await window.settle();
  screen.getByRole('button', { name: 'Show again' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(screen.getAllByRole('heading', { name: 'Call 1' }).length).toBeGreaterThan(0);
});

test('W-01: an inbox that cannot be painted leaves the strip, and its place is where its keys lead', async () => {
  const window = await open({ contacts: [aCall(1), anEmergency(50)] });
  const broken = { ...window.workplace.list.read(), entries: null };
  vi.spyOn(window.workplace.list, 'read').mockReturnValue(broken as never);
  window.bridge.arrive(aCall(2));
  await window.settle();
  expect(screen.getByRole('region', { name: 'The inbox, not shown' })).toBeTruthy();
  expect(
    within(screen.getByRole('region', { name: 'Emergency strip' })).getByText('Emergency 50'),
  ).toBeTruthy();
  await press('{Escape}', window);
  expect(document.activeElement?.textContent).toBe('Show again');
});
