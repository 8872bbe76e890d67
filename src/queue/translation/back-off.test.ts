import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { BackOff } from './back-off.ts';

describe('how long a service in trouble is left alone', () => {
  it('LG-09: longer with each failure, a minute at most, and from the start again once it worked', () => {
    const clock = new TestClock();
    const backOff = new BackOff(clock);
    const rests = Array.from({ length: 7 }, () => {
      backOff.failed({ kind: 'down' }, null);
      const from = clock.monotonic();
      while (backOff.resting() !== null) clock.advance(500);
      return clock.monotonic() - from;
    });
    expect(rests).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    backOff.worked();
    expect([backOff.trouble, backOff.againAt]).toEqual([null, null]);
    backOff.failed({ kind: 'down' }, null);
    expect(backOff.againAt).toBe(clock.now() + 2_000);
  });

  it('LG-09: a refused key a minute, and never longer than ten minutes whatever the service asks for', () => {
    const clock = new TestClock();
    const backOff = new BackOff(clock);
    backOff.failed({ kind: 'wrong-key' }, null);
    expect(backOff.againAt).toBe(clock.now() + 60_000);
    backOff.failed({ kind: 'over-quota' }, 24 * 3_600_000);
    expect(backOff.againAt).toBe(clock.now() + 600_000);
  });

  it('LG-09: a wall clock that jumps neither shortens nor stretches the rest', () => {
    const clock = new TestClock();
    const backOff = new BackOff(clock);
    backOff.failed({ kind: 'down' }, null);
    clock.moveWall(3_600_000);
    expect(backOff.resting()).toEqual({ kind: 'down' });
    clock.advance(2_000);
    expect(backOff.resting()).toBe(null);
  });
});
