/** A desk at which nobody has pressed a key or moved the pointer for so long is locked (rule A-09). Milliseconds. */
export const IDLE_LOCK_MS = 10 * 60_000;

export interface IdleWatchOptions {
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
  /** A live contact counts like a key: whoever listens to a caller is there. */
  readonly isBusy: () => boolean;
  readonly onIdle: () => void;
}

/** How often it is looked whether a live contact still goes on. Milliseconds. */
const LOOK_MS = 15_000;

const acts = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Notices that nobody is at the desk. */
export class IdleWatch {
  readonly #options: IdleWatchOptions;
  #actedAt: number;

  constructor(options: IdleWatchOptions) {
    this.#options = options;
    this.#actedAt = options.monotonic();
  }

  start(): () => void {
    let stopped = false;
    const acted = (): void => {
      this.#actedAt = this.#options.monotonic();
    };
    for (const name of acts) window.addEventListener(name, acted, { capture: true, passive: true });
    const look = (): void => {
      if (stopped) return;
      if (this.#options.isBusy()) acted();
      const left = this.#actedAt + IDLE_LOCK_MS - this.#options.monotonic();
      if (left <= 0) this.#options.onIdle();
      this.#options.after(left <= 0 ? LOOK_MS : Math.min(left, LOOK_MS), look);
    };
    this.#options.after(LOOK_MS, look);
    return () => {
      stopped = true;
      for (const name of acts) window.removeEventListener(name, acted, { capture: true });
    };
  }
}
