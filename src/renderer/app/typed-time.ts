import { asInstant, HOUR, later, MINUTE, SECOND, type Instant } from '../../shared/domain/time.ts';
import { clockWords } from '../ui/time-words.ts';

/** A time as a person typed it: the instant it means, or a sentence about why it means none. */
export type TypedTime =
  { readonly kind: 'at'; readonly at: Instant } | { readonly kind: 'wrong'; readonly sentence: string };

export interface TypedTimeContext {
  /** By the queue's clock. Nothing has happened after it. */
  readonly now: Instant;
  /** What is typed came at or after this: a clock time alone is the first such one. `null`: the last one before now. */
  readonly since: Instant | null;
}

/** A clock time alone that has not been yet is yesterday's only this far back: just after midnight, not a slip of a digit. */
const YESTERDAY_LIMIT_MS = 12 * HOUR;
const OLDEST_YEARS = 10;

/** `23:58`, `2358`, `23:58:30`, each with `21/11` or `21/11/2026` before it. */
const pattern =
  /^(?:(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?[\s,]+)?(\d{1,2})[:.]?(\d{2})(?:[:.](\d{2}))?$/;

const wrong = (sentence: string): TypedTime => ({ kind: 'wrong', sentence });

/** Reads a time on the clocks of the room (Europe/London). */
export function readTime(text: string, { now, since }: TypedTimeContext): TypedTime {
  const match = pattern.exec(text.trim());
  if (match === null)
    return wrong('Write a time as 14:05 or 14:05:30; for another day the date before it: 21/11 23:58.');
  const [, day, month, year, hour = '', minute = '', second] = match;
  const clock: Clock = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) };
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59)
    return wrong(`${text.trim()} is no time of day. Hours go to 23, minutes and seconds to 59.`);
  // A line without seconds belongs to the whole minute in which the contact came.
  const from = since === null ? null : second === undefined ? floor(since, MINUTE) : floor(since, SECOND);
  if (day === undefined || month === undefined) {
    return from === null ? lastBefore(now, clock) : firstAfter(from, since ?? from, now, clock);
  }
  return onDate({ day: Number(day), month: Number(month), year }, clock, now, from, since);
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function lastBefore(now: Instant, clock: Clock): TypedTime {
  const today = dateOf(now);
  const here = instantsOf(today, clock).findLast((at) => at <= now);
  if (here !== undefined) return { kind: 'at', at: here };
  const before = instantsOf(dateOf(later(now, -24 * HOUR)), clock).at(-1);
  if (before !== undefined && now - before <= YESTERDAY_LIMIT_MS) return { kind: 'at', at: before };
  return wrong(
    `${words(clock)} has not been yet. If it was yesterday, write the date before it: ${dayWords(dateOf(later(now, -24 * HOUR)))} ${words(clock)}.`,
  );
}

function firstAfter(from: Instant, since: Instant, now: Instant, clock: Clock): TypedTime {
  const days = [dateOf(from), dateOf(later(from, 24 * HOUR))];
  const at = days.flatMap((day) => instantsOf(day, clock)).find((each) => each >= from);
  if (at !== undefined && at <= now) return { kind: 'at', at: asInstant(Math.max(at, since)) };
  return wrong(
    `${words(clock)} is before the contact reached us (${clockWords(since)}), or has not been yet. If it was another day, write the date before it.`,
  );
}

function onDate(
  { day, month, year }: { readonly day: number; readonly month: number; readonly year: string | undefined },
  clock: Clock,
  now: Instant,
  from: Instant | null,
  since: Instant | null,
): TypedTime {
  const today = dateOf(now);
  // Without a year it is the last such day there has been.
  const isAhead = month > today.month || (month === today.month && day > today.day);
  const date: DateParts = {
    year: year === undefined ? today.year - (isAhead ? 1 : 0) : fullYear(year),
    month,
    day,
  };
  if (!isDate(date)) return wrong(`${day}/${month} is no date. Write the day first, then the month: 21/11.`);
  const found = instantsOf(date, clock);
  if (found.length === 0) return wrong('That hour did not exist: the clocks went forward in that night.');
  const at = found.findLast((each) => each <= now);
  if (at === undefined) return wrong(`${day}/${month} ${words(clock)} has not been yet.`);
  if (today.year - dateOf(at).year > OLDEST_YEARS) return wrong('That is more than ten years ago.');
  if (from !== null && since !== null && at < from)
    return wrong(
      `${day}/${month} ${words(clock)} is before the contact reached us (${dayWords(dateOf(since))} ${clockWords(since)}).`,
    );
  return { kind: 'at', at: since === null ? at : asInstant(Math.max(at, since)) };
}

/** A time as it will stand on the record: "today 14:05:00", "yesterday 23:58:30", "19/11/2026 23:58:30". */
export function whenWords(at: Instant, now: Instant): string {
  const [then, today, yesterday] = [at, now, later(now, -24 * HOUR)].map((each) => key(dateOf(each)));
  const clock = clockWords(at);
  if (then === today) return `today ${clock}`;
  if (then === yesterday) return `yesterday ${clock}`;
  return `${dayWords(dateOf(at))}/${dateOf(at).year} ${clock}`;
}

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

function wallOf(at: Instant): DateParts & Clock {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

const dateOf = (at: Instant): DateParts => wallOf(at);
const key = ({ year, month, day }: DateParts): string => `${year}-${month}-${day}`;
const two = (n: number): string => String(n).padStart(2, '0');
const dayWords = ({ day, month }: DateParts): string => `${two(day)}/${two(month)}`;
const words = ({ hour, minute, second }: Clock): string =>
  `${two(hour)}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`;
const floor = (at: Instant, unit: number): Instant => asInstant(Math.floor(at / unit) * unit);
const fullYear = (year: string): number => (year.length === 2 ? 2000 : 0) + Number(year);

function isDate({ year, month, day }: DateParts): boolean {
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** Every instant at which the clocks show it, earliest first: none in the hour left out in spring, two in autumn's. */
function instantsOf(date: DateParts, { hour, minute, second }: Clock): readonly Instant[] {
  const asUtc = Date.UTC(date.year, date.month - 1, date.day, hour, minute, second);
  return [HOUR, 0]
    .map((offset) => asInstant(asUtc - offset))
    .filter((at) => {
      const wall = wallOf(at);
      return (
        key(wall) === key(date) && wall.hour === hour && wall.minute === minute && wall.second === second
      );
    });
}
