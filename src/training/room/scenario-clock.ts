import { dateAfter, instantOfMinute, wallTimeOf, type Weekday } from '../../demand/london.ts';
import { asInstant, MINUTE, type Clock, type Instant } from '../../shared/domain/time.ts';

/** When a scenario happens: a day of the week and a time on the wall, `02:03`. */
export interface WallMoment {
  readonly weekday: Weekday;
  readonly time: string;
}

/**
 * The clock of an exercise: it begins at the scenario's own moment and goes on as fast as the machine's, whatever somebody does to the clock on
 * the machine's wall (rule TS-08). The training queue counts by it, and a desk shows the queue's time.
 */
export function scenarioClock(startsAt: Instant, clock: Clock): Clock {
  const began = clock.monotonic();
  return {
    now: () => asInstant(startsAt + Math.floor(clock.monotonic() - began)),
    monotonic: () => clock.monotonic(),
  };
}

/** The last time before `now` at which Hertfordshire's clocks stood so; within the minute that comes, now counts as before. */
export function lastTimeOf({ weekday, time }: WallMoment, now: Instant): Instant {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  for (let back = 0; back <= 7; back += 1) {
    const date = dateAfter(wallTimeOf(now).date, -back);
    const at = instantOfMinute(date, hour * 60 + minute);
    if (at <= now + MINUTE && wallTimeOf(at).weekday === weekday) return asInstant(at);
  }
  return now;
}
