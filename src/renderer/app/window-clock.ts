import { asInstant, SECOND, type Instant } from '../../shared/domain/time.ts';
import { Cell } from './cell.ts';

/**
 * The one clock of the window. Every timer on screen hangs on its single tick, so that all of them change in the same
 * frame; times are shown as the queue counts them, because duties run on the queue's time.
 */
export class WindowClock {
  readonly #desk: () => number;
  #offsetMs = 0;
  readonly #tick: Cell<Instant>;

  /** `desk` reads this desk's wall clock; tests step it. */
  constructor(desk: () => number) {
    this.#desk = desk;
    this.#tick = new Cell(asInstant(desk()));
  }

  /** The queue's time as of the last tick: what the screen shows. */
  get tick(): Cell<Instant> {
    return this.#tick;
  }

  /** The queue's time now. */
  now(): Instant {
    return asInstant(this.#desk() + this.#offsetMs);
  }

  /** An instant of this desk's clock, in the queue's time. */
  toQueueTime(desk: Instant): Instant {
    return asInstant(desk + this.#offsetMs);
  }

  /** What to add to this desk's clock, as the link has measured it. */
  setOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  /** Lets the timers show the present second. */
  beat(): void {
    this.#tick.set(this.now());
  }

  /** Beats at each turn of a second until stopped. */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const beat = () => {
      this.beat();
      timer = setTimeout(beat, SECOND - (((this.now() % SECOND) + SECOND) % SECOND));
    };
    beat();
    return () => clearTimeout(timer);
  }
}

// The window's own time and timers. Only `start-window.tsx` takes them from here; everything else is handed them.

/** This desk's wall clock. */
export const deskTime = (): number => Date.now();

/** Milliseconds from an arbitrary start; never goes back. */
export const monotonic = (): number => performance.now();

/** Calls back after a while. */
export const after = (ms: number, task: () => void): void => void setTimeout(task, ms);

/** Too short for anybody to wait for, and long enough that most frames of the screen are free. Milliseconds. */
const CALM_MS = 250;

/** An emergency that comes with something that nobody waits for has its own frame first. Milliseconds. */
const AFTER_A_REST_MS = 30;

/**
 * Paintings for what nobody waits for, all together: the first soon after a rest, then one in so long. For some frames
 * after each painting the browser keeps the screen's beat, and an emergency would have to wait for it.
 */
export function calmPaintings(options: {
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
}): (task: () => void) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  let tasks: (() => void)[] = [];
  return (task) => {
    tasks.push(task);
    if (tasks.length > 1) return;
    options.after(Math.max(AFTER_A_REST_MS, lastAt + CALM_MS - options.monotonic()), () => {
      lastAt = options.monotonic();
      const due = tasks;
      tasks = [];
      for (const each of due) each();
    });
  };
}

/** A frame may never come to a window that is hidden: then a change is painted after this long. Milliseconds. */
const HIDDEN_FRAME_MS = 250;

/** Calls back before the next frame is painted. */
export function nextFrame(task: () => void): void {
  if (document.hidden) setTimeout(task, HIDDEN_FRAME_MS);
  else requestAnimationFrame(task);
}
