import { HOUR, MINUTE } from '../../shared/domain/time.ts';

/** A session nobody comes back to is forgotten after this. Milliseconds. */
export const SESSION_IDLE_MS = 60 * MINUTE;
/** And after this in any case. */
export const SESSION_LONGEST_MS = 8 * HOUR;
const MOST_SESSIONS = 20_000;

interface Entry<T> {
  readonly value: T;
  /** Where it was begun. */
  readonly from: string;
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
  readonly #most: number;

  constructor(options: {
    readonly newId: () => string;
    readonly monotonic: () => number;
    /** More than so many are not remembered. */
    readonly most?: number;
  }) {
    this.#newId = options.newId;
    this.#monotonic = options.monotonic;
    this.#most = options.most ?? MOST_SESSIONS;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** A name for one, which nobody can guess. */
  newId(): string {
    return this.#newId();
  }

  /**
   * Begins one, under a name of its own unless it has one already, and returns the name. `from`: a name of the address; where room is short, whoever
   * has most makes it.
   */
  begin(value: T, id: string = this.#newId(), from = ''): string {
    const now = this.#monotonic();
    this.#entries.set(id, { value, from, madeAt: now, seenAt: now });
    if (this.#entries.size > this.#most) this.#makeRoom();
    return id;
  }

  /** How long ago it was begun; `null` when there is none. Milliseconds. */
  ageOf(id: string): number | null {
    const entry = this.#entries.get(id);
    return entry === undefined ? null : this.#monotonic() - entry.madeAt;
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

  /** The least used of whoever has most: many that are begun from one place never push out what somebody elsewhere is in the middle of. */
  #makeRoom(): void {
    const counts = new Map<string, number>();
    for (const { from } of this.#entries.values()) counts.set(from, (counts.get(from) ?? 0) + 1);
    const most = Math.max(...counts.values());
    for (const [id, { from }] of this.#entries)
      if (counts.get(from) === most) {
        this.#entries.delete(id);
        return;
      }
  }

  #isOver({ madeAt, seenAt }: Entry<T>, now: number): boolean {
    return now - seenAt > SESSION_IDLE_MS || now - madeAt > SESSION_LONGEST_MS;
  }
}
