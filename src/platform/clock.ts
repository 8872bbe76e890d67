import { asInstant, type Clock, type Timers } from '../shared/domain/time.ts';

/** The machine's own clocks. The one file that reads them. */
export const systemClock: Clock = {
  now: () => asInstant(Date.now()),
  monotonic: () => performance.now(),
};

/** Real timers. They do not keep the process alive by themselves. */
export const systemTimers: Timers = {
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};
