import { expect, test } from 'vitest';
import type { Payload, WorkstationBridge } from '../../shared/contract/workstation.ts';
import { rowOf, view, type InboxRow } from '../../shared/domain/view.ts';
import { aContact, anActor, testPolicy } from '../testing/builders.ts';
import { WorkstationStore } from './workstation-store.ts';

const row = (n: number, over: Partial<Parameters<typeof aContact>[0]> = {}): InboxRow =>
  rowOf(view(aContact({ n, channel: '101-voice', ...over }), [], anActor(14), testPolicy));

/** A store whose calm paintings the test makes, and what each painting told the list. */
function painting() {
  const calm: (() => void)[] = [];
  let tell: (payload: Payload<'inbox.changed'>) => void = () => undefined;
  const bridge = {
    request: (name: string) =>
      name === 'inbox.read'
        ? Promise.resolve({ revision: 0, rows: [], next: null })
        : new Promise(() => undefined),
    subscribe: (name: string, listener: typeof tell) => {
      if (name === 'inbox.changed') tell = listener;
      return () => undefined;
    },
  } as unknown as WorkstationBridge;
  const store = new WorkstationStore({
    bridge,
    nextFrame: (task) => task(),
    calmly: (task) => void calm.push(task),
    after: () => undefined,
  });
  store.start();
  const told: string[][] = [];
  store.onInbox((changes) =>
    told.push(changes.map(({ row: shown }) => `${shown?.summary.title}/${shown?.summary.rev}`)),
  );
  let revision = 0;
  return {
    store,
    told,
    settled: () => new Promise((resolve) => setTimeout(resolve, 0)),
    tell: (...upserts: readonly InboxRow[]) =>
      tell({ revision: (revision += 1), upserts: [...upserts], removals: [], reset: false }),
    paintCalmly: () => {
      for (const task of calm.splice(0)) task();
    },
  };
}

test('W-24: an emergency is painted alone, and what others did before it waits for the calm painting', async () => {
  const { told, settled, tell, paintCalmly } = painting();
  await settled();
  tell(...[1, 2, 3].map((n) => row(n, { title: `Call ${n}`, rev: 1 })));
  tell(row(9, { title: 'Intruder', channel: '999-voice', band: 'A', rev: 1 }));
  expect(told).toEqual([['Intruder/1']]);
  paintCalmly();
  expect(told).toEqual([['Intruder/1'], ['Call 1/1', 'Call 2/1', 'Call 3/1']]);
});

test('W-24: what was told of an emergency before it was one is painted with it and never after it', async () => {
  const { told, settled, tell, paintCalmly } = painting();
  await settled();
  tell(row(1, { title: 'Call 1', rev: 1 }), row(2, { title: 'Call 2', rev: 1 }));
  tell(row(2, { title: 'Promoted', band: 'A', rev: 2 }));
  paintCalmly();
  expect(told).toEqual([['Call 2/1', 'Promoted/2'], ['Call 1/1']]);
});

test('W-24: that something has come is told at once for what is open in front of the handler, behind an emergency that came with it', async () => {
  const { store, told, settled, tell } = painting();
  await settled();
  store.told.subscribe(() =>
    told.push(store.told.read().map(({ row: shown }) => `told ${shown?.summary.title}`)),
  );
  tell(row(1, { title: 'Call 1', rev: 1 }));
  tell(row(9, { title: 'Intruder', channel: '999-voice', band: 'A', rev: 1 }));
  expect(told).toEqual([['told Call 1'], ['Intruder/1'], ['told Intruder']]);
});
