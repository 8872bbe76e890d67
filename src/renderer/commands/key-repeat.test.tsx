import { act } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { aCall, anEmergency, grid, hold, press } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

test('W-05: F2 held down takes one emergency', async () => {
  const window = await open({ contacts: [anEmergency(50), anEmergency(51), anEmergency(52)] });
  act(() => grid().focus());
  await hold('F2', 6, window);
  expect(window.bridge.requests.filter(({ name }) => name === 'command.submit')).toHaveLength(1);
  expect(window.workplace.tabs.read()).toEqual([anEmergency(50).id]);
});

test('W-05: F3 held down looks once, and an arrow held down goes on', async () => {
  const window = await open({ contacts: [anEmergency(50), aCall(1), aCall(2), aCall(3)] });
  act(() => grid().focus());
  await hold('F3', 4, window);
  expect(window.workplace.looking.read()).toBe(anEmergency(50).id);
  await hold('ArrowDown', 4, window);
  expect(window.workplace.list.read().selected).toBe(aCall(3).id);
});

test('W-05: the first stroke of a two-step key held down still waits for its second', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => grid().focus());
  await press('j{Enter}', window);
  await hold('p', 2, window);
  expect(window.keyboard.pending.read()?.prefix).toBe('p');
});

test('W-05: Ctrl+A marks the words of a field and never the whole window', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => grid().focus());
  const [list, field] = [grid(), document.createElement('textarea')];
  document.body.append(field);
  const isCaught = (element: Element) =>
    !element.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'a', ctrlKey: true, bubbles: true, cancelable: true }),
    );
  expect([isCaught(list), isCaught(field)]).toEqual([true, false]);
  field.remove();
  expect(window.keyboard.pending.read()).toBeNull();
});
