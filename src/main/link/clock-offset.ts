/** How many answers are remembered: the one with the shortest way is the best judge. */
const REMEMBERED = 8;

interface Measurement {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** The difference between this desk's clock and the queue's, from answered heart-beats. Shown and recorded, never decided by (rule L-17). */
export class ClockOffset {
  #seedMs = 0;
  #measurements: Measurement[] = [];

  /** A first guess from WELCOME, until a heart-beat has been answered. */
  seed(offsetMs: number): void {
    this.#seedMs = Math.round(offsetMs);
    this.#measurements = [];
  }

  measured(offsetMs: number, roundTripMs: number): void {
    this.#measurements = [...this.#measurements, { offsetMs, roundTripMs }].slice(-REMEMBERED);
  }

  /** The last round trip. Milliseconds; `null` before the first. */
  get roundTripMs(): number | null {
    return this.#measurements.at(-1)?.roundTripMs ?? null;
  }

  /** The offset of the quickest answer remembered; wrong by at most half its round trip. */
  get best(): { readonly ms: number; readonly errorMs: number } {
    const [first, ...rest] = this.#measurements;
    if (first === undefined) return { ms: this.#seedMs, errorMs: 0 };
    const best = rest.reduce((a, b) => (b.roundTripMs < a.roundTripMs ? b : a), first);
    return { ms: Math.round(best.offsetMs), errorMs: best.roundTripMs / 2 };
  }
}
