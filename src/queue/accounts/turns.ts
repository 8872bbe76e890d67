import type { Timers } from '../../shared/domain/time.ts';

/**
 * So many at once and no more; whoever comes besides waits for a place, in order of coming, and not for ever. Keeps many honest
 * sign-ins at the change of a shift from costing all cores and all memory at once (rule A-01).
 */
export class Turns {
  readonly #timers: Timers;
  readonly #waitMs: number;
  #free: number;
  readonly #waiting = new Set<(isMine: boolean) => void>();

  constructor(options: {
    readonly timers: Timers;
    readonly places: number;
    /** How long somebody waits for a place before they are told to come again. Milliseconds. */
    readonly waitMs: number;
  }) {
    this.#timers = options.timers;
    this.#waitMs = options.waitMs;
    this.#free = options.places;
  }

  /** Does the work when its turn has come; `null`, having done nothing, when that was too long in coming. */
  async take<T>(work: () => Promise<T>): Promise<T | null> {
    if (!(await this.#place())) return null;
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  async #place(): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    let called: (isMine: boolean) => void = () => undefined;
    const turn = new Promise<boolean>((resolve) => {
      called = resolve;
    });
    this.#waiting.add(called);
    using _ = this.#timers.after(this.#waitMs, () => {
      this.#waiting.delete(called);
      called(false);
    });
    return await turn;
  }

  /** The place goes to whoever has waited longest, and is never free in between. */
  #pass(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next(true);
  }
}
