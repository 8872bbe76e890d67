import { londonDayOf, londonTimeOf } from '../../shared/domain/london.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../../shared/domain/time.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** Arithmetic and no formatter of the browser's: those take longer to make than the window has until its first painting. */
const shortClock = (at: Instant): string => {
  const { minute } = londonTimeOf(at);
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};

const seconds = (at: Instant): string => two(Math.floor((((at % MINUTE) + MINUTE) % MINUTE) / SECOND));

/** As British newspapers shorten them. */
const shortMonths = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ');

/** 21 Nov. */
function dateOf(at: Instant): string {
  const [, month = '', date = ''] = londonDayOf(at).split('-');
  return `${Number(date)} ${shortMonths[Number(month) - 1] ?? ''}`;
}

const isSameDate = (one: Instant, other: Instant): boolean => dateOf(one) === dateOf(other);

/** 14:05:09, as clocks in the room show it; "01:30:00 GMT" in the hour that comes twice (rule K-07). */
export const clockWords = (instant: Instant): string =>
  `${shortClock(instant)}:${seconds(instant)}${whichOfTwo(instant)}`;

/** 14:07, or "23 Nov 14:07" when that is another day than today; with BST or GMT in the hour that comes twice. */
export function dueWords(instant: Instant, now: Instant): string {
  const time = shortClock(instant) + whichOfTwo(instant);
  return isSameDate(instant, now) ? time : `${dateOf(instant)} ${time}`;
}

/**
 * On the last Sunday of October the clocks of the United Kingdom go back at 01:00 UTC, and the hour from one to two comes
 * twice: first as BST, then as GMT. Empty at any other time.
 */
function whichOfTwo(instant: Instant): string {
  const date = new Date(instant);
  const isThatDay = date.getUTCMonth() === 9 && date.getUTCDay() === 0 && date.getUTCDate() > 24;
  if (!isThatDay || date.getUTCHours() > 1) return '';
  return date.getUTCHours() === 0 ? ' BST' : ' GMT';
}

/** 14:05:09, or "21 Nov 14:05:09" when that is another day than today. */
export function whenWords(instant: Instant, now: Instant): string {
  const time = `${shortClock(instant)}:${seconds(instant)}`;
  return isSameDate(instant, now) ? time : `${dateOf(instant)} ${time}`;
}

/** 21 Nov; of another year than `now` with that. */
export const dayWords = (instant: Instant, now: Instant): string =>
  londonDayOf(instant).slice(0, 4) === londonDayOf(now).slice(0, 4) ? dateOf(instant) : dateWords(instant);

/** 21 Nov 2026, for lists that go back further than today. */
export const dateWords = (instant: Instant): string =>
  `${dateOf(instant)} ${londonDayOf(instant).slice(0, 4)}`;

/** A length of time as a timer: 0:42, 12:05, then 1 h 04. */
export function timerWords(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / SECOND) * SECOND);
  if (whole < HOUR) {
    return `${Math.floor(whole / MINUTE)}:${two(Math.floor((whole % MINUTE) / SECOND))}`;
  }
  return `${Math.floor(whole / HOUR)} h ${two(Math.floor((whole % HOUR) / MINUTE))}`;
}

/** A length of time in words, for speech and sentences: "42 seconds", "3 minutes", "2 hours 5 minutes". */
export function lengthWords(ms: number): string {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (ms < MINUTE) return count(Math.max(0, Math.floor(ms / SECOND)), 'second');
  if (ms < HOUR) return count(Math.floor(ms / MINUTE), 'minute');
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const hours = count(Math.floor(ms / HOUR), 'hour');
  return minutes === 0 ? hours : `${hours} ${count(minutes, 'minute')}`;
}

/** A target or allowance, short: "90 s", "15 min", "24 h". */
export function shortLengthWords(ms: number): string {
  if (ms < 2 * MINUTE) return `${Math.round(ms / SECOND)} s`;
  return ms < 2 * HOUR ? `${Math.round(ms / MINUTE)} min` : `${Math.round(ms / HOUR)} h`;
}

/** 12,345: a number as people read it. Whole numbers only. */
export const numberWords = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
