import { screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { anActor } from '../../../../tests/harness/builders.ts';
import type { Grading } from '../../../shared/domain/contact.ts';
import { rowMarksOf } from '../../../shared/domain/record/row-marks.ts';
import { asInstant, MINUTE } from '../../../shared/domain/time.ts';
import { emptyEntry } from '../../../shared/domain/triage/entry.ts';
import { aContact, START } from '../../testing/builders.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const by = anActor();
const graded = (n: number, gradedAt: number, lookedAt: number | null = null) => {
  const grading: Grading = {
    id: `g${n}` as never,
    grade: 'G2',
    reason: 'x',
    rationale: null,
    by,
    at: asInstant(gradedAt),
  };
  const looks =
    lookedAt === null ? [] : [{ id: `t${n}` as never, entry: emptyEntry, by, at: asInstant(lookedAt) }];
  const contact = {
    ...aContact({ n, channel: '101-voice' }),
    grade: 'G2' as const,
    gradings: [grading],
    triage: looks,
  };
  return { ...contact, marks: rowMarksOf(contact) };
};
const rows = () => screen.getAllByRole('row').filter((row) => row.dataset['contactId'] !== undefined);
const near = () => rows().map((row) => row.querySelector('[data-near]')?.getAttribute('data-near'));
const order = () => rows().map((row) => row.dataset['contactId']);

test('T-17, O-05: that its target is near stands on the row beside the grade, for the ear too, and the list stays as it was; a look settles it', async () => {
  const window = (rendered = await renderWindow({
    contacts: [
      graded(1, START),
      graded(2, START - 40 * MINUTE),
      graded(3, START - 50 * MINUTE, START),
      aContact({ n: 4, channel: '101-voice' }),
    ],
  }));
  const [before, label] = [order(), rows()[0]?.getAttribute('aria-label')];
  expect(near()).toEqual(['false', 'false', 'false', undefined]);
  expect(label).not.toContain('Target near');
  // The label stands for all that the row shows: what the eye sees of the grade, the ear is told.
  expect(label).toContain('. Grade G2. ');
  expect(rows()[3]?.getAttribute('aria-label')).not.toContain('Grade');
  await window.pass(6 * MINUTE);
  expect(near()).toEqual(['false', 'true', 'false', undefined]);
  expect(rows()[1]?.getAttribute('aria-label')).toContain('. Target near: look at the risk again');
  expect(order()).toEqual(before);
});
