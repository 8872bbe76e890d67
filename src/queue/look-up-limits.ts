import type { DeskId } from '../shared/domain/ids.ts';
import { MINUTE, type Clock } from '../shared/domain/time.ts';

/** What a desk may look up within a minute: more than a person reads, and far less than a copy of the records. */
export const LOOK_UPS_A_MINUTE = 30;

/** Counts the look-ups of each desk, whatever link it has (rule L-24). One node counts what it answers. */
export class LookUpLimits {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #asked = new Map<DeskId, readonly number[]>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Counts one more; false, and nothing is counted, when the desk has had its share of the last minute. */
  allows(desk: DeskId): boolean {
    const now = this.#clock.monotonic();
    for (const [each, times] of this.#asked)
      if (times.every((at) => now - at >= MINUTE)) this.#asked.delete(each);
    const lately = (this.#asked.get(desk) ?? []).filter((at) => now - at < MINUTE);
    if (lately.length >= LOOK_UPS_A_MINUTE) return false;
    this.#asked.set(desk, [...lately, now]);
    return true;
  }
}
