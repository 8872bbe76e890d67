import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { aCall, anEmergency, grid, note, openFirst, press, reason, slowReading } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

test('W-06: a half-typed reason is there again after Escape, and goes when it is sent', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('{Shift>}E{/Shift}', window);
  await press('child is not safe', window);
  await press('{Escape}', window);
  await press('{Shift>}E{/Shift}', window);
  expect(reason().value).toBe('child is not safe');
  await press('{Enter}', window);
  expect(window.bridge.contact(aCall(1).id).bandChanges).toMatchObject([{ reason: 'child is not safe' }]);
  expect(window.workplace.reasons.of(aCall(1).id, 'promote').read()).toBe('');
});

test('W-06: a half-typed reason outlives the answer to F2 and a change of tab', async () => {
  const window = await open({ contacts: [anEmergency(50), aCall(1)] });
  act(() => grid().focus());
  await press('jj{Enter}', window);
  await press('{Shift>}E{/Shift}', window);
  await press('weapon', window);
  await press('{F2}', window);
  expect(window.workplace.active.read()).toBe(anEmergency(50).id);
  await press('{Control>}1{/Control}', window);
  await window.pass(500);
  await press('{Shift>}E{/Shift}', window);
  expect(reason().value).toBe('weapon');
});

test('X-09: words typed before the details are read stay, below those that were kept, with the caret behind its letter', async () => {
  const window = await open({ contacts: [aCall(1)] });
  const { id } = aCall(1);
  await window.bridge.request('draft.save', { contact: id, draft: { text: 'dark coat', caret: 4 } });
  const letGo = slowReading(window.bridge);
  await openFirst(window);
  await press('n', window);
  await press('bleeding', window);
  act(() => note().setSelectionRange(5, 5));
  await press('!', window);
  await window.pass(2_000);
  expect(note().value).toBe('bleed!ing');
  expect(window.bridge.draft(id)?.text).toBe('dark coat');
  letGo();
  await window.settle();
  expect(note()).toMatchObject({ value: 'dark coat\nbleed!ing', selectionStart: 16 });
  expect(window.bridge.draft(id)).toEqual({ text: 'dark coat\nbleed!ing', caret: 16 });
});

test('X-09: words typed before the details are read are kept as they are when nothing was stored', async () => {
  const window = await open({ contacts: [aCall(1)] });
  const letGo = slowReading(window.bridge);
  await openFirst(window);
  await press('n', window);
  await press('bleeding', window);
  expect(note().value).toBe('bleeding');
  letGo();
  await window.settle();
  expect(note().value).toBe('bleeding');
  expect(window.bridge.draft(aCall(1).id)?.text).toBe('bleeding');
});

test('X-09: a tab that is closed and opened again shows its draft once', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  await press('{Control>}w{/Control}', window);
  await press('{Enter}', window);
  expect(note().value).toBe('two men');
});

test('C-10: words that came late stand in the outbox with a sentence until the handler has seen them', async () => {
  const window = await open({ contacts: [aCall(1)], answers: 'when-told' });
  await openFirst(window);
  act(() => window.bridge.answerNext());
  await press('n', window);
  await press('two men{Control>}{Enter}{/Control}', window);
  act(() => window.bridge.answerLate());
  await window.settle();
  const outbox = screen.getByRole('region', { name: 'Kept here' });
  expect(outbox.textContent).toContain(
    'Late: your words are on the record, marked late; nothing else was done.',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Seen' }));
  await window.settle();
  expect(outbox.textContent).toContain('all received');
});
