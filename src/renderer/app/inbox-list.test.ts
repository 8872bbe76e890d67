import { expect, test } from 'vitest';
import type { ContactId } from '../../shared/domain/ids.ts';
import { later } from '../../shared/domain/time.ts';
import { rowOf, view, type InboxRow } from '../../shared/domain/view.ts';
import { aContact, anActor, START, testPolicy } from '../testing/builders.ts';
import { HOLD_MS, InboxList } from './inbox-list.ts';

/** Contact `n` is the `n`th in order. */
const row = (n: number, title = `Call ${n}`): InboxRow => {
  const receivedAt = later(START, n * 1_000);
  return rowOf(view(aContact({ n, channel: '101-voice', receivedAt, title }), [], anActor(14), testPolicy));
};

const emergencyRow = (n: number): InboxRow =>
  rowOf(view(aContact({ n, channel: '999-voice', title: 'Emergency' }), [], anActor(14), testPolicy));

/** A list of contacts 10, 20, 30 …, so that others fit in between, in a window that shows a few of them. */
function list(count: number, calmly?: (task: () => void) => void) {
  const rows = new Map<ContactId, InboxRow>();
  let now = 0;
  const due: { readonly at: number; readonly task: () => void }[] = [];
  const after = (ms: number, task: () => void): void => void due.push({ at: now + ms, task });
  const inbox = new InboxList({ rows, monotonic: () => now, after, ...(calmly && { calmly }) });
  /** So much time passes. Milliseconds. */
  const wait = (ms: number): void => {
    now += ms;
    for (const { task } of due
      .splice(0)
      .filter(({ at, task: later_ }) => at <= now || !due.push({ at, task: later_ })))
      task();
  };
  const put = (...changes: readonly InboxRow[]): void => {
    for (const change of changes) rows.set(change.summary.id, change);
    inbox.change(changes.map((change) => ({ id: change.summary.id, row: change })));
  };
  inbox.measured({ rowHeight: 36, viewport: 360 });
  put(...Array.from({ length: count }, (_, n) => row((n + 1) * 10)));
  let painted = 0;
  inbox.subscribe(() => (painted += 1));
  const titles = () => inbox.read().entries.map((entry) => entry.row.summary.title);
  return { inbox, put, titles, wait, painted: () => painted };
}

test('W-03: while the handler is choosing, what comes in sight waits and what comes below it is there at once', () => {
  const { inbox, put, titles } = list(100);
  inbox.move(1);
  const before = titles();
  put(row(15), row(995), row(1_005));
  expect([inbox.read().total, titles()]).toEqual([102, before]);
  inbox.move('last');
  expect(inbox.read().entries.at(-1)?.row.summary.title).toBe('Call 1005');
});

test('W-03: while the handler is choosing, a row below the sight is not moved into it', () => {
  const { inbox, put, titles } = list(100);
  inbox.move(1);
  const before = titles();
  const { summary, pending } = row(900);
  const urgent = { ...summary, due: { ...summary.due, at: later(START, -60_000) } };
  put({ summary: urgent, pending });
  expect(titles()).toEqual(before);
});

test('W-02, A7: an emergency that comes while the pointer moves over the list leaves each row under it where it is; the top is back when the pointer rests', () => {
  const { inbox, put, wait } = list(100);
  const first = inbox.read().entries[3];
  inbox.touched();
  put(emergencyRow(1));
  const { entries, start, place, measures, pinned } = inbox.read();
  const onScreen =
    place.lead + (start + entries.indexOf(first as never)) * measures.rowHeight - place.scrollTop;
  expect([onScreen, pinned]).toEqual([3 * measures.rowHeight, 1]);
  wait(HOLD_MS);
  expect(inbox.read().place).toEqual({ scrollTop: 0, lead: 0 });
});

test('W-03, A7: a row that is chosen before the pointer rests keeps its place', () => {
  const { inbox, put, wait } = list(100);
  inbox.touched();
  put(emergencyRow(1));
  for (let step = 0; step < 40; step += 1) inbox.move(1);
  const { place } = inbox.read();
  expect(place.scrollTop).toBeGreaterThan(0);
  wait(HOLD_MS);
  expect(inbox.read().place).toEqual(place);
});

test('W-03: who reads the list from its top, with no key and no pointer on it, sees what comes there', () => {
  const { inbox, put } = list(100);
  put(emergencyRow(1));
  expect(inbox.read().place).toEqual({ scrollTop: 0, lead: 0 });
});

test('W-02: what happens out of sight paints nothing', () => {
  const { inbox, put, painted } = list(100);
  const before = inbox.read();
  put(row(900, 'Changed'));
  expect([inbox.read() === before, painted()]).toEqual([true, 0]);
  put(row(10, 'Changed'));
  expect([inbox.read().entries[0]?.row.summary.title, painted()]).toEqual(['Changed', 1]);
});

test('W-24: an emergency moves the rows below it as they are; the places told to a screen reader follow with the calm painting', () => {
  const calm: (() => void)[] = [];
  const { inbox, put } = list(100, (task) => void calm.push(task));
  for (const paint of calm.splice(0)) paint();
  const before = inbox.read();
  put(emergencyRow(1));
  const urgent = inbox.read();
  expect([urgent.start, urgent.total, urgent.emergencies.length]).toEqual([1, 101, 1]);
  expect([urgent.entries === before.entries, urgent.toldStart]).toEqual([true, 0]);
  put(emergencyRow(2));
  expect([inbox.read().start, inbox.read().toldStart, calm.length]).toEqual([2, 0, 1]);
  for (const paint of calm.splice(0)) paint();
  const rest = inbox.read();
  expect([rest.start, rest.toldStart, rest.entries.length]).toEqual([2, 2, before.entries.length - 2]);
});

test('W-24: rows that an emergency does not only move are told at once', () => {
  const { inbox, put } = list(100, () => undefined);
  const waits = { ...row(10), summary: { ...row(10).summary, title: 'Changed' } };
  put(emergencyRow(1), waits);
  const { start, toldStart, entries } = inbox.read();
  expect([start, toldStart, entries[0]?.row.summary.title]).toEqual([1, 1, 'Changed']);
});
