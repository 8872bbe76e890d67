import { HOUR } from './time.ts';

/**
 * How long a closed contact stays on desks, so that a caller who rings back is known (rule S-12). Milliseconds. Older ones
 * are the queue's alone.
 */
export const KEEP_CLOSED_MS = 72 * HOUR;
