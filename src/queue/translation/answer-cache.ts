import type { Clock } from '../../shared/domain/time.ts';

/** What an engine made of a text, before anybody looked it over. */
export interface MadeText {
  readonly text: string;
  readonly version: string;
  readonly leftWords: readonly string[];
}

const MOST = 500;
const LONGEST_KEPT_MS = 10 * 60_000;
/** Longer texts are nobody’s canned reply and are not asked for twice. Characters. */
const LONGEST_TEXT = 500;

/**
 * The last translations, so that the same canned reply to three people is asked for once. In memory only, few, and for minutes: these are people’s words
 * (rule LG-10).
 */
export class AnswerCache {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly made: MadeText; readonly at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#kept.size;
  }

  find(from: string, to: string, text: string): MadeText | null {
    this.#dropOld();
    return this.#kept.get(keyOf(from, to, text))?.made ?? null;
  }

  keep(from: string, to: string, text: string, made: MadeText): void {
    if (text.length > LONGEST_TEXT) return;
    this.#dropOld();
    this.#kept.set(keyOf(from, to, text), { made, at: this.#clock.monotonic() });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break;
      this.#kept.delete(oldest);
    }
  }

  clear(): void {
    this.#kept.clear();
  }

  /** They lie in the order of their times. */
  #dropOld(): void {
    const since = this.#clock.monotonic() - LONGEST_KEPT_MS;
    for (const [key, { at }] of this.#kept) {
      if (at > since) break;
      this.#kept.delete(key);
    }
  }
}

const keyOf = (from: string, to: string, text: string): string => `${from}>${to}>${text}`;
