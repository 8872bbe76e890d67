import { expect, it } from 'vitest';
import { TestClock } from '../../tests/harness/test-clock.ts';
import { silentLogger } from '../platform/log.ts';
import { SECOND } from '../shared/domain/time.ts';
import { watchForm } from './form-watch.ts';
import { StoreNewer, StoreUnavailable } from './store/queue-store.ts';

it('S-05 looks every second whether the database is of a newer program, also after it was away, and says so once', async () => {
  const clock = new TestClock();
  const answers: (Error | null)[] = [null, new StoreUnavailable('away'), new StoreNewer('form 99'), null];
  const store = {
    checkForm: async () => {
      const answer = answers.shift() ?? null;
      if (answer !== null) throw answer;
    },
  };
  using watch = watchForm({ store, timers: clock, log: silentLogger });
  const told = watch.outgrown.catch((error: unknown) => error);
  for (let n = 0; n < 5; n += 1) {
    clock.advance(SECOND);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  expect(await told).toEqual(new StoreNewer('form 99'));
  expect(answers).toEqual([null]);
});
