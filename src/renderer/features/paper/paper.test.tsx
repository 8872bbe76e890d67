import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Input, Output } from '../../../shared/contract/workstation.ts';
import { asCommandId, asFence } from '../../../shared/domain/ids.ts';
import { asInstant, later, MINUTE } from '../../../shared/domain/time.ts';
import { aContact, anActor, people, START, uuid } from '../../testing/builders.ts';
import { anEmergency, grid, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
type Rendered = Awaited<ReturnType<typeof renderWindow>>;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const me = anActor(14, people.handler.handler);
/** Answers of the printer that a test lets go, and what stood in the page meanwhile. */
function printer({ bridge }: Rendered) {
  const real = bridge.request.bind(bridge);
  const seen: string[] = [];
  let answer: Output<'paper.print'> = { kind: 'printed', printer: 'Control room' };
  let letGo: (() => void) | null = null;
  let waits = false;
  bridge.request = async (name, input) => {
    if (name !== 'paper.print') return real(name, input);
    seen.push(document.querySelector('table')?.textContent ?? '');
    if (waits) await new Promise<void>((resolve) => (letGo = resolve));
    return answer as Awaited<ReturnType<typeof real<typeof name>>>;
  };
  return {
    seen,
    says: (next: Output<'paper.print'>) => void (answer = next),
    holdsOn: () => void (waits = true),
    letGo: () => letGo?.(),
  };
}
const print = async (window: Rendered) => {
  await press('{Control>}p{/Control}', window);
  // The print view is fetched when it is first wanted.
  await waitFor(() => expect(lastAct()).not.toMatch(/Printing|^$/));
};
const lastAct = () => screen.getByRole('group', { name: 'Last act' }).textContent ?? '';
const waiting = (n: number, minutes: number) =>
  aContact({ n, channel: '101-voice', title: `Waits ${n}`, receivedAt: later(START, -minutes * MINUTE) });

test('P-06: emergencies, mine, what waits longest; then blank logs; with whose it is, when it was made and how old it was', async () => {
  const mine = aContact({
    n: 30,
    channel: 'web-chat',
    title: 'Followed home',
    fence: asFence(1),
    ownership: { kind: 'owned', by: me, since: START },
    caller: { name: 'Amira Kaya', number: '01632 960123', address: null },
    account: 'He is at the bus stop. <b>Now</b> he waves.',
    notes: [
      { id: asCommandId(uuid(1)), text: 'Blue coat', by: me, at: START, happenedAt: null, late: false },
      {
        id: asCommandId(uuid(2)),
        text: 'Not mine',
        by: anActor(7),
        at: START,
        happenedAt: null,
        late: false,
      },
    ],
  });
  const window = await open({ contacts: [waiting(2, 3), waiting(1, 9), mine, anEmergency(50)] });
  act(() =>
    window.bridge.setDesk({
      link: { ...window.bridge.desk.link, kind: 'down', confirmedAt: asInstant(START - 4 * MINUTE) },
    }),
  );
  const { seen } = printer(window);
  await print(window);
  expect(seen).toHaveLength(1);
  const [paper = ''] = seen;
  const order = ['Open emergencies: 1', 'Emergency 50', 'Mine: 1', 'Followed home', 'Waiting longest: 2'];
  const places = [...order, 'Waits 1', 'Waits 2', 'P14-0001', 'P14-0010'].map((words) =>
    paper.indexOf(words),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  for (const words of [
    'force control room',
    'Desk 14, handler',
    'made 22 Nov 2026 14:05:00',
    'As the queue had it at 14:01:00: 4 minutes before this was made.',
    'destroy it when it is typed in',
    'DEMO – not real calls',
    'Caller: Amira Kaya, 01632 960123',
    'He is at the bus stop. <b>Now</b> he waves.',
    'my note: Blue coat',
  ])
    expect(paper).toContain(words);
  expect(paper).not.toContain('Not mine');
  expect(lastAct()).toContain('Printed on Control room, with 10 blank logs, P14-0001 to P14-0010.');
});

test('P-06, C-12: the forty that have waited longest are told whole, every other has a line, and only the forty are read', async () => {
  const window = await open({ contacts: Array.from({ length: 45 }, (_, at) => waiting(at + 1, at + 1)) });
  const { seen } = printer(window);
  await print(window);
  expect(seen[0]).toContain('Waiting longest: 45');
  expect(seen[0]).toContain('Waits 45');
  expect(seen[0]).toMatch(/Waits 5\D/);
  expect(window.bridge.requests.filter(({ name }) => name === 'contact.read')).toHaveLength(40);
});

test('C-12: what goes on paper is read through the one door that logs it, and nothing else is', async () => {
  const other = aContact({
    n: 60,
    channel: '101-voice',
    fence: asFence(1),
    ownership: { kind: 'owned', by: anActor(7), since: START },
  });
  const window = await open({ contacts: [waiting(1, 1), waiting(2, 2), other] });
  printer(window);
  await print(window);
  const read = window.bridge.requests
    .filter(({ name }) => name === 'contact.read')
    .map(({ input }) => (input as Input<'contact.read'>).contact);
  expect(read.toSorted()).toEqual([waiting(1, 1).id, waiting(2, 2).id]);
});

test('P-06: nothing of it stays in the page, and a second key while it prints prints nothing more', async () => {
  const window = await open({ contacts: [waiting(1, 1)] });
  const control = printer(window);
  control.holdsOn();
  await press('{Control>}p{/Control}', window);
  await waitFor(() => expect(control.seen).toHaveLength(1));
  await print(window);
  expect(control.seen).toHaveLength(1);
  expect(lastAct()).toContain('Still printing.');
  await act(async () => control.letGo());
  await waitFor(() => expect(lastAct()).toContain('Printed on'));
  expect(document.querySelector('table')).toBeNull();
  expect(document.body.children).toHaveLength(1);
});

test('P-06, W-02: on screen the print-out is not shown, on paper nothing else is, and printing moves no focus', async () => {
  const css = readFileSync(
    join(process.cwd(), 'src/renderer/features/paper/paper-sheets.module.css'),
    'utf8',
  );
  expect(css).toMatch(/^\.paper \{\s+display: none;\s+\}/m);
  expect(css).toMatch(/@media print \{\s+:global\(#root\) \{\s+display: none;/);
  const window = await open({ contacts: [waiting(1, 1)] });
  printer(window);
  act(() => grid().focus());
  await print(window);
  expect(document.activeElement).toBe(grid());
});

test('P-07: without a printer the handler is told which file, and that it goes at sign-off', async () => {
  const window = await open({});
  const control = printer(window);
  control.says({ kind: 'saved', path: '/home/h2291/desk/paper/paper 2026-11-22 14.05.00.pdf' });
  await print(window);
  expect(lastAct()).toContain('No printer: kept as a file until you sign off');
  expect(lastAct()).toContain('/home/h2291/desk/paper/paper 2026-11-22 14.05.00.pdf');
  control.says({ kind: 'failed', why: 'the disk is full' });
  await print(window);
  expect(lastAct()).toContain('Not printed: the disk is full.');
});

test('P-01: a second print-out has logs of other numbers', async () => {
  const window = await open({});
  const { seen } = printer(window);
  await print(window);
  await print(window);
  expect(seen[1]).toContain('P14-0011');
  expect(seen[1]).not.toContain('P14-0010');
});
