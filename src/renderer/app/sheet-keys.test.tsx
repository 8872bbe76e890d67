import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { aContact, anActor, people } from '../testing/builders.ts';
import { aCall, note, press, reason } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const mine = aContact({
  n: 1,
  channel: '101-voice',
  title: 'Shouting next door',
  ownership: {
    kind: 'owned',
    by: anActor(14, people.handler.handler),
    since: aContact({ n: 1, channel: '101-voice' }).receivedAt,
  },
});
const { id } = mine;

async function open(): Promise<Window> {
  const window = await renderWindow({ contacts: [mine, aCall(2), aCall(3)] });
  rendered = window;
  window.workplace.open(id);
  await window.settle();
  act(() => screen.getByRole('group', { name: 'Contact' }).focus());
  return window;
}

const lying = ({ workplace }: Window) => workplace.sheets.of(id).read();
const question = () => screen.getByTestId('question-now').textContent;
const place = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Where is it?' });
const acts = ({ bridge }: Window) =>
  bridge.requests.flatMap(({ name, input }) =>
    name === 'command.submit' ? [(input as { readonly act: { readonly kind: string } }).act.kind] : [],
  );
async function lockAndUnlock(window: Window): Promise<void> {
  await press('{Control>}l{/Control}', window);
  await press(`${people.handler.pin}{Enter}`, window);
}

describe('keys in a sheet', () => {
  test('W-26: no letter is a command where the questions take letters', async () => {
    const window = await open();
    await press('q', window);
    await press('do{Enter}', window);
    expect(question()).toBe('I have Welwyn Garden City. Is that exactly right?');
    const [before, focus] = [acts(window), document.activeElement];
    for (const letter of ['c', 'r', 'b', 'e', '3', 'p', '1', 'o', 'm', 'm']) await press(letter, window);
    expect(acts(window)).toEqual(before);
    expect([lying(window), question(), document.activeElement]).toEqual([
      'triage',
      'I have Welwyn Garden City. Is that exactly right?',
      focus,
    ]);
  });

  test('W-26, A-10: F8 and its letter say what the person is doing, and answer no question that takes the same letter', async () => {
    const window = await open();
    await press('q', window);
    await press('do{Enter}', window);
    await press('{F8}', window);
    await press('y', window);
    expect(question()).toBe('I have Welwyn Garden City. Is that exactly right?');
    expect(screen.queryByText(/Welwyn Garden City, read back/)).toBeNull();
  });

  test('W-26: the note is written from a sheet by its function key, and Esc goes back into the field and the caret', async () => {
    const window = await open();
    await press('l', window);
    await press('behind the weir', window);
    act(() => place().setSelectionRange(3, 3));
    await press('{Shift>}{F12}{/Shift}', window);
    expect(document.activeElement).toBe(note());
    await press('two men{Escape}', window);
    expect([lying(window), document.activeElement, place().selectionStart]).toEqual(['place', place(), 3]);
  });

  test('W-26, W-06: a reason is asked for below the sheet; Esc goes back into the field and the caret', async () => {
    const window = await open();
    await press('l', window);
    await press('behind the weir', window);
    act(() => place().setSelectionRange(6, 6));
    await press('{Shift>}{F7}{/Shift}', window);
    expect(document.activeElement).toBe(reason());
    await press('knife seen{Escape}', window);
    expect([lying(window), document.activeElement, place().selectionStart]).toEqual(['place', place(), 6]);
  });
});

describe('where the handler was in a sheet', () => {
  test('W-28: the lock gives back the question that stood there and its focus, also one that was gone back to', async () => {
    const window = await open();
    await press('q', window);
    await press('do{Enter}', window);
    await press('{Tab}', window);
    await press('{Tab}', window);
    const before = [question(), document.activeElement?.getAttribute('aria-label')];
    await lockAndUnlock(window);
    expect([question(), document.activeElement?.getAttribute('aria-label')]).toEqual(before);
  });

  test('W-28: what an arrow had chosen is what the act is done with after the lock', async () => {
    const window = await open();
    await press('m', window);
    await press('m', window);
    await press('call{ArrowDown}', window);
    const chosen = () => screen.getByRole('option', { selected: true }).textContent;
    const before = chosen();
    expect(before).toMatch(/Call [23]/);
    expect(before).not.toBe(screen.getAllByRole('option')[0]?.textContent);
    await lockAndUnlock(window);
    expect(chosen()).toBe(before);
  });

  test('W-28: F4 goes back into the field and the caret; the sheet lies where it lay', async () => {
    const window = await open();
    await press('l', window);
    await press('behind the weir', window);
    act(() => place().setSelectionRange(4, 4));
    act(() => window.workplace.open(aCall(2).id));
    await window.settle();
    await press('{F4}', window);
    expect([document.activeElement, place().value, place().selectionStart]).toEqual([
      place(),
      'behind the weir',
      4,
    ]);
  });

  test('W-28: a place in a sheet that was left is no place in the next one', async () => {
    const window = await open();
    await press('l', window);
    await press('behind the weir', window);
    await press('{Escape}', window);
    await press('q', window);
    await lockAndUnlock(window);
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Call type' }));
  });

  test('W-16: nothing of the sheet is in the page while the desk is locked', async () => {
    const window = await open();
    await press('l', window);
    await press('behind the weir', window);
    await press('{Control>}l{/Control}', window);
    expect(document.body.innerHTML).not.toMatch(/weir|Find the place/);
  });
});
