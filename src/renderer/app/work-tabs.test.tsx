import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { ContactId } from '../../shared/domain/ids.ts';
import { aClosing, people } from '../testing/builders.ts';
import { aCall, anEmergency, grid, note, openFirst, press } from '../testing/hands.ts';
import type { MemoryBridge } from '../testing/memory-bridge.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const reads = ({ requests }: MemoryBridge): readonly ContactId[] =>
  requests
    .filter(({ name }) => name === 'contact.read')
    .map(({ input }) => (input as { readonly contact: ContactId }).contact);
const tabs = () => within(screen.getByRole('tablist', { name: 'Contacts in hand' })).queryAllByRole('tab');

/** Two calls open, the first in front, with half a note; then the program is closed. */
async function closedProgram(): Promise<MemoryBridge> {
  const first = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(first);
  await press('n', first);
  await press('two men', first);
  await first.pass(500);
  await press('{Escape}', first);
  await press('b', first);
  await press('j{Enter}', first);
  await press('{Control>}1{/Control}', first);
  first.stop();
  rendered = null;
  return first.bridge;
}

test('W-22: a program that was closed shows the same tabs with their drafts, also of a contact that is closed', async () => {
  const bridge = await closedProgram();
  bridge.elsewhere(bridge.me, aCall(1).id, aClosing());
  const again = await open({ bridge });
  expect(again.workplace.tabs.read()).toEqual([aCall(1).id, aCall(2).id]);
  expect(again.workplace.active.read()).toBe(aCall(1).id);
  expect(screen.getAllByRole('heading', { name: 'Call 1' }).length).toBeGreaterThan(0);
  expect(note().value).toBe('two men');
  expect(document.activeElement).toBe(document.body);
});

test('C-12: tabs that come back read only the contact in front, and the others when they are shown', async () => {
  const bridge = await closedProgram();
  bridge.requests.length = 0;
  const again = await open({ bridge });
  expect(new Set(reads(bridge))).toEqual(new Set([aCall(1).id]));
  expect(tabs().map((tab) => tab.textContent)).toEqual([
    expect.stringContaining('Call 1'),
    expect.stringContaining('Call 2'),
  ]);
  await press('{Control>}2{/Control}', again);
  expect(new Set(reads(bridge))).toEqual(new Set([aCall(1).id, aCall(2).id]));
});

test('W-02: tabs that come back late leave what the handler has opened in front, and in the first place', async () => {
  const bridge = await closedProgram();
  const real = bridge.request.bind(bridge);
  let letGo: () => void = () => undefined;
  bridge.request = async (name, input) => {
    if (name === 'tabs.read') await new Promise<void>((resolve) => (letGo = resolve));
    return real(name, input);
  };
  bridge.arrive(anEmergency(50));
  const again = await open({ bridge });
  act(() => grid().focus());
  await press('j ', again);
  act(() => again.workplace.open(anEmergency(50).id));
  letGo();
  await again.settle();
  expect(again.workplace.tabs.read()).toEqual([anEmergency(50).id, aCall(1).id, aCall(2).id]);
  expect(again.workplace.active.read()).toBe(anEmergency(50).id);
  expect(document.activeElement).toBe(grid());
});

test('W-02: tabs that come back after a key was pressed are there, and none of them opens', async () => {
  const bridge = await closedProgram();
  const real = bridge.request.bind(bridge);
  let letGo: () => void = () => undefined;
  bridge.request = async (name, input) => {
    if (name === 'tabs.read') await new Promise<void>((resolve) => (letGo = resolve));
    return real(name, input);
  };
  const again = await open({ bridge });
  act(() => grid().focus());
  await press('j', again);
  letGo();
  await again.settle();
  expect(again.workplace.tabs.read()).toHaveLength(2);
  expect(again.workplace.active.read()).toBeNull();
  expect(document.activeElement).toBe(grid());
});

test('W-22: what is open is kept by its ids alone, and not before what was kept has been read', async () => {
  const bridge = await closedProgram();
  expect(bridge.records.tabs).toEqual({ tabs: [aCall(1).id, aCall(2).id], active: aCall(1).id });
  const real = bridge.request.bind(bridge);
  bridge.request = async (name, input) => {
    if (name === 'tabs.read') throw new Error('the workstation is starting again');
    return real(name, input);
  };
  bridge.arrive(aCall(3));
  const again = await open({ bridge });
  act(() => again.workplace.open(aCall(3).id));
  await again.settle();
  expect(bridge.records.tabs.tabs).toEqual([aCall(1).id, aCall(2).id]);
  bridge.request = real;
  await again.pass(1_000);
  expect(bridge.records.tabs).toEqual({
    tabs: [aCall(3).id, aCall(1).id, aCall(2).id],
    active: aCall(3).id,
  });
});

test('A-08: when a handler has signed off, nothing of what they had open or typed is left on screen', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  await window.pass(500);
  window.bridge.elsewhere(window.bridge.me, aCall(1).id, { kind: 'release' });
  await window.bridge.request('session.sign-off', {});
  await window.settle();
  expect(window.workplace.tabs.read()).toEqual([]);
  expect(window.workplace.drafts.of(aCall(1).id).read().draft.text).toBe('');
  expect(document.body.textContent).not.toContain('two men');
  expect(window.bridge.records.tabs.tabs).toEqual([aCall(1).id]);
});

test('X-07: a tab says that something in it is kept here until the queue has received it', async () => {
  const window = await open({ contacts: [aCall(1)], answers: 'when-told' });
  await openFirst(window);
  act(() => window.bridge.answerNext());
  await press('n', window);
  await press('two men', window);
  expect(tabs()[0]?.textContent).toContain('draft');
  await press('{Control>}{Enter}{/Control}', window);
  expect(tabs()[0]?.textContent).toContain('kept here');
  expect(tabs()[0]?.textContent).not.toContain('draft');
  act(() => window.bridge.answerNext());
  await window.settle();
  expect(tabs()[0]?.textContent).not.toContain('kept here');
  expect(people.handler.handler).toBe(window.bridge.me.handler);
});

test('W-23: what was closed leaves the tabs when the handler has gone on, and not before', async () => {
  const { bridge, workplace, ...rest } = await open({ contacts: [aCall(1), aCall(2)] });
  const window = { bridge, workplace, ...rest };
  await openFirst(window);
  await act(async () => bridge.elsewhere(bridge.me, aCall(1).id, aClosing()));
  await window.pass(500);
  expect(workplace.tabs.read()).toEqual([aCall(1).id]);
  act(() => workplace.open(aCall(2).id));
  expect(workplace.tabs.read()).toEqual([aCall(2).id]);
});

test('W-23: half-typed words keep the tab of what was closed', async () => {
  const { bridge, workplace, ...rest } = await open({ contacts: [aCall(1), aCall(2)] });
  const window = { bridge, workplace, ...rest };
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  await act(async () => bridge.elsewhere(bridge.me, aCall(1).id, aClosing()));
  await window.pass(500);
  act(() => workplace.open(aCall(2).id));
  expect(workplace.tabs.read()).toEqual([aCall(1).id, aCall(2).id]);
});
