import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { SECOND } from '../../shared/domain/time.ts';
import { Turns } from './turns.ts';

/** Work that goes on until it is told to end. */
function anyWork() {
  const ends: (() => void)[] = [];
  const work = () => new Promise<string>((resolve) => ends.push(() => resolve('done')));
  return { work, ends };
}
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('A-01 has so many at work and no more, and calls the others in the order in which they came', async () => {
    const turns = new Turns({ timers: new TestClock(), places: 2, waitMs: 5 * SECOND });
    const { work, ends } = anyWork();
    const all = Array.from({ length: 5 }, () => turns.take(work));
    for (let n = 0; n < 5; n += 1) {
      await soon();
      expect(ends).toHaveLength(Math.min(5, n + 2));
      ends[n]?.();
    }
    expect(await Promise.all(all)).toEqual(Array(5).fill('done'));
  });

  it('A-01 sends away who has waited too long, without their work, and gives no place to them afterwards', async () => {
    const clock = new TestClock();
    const turns = new Turns({ timers: clock, places: 1, waitMs: 5 * SECOND });
    const { work, ends } = anyWork();
    const first = turns.take(work);
    const late = turns.take(work);
    await soon();
    clock.advance(5 * SECOND);
    expect(await late).toBeNull();
    ends[0]?.();
    expect(await first).toBe('done');
    const next = turns.take(work);
    await soon();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    expect(await next).toBe('done');
  });

  it('A-01 gives the place on also when the work went wrong', async () => {
    const turns = new Turns({ timers: new TestClock(), places: 1, waitMs: SECOND });
    await expect(turns.take(() => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
    expect(await turns.take(async () => 'done')).toBe('done');
  });
});
