import type { Courier } from './courier.ts';
import type { Step } from './step.ts';

export interface PlayOptions {
  readonly plan: Iterator<Step>;
  /** Where the plan begins. Milliseconds. */
  readonly start: number;
  /** Seconds of the plan that pass in one second. */
  readonly rate: number;
  /** The first so many contacts come at once: an inbox with something in it. The day goes on behind them. */
  readonly atOnce: number;
  /** Ends after so many contacts, or `null`. */
  readonly count: number | null;
  /** Ends after so much of the plan, or `null`. Milliseconds of the plan. */
  readonly lastsMs: number | null;
  readonly courier: Courier;
  /** Milliseconds that never go back. */
  readonly monotonic: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly stop: AbortSignal;
}

/**
 * Plays a plan in real time, until it has what was asked for or is told to stop. When the queue cannot take so much, the
 * day goes on all the same: what came due meanwhile is handed over as soon as there is room.
 */
export async function play(options: PlayOptions): Promise<void> {
  const { plan, start, rate, atOnce, count, lastsMs, courier, monotonic, pause, stop } = options;
  const end = lastsMs === null ? Infinity : start + lastsMs;
  let contacts = 0;
  let began = { real: monotonic(), day: start };
  for (let next = plan.next(); next.done !== true; next = plan.next()) {
    const step = next.value;
    if (step.at >= end || contacts === count) break;
    if (contacts < atOnce) began = { real: monotonic(), day: step.at };
    const dueIn = began.real + (step.at - began.day) / rate - monotonic();
    if (dueIn > 0) await pause(dueIn);
    await courier.room();
    if (stop.aborted) break;
    if (step.kind === 'contact') contacts += 1;
    courier.take(step);
  }
}
