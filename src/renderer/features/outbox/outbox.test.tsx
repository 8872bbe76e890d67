import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { anActor } from '../../testing/builders.ts';
import { aCall, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
type Rendered = Awaited<ReturnType<typeof renderWindow>>;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const view = () => screen.getByRole('region', { name: 'All that is kept here' });
const part = (name: string) => within(view()).getByRole('region', { name });
const show = async (window: Rendered) => {
  await press('{Control>}o{/Control}', window);
  await window.settle();
};
const link = ({ bridge }: Rendered, kind: 'down' | 'live') =>
  act(() => bridge.setDesk({ link: { ...bridge.desk.link, kind } }));

/** A desk whose release was kept here, and refused because the contact was freed and taken meanwhile. */
async function withRefused() {
  const window = await open({ contacts: [aCall(1)], answers: 'when-told' });
  await openFirst(window);
  act(() => window.bridge.answerNext());
  await press('p2', window);
  await press('weapon seen{Enter}', window);
  act(() => {
    window.bridge.elsewhere(anActor(7), aCall(1).id, { kind: 'free', reason: 'out of reach' });
    window.bridge.elsewhere(anActor(7), aCall(1).id, { kind: 'claim' });
    window.bridge.answerNext();
  });
  await window.settle();
  return window;
}

test('X-07: Ctrl+O shows what waits, with its act, contact and time, and that it may be with another desk already', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  link(window, 'down');
  await press('n', window);
  await press('two men{Control>}{Enter}{/Control}', window);
  await show(window);
  const words = part('Waits to be sent').textContent ?? '';
  for (const expected of [
    'Note',
    aCall(1).ref,
    '14:05:00',
    'Kept here, not received. NOT SENT: the link is down, and the contact may already be with another desk.',
    'two men',
  ])
    expect(words).toContain(expected);
  expect(view().contains(document.activeElement)).toBe(true);
  await press('{Escape}', window);
  expect(screen.queryByRole('region', { name: 'All that is kept here' })).toBeNull();
  expect(document.activeElement).toBe(note());
});

test('X-07: with the link up nothing is called unsent', async () => {
  const window = await open({ contacts: [aCall(1)], answers: 'when-told' });
  await openFirst(window);
  await show(window);
  expect(part('Waits to be sent').textContent).toContain('Sent when the queue can be reached.');
  expect(view().textContent).not.toContain('NOT SENT');
});

test('X-06, C-06: what was refused says why and what to do, and stays until the handler has seen it', async () => {
  const window = await withRefused();
  await show(window);
  const words = part('Came back').textContent ?? '';
  expect(words).toContain('Grade G2');
  expect(words).toContain('No longer yours: desk 7 has it.');
  expect(words).toContain('weapon seen');
  expect(words).toContain('Your words are kept below: copy them, or put them into a new note.');
  await press('x', window);
  expect(part('Came back').textContent).toContain('Nothing was refused or came late.');
});

test('C-10: n puts the words that came to nothing behind those already in the note, and sends nothing', async () => {
  const window = await withRefused();
  await press('n', window);
  await press('caller calm', window);
  await press('{Escape}', window);
  await window.pass(500);
  await show(window);
  await press('n', window);
  expect(note().value).toBe('caller calm\nweapon seen');
  expect(document.activeElement).toBe(note());
  expect(window.bridge.contact(aCall(1).id).notes).toEqual([]);
});

test('W-13: y marks the words for the clipboard without asking for any permission', async () => {
  const window = await withRefused();
  await show(window);
  await press('y', window);
  expect(window.bridge.desk.faults).toEqual([]);
  expect(document.getSelection()?.toString()).toBe('weapon seen');
});

test('X-09: drafts are listed with their contact and length, also that of a form; Enter opens one', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  await press('{Escape}', window);
  await press('{Control>}n{/Control}', window);
  await press('{Tab}{Tab}Amira', window);
  const form = window.workplace.active.read();
  await window.pass(500);
  await press('{Control>}w{/Control}{Control>}w{/Control}', window);
  await show(window);
  const drafts = part('Half-written');
  expect(drafts.textContent).toContain(aCall(1).title);
  expect(drafts.textContent).toContain('7 characters of a note, not sent.');
  expect(drafts.textContent).toContain('New contact');
  const lines = within(drafts).getAllByRole('listitem');
  expect(lines).toHaveLength(2);
  act(() => lines.find((line) => line.dataset['contactId'] === form)?.focus());
  await press('{Enter}', window);
  await window.settle();
  expect(window.workplace.active.read()).toBe(form);
  expect(screen.getByLabelText<HTMLInputElement>('Caller’s name').value).toBe('Amira');
});

test('W-05: j and k go through the lines, and stop at the ends', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  link(window, 'down');
  for (const words of ['one', 'two']) {
    await press('n', window);
    await press(`${words}{Control>}{Enter}{/Control}`, window);
    await press('{Escape}', window);
    await window.pass(500);
  }
  await show(window);
  const lines = within(part('Waits to be sent')).getAllByRole('listitem');
  expect(document.activeElement).toBe(lines[0]);
  await press('jj', window);
  expect(document.activeElement).toBe(lines[1]);
  await press('kkk', window);
  expect(document.activeElement).toBe(lines[0]);
});

test('W-02: what arrives while the view is open moves nothing in it', async () => {
  const window = await withRefused();
  await show(window);
  const { activeElement } = document;
  act(() => window.bridge.arrive(aCall(2)));
  await window.settle();
  expect(document.activeElement).toBe(activeElement);
});

test('X-07: beside the work the short list stays in sight, and its button shows all', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => grid().focus());
  const short = screen.getByRole('region', { name: 'Kept here' });
  expect(short.textContent).toContain('all received');
  await userEvent.click(within(short).getByRole('button', { name: /^All/ }));
  await window.settle();
  expect(view()).toBeTruthy();
});
