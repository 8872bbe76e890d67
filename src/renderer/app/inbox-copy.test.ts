import { expect, test } from 'vitest';
import type { InboxRow } from '../../shared/domain/view.ts';
import type { Output, Payload, WorkstationBridge } from '../../shared/contract/workstation.ts';
import { rowOf, view } from '../../shared/domain/view.ts';
import { aContact, anActor, testPolicy } from '../testing/builders.ts';
import { WorkstationStore } from './workstation-store.ts';

const row = (n: number, title = `Call ${n}`): InboxRow =>
  rowOf(view(aContact({ n, channel: '101-voice', title }), [], anActor(14), testPolicy));
const patch = (revision: number, ...upserts: readonly InboxRow[]): Payload<'inbox.changed'> => ({
  revision,
  upserts: [...upserts],
  removals: [],
  reset: false,
});

/** A store over a workstation whose readings of the inbox the test answers one by one. */
function reading() {
  const readings: { resolve(page: Output<'inbox.read'>): void; reject(why: Error): void }[] = [];
  const timers: (() => void)[] = [];
  let tell: (payload: Payload<'inbox.changed'>) => void = () => undefined;
  const bridge = {
    request: (name: string) => {
      if (name !== 'inbox.read') return new Promise(() => undefined);
      return new Promise((resolve, reject) => readings.push({ resolve, reject }));
    },
    subscribe: (name: string, listener: typeof tell) => {
      if (name === 'inbox.changed') tell = listener;
      return () => undefined;
    },
  } as unknown as WorkstationBridge;
  const store = new WorkstationStore({
    bridge,
    nextFrame: (task) => task(),
    after: (_ms, task) => void timers.push(task),
  });
  store.start();
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  const answer = async (at: number, revision: number, ...rows: readonly InboxRow[]) => {
    readings[at]?.resolve({ revision, rows: [...rows], next: null });
    await turn();
  };
  const fail = async (at: number) => {
    readings[at]?.reject(new Error('no answer'));
    await turn();
    for (const task of timers.splice(0)) task();
    await turn();
  };
  const titles = () => [...store.rows.values()].map(({ summary }) => summary.title).toSorted();
  return { readings, answer, fail, titles, tell: (payload: Payload<'inbox.changed'>) => tell(payload) };
}

test('L-06: a reset whose reading fails is read again until it succeeds', async () => {
  const { readings, answer, fail, titles, tell } = reading();
  await answer(0, 1, row(1));
  tell({ revision: 2, upserts: [], removals: [], reset: true });
  await fail(1);
  expect(readings).toHaveLength(3);
  await answer(2, 2, row(2));
  expect(titles()).toEqual(['Call 2']);
});

test('L-06: a missed patch whose reading fails is read again until it succeeds', async () => {
  const { readings, answer, fail, titles, tell } = reading();
  await answer(0, 1, row(1));
  tell(patch(3, row(3)));
  await fail(1);
  expect(readings).toHaveLength(3);
  await answer(2, 3, row(1), row(2), row(3));
  expect(titles()).toEqual(['Call 1', 'Call 2', 'Call 3']);
});

test('L-06: a reading that was overtaken and fails is not asked for again', async () => {
  const { readings, answer, fail, tell } = reading();
  tell({ revision: 2, upserts: [], removals: [], reset: true });
  await fail(0);
  expect(readings).toHaveLength(2);
  await answer(1, 2, row(1));
  expect(readings).toHaveLength(2);
});

test('L-06: patches during a reading are laid over it, newer ones only', async () => {
  const { readings, answer, titles, tell } = reading();
  tell(patch(4, row(1, 'older than the page')));
  tell(patch(5, row(2, 'first')));
  tell(patch(6, row(2, 'newest')));
  await answer(0, 4, row(1), row(2));
  expect(titles()).toEqual(['Call 1', 'newest']);
  tell(patch(7, row(3)));
  expect(titles()).toEqual(['Call 1', 'Call 3', 'newest']);
  expect(readings).toHaveLength(1);
});

test('L-06: a patch missed during a reading is found out, and the inbox is read afresh', async () => {
  const { readings, answer, titles, tell } = reading();
  tell(patch(5, row(2)));
  tell(patch(7, row(3)));
  await answer(0, 4, row(1));
  expect(titles()).toEqual(['Call 1', 'Call 2', 'Call 3']);
  expect(readings).toHaveLength(2);
  await answer(1, 7, row(1), row(2), row(3), row(4));
  expect(titles()).toHaveLength(4);
});
