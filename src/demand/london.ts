import { HOUR, MINUTE } from '../shared/domain/time.ts';

/**
 * Hertfordshire's wall clock. The offset comes from Intl, never from the machine's own zone: the same demand on a
 * laptop in Lisbon and on a server that keeps UTC.
 */
const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** A moment as the clock on the wall shows it. `date`: `2026-11-21`; `hour`: 0 to 23. */
export interface WallTime {
  readonly date: string;
  readonly weekday: Weekday;
  readonly hour: number;
  readonly minute: number;
}

/** How far the wall clock is ahead of UTC at an instant. Milliseconds. */
function offsetAt(instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1_000) * 1_000;
}

/** What the wall clock shows at an instant. */
export function wallTimeOf(instant: number): WallTime {
  const shifted = new Date(instant + offsetAt(instant));
  return {
    date: shifted.toISOString().slice(0, 10),
    weekday: weekdays[shifted.getUTCDay()] ?? 'sun',
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/**
 * The first instant at which the wall clock shows `2026-11-21T22:00`, or `null` when no clock ever does: no such date,
 * or in the hour that is left out in spring. In the hour that comes twice it is the earlier.
 */
export function instantOfWallTime(text: string): number | null {
  const asUtc = Date.parse(`${text}:00.000Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(asUtc)) return null;
  // Not the 30th of February, which would be read as a day in March.
  if (new Date(asUtc).toISOString().slice(0, 16) !== text) return null;
  // Summer time first: where both fit, it is the earlier instant.
  const fits = [HOUR, 0].map((offset) => asUtc - offset).filter((at) => offsetAt(at) === asUtc - at);
  return fits[0] ?? null;
}

/** As `instantOfWallTime` for a minute of a date; in the hour that is left out, as long after the hour before it. */
export function instantOfMinute(date: string, minuteOfDay: number): number {
  const hour = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
  const minute = String(minuteOfDay % 60).padStart(2, '0');
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * MINUTE;
  return instantOfWallTime(`${date}T${hour}:${minute}`) ?? asUtc;
}

/** The date a number of days later: `2026-11-22` for one day after `2026-11-21`. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * HOUR).toISOString().slice(0, 10);
}
