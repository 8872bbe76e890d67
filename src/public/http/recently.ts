/** So many names are remembered; the oldest are forgotten. */
const MOST_NAMES = 50_000;

/** How often something happened lately, by name. In memory only. */
export class Recently {
  readonly #withinMs: number;
  readonly #monotonic: () => number;
  readonly #seen = new Map<string, { count: number; at: number }>();

  /** `withinMs`: once a name has not been heard of for so long, it begins anew. */
  constructor(withinMs: number, monotonic: () => number) {
    this.#withinMs = withinMs;
    this.#monotonic = monotonic;
  }

  count(name: string): number {
    const seen = this.#seen.get(name);
    return seen === undefined || this.#monotonic() - seen.at > this.#withinMs ? 0 : seen.count;
  }

  /** Once more. Returns how often that makes. */
  note(name: string): number {
    const count = this.count(name) + 1;
    this.#seen.delete(name);
    this.#seen.set(name, { count, at: this.#monotonic() });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST_NAMES && oldest !== undefined) this.#seen.delete(oldest);
    return count;
  }
}
