import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { aClosing, aContact, anActor } from '../../testing/builders.ts';
import { aCall, anEmergency, grid, note, openFirst, press } from '../../testing/hands.ts';
import type { MemoryBridge } from '../../testing/memory-bridge.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const panel = () => screen.getByRole('search', { name: 'Search' });
const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Search' });
const found = () => within(panel()).queryAllByRole('option');
/** A colleague takes it and closes it. */
function close(bridge: MemoryBridge, n: number): void {
  bridge.elsewhere(anActor(7), aCall(n).id, { kind: 'claim' });
  bridge.elsewhere(anActor(7), aCall(n).id, aClosing());
}

/** The answers to searches wait until they are let go, in whatever order. */
function heldSearches(bridge: MemoryBridge): (() => void)[] {
  const real = bridge.request.bind(bridge);
  const held: (() => void)[] = [];
  bridge.request = async (name, input) => {
    const answer = await real(name, input);
    if (name === 'search.read') await new Promise<void>((resolve) => held.push(resolve));
    return answer;
  };
  return held;
}

test('W-20: search finds open and closed contacts by the beginnings of words, and says where', async () => {
  const window = await open({
    contacts: [
      aCall(1),
      aContact({ n: 2, channel: 'web-chat', title: 'Bicycle gone', account: 'a red bike' }),
    ],
  });
  close(window.bridge, 1);
  await window.settle();
  await press('{Control>}f{/Control}', window);
  expect(document.activeElement).toBe(field());
  await press('call', window);
  expect(found().map((hit) => hit.textContent)).toEqual([
    expect.stringMatching(/CON-.*101.*Closed.*Title: Call/),
  ]);
  await press('{Control>}f{/Control}', window);
  await window.settle();
  act(() => field().select());
  await press('red', window);
  expect(found()[0]?.querySelector('mark')?.textContent).toBe('red');
  expect(found()[0]?.textContent).toContain('Account: a red bike');
  expect(within(panel()).getByRole('status').textContent).toBe(
    '1 found. 2 contacts on this desk searched, open and closed. Older ones are at the queue only.',
  );
});

test('W-20: search neither narrows nor hides the list, the strip or an emergency that arrives meanwhile', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  act(() => grid().focus());
  await press('jj', window);
  await press('/', window);
  await press('nothing like this', window);
  const before = window.workplace.list.read();
  expect(before.total).toBe(2);
  expect(found()).toEqual([]);
  window.bridge.arrive(anEmergency(50));
  await window.settle();
  expect(document.activeElement).toBe(field());
  expect(screen.getByRole('region', { name: 'Emergency strip' }).textContent).toContain('Emergency 50');
  expect(window.workplace.list.read().total).toBe(3);
});

test('W-06: Escape leaves the search for exactly where the handler was, with the caret', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  act(() => note().setSelectionRange(3, 3));
  await press('{Control>}f{/Control}', window);
  await press('call{Escape}', window);
  expect(screen.queryByRole('search')).toBeNull();
  expect(document.activeElement).toBe(note());
  expect(note()).toMatchObject({ value: 'two men', selectionStart: 3 });
  await press('{Control>}f{/Control}', window);
  expect(field().value).toBe('call');
});

test('W-20: what is shown is never the answer to fewer letters than an answer that came before it', async () => {
  const window = await open({ contacts: [aCall(1), aCall(22)] });
  act(() => grid().focus());
  await press('/', window);
  const held = heldSearches(window.bridge);
  await press('call 2', window);
  // One question at a time, however many letters: the first waits for its answer.
  expect(held).toHaveLength(1);
  held.shift()?.();
  await window.settle();
  expect(held).toHaveLength(1);
  held.shift()?.();
  await window.settle();
  expect(found().map((hit) => hit.textContent)).toEqual([expect.stringContaining('Call 22')]);
  expect(held).toHaveLength(0);
});

test('W-20: Enter opens nothing that was found for other letters than those typed', async () => {
  const window = await open({ contacts: [aCall(1), aCall(22)] });
  act(() => grid().focus());
  await press('/', window);
  await press('call', window);
  expect(found()).toHaveLength(2);
  const held = heldSearches(window.bridge);
  await press(' 1{Enter}', window);
  expect(window.workplace.tabs.read()).toEqual([]);
  held.shift()?.();
  await window.settle();
  held.shift()?.();
  await window.settle();
  await press('{Enter}', window);
  expect(window.workplace.tabs.read()).toEqual([aCall(1).id]);
});

test('W-20: Enter opens an open contact and claims it for nobody; a closed one is looked at, and the search stays', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  act(() => grid().focus());
  close(window.bridge, 1);
  await window.settle();
  await press('/', window);
  await press('call', window);
  await press('{ArrowDown}{Enter}', window);
  expect(screen.getByRole('article', { name: 'Look' }).textContent).toContain('Call 1');
  expect(document.activeElement).toBe(field());
  await press('{Escape}', window);
  expect(screen.queryByRole('article', { name: 'Look' })).toBeNull();
  await press('{ArrowUp}{Enter}', window);
  expect(screen.queryByRole('search')).toBeNull();
  expect(window.workplace.active.read()).toBe(aCall(2).id);
  expect(document.activeElement).toBe(window.workplace.elements.get('work'));
  expect(window.bridge.contact(aCall(2).id).ownership.kind).toBe('waiting');
});

test('W-20: no answer, nothing found and too much found are told apart in words', async () => {
  const many = Array.from({ length: 60 }, (_, at) => aCall(at + 1));
  const window = await open({ contacts: many });
  await press('{Control>}f{/Control}', window);
  const words = () => within(panel()).getByRole('status').textContent;
  expect(words()).toMatch(/^Type the beginning of words/);
  await press('call', window);
  expect(words()).toMatch(/^More than 50 found, the newest are shown\. Another word narrows it\./);
  await press(' xyz', window);
  expect(words()).toMatch(/^Nothing has all these words\./);
  const real = window.bridge.request.bind(window.bridge);
  window.bridge.request = async (name, input) => {
    if (name === 'search.read') throw new Error('no answer');
    return real(name, input);
  };
  await press('1', window);
  expect(words()).toMatch(/^Not searched: this desk did not answer\./);
  window.bridge.request = real;
  await press('{Enter}', window);
  expect(words()).toMatch(/^Nothing has all these words\./);
});

test('W-04: Enter ends the words of the search: the next letter is a command', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => grid().focus());
  await press('/', window);
  await press('call', window);
  await press('{Enter}c', window);
  expect(window.bridge.contact(aCall(1).id).ownership.kind).toBe('owned');
});
