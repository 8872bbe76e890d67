import { expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { silentLogger } from '../../platform/log.ts';
import { MINUTE } from '../../shared/domain/time.ts';
import { forgetWrongPins } from './forgetting.ts';

it('A-01 forgets wrong PINs that count no more every minute, also after it went wrong once, until it is stopped', async () => {
  const clock = new TestClock();
  let times = 0;
  const signIns = {
    forgetWrongPins: async () => {
      times += 1;
      if (times === 1) throw new Error('away');
    },
  };
  const forgetting = forgetWrongPins({ signIns, timers: clock, log: silentLogger });
  for (const expected of [1, 2, 3]) {
    clock.advance(MINUTE);
    expect(times).toBe(expected);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  forgetting[Symbol.dispose]();
  clock.advance(MINUTE);
  expect(times).toBe(3);
});
