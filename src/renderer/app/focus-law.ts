/**
 * The focus law (rule W-02): focus and scroll move only in the task of the handler's own key or click, or in the task
 * that paints the answer to it if no key or click came since. Every such call of the window goes through here, and a
 * test reads the sources to see that none goes around.
 */
export interface FocusLawOptions {
  /** What happens to a forbidden move: development and tests throw, a desk at work stays where it is. */
  readonly onBreach: 'throw' | 'ignore';
}

/** Marks the handler's act whose answer may still move the focus. */
export interface Ticket {
  readonly act: number;
}

const ownActs = ['keydown', 'pointerdown', 'pointerup', 'mousedown', 'click', 'wheel'] as const;
/** A key or click after these means the handler has gone on: an answer no longer moves anything. */
const newActs: ReadonlySet<string> = new Set(['keydown', 'pointerdown', 'mousedown', 'wheel']);

/** Watches for the handler's own acts and guards the few calls that move something. */
export class FocusLaw {
  readonly #onBreach: FocusLawOptions['onBreach'];
  #acts = 0;
  #allowed = 0;

  constructor(options: FocusLawOptions) {
    this.#onBreach = options.onBreach;
  }

  /** Starts watching. Returns what stops it. */
  watch(target: Window): () => void {
    const seen = new WeakSet<Event>();
    const begin = (event: Event) => {
      if (seen.has(event)) return;
      seen.add(event);
      if (newActs.has(event.type)) this.#acts += 1;
      this.#allowed += 1;
      // The event's own task ends before this timer's begins, also when a listener stops its way up.
      setTimeout(() => {
        this.#allowed -= 1;
      }, 0);
    };
    for (const name of ownActs) target.addEventListener(name, begin, { capture: true, passive: true });
    return () => {
      for (const name of ownActs) target.removeEventListener(name, begin, { capture: true });
    };
  }

  /** Taken in the task of the handler's act, spent in the task of its answer. */
  ticket(): Ticket {
    return { act: this.#acts };
  }

  /** True while no key or click has come since the ticket was taken. */
  isCurrent(ticket: Ticket): boolean {
    return ticket.act === this.#acts;
  }

  /** Runs `paint` as the answer to the handler's act: inside it focus may move, if the handler has not gone on. */
  answer(ticket: Ticket, paint: () => void): void {
    if (!this.isCurrent(ticket)) return;
    this.#allowed += 1;
    try {
      paint();
    } finally {
      this.#allowed -= 1;
    }
  }

  /** Puts the focus on an element, without scrolling to it. */
  focus(element: HTMLElement | null | undefined): boolean {
    if (element === null || element === undefined || !this.#permits('focus')) return false;
    element.focus({ preventScroll: true });
    return true;
  }

  /**
   * Sets a scroll place that keeps what is on screen where it is, or that the handler's own key asked for. Not asked
   * for leave: its caller has computed it so that nothing the handler looks at moves (rule W-03).
   */
  keepPlace(element: HTMLElement, scrollTop: number): void {
    if (Math.abs(element.scrollTop - scrollTop) >= 1) element.scrollTop = scrollTop;
  }

  #permits(what: string): boolean {
    if (this.#allowed > 0) return true;
    if (this.#onBreach === 'throw')
      throw new Error(`bug: ${what} moved without the handler's own key or click (W-02)`);
    return false;
  }
}
