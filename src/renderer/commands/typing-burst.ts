/** Letters this soon after a focus move still belong to the words that were being typed. Milliseconds. */
const BURST_MS = 400;

/**
 * Fingers run on for a moment after the focus has moved. A letter that goes on with a burst of typing is not a command:
 * it goes nowhere, until there has been a pause.
 */
export class TypingBurst {
  #lastLetterAt = Number.NEGATIVE_INFINITY;
  #left = false;

  /** A letter was typed into a field. */
  typed(now: number): void {
    this.#lastLetterAt = now;
    this.#left = false;
  }

  /** The focus left a field for a place where letters are commands. */
  leftField(now: number): void {
    this.#left = now - this.#lastLetterAt < BURST_MS;
    if (this.#left) this.#lastLetterAt = now;
  }

  /** Enter was pressed: the words are done, and what comes next is meant. */
  ended(): void {
    this.#lastLetterAt = Number.NEGATIVE_INFINITY;
    this.#left = false;
  }

  /** Whether a letter that comes now continues the burst; if so the burst goes on. */
  continues(now: number): boolean {
    if (!this.#left || now - this.#lastLetterAt >= BURST_MS) {
      this.#left = false;
      return false;
    }
    this.#lastLetterAt = now;
    return true;
  }
}
