import type { Clock, Instant } from '../../shared/domain/time.ts';
import { later } from '../../shared/domain/time.ts';
import { isOfService, type TranslationTrouble } from '../../shared/domain/language/translation.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** Nobody mends a key within seconds. */
const KEY_PAUSE_MS = 60_000;
/** A service that asks for more is asked again all the same, once in so long. */
const LONGEST_ASKED_FOR_MS = 10 * 60_000;

/**
 * When a service that had trouble is asked again: while it rests, a line is told of the trouble at once and nobody waits for a time-out (rule LG-09). One
 * slow answer is no trouble of the service yet; two in a row are.
 */
export class BackOff {
  readonly #clock: Clock;
  #inARow = 0;
  #trouble: TranslationTrouble | null = null;
  /** On the monotonic clock, and for people on the other. */
  #until = 0;
  #againAt: Instant | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The trouble that stands, as the last line met it. */
  get trouble(): TranslationTrouble | null {
    return this.#trouble;
  }

  get againAt(): Instant | null {
    return this.#againAt;
  }

  /** The trouble to tell without asking the service; `null`: ask it. */
  resting(): TranslationTrouble | null {
    return this.#trouble !== null && this.#clock.monotonic() < this.#until ? this.#trouble : null;
  }

  worked(): void {
    this.#inARow = 0;
    this.#trouble = null;
    this.#againAt = null;
    this.#until = 0;
  }

  /** `askedForMs`: how long the service wants to be left alone. */
  failed(trouble: TranslationTrouble, askedForMs: number | null): void {
    if (!isOfService(trouble)) return;
    this.#inARow += 1;
    const isOneSlow = trouble.kind === 'slow' && this.#inARow === 1;
    const pause = isOneSlow
      ? 0
      : Math.max(this.#pauseOf(trouble), Math.min(askedForMs ?? 0, LONGEST_ASKED_FOR_MS));
    this.#trouble = trouble;
    this.#until = this.#clock.monotonic() + pause;
    this.#againAt = later(this.#clock.now(), pause);
  }

  #pauseOf(trouble: TranslationTrouble): number {
    if (trouble.kind === 'wrong-key') return KEY_PAUSE_MS;
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#inARow - 1, 10));
  }
}
