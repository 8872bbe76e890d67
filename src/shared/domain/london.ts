import { asInstant, HOUR, later, type Instant } from './time.ts';

/**
 * Hertfordshire's calendar by arithmetic, for rules that run where no time zone data may be asked. Summer time is UTC + 1 from the
 * last Sunday of March to the last Sunday of October, each at 01:00 UTC: the law since 1996, and so for instants since then.
 */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** A day of the calendar: `2026-03-14`. */
export type Day = string;

/** What the clock on the wall shows. `minute`: of the day, 0 to 1439. */
export interface LondonTime {
  readonly day: Day;
  readonly weekday: Weekday;
  readonly minute: number;
}

const DAY = 24 * HOUR;

/** 01:00 UTC on the last Sunday of a month of 31 days. `month` from 0. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31));
  return Date.UTC(year, month, 31 - last.getUTCDay(), 1);
}

/** How far the clock on the wall is ahead of UTC. Milliseconds. */
function aheadAt(at: Instant): number {
  const year = new Date(at).getUTCFullYear();
  return at >= lastSunday(year, 2) && at < lastSunday(year, 9) ? HOUR : 0;
}

export function londonTimeOf(at: Instant): LondonTime {
  const shown = new Date(at + aheadAt(at));
  return {
    day: shown.toISOString().slice(0, 10),
    weekday: weekdays[shown.getUTCDay()] ?? 'sun',
    minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
  };
}

/** The day on which daily numbers are counted: it begins at midnight on the wall, also in the nights of 23 and 25 hours. */
export const londonDayOf = (at: Instant): Day => londonTimeOf(at).day;

/** The first instant of a day. The clocks change at 01:00 UTC, after every midnight on the wall, so midnight’s own offset holds. */
export function startOfDay(day: Day): Instant {
  const asUtc = asInstant(Date.parse(`${day}T00:00:00Z`));
  return later(asUtc, -aheadAt(asUtc));
}

/** A day that there is: not the 30th of February. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** The day so many days later, or earlier. */
export const dayAfter = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

export const weekdayOf = (day: Day): Weekday =>
  weekdays[new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay()] ?? 'sun';

export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "14 March", with its year when that is not today's: "14 March 2025". */
export function dayWords(day: Day, today: Day): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const words = `${Number(date)} ${months[Number(month) - 1] ?? ''}`;
  return year === today.slice(0, 4) ? words : `${words} ${year}`;
}
