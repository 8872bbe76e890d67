import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Missed } from '../../../shared/contract/workstation.ts';
import { missedSchema } from '../../../shared/contract/workstation.ts';
import { summaryOf } from '../../../shared/domain/contact.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, anActor, START } from '../../testing/builders.ts';
import { aCall, anEmergency, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';
import { listedIn } from './missed-listed.ts';
import { countWords } from './missed-summary.ts';
import { groupsOf } from './missed-words.ts';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const by = anActor(7);
const taken = aContact({ n: 3, channel: '101-voice', ownership: { kind: 'owned', by, since: START } });
const closed = aContact({ n: 4, channel: 'web-chat', ownership: { kind: 'closed', by, since: START } });
const regraded = aContact({ n: 5, channel: 'online-report', grade: 'G1' });

const missed: Missed = missedSchema.parse({
  from: asInstant(START - 420_000),
  to: START,
  conflicts: [
    {
      contact: aCall(1).id,
      ref: aCall(1).ref,
      title: 'Call 1',
      act: 'close',
      outcome: 'refused',
      refusal: { code: 'fenced', by },
    },
  ],
  newEmergencies: [summaryOf(anEmergency(50)), summaryOf(anEmergency(51))],
  takenByOthers: [summaryOf(taken)],
  closed: [summaryOf(closed)],
  regraded: [{ before: 'G3', contact: summaryOf(regraded) }],
  totals: { newEmergencies: 2, takenByOthers: 1, closed: 1, regraded: 1 },
  arrived: 12,
  sent: 2,
});

const line = () => screen.getByRole('region', { name: 'Missed' });
const report = () => screen.getByRole('region', { name: 'What was missed' });

test('X-11: a report waits in its line, says its counts, opens nothing and moves nothing', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  act(() => window.bridge.setDesk({ missed }));
  await window.settle();
  expect(line().textContent).toContain(
    'While the link was down 13:58–14:05: 1 needs you, 2 new emergencies, 1 taken by others, 1 closed, ' +
      '1 graded anew, 12 others arrived, 2 of yours received.',
  );
  expect(screen.queryByRole('region', { name: 'What was missed' })).toBeNull();
  expect(document.activeElement).toBe(note());
  expect(note().value).toBe('two men');
});

test('X-11: a loss of less than a minute is told by its length', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => window.bridge.setDesk({ missed: { ...missed, from: asInstant(START - 9_400) } }));
  await window.settle();
  expect(line().textContent).toContain('While the link was down for 9 seconds at 14:04: 1 needs you, ');
});

test('X-12: the report lists conflicts with what to do first, then emergencies, taken, closed and graded anew', () => {
  expect(groupsOf(missed).map(({ name, items }) => [name, items.length])).toEqual([
    ['Needs you', 1],
    ['New emergencies', 2],
    ['Taken by others', 1],
    ['Closed', 1],
    ['Graded anew', 1],
  ]);
  expect(groupsOf(missed)[0]?.items[0]?.words).toBe(
    'Closing refused. No longer yours: desk 7 has it. Your notes are kept; speak to desk 7.',
  );
  expect(groupsOf(missed)[4]?.items[0]?.words).toBe('From G3 to G1');
  const nothing = {
    ...missed,
    conflicts: [],
    newEmergencies: [],
    takenByOthers: [],
    closed: [],
    regraded: [],
    totals: { newEmergencies: 0, takenByOthers: 0, closed: 0, regraded: 0 },
  };
  expect(countWords({ ...nothing, arrived: 0, sent: 0 })).toBe('nothing changed for you');
});

test('X-12: of a long list it is said how many there are besides', () => {
  const many = { ...missed, totals: { ...missed.totals, closed: 1_213 } };
  expect([countWords(many), groupsOf(many).map(({ more }) => more)]).toEqual([
    expect.stringContaining('1,213 closed'),
    [null, null, null, 'and 1,212 more', null],
  ]);
});

test('X-12: what was freed from this handler and waits says so', () => {
  const freed = summaryOf(aContact({ n: 6, channel: '101-voice' }));
  const groups = groupsOf({ ...missed, takenByOthers: [freed] });
  expect(groups[2]?.items[0]?.words).toBe('Freed from you, waits for everybody');
});

test('X-11: its key shows the report over the work, and Escape gives back the note with its caret', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  act(() => note().setSelectionRange(3, 3));
  act(() => window.bridge.setDesk({ missed }));
  await press('{Control>}{Shift>}m{/Shift}{/Control}', window);
  expect(report().contains(document.activeElement)).toBe(true);
  await press('{Escape}', window);
  expect(screen.queryByRole('region', { name: 'What was missed' })).toBeNull();
  expect(document.activeElement).toBe(note());
  expect(note()).toMatchObject({ value: 'two men', selectionStart: 3 });
  expect(window.bridge.desk.missed).not.toBeNull();
});

test('X-11: keys go through the report and Enter opens the contact; one that has left the inbox is looked at', async () => {
  const window = await open({
    contacts: [aCall(1), anEmergency(50), anEmergency(51), taken, closed, regraded],
  });
  act(() => window.bridge.setDesk({ missed }));
  act(() => grid().focus());
  await press('{Control>}{Shift>}m{/Shift}{/Control}', window);
  await press('jjjjk', window);
  expect(within(report()).getByRole('option', { selected: true }).textContent).toContain('Contact 3');
  await press('j{Enter}', window);
  expect(screen.getByRole('article', { name: 'Look' }).textContent).toContain('Contact 4');
  expect(report().contains(document.activeElement)).toBe(true);
  await press('kkkk{Enter}', window);
  expect(window.workplace.active.read()).toBe(aCall(1).id);
  expect(window.bridge.contact(aCall(1).id).ownership.kind).toBe('waiting');
  expect(screen.queryByRole('region', { name: 'What was missed' })).toBeNull();
  expect(document.activeElement).toBe(window.workplace.elements.get('work'));
});

test('X-11: one key puts the report away for good, and only that', async () => {
  const window = await open({ contacts: [aCall(1)] });
  act(() => window.bridge.setDesk({ missed }));
  act(() => grid().focus());
  await press('{Control>}{Shift>}m{/Shift}{/Control}', window);
  await press('x', window);
  expect(window.bridge.desk.missed).toBeNull();
  expect(line().textContent).toBe('');
  expect(document.activeElement).toBe(grid());
});

test('O-09: F2 takes while the report lies over the work, and what it took is in sight', async () => {
  const window = await open({ contacts: [aCall(1), anEmergency(50)] });
  act(() => window.bridge.setDesk({ missed }));
  act(() => grid().focus());
  await press('{Control>}{Shift>}m{/Shift}{/Control}', window);
  await press('{F2}', window);
  expect(window.workplace.active.read()).toBe(anEmergency(50).id);
  expect(screen.queryByRole('region', { name: 'What was missed' })).toBeNull();
  expect(document.activeElement).toBe(note());
});

test('X-12: the keys go through the contacts in the order in which the report lists them', () => {
  const contacts = groupsOf(missed).flatMap(({ items }) => items.map(({ contact }) => contact));
  expect(listedIn(missed)).toEqual(contacts);
});
