import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Duty } from '../../../shared/domain/record/parts.ts';
import { rowMarksOf } from '../../../shared/domain/record/row-marks.ts';
import { asInstant, HOUR, MINUTE } from '../../../shared/domain/time.ts';
import { aContact, START } from '../../testing/builders.ts';
import { renderWindow } from '../../testing/render-window.tsx';
import { crimeBadgeWords, crimeStage } from './marks-cell.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const due = asInstant(START + 2 * HOUR);

test.each([
  ['the whole', 24 * HOUR - 1, '23 h'],
  ['2 h and a moment', 120 * MINUTE + 1, '2 h'],
  ['2 h', 120 * MINUTE, 'Crime 2 h 00'],
  ['1 h 12 min', 72 * MINUTE, 'Crime 1 h 12'],
  ['59 min', 59 * MINUTE, 'Crime 59 min'],
  ['nothing', 0, 'Crime 0 min'],
  ['less than nothing', -1, 'Crime late'],
])('R-08: with %s of the 24 hours left the row says the right word', (_left, ms, words) => {
  expect(crimeBadgeWords(due, asInstant(due - ms))).toBe(words);
});

const cell = (row: Element | undefined, column: string): string =>
  row?.querySelector(`[data-column="${column}"]`)?.textContent ?? '';

test.each([
  [24 * HOUR, 'early'],
  [12 * HOUR + 1, 'early'],
  [12 * HOUR, 'running'],
  [2 * HOUR + 1, 'running'],
  [2 * HOUR, 'near'],
  [-1, 'near'],
])('R-08: with %d ms left of the 24 hours a row is as loud about them as it should be', (ms, stage) => {
  expect(crimeStage(due, asInstant(due - ms))).toBe(stage);
});

test('R-08: a row whose 24 hours have only begun says nothing of them, half of them gone quietly; below the list they stand from the start', async () => {
  const half = aContact({ n: 1, channel: '101-voice', receivedAt: asInstant(START - 12 * HOUR + 90_000) });
  const fresh = aContact({ n: 2, channel: '101-voice' });
  const window = (rendered = await renderWindow({ contacts: [{ ...half, marks: rowMarksOf(half) }, fresh] }));
  const quiet = () =>
    screen
      .getAllByRole('row')
      .filter((row) => row.dataset['contactId'] !== undefined)
      .map((row) => row.querySelector('[data-quiet="true"]')?.textContent ?? '');
  expect(quiet()).toEqual(['', '']);
  await window.pass(100_000);
  expect(quiet()).toEqual(['crime 11 h', '']);
  window.workplace.list.select(fresh.id);
  await window.settle();
  expect(screen.getByRole('group', { name: 'Chosen contact' }).textContent).toContain(
    'Crime decision by 23 Nov',
  );
});

test('R-08, C-25: a row says in a word what nobody may forget, and the ear hears it', async () => {
  const duty: Duty = {
    id: 'tell-caller 3',
    kind: 'tell-caller',
    because: 'downgrade',
    since: START,
    done: null,
  };
  const old = {
    ...aContact({ n: 1, channel: '101-voice', receivedAt: asInstant(START - 24 * HOUR + 90_000) }),
    duties: [duty],
  };
  const window = (rendered = await renderWindow({
    contacts: [{ ...old, marks: rowMarksOf(old) }, aContact({ n: 2, channel: '101-voice' })],
  }));
  const rows = () => screen.getAllByRole('row').filter((row) => row.dataset['contactId'] !== undefined);
  const [first, second] = rows();
  expect(cell(first, 'what')).toMatch(/Crime 1 min$/);
  expect(cell(first, 'where')).toContain('Tell caller');
  expect(first?.getAttribute('aria-label')).toContain('Tell caller. Crime 1 min');
  expect(second?.textContent).not.toContain('Tell caller');
  expect(second?.querySelector('[data-quiet="true"]')).toBeNull();
  expect(second?.getAttribute('aria-label')).not.toContain('Crime');
  await window.pass(100_000);
  expect(rows()[0]?.textContent).toContain('Crime late');
});

test('W-35, C-25: a row says every duty, the most urgent nearest the end; in one line the most urgent and how many more', async () => {
  const duties = (['agree', 'tell-caller', 're-thrive'] as const).map((kind, n): Duty => ({
    id: `${kind} ${n}`,
    kind,
    because: 'downgrade',
    since: START,
    done: null,
  }));
  const with3 = { ...aContact({ n: 1, channel: '101-voice' }), duties };
  const window = (rendered = await renderWindow({
    contacts: [{ ...with3, marks: rowMarksOf(with3) }, aContact({ n: 2, channel: '101-voice' })],
  }));
  const row = () => screen.getAllByRole('row').find(({ dataset }) => dataset['contactId'] === with3.id);
  const badges = (column: string) =>
    [...(row()?.querySelectorAll(`[data-column="${column}"] [data-look]`) ?? [])].map(
      ({ textContent }) => textContent,
    );
  // Painted from the end of the line.
  expect([badges('what'), badges('where')]).toEqual([[], ['Look again', 'Tell caller', 'Agree']]);
  // Where the words of the others have no room their number is painted.
  expect(cell(row(), 'where')).toContain('+2');
  // What stands first in a line is its own words: they keep their place.
  expect(cell(row(), 'what').startsWith(with3.title)).toBe(true);
  expect(row()?.getAttribute('aria-label')).toContain('Look again. Tell caller. Agree');
  act(() => window.workplace.store.saveSettings({ density: 'compact' }));
  await window.settle();
  expect([badges('what'), badges('where')]).toEqual([['Look again +2'], []]);
  expect(row()?.querySelector('[data-column="what"] [data-look]')?.getAttribute('title')).toContain(
    'the caller must be told',
  );
});

test('W-33: a marker on record is a pennant in the row, and its words are heard, and read below the list and on the strip', async () => {
  const kinds = ['stalking', 'high-risk-domestic-abuse'];
  const marked = aContact({ n: 1, channel: '999-voice' });
  const plain = aContact({ n: 2, channel: '101-voice' });
  const window = (rendered = await renderWindow({
    contacts: [{ ...marked, marks: { ...marked.marks, markers: kinds } }, plain],
  }));
  await window.settle();
  const words = 'On record: High-risk domestic abuse; Stalking or harassment';
  const rows = screen.getAllByRole('row').filter((row) => row.dataset['contactId'] !== undefined);
  const [first, second] = rows;
  expect(first?.querySelector('[data-marked] text')?.textContent).toBe('M');
  expect(first?.getAttribute('aria-label')).toContain(words);
  expect(second?.querySelector('[data-marked]')).toBeNull();
  expect(second?.getAttribute('aria-label')).not.toContain('On record');
  window.workplace.list.select(marked.id);
  await window.settle();
  const strip = screen.getByRole('region', { name: 'Emergency strip' });
  expect(strip.querySelector('[data-marked]')?.getAttribute('title')).toBe(words);
  expect(strip.textContent).toContain(words);
  expect(screen.getByRole('group', { name: 'Chosen contact' }).textContent).toContain(words);
});
