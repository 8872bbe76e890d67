import { expect, test } from 'vitest';
import { asContactId } from '../../shared/domain/ids.ts';
import type { WorkstationBridge } from '../../shared/contract/workstation.ts';
import { asInstant, HOUR, later } from '../../shared/domain/time.ts';
import { AUTOSAVE_MS, Drafts, LONGEST_UNKEPT_MS } from './drafts.ts';

/** The queue's clock against this desk's. Milliseconds. */
const AHEAD_MS = -HOUR;

/** Timers that a test steps, and what was asked to be kept so far. */
function drafting() {
  let now = 0;
  let timers: { at: number; task: () => void }[] = [];
  const kept: unknown[] = [];
  const request = (_name: string, input: { readonly draft: unknown }) => {
    kept.push(input.draft);
    return Promise.resolve({ kind: 'kept', at: asInstant(now) });
  };
  const bridge = { request, subscribe: () => () => undefined } as unknown as WorkstationBridge;
  const drafts = new Drafts({
    bridge,
    after: (ms, task) => void timers.push({ at: now + ms, task }),
    clock: { toQueueTime: (desk) => later(desk, AHEAD_MS) },
  });
  const pass = (ms: number): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { task } of due) task();
  };
  return { drafts, kept, pass };
}

const id = asContactId('00000000-0000-4000-8000-000000000001');
const words = (text: string) => ({ text, caret: text.length });

test('X-09: a pause of 300 ms keeps the words, once', () => {
  const { drafts, kept, pass } = drafting();
  drafts.typed(id, words('h'));
  drafts.typed(id, words('he'));
  pass(AUTOSAVE_MS);
  pass(LONGEST_UNKEPT_MS);
  expect(kept).toEqual([words('he')]);
});

test('L-17: when words were kept is told in the queue’s time, as every time on screen is', async () => {
  const { drafts, pass } = drafting();
  drafts.typed(id, words('h'));
  pass(AUTOSAVE_MS);
  await Promise.resolve();
  await Promise.resolve();
  expect(drafts.of(id).read().kept).toEqual({ kind: 'saved', at: AUTOSAVE_MS + AHEAD_MS });
});

test('X-09: keys that never pause do not put off the keeping for more than a second', () => {
  const { drafts, kept, pass } = drafting();
  let text = '';
  for (let typedMs = 0; typedMs < LONGEST_UNKEPT_MS; typedMs += AUTOSAVE_MS / 2) {
    text += 'x';
    drafts.typed(id, words(text));
    pass(AUTOSAVE_MS / 2);
  }
  expect(kept).toEqual([words(text)]);
});
