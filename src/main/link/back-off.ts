/** What the next wait depends on. */
export interface BackOffInput {
  /** Tries that failed since the link was last live for long enough: 0 for the first. */
  readonly attempt: number;
  /** Told by the queue in WELCOME. Milliseconds. */
  readonly capMs: number;
  /** The queue asked for room: it drains or is full. */
  readonly crowded: boolean;
  /** This desk owns a live contact: it comes first. */
  readonly urgent: boolean;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

const BASE_MS = 500;
const CROWDED_MS = 10_000;
const URGENT_MS = 1_000;

/** Until the queue has told its own. Milliseconds. */
export const DEFAULT_CAP_MS = 2_000;
/** The count of failures starts again only after the link was live for this long (rule L-13). Milliseconds. */
export const STEADY_MS = 30_000;

/**
 * How long to wait before the next try: full jitter, from the first try on, so that a hundred desks cut off together do
 * not come back together (rule L-13). Milliseconds.
 */
export function backOffMs({ attempt, capMs, crowded, urgent, random }: BackOffInput): number {
  if (urgent) return random * URGENT_MS;
  if (crowded) return random * CROWDED_MS;
  return random * Math.min(capMs, BASE_MS * 2 ** Math.min(attempt, 16));
}
