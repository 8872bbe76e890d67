import { later, type Clock, type Instant, type Timers } from '../../src/shared/domain/time.ts';
import { testStart } from './builders.ts';

interface Alarm {
  readonly at: number;
  readonly task: () => void;
}

/**
 * Time that stands still until a test moves it. `advance` fires timers in the order in which they are due, those of the
 * same moment in the order in which they were set; a timer may set another, which fires in the same `advance` if it is
 * due by its end. The wall clock goes along, and can be moved on its own as a person or a time service moves it.
 */
export class TestClock implements Clock, Timers {
  #monotonic = 0;
  #wall: Instant;
  /** In the order in which they were set. */
  readonly #alarms = new Set<Alarm>();

  constructor(start: Instant = testStart) {
    this.#wall = start;
  }

  now(): Instant {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, task: () => void): Disposable {
    const alarm = { at: this.#monotonic + ms, task };
    this.#alarms.add(alarm);
    return { [Symbol.dispose]: () => void this.#alarms.delete(alarm) };
  }

  advance(ms: number): void {
    const end = this.#monotonic + ms;
    for (let alarm = this.#next(end); alarm !== null; alarm = this.#next(end)) {
      this.#alarms.delete(alarm);
      this.#moveTo(Math.max(alarm.at, this.#monotonic));
      alarm.task();
    }
    this.#moveTo(end);
  }

  /** The wall clock jumps; nothing fires, because nothing may depend on it. */
  moveWall(ms: number): void {
    this.#wall = later(this.#wall, ms);
  }

  /** Timers set and neither fired nor disposed: suites assert that this ends at 0. */
  get pending(): number {
    return this.#alarms.size;
  }

  #next(end: number): Alarm | null {
    let next: Alarm | null = null;
    for (const alarm of this.#alarms)
      if (alarm.at <= end && (next === null || alarm.at < next.at)) next = alarm;
    return next;
  }

  #moveTo(monotonic: number): void {
    this.#wall = later(this.#wall, Math.round(monotonic) - Math.round(this.#monotonic));
    this.#monotonic = monotonic;
  }
}
