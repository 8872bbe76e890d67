import { expect, test } from 'vitest';
import { calmPaintings } from './window-clock.ts';

test('W-24: what nobody waits for is painted soon after a rest, behind the frame of what somebody waits for, and then together, four times a second', () => {
  let now = 1_000;
  const timers: { readonly at: number; readonly task: () => void }[] = [];
  const after = (ms: number, task: () => void) => void timers.push({ at: now + ms, task });
  const calmly = calmPaintings({ monotonic: () => now, after });
  const painted: string[] = [];
  const pass = (ms: number) => {
    now += ms;
    for (const due of timers.filter(({ at }) => at <= now)) {
      timers.splice(timers.indexOf(due), 1);
      due.task();
    }
  };
  calmly(() => painted.push('first'));
  pass(29);
  expect(painted).toEqual([]);
  pass(1);
  calmly(() => painted.push('second'));
  pass(100);
  calmly(() => painted.push('third'));
  pass(149);
  expect(painted).toEqual(['first']);
  pass(1);
  expect(painted).toEqual(['first', 'second', 'third']);
  pass(1_000);
  calmly(() => painted.push('after a rest'));
  pass(30);
  expect(painted).toHaveLength(4);
});
