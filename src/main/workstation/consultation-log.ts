import type { ContactId, HandlerId } from '../../shared/domain/ids.ts';
import { MINUTE, type Clock } from '../../shared/domain/time.ts';

/** Decides when reading a contact is to be logged: once per contact, handler and minute (rule C-12). */
export class ConsultationLog {
  readonly #clock: Clock;
  readonly #last = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True at most once a minute for the same contact and handler. */
  isDue(contact: ContactId, handler: HandlerId): boolean {
    const now = this.#clock.monotonic();
    const key = `${contact} ${handler}`;
    const last = this.#last.get(key);
    if (last !== undefined && now - last < MINUTE) return false;
    this.#forgetOld(now);
    this.#last.set(key, now);
    return true;
  }

  /** A shift reads thousands of contacts; only the last minute's matter. */
  #forgetOld(now: number): void {
    for (const [key, at] of this.#last) if (now - at >= MINUTE) this.#last.delete(key);
  }
}
