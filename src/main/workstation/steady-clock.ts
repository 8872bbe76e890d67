import { asInstant, MINUTE, type Clock, type Instant, type Timers } from '../../shared/domain/time.ts';
import type { SqliteFault } from '../../platform/sqlite.ts';
import type { DeskStore } from '../cache/desk-store.ts';

/** How precisely the highest time is written down. Milliseconds. */
const PRECISION_MS = MINUTE;

export interface SteadyClockOptions {
  readonly store: Pick<DeskStore, 'latestAt' | 'keepLatestAt'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly guard: (work: () => void) => SqliteFault | null;
}

/**
 * A time that never goes back: what a sign-in and a wait may last is judged by it, because whoever sits at a desk can
 * set its clock (rule A-06). Within a run it goes on with the monotonic clock; over a restart it goes on from the highest
 * time that was kept.
 */
export class SteadyClock implements Disposable {
  readonly #options: SteadyClockOptions;
  /** The highest time known, and the monotonic clock then. */
  #at: number;
  #mono: number;
  #keptAt: number | null;
  #nextLook: Disposable;

  constructor(options: SteadyClockOptions) {
    const { clock, store } = options;
    this.#options = options;
    this.#keptAt = store.latestAt();
    this.#mono = clock.monotonic();
    this.#at = Math.max(clock.now(), this.#keptAt ?? 0);
    this.#nextLook = this.#lookLater();
  }

  [Symbol.dispose](): void {
    this.#nextLook[Symbol.dispose]();
  }

  /** Also writes it down, at most once a minute. */
  now(): Instant {
    const { clock } = this.#options;
    const mono = clock.monotonic();
    this.#at = Math.max(clock.now(), this.#at + mono - this.#mono);
    this.#mono = mono;
    const now = asInstant(Math.floor(this.#at));
    this.#keep(now);
    return now;
  }

  monotonic(): number {
    return this.#options.clock.monotonic();
  }

  /** Nobody may ask for hours. */
  #lookLater(): Disposable {
    return this.#options.timers.after(PRECISION_MS, () => {
      this.now();
      this.#nextLook = this.#lookLater();
    });
  }

  #keep(now: Instant): void {
    if (this.#keptAt !== null && now - this.#keptAt < PRECISION_MS) return;
    this.#keptAt = now;
    this.#options.guard(() => this.#options.store.keepLatestAt(now));
  }
}
