import type { Timers } from '../../shared/domain/time.ts';
import type { StoreLane } from './queue-store.ts';

/** The longest that somebody stands back for calls and desks; they may be waiting for what he holds. Milliseconds. */
const STANDS_BACK_MS = 60;

/** One transaction's place; given back at its end, whatever became of it. */
export interface Turn extends Disposable {
  /** Resolves when it may take the counter row. */
  atCounter(): Promise<void>;
}

/**
 * Who takes the row on which all commits wait for each other, of this node's transactions (rule C-33): calls and desks at once; of the others one at a
 * time, and none while a call or a desk is on its way there. The database's own order is that of coming, and would put an emergency behind all that came
 * before it.
 */
export class CounterOrder {
  readonly #timers: Timers;
  #calls = 0;
  #last: Promise<void> = Promise.resolve();
  #waiting: (() => void)[] = [];

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  turnOf(lane: StoreLane): Turn {
    return lane === 'calls-and-desks' ? this.#first() : this.#inLine();
  }

  #first(): Turn {
    this.#calls += 1;
    return {
      atCounter: () => Promise.resolve(),
      [Symbol.dispose]: () => {
        this.#calls -= 1;
        if (this.#calls > 0) return;
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const wake of waiting) wake();
      },
    };
  }

  #inLine(): Turn {
    let leave: (() => void) | null = null;
    return {
      atCounter: async () => {
        if (leave !== null) return;
        const before = this.#last;
        this.#last = new Promise((resolve) => (leave = resolve));
        await before;
        await this.#callsGone();
      },
      [Symbol.dispose]: () => leave?.(),
    };
  }

  async #callsGone(): Promise<void> {
    if (this.#calls === 0) return;
    await new Promise<void>((resolve) => {
      const late = this.#timers.after(STANDS_BACK_MS, resolve);
      this.#waiting.push(() => {
        late[Symbol.dispose]();
        resolve();
      });
    });
  }
}
