import { later, MINUTE, SECOND, type Instant } from '../../shared/domain/time.ts';
import type { Attempts } from '../store/account-store.ts';

/** Wrong PINs are counted for this long (rule A-01). Milliseconds. */
export const WINDOW_MS = 15 * MINUTE;
/** So many wrong PINs of one number, and from one desk at one address, before they have to wait. */
export const NUMBER_LIMIT = 5;
export const DESK_LIMIT = 20;
/** The same from one address, whatever desk it says it is. Generous: a whole room may stand behind one address. */
export const ADDRESS_LIMIT = 200;

const FIRST_WAIT_MS = 30 * SECOND;
const LONGEST_WAIT_MS = 15 * MINUTE;

/** How long nobody is heard yet. Milliseconds; 0 when they may try. */
export function waitOf({ until }: Attempts, now: Instant): number {
  // Never longer than the longest wait, also when the clock was set back meanwhile.
  return Math.min(Math.max(0, until - now), LONGEST_WAIT_MS);
}

/** After one more wrong PIN. Waits grow until a whole window has passed in which nothing was wrong. */
export function withWrong(before: Attempts, limit: number, now: Instant): Attempts {
  const last = Math.max(before.until, before.recent.at(-1) ?? 0);
  const waits = now - last >= WINDOW_MS ? 0 : before.waits;
  const recent = [...before.recent.filter((at) => now - at < WINDOW_MS), now];
  if (waits === 0 && recent.length < limit) return { recent, waits, until: before.until };
  const wait = Math.min(FIRST_WAIT_MS * 2 ** waits, LONGEST_WAIT_MS);
  // No more than the limit need be remembered: what waits count says the rest.
  return { recent: recent.slice(-limit), waits: waits + 1, until: later(now, wait) };
}

/** Without the attempt that was counted at `at`, and the wait it brought: it turned out to be right. */
export function withdrawn(after: Attempts, at: Instant): Attempts {
  const place = after.recent.lastIndexOf(at);
  if (place < 0) return after;
  const recent = after.recent.toSpliced(place, 1);
  const broughtWait = after.waits > 0 && place === after.recent.length - 1 && after.until > at;
  return broughtWait ? { recent, waits: after.waits - 1, until: at } : { ...after, recent };
}

/** Wrong PINs that may still follow before the next wait. */
export function attemptsLeft({ recent, waits }: Attempts, limit: number): number {
  return waits > 0 ? 0 : Math.max(0, limit - recent.length);
}

/** From then on nothing of it counts any more. */
export function forgetAt({ recent, until }: Attempts): Instant {
  const last = recent.at(-1);
  return later(last === undefined || until > last ? until : last, WINDOW_MS);
}
