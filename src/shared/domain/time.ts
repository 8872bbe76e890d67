declare const instantBrand: unique symbol;

/** A moment: whole milliseconds since 1970-01-01T00:00Z. Stored so, sent so, shown in Europe/London. */
export type Instant = number & { readonly [instantBrand]: 'Instant' };

export const asInstant = (milliseconds: number): Instant => milliseconds as Instant;

/** The instant `ms` milliseconds after (or, negative, before) another. */
export const later = (instant: Instant, ms: number): Instant => asInstant(instant + ms);

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Where time comes from. Domain functions take `now`; services take a `Clock`. */
export interface Clock {
  /** The wall clock, UTC. May jump: never subtract two readings to measure how long something took. */
  now(): Instant;
  /** Milliseconds from an arbitrary start; never goes back. For durations and time-outs. */
  monotonic(): number;
}

/** Timers as a service, so that a test steps them instead of waiting. */
export interface Timers {
  /** Calls `task` once after `ms`; disposing before then cancels it. */
  after(ms: number, task: () => void): Disposable;
}
