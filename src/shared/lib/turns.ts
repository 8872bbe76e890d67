/** More wait for their turn than may: come again later. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

/**
 * Lets so much of one kind go on at once, and the rest wait for its turn, first come first served. What belongs to another key goes on beside it
 * (rule C-33).
 */
export class Turns {
  readonly #atOnce: number;
  readonly #waitLimit: number;
  readonly #keys = new Map<string, { running: number; readonly waiting: (() => void)[] }>();

  constructor({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
    this.#atOnce = atOnce;
    this.#waitLimit = waiting;
  }

  /** How many keys something is going on under: none that is over is remembered. */
  get size(): number {
    return this.#keys.size;
  }

  /** Rejects with `TooManyWaiting` without having begun, and otherwise as `work` does. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const one = this.#keys.get(key) ?? { running: 0, waiting: [] };
    this.#keys.set(key, one);
    if (one.running < this.#atOnce) one.running += 1;
    else {
      if (one.waiting.length >= this.#waitLimit) throw new TooManyWaiting('too many wait for their turn');
      // Whoever ends hands the turn over, so that nobody comes in between.
      await new Promise<void>((resolve) => one.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = one.waiting.shift();
      if (next !== undefined) next();
      else {
        one.running -= 1;
        if (one.running === 0) this.#keys.delete(key);
      }
    }
  }
}
