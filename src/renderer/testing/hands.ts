import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { asInstant } from '../../shared/domain/time.ts';
import { aContact, START } from './builders.ts';
import type { MemoryBridge } from './memory-bridge.ts';
import type { renderWindow } from './render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;

/** A 101 call; the lower its number, the longer it has waited. */
export const aCall = (n: number) =>
  aContact({
    n,
    channel: '101-voice',
    title: `Call ${n}`,
    receivedAt: asInstant(START - 60_000 + n * 1_000),
  });

export const anEmergency = (n: number) =>
  aContact({ n, channel: '999-voice', title: `Emergency ${n}`, receivedAt: asInstant(START - 4_000 + n) });

export const grid = () => screen.getByRole('grid', { name: 'Inbox' });
export const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
export const reason = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Reason' });

/** Presses keys, and lets everything they asked for be answered. */
export async function press(keys: string, { settle }: Rendered): Promise<void> {
  await userEvent.keyboard(keys);
  await settle();
}

/** Chooses the first contact of the list and opens it. */
export async function openFirst(window: Rendered): Promise<void> {
  act(() => grid().focus());
  await press('j', window);
  await press('{Enter}', window);
}

/** A key that is held down: its first stroke and those that the board sends after it. */
export async function hold(key: string, strokes: number, { settle }: Rendered): Promise<void> {
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    act(() => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, repeat: stroke > 0 }),
      );
    });
    await settle();
  }
}

/** Makes the details of contacts wait until they are let go. */
export function slowReading(bridge: MemoryBridge): () => void {
  const real = bridge.request.bind(bridge);
  const held: (() => void)[] = [];
  bridge.request = async (name, input) => {
    const answer = await real(name, input);
    if (name === 'contact.read') await new Promise<void>((resolve) => held.push(resolve));
    return answer;
  };
  return () => held.splice(0).forEach((resolve) => resolve());
}
