import { act } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { aCall, grid, press } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

/** A key asks for the inbox while that is not there, as a pane whose code is still being fetched; then it comes. */
async function askedForTooEarly(between: (window: NonNullable<typeof rendered>) => Promise<void>) {
  const window = await renderWindow({ contacts: [aCall(1)] });
  rendered = window;
  const { elements } = window.workplace;
  const inbox = grid();
  act(() => inbox.blur());
  elements.delete('inbox');
  const ticket = window.law.ticket();
  window.law.answer(ticket, () => window.workplace.goTo('inbox'));
  expect(document.activeElement).not.toBe(inbox);
  await between(window);
  act(() => void elements.set('inbox', inbox));
  return document.activeElement === inbox;
}

test('W-02: what a key has asked for before it was there has the focus when it comes', async () => {
  expect(await askedForTooEarly(async () => undefined)).toBe(true);
});

test('W-02: not once the handler has pressed another key', async () => {
  expect(await askedForTooEarly((window) => press('x', window))).toBe(false);
});
