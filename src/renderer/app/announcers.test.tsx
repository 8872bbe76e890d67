import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { anActor } from '../testing/builders.ts';
import { anEmergency } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

test('W-02: a second emergency in the same words comes to a screen reader as new words', async () => {
  const window = (rendered = await renderWindow());
  window.bridge.arrive(anEmergency(50));
  await window.settle();
  const spoken = screen.getByText('Emergency. 9 9 9 call. Welwyn Garden City. F2 to take.');
  window.bridge.elsewhere(anActor(7), anEmergency(50).id, { kind: 'claim' });
  await window.pass(60_000);
  act(() => window.bridge.arrive(anEmergency(51)));
  await window.settle();
  expect(screen.getByText(spoken.textContent)).not.toBe(spoken);
});
