/** How much one address may ask for: so many at once, and so many more a second. */
export interface Allowance {
  readonly atOnce: number;
  readonly perSecond: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** More addresses than this are not remembered; the oldest are forgotten, and begin anew with all they may have. */
const MOST_ADDRESSES = 50_000;

/**
 * Limits for each address (rule WP-04). A household, a school or a telephone network may share one: what is allowed is many times what a
 * person needs, and whoever is over it may go on after a moment.
 */
export class Rates {
  readonly #allowance: Allowance;
  readonly #monotonic: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(allowance: Allowance, monotonic: () => number) {
    this.#allowance = allowance;
    this.#monotonic = monotonic;
  }

  /** 0 when it may go on; otherwise in how many seconds it may. */
  take(address: string): number {
    const { atOnce, perSecond } = this.#allowance;
    const now = this.#monotonic();
    const bucket = this.#buckets.get(address) ?? { left: atOnce, at: now };
    bucket.left = Math.min(atOnce, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    if (this.#buckets.size > MOST_ADDRESSES)
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest);
        break;
      }
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
    bucket.left -= 1;
    return 0;
  }
}
