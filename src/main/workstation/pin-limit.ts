import { asInstant, MINUTE, SECOND, type Instant } from '../../shared/domain/time.ts';
import type { WrongPins } from '../cache/kept-session.ts';

/** So many wrong PINs within so long lead to a wait (rules ). */
export const WRONG_PINS = 5;
const WITHIN_MS = 15 * MINUTE;
const FIRST_WAIT_MS = 30 * SECOND;
const LONGEST_WAIT_MS = 15 * MINUTE;

export const noWrongPins: WrongPins = { at: [], waits: 0, waitUntil: null };

/** How long the next try must wait. Milliseconds; 0: not at all. Never longer than the longest wait, whatever the clock did. */
export function waitMs({ waitUntil }: WrongPins, now: Instant): number {
  return waitUntil === null ? 0 : Math.min(LONGEST_WAIT_MS, Math.max(0, waitUntil - now));
}

/** After one more wrong PIN. Each wait is twice as long as the one before, until 15 minutes after it nothing wrong was typed. */
export function oneMoreWrong(before: WrongPins, now: Instant): WrongPins {
  const since = now - WITHIN_MS;
  const at = [...before.at.filter((each) => each > since && each <= now), now].slice(-WRONG_PINS);
  const goesOn = before.waitUntil !== null && before.waitUntil > since;
  const waits = goesOn ? before.waits : 0;
  if (!goesOn && at.length < WRONG_PINS) return { at, waits, waitUntil: null };
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** waits);
  return { at, waits: waits + 1, waitUntil: asInstant(now + wait) };
}

/** How many wrong PINs there may still be before the next wait. */
export const attemptsLeft = ({ at, waitUntil }: WrongPins): number =>
  waitUntil === null ? Math.max(0, WRONG_PINS - at.length) : 0;
