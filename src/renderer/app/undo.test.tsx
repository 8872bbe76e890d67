import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Input } from '../../shared/contract/workstation.ts';
import { aClosing, anActor } from '../testing/builders.ts';
import { aCall, anEmergency, grid, note, openFirst, press } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
type Rendered = Awaited<ReturnType<typeof renderWindow>>;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const call = aCall(41);
const place = () => screen.getByRole('group', { name: 'Last act can be taken back' });
const lastAct = () => screen.getByRole('group', { name: 'Last act' }).textContent ?? '';
const kinds = ({ bridge }: Rendered): readonly string[] =>
  bridge.requests
    .filter(({ name }) => name === 'command.submit')
    .map(({ input }) => (input as Input<'command.submit'>).act.kind);
const ofCall = ({ bridge }: Rendered) => bridge.contact(call.id);
const cut = ({ bridge }: Rendered) =>
  act(() => bridge.setDesk({ link: { ...bridge.desk.link, kind: 'down' } }));

test('X-10: after a claim the key bar says what was done and counts the ten seconds down, each second', async () => {
  const window = await open({ contacts: [call] });
  expect(place().textContent).toBe('');
  await openFirst(window);
  expect(place().textContent).toBe('Claimed CON-…41 ·u or Ctrl+Z takes it back 10 s');
  await window.pass(1_000);
  expect(place().textContent).toContain('takes it back 9 s');
  await window.pass(8_500);
  expect(place().textContent).toContain('takes it back 1 s');
  await window.pass(500);
  expect(place().textContent).toBe('');
});

test('X-10: u takes a claim back, by a command of its own; the same again finds nothing', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await press('u', window);
  expect(kinds(window)).toEqual(['claim', 'release']);
  expect(ofCall(window).ownership.kind).toBe('waiting');
  expect(place().textContent).toBe('');
  await press('u', window);
  expect(lastAct()).toContain('Nothing to take back.');
  expect(kinds(window)).toEqual(['claim', 'release']);
});

test('X-10: after ten seconds nothing is taken back', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await window.pass(10_000);
  await press('u', window);
  expect(kinds(window)).toEqual(['claim']);
  expect(lastAct()).toContain('Nothing to take back.');
});

test('X-10: a grade goes back to the one before, or to none', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await press('p3', window);
  await press('shouting{Enter}', window);
  await press('p2', window);
  await press('weapon seen{Enter}', window);
  await press('u', window);
  expect(ofCall(window).grade).toBe('G3');
  expect(ofCall(window).gradings.map(({ grade }) => grade)).toEqual(['G3', 'G2', 'G3']);
  await press('p1', window);
  await press('mistake{Enter}', window);
  expect(place().textContent).toContain('Grade on CON-…41');
});

test('X-10: promotion and demotion are taken back', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await press('{Shift>}E{/Shift}', window);
  await press('screams heard{Enter}', window);
  expect(ofCall(window).band).toBe('A');
  await press('u', window);
  expect(ofCall(window).band).toBe('B');
  await press('{Shift>}E{/Shift}', window);
  await press('screams heard{Enter}', window);
  await press('{Shift>}D{/Shift}', window);
  await press('a television{Enter}', window);
  await press('u', window);
  expect(ofCall(window).band).toBe('A');
});

test('X-10: with the link down a claim that is still unsent is taken back, and both stay on the record', async () => {
  const window = await open({ contacts: [call], answers: 'when-told' });
  await openFirst(window);
  expect(place().textContent).toContain('Claiming CON-…41');
  cut(window);
  await press('u', window);
  expect(kinds(window)).toEqual(['claim', 'release']);
  expect(lastAct()).toContain('Taken back, kept here');
  act(() => window.bridge.answerNext());
  act(() => window.bridge.answerNext());
  expect(ofCall(window)).toMatchObject({ ownership: { kind: 'waiting' }, rev: 3 });
});

test('X-10, X-08: with the link down a release cannot be taken back, and the handler is told why', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  cut(window);
  await press('r', window);
  expect(place().textContent).toContain('Released CON-…41, kept here');
  await press('u', window);
  expect(lastAct()).toContain('Not taken back: the link to the queue is down');
  expect(ofCall(window).ownership.kind).toBe('owned');
});

test('X-10: with the link down a closing is taken back: the contact is shown again with its draft', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  await press('{Escape}', window);
  cut(window);
  await window.pass(500);
  await act(() => window.workplace.acts.submit(call.id, aClosing()));
  await window.settle();
  await press('{Control>}w{/Control}', window);
  expect(window.workplace.tabs.read()).toEqual([]);
  await press('u', window);
  expect(window.workplace.active.read()).toBe(call.id);
  expect(note().value).toBe('two men');
  act(() => window.bridge.answerNext());
  act(() => window.bridge.answerNext());
  expect(ofCall(window)).toMatchObject({ ownership: { kind: 'owned' }, closing: null });
});

test('X-10: a reopening is taken back with the outcome that stood', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await act(() => window.workplace.acts.submit(call.id, aClosing()));
  await window.settle();
  await press('o', window);
  await press('rang again{Enter}', window);
  expect(ofCall(window).ownership.kind).toBe('owned');
  await press('u', window);
  expect(ofCall(window).closing).toMatchObject({ outcome: 'no-reply', record: { category: 'AD-MSG' } });
});

test('X-10: what a colleague did in between is not undone: the refusal is said in words', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await press('r', window);
  act(() => window.bridge.elsewhere(anActor(7), call.id, { kind: 'claim' }));
  await window.settle();
  await press('u', window);
  expect(lastAct()).toContain('Not taken back. Taken by desk 7');
  expect(ofCall(window).ownership).toMatchObject({ kind: 'owned', by: { deskNumber: 7 } });
});

test('X-10: a claim that the queue refused leaves nothing to take back', async () => {
  const window = await open({ contacts: [call], answers: 'when-told' });
  await openFirst(window);
  act(() => window.bridge.elsewhere(anActor(7), call.id, { kind: 'claim' }));
  act(() => window.bridge.answerNext());
  await window.settle();
  expect(place().textContent).toBe('');
});

test('X-10: only the last act: after a note there is nothing to take back', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  await press('n', window);
  await press('two men{Control>}{Enter}{/Control}', window);
  expect(place().textContent).toBe('');
});

test('X-10: in a field with typed words Ctrl+Z belongs to the words; in an empty one to the act', async () => {
  const window = await open({ contacts: [anEmergency(50)] });
  act(() => grid().focus());
  await press('{F2}', window);
  expect(document.activeElement).toBe(note());
  await press('t', window);
  await press('{Control>}z{/Control}', window);
  expect(kinds(window)).toEqual(['claim']);
  expect(note().value).toBe('t');
  // The browser has undone the words.
  act(() => {
    window.workplace.drafts.typed(anEmergency(50).id, { text: '', caret: 0 });
  });
  await press('{Control>}z{/Control}', window);
  expect(kinds(window)).toEqual(['claim', 'release']);
});

test('X-10, A-08: who comes after finds nothing of the handler before to take back', async () => {
  const window = await open({ contacts: [call] });
  await openFirst(window);
  act(() =>
    window.bridge.setDesk({
      session: { kind: 'signed-out', because: null, knownHere: [], unsent: 0, demo: [] },
      me: null,
      status: null,
    }),
  );
  expect(window.workplace.acts.undo.offer.read()).toBeNull();
});
