import { HOUR, MINUTE, SECOND, type Instant } from '../../shared/domain/time.ts';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
const shortClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  timeStyle: 'short',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'short' });

/** 14:05:09, as clocks in the room show it. */
export const clockWords = (instant: Instant): string => clock.format(instant);

/** 14:07, or "23 Nov 14:07" when that is another day than today. */
export function dueWords(instant: Instant, now: Instant): string {
  return day.format(instant) === day.format(now)
    ? shortClock.format(instant)
    : `${day.format(instant)} ${shortClock.format(instant)}`;
}

/** A length of time as a timer: 0:42, 12:05, then 1 h 04. */
export function timerWords(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / SECOND) * SECOND);
  if (whole < HOUR) {
    const seconds = Math.floor((whole % MINUTE) / SECOND);
    return `${Math.floor(whole / MINUTE)}:${String(seconds).padStart(2, '0')}`;
  }
  return `${Math.floor(whole / HOUR)} h ${String(Math.floor((whole % HOUR) / MINUTE)).padStart(2, '0')}`;
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
