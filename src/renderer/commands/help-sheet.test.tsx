import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { aCall, grid, press } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

test('W-32: F1 stands at the end of the key bar, and lists first what the keys do where the handler is', async () => {
  const window = (rendered = await renderWindow({ contacts: [aCall(1)] }));
  act(() => grid().focus());
  const bar = screen.getByRole('toolbar', { name: 'Keys' });
  const keys = within(bar).getAllByRole('button', { hidden: true });
  expect(keys.at(-1)?.textContent).toContain('F1');
  await press('j', window);
  await press('{F1}', window);
  const here = within(screen.getByRole('dialog', { name: 'Keys' })).getByRole('region', {
    name: 'Here, now',
  });
  expect(here.textContent).toContain('EnterOpen the contact; claims it if it is free');
  expect(here.textContent).toContain('fFilter the list');
  expect(here.textContent).not.toContain('Next contact of the report');
  await press('{Escape}', window);
  expect(document.activeElement).toBe(grid());
});
