import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/workstation.ts';
import { asContactId } from '../../../shared/domain/ids.ts';
import { asInstant, HOUR, MINUTE } from '../../../shared/domain/time.ts';
import { aContact, START } from '../../testing/builders.ts';
import { press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
type Rendered = Awaited<ReturnType<typeof renderWindow>>;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const form = () => screen.getByRole('group', { name: 'Paper log' });
const field = (name: string) => within(form()).getByLabelText<HTMLInputElement>(name);
const begin = (window: Rendered) => press('{Control>}{Shift>}P{/Shift}{/Control}', window);
const keep = async (window: Rendered) => {
  await press('{Control>}{Enter}{/Control}', window);
  // What sends it is fetched when it is first wanted.
  await act(async () => import('./send-form.ts'));
  await window.settle();
};
const submits = ({ bridge }: Rendered) =>
  bridge.requests
    .filter(({ name }) => name === 'command.submit')
    .map(({ input }) => input as Input<'command.submit'>);
const activeId = ({ workplace }: Rendered) => workplace.active.read() ?? asContactId('none');
async function type(name: string, words: string, window: Rendered): Promise<void> {
  act(() => field(name).focus());
  await press(words, window);
}

async function fill(window: Rendered): Promise<void> {
  await press('P14-0007', window);
  await type('Reached us at', '13:05', window);
  await type('What it is about', 'Shed broken into', window);
  await type('Time of line 1', '13:10', window);
  await type('Line 1: what was said or done', 'Told to stay inside{Enter}', window);
  await press('13:20{Tab}Neighbour rang too', window);
}

test('P-02: Ctrl+Shift+P opens the paper log: the time it reached us is the paper’s, and Enter adds a line', async () => {
  const window = await open({});
  await begin(window);
  expect(document.activeElement).toBe(field('Paper log number'));
  expect(field('Reached us at').value).toBe('');
  await fill(window);
  expect(field('Time of line 2').value).toBe('13:20');
  expect(field('Line 2: what was said or done').value).toBe('Neighbour rang too');
});

test('P-02, P-04, P-08: it is sent in order, each with an id and a true time of its own; its outcome is a note, and it stays open', async () => {
  const window = await open({});
  await begin(window);
  await fill(window);
  await userEvent.selectOptions(field('Grade'), 'G3');
  await type('Reason for the grade', 'offender gone', window);
  await userEvent.selectOptions(field('Outcome'), 'passed-on');
  await type('Reason for the outcome', 'to the crime desk', window);
  const id = activeId(window);
  await keep(window);
  await window.settle();
  const asked = submits(window);
  expect(asked.map((input) => input.act)).toMatchObject([
    { kind: 'log', paperLog: 'P14-0007', receivedAt: START - HOUR },
    { kind: 'note', text: 'Told to stay inside', happenedAt: START - 55 * MINUTE },
    { kind: 'note', text: 'Neighbour rang too', happenedAt: START - 45 * MINUTE },
    { kind: 'grade', grade: 'G3', reason: 'offender gone' },
    { kind: 'note', text: 'Outcome on paper: passed on. to the crime desk', happenedAt: null },
  ]);
  expect(new Set(asked.map((input) => input.id)).size).toBe(5);
  await window.pass(3_000);
  await window.settle();
  expect(window.bridge.contact(id)).toMatchObject({
    receivedAt: START - HOUR,
    paperLog: 'P14-0007',
    grade: 'G3',
    ownership: { kind: 'owned' },
    closing: null,
  });
});

test('P-02: lines of a night run over midnight', async () => {
  const window = await open({});
  await begin(window);
  await press('P14-0008', window);
  await type('Reached us at', '21/11 23:50', window);
  await type('What it is about', 'Shed broken into', window);
  await type('Time of line 1', '00:10', window);
  await type('Line 1: what was said or done', 'Rang back', window);
  await keep(window);
  expect(submits(window).map((input) => input.act)).toMatchObject([
    { receivedAt: asInstant(Date.UTC(2026, 10, 21, 23, 50)) },
    { happenedAt: asInstant(Date.UTC(2026, 10, 22, 0, 10)) },
  ]);
});

test('P-02: an impossible time of a line is said under it, and nothing is sent', async () => {
  const window = await open({});
  await begin(window);
  await fill(window);
  await type('Time of line 1', '{Control>}a{/Control}12:00', window);
  await keep(window);
  expect(submits(window)).toEqual([]);
  expect(form().textContent).toContain('12:00 is before the contact reached us (13:05:00)');
});

test('P-02: a choice without its reason, and a log without its number, are said under their fields', async () => {
  const window = await open({});
  await begin(window);
  await userEvent.selectOptions(field('Outcome'), 'resolved');
  await type('Reason for the grade', 'why', window);
  await keep(window);
  const words = form().textContent ?? '';
  expect(words).toContain('Write the number from the top of the paper log');
  expect(words).toContain('Write why this outcome.');
  expect(words).toContain('Choose the grade that this reason is for');
  expect(submits(window)).toEqual([]);
});

test('P-05: a paper log that is written down already says under which reference, and keeps what was typed', async () => {
  const known = aContact({ n: 3, channel: '101-voice', paperLog: 'P14-0007' });
  const window = await open({ contacts: [known] });
  await begin(window);
  await fill(window);
  await keep(window);
  expect(form().textContent).toContain(`Already written down, as ${known.ref}`);
  expect(field('Line 2: what was said or done').value).toBe('Neighbour rang too');
  await window.pass(500);
  expect(window.bridge.draft(activeId(window))?.text).toContain('Neighbour rang too');
});

test('P-05: with the link up the queue is heard before the form goes: what another desk typed in is said here', async () => {
  const window = await open({ answers: 'when-told' });
  await begin(window);
  await fill(window);
  await keep(window);
  const [log] = submits(window);
  expect(log).toBeDefined();
  act(() => {
    if (log === undefined) return;
    const refusal = { code: 'already-logged', ref: 'CON-20261122-000003' } as const;
    window.bridge.push('command.answered', {
      id: log.id,
      contact: log.contact,
      kind: 'log',
      status: 'refused',
      refusal,
    });
  });
  await window.settle();
  expect(form().textContent).toContain('Already written down, as CON-20261122-000003');
  expect(submits(window)).toHaveLength(1);
});

test('P-02, X-03: a disk that fills up in the middle leaves the form; the next try keeps the rest, and nothing twice', async () => {
  const window = await open({});
  await begin(window);
  await fill(window);
  const real = window.bridge.request.bind(window.bridge);
  window.bridge.request = async (name, input) => {
    const { act: asked } = input as Partial<Input<'command.submit'>>;
    if (name === 'command.submit' && asked?.kind === 'note' && asked.text.startsWith('Neighbour'))
      window.bridge.diskFull = true;
    return real(name, input);
  };
  const id = activeId(window);
  await keep(window);
  await window.settle();
  expect(form().textContent).toContain('Not kept: this desk could not write it down.');
  window.bridge.request = real;
  window.bridge.diskFull = false;
  await keep(window);
  await window.settle();
  expect(screen.queryByRole('group', { name: 'Paper log' })).toBeNull();
  expect(window.bridge.contact(id).notes.map(({ text }) => text)).toEqual([
    'Told to stay inside',
    'Neighbour rang too',
  ]);
});
