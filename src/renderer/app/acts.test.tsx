import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Input } from '../../shared/contract/workstation.ts';
import { aCall, anEmergency, note, openFirst, press } from '../testing/hands.ts';
import type { MemoryBridge } from '../testing/memory-bridge.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

/** What was asked for of one kind, in order. */
const submitted = ({ requests }: MemoryBridge, kind: string): readonly Input<'command.submit'>[] =>
  requests
    .filter(({ name }) => name === 'command.submit')
    .map(({ input }) => input as Input<'command.submit'>)
    .filter((input) => input.act.kind === kind);

/** Makes the answers to `command.submit` wait, or get lost on their way. */
function slow(bridge: MemoryBridge) {
  const real = bridge.request.bind(bridge);
  const held: (() => void)[] = [];
  let mode: 'at-once' | 'held' | 'lost' = 'at-once';
  bridge.request = async (name, input) => {
    const answer = await real(name, input);
    if (name !== 'command.submit' || mode === 'at-once') return answer;
    if (mode === 'lost') throw new Error('no answer');
    await new Promise<void>((resolve) => held.push(resolve));
    return answer;
  };
  return {
    set: (next: typeof mode) => void (mode = next),
    letGo: () => held.splice(0).forEach((resolve) => resolve()),
  };
}

test('X-03: Ctrl+Enter twice while the disk is slow writes the note once', async () => {
  const window = await open({ contacts: [aCall(1)] });
  const disk = slow(window.bridge);
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  disk.set('held');
  await press('{Control>}{Enter}{/Control}', window);
  await press('{Control>}{Enter}{/Control}', window);
  expect(submitted(window.bridge, 'note')).toHaveLength(1);
  disk.letGo();
  await window.settle();
  expect(note().value).toBe('');
  expect(window.bridge.contact(aCall(1).id).notes).toHaveLength(1);
});

test('X-03: Enter twice in a reason strip sends one promotion', async () => {
  const window = await open({ contacts: [aCall(1)] });
  const disk = slow(window.bridge);
  await openFirst(window);
  await press('{Shift>}E{/Shift}', window);
  disk.set('held');
  await press('weapon seen{Enter}', window);
  await press('{Enter}', window);
  expect(submitted(window.bridge, 'promote')).toHaveLength(1);
  disk.letGo();
  await window.settle();
  expect(screen.queryByRole('form', { name: /^Promote/ })).toBeNull();
  expect(window.bridge.contact(aCall(1).id).bandChanges).toHaveLength(1);
});

test('X-03: a note whose answer was lost is asked for again under the same id, and is written once', async () => {
  const window = await open({ contacts: [aCall(1)], answers: 'when-told' });
  const disk = slow(window.bridge);
  await openFirst(window);
  act(() => window.bridge.answerNext());
  await press('n', window);
  await press('two men', window);
  disk.set('lost');
  await press('{Control>}{Enter}{/Control}', window);
  expect(note().value).toBe('two men');
  expect(screen.getAllByText(/^Not known whether it was kept/).length).toBeGreaterThan(0);
  disk.set('at-once');
  act(() => window.bridge.answerNext());
  await press('{Control>}{Enter}{/Control}', window);
  expect(note().value).toBe('');
  expect(window.bridge.contact(aCall(1).id).notes).toHaveLength(1);
  await press('two men{Control>}{Enter}{/Control}', window);
  act(() => window.bridge.answerNext());
  expect(window.bridge.contact(aCall(1).id).notes).toHaveLength(2);
});

test('X-03: what the disk refused keeps its id for the next try; other words have another', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  window.bridge.diskFull = true;
  await press('{Control>}{Enter}{/Control}', window);
  await press('{Control>}{Enter}{/Control}', window);
  await press('!{Control>}{Enter}{/Control}', window);
  const [first, second, third] = submitted(window.bridge, 'note').map(({ id }) => id);
  expect(first).toBeDefined();
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('X-05: after a restart of the workstation a claim that nobody will answer any more is let go, and F2 takes again', async () => {
  const window = await open({ contacts: [anEmergency(50)], answers: 'when-told' });
  await userEvent.keyboard('{F2}');
  await window.settle();
  const strip = within(screen.getByRole('region', { name: 'Emergency strip' }));
  expect(strip.getByText('Taking…')).toBeTruthy();
  window.bridge.forgetCommands();
  act(() => window.bridge.push('workstation.changed', { state: 'down', times: 1, cause: 'exit' }));
  act(() => window.bridge.push('workstation.changed', { state: 'up', times: 1, cause: 'exit' }));
  await window.settle();
  expect(strip.getByText('Not known whether it was taken: look at the row.')).toBeTruthy();
  await press('{F2}', window);
  expect(submitted(window.bridge, 'claim')).toHaveLength(2);
});

test('X-05: after a restart a claim that the outbox still holds goes on waiting for its answer', async () => {
  const window = await open({ contacts: [anEmergency(50)], answers: 'when-told' });
  await userEvent.keyboard('{F2}');
  await window.settle();
  act(() => window.bridge.push('workstation.changed', { state: 'up', times: 1, cause: 'exit' }));
  await window.settle();
  act(() => window.bridge.answerNext());
  await window.settle();
  expect(window.workplace.active.read()).toBe(anEmergency(50).id);
});

test('X-05: a claim that was on its way when the workstation went down does not hold F2', async () => {
  const window = await open({ contacts: [anEmergency(50)] });
  slow(window.bridge).set('held');
  await press('{F2}', window);
  act(() => window.bridge.push('workstation.changed', { state: 'down', times: 1, cause: 'exit' }));
  await window.settle();
  expect(window.workplace.taking.read()).toMatchObject({
    state: 'refused',
    words: 'Not known whether it was taken: look at the row.',
  });
});
