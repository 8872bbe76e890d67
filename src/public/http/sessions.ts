import { HOUR, MINUTE } from '../../shared/domain/time.ts';

/** A session nobody comes back to is forgotten after this. Milliseconds. */
export const SESSION_IDLE_MS = 60 * MINUTE;
/** And after this in any case. */
export const SESSION_LONGEST_MS = 8 * HOUR;
const MOST_SESSIONS = 20_000;

interface Entry<T> {
  readonly value: T;
  readonly madeAt: number;
  seenAt: number;
}

/**
 * What somebody is in the middle of: answers of a form, a chat. In memory only and for a short while; the browser holds a name for it that
 * scripts cannot read (rule WP-05).
 */
export class Sessions<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #newId: () => string;
  readonly #monotonic: () => number;

  constructor(options: { readonly newId: () => string; readonly monotonic: () => number }) {
    this.#newId = options.newId;
    this.#monotonic = options.monotonic;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Begins one and returns its name, which nobody can guess. */
  begin(value: T): string {
    const id = this.#newId();
    const now = this.#monotonic();
    this.#entries.set(id, { value, madeAt: now, seenAt: now });
    if (this.#entries.size > MOST_SESSIONS) {
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return id;
  }

  /** What is under way under this name, or `null` when there is nothing, or nothing any more. */
  find(id: string | null): T | null {
    if (id === null) return null;
    const entry = this.#entries.get(id);
    if (entry === undefined) return null;
    const now = this.#monotonic();
    if (this.#isOver(entry, now)) {
      this.#entries.delete(id);
      return null;
    }
    entry.seenAt = now;
    // The least used stand first, to be forgotten first.
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry.value;
  }

  /** All that is under way. */
  get all(): readonly T[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }

  end(id: string): void {
    this.#entries.delete(id);
  }

  /** Forgets what is over, so that nobody's words stay in memory longer than was said. */
  sweep(): void {
    const now = this.#monotonic();
    for (const [id, entry] of this.#entries) if (this.#isOver(entry, now)) this.#entries.delete(id);
  }

  #isOver({ madeAt, seenAt }: Entry<T>, now: number): boolean {
    return now - seenAt > SESSION_IDLE_MS || now - madeAt > SESSION_LONGEST_MS;
  }
}
