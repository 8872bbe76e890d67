import { unreachable } from '../../lib/assert.ts';
import { dayAfter, londonTimeOf, weekdayOf, type Day, type Weekday } from '../london.ts';
import type { Instant } from '../time.ts';

/**
 * When somebody answers or opens (rule SG-04). Times are those of the clock on the wall; `to` that is not after `from` is of the next
 * day. `ask`: nobody has told us, or it is by appointment: the handler says so and does not promise.
 */
export type OpeningHours =
  | { readonly kind: 'always' }
  | {
      readonly kind: 'weekly';
      readonly times: readonly {
        readonly days: readonly Weekday[];
        readonly from: string;
        readonly to: string;
      }[];
      readonly bankHolidays: 'as-usual' | 'closed';
    }
  | { readonly kind: 'ask'; readonly words: string };

/** `until`: "17:00", with the day before it when it is not today: "tomorrow 08:00"; `null`: it does not close. */
export type Opening =
  | { readonly kind: 'open'; readonly until: string | null }
  | { readonly kind: 'closed'; readonly opens: string | null }
  | { readonly kind: 'ask'; readonly words: string };

const DAY_MINUTES = 24 * 60;
const dayNames: Readonly<Record<Weekday, string>> = {
  sun: 'Sunday',
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
};

/** Whether it is open at an instant. `bankHolidays`: the days on which what closes for them is closed. */
export function openingAt(hours: OpeningHours, at: Instant, bankHolidays: readonly Day[]): Opening {
  switch (hours.kind) {
    case 'always':
      return { kind: 'open', until: null };
    case 'ask':
      return { kind: 'ask', words: hours.words };
    case 'weekly': {
      const { day, minute } = londonTimeOf(at);
      const spans = spansFrom(hours, day, bankHolidays);
      const now = spans.find(({ from, to }) => from <= minute && minute < to);
      if (now !== undefined) {
        const end = endOf(spans, now.to);
        // Round the clock every day of the week: it does not close.
        return { kind: 'open', until: end > 7 * DAY_MINUTES ? null : whenOf(day, end) };
      }
      const next = spans.find(({ from }) => from > minute);
      return { kind: 'closed', opens: next === undefined ? null : whenOf(day, next.from) };
    }
    default:
      return unreachable(hours);
  }
}

/** True or false; `null` when only asking tells. */
export function isOpenAt(hours: OpeningHours, at: Instant, bankHolidays: readonly Day[]): boolean | null {
  const { kind } = openingAt(hours, at, bankHolidays);
  return kind === 'ask' ? null : kind === 'open';
}

/** As it stands on the card: "Open now, until 17:00", "Closed now, opens Monday 09:00". */
export function openingWords(opening: Opening): string {
  switch (opening.kind) {
    case 'open':
      return opening.until === null ? 'Open at all hours' : `Open now, until ${opening.until}`;
    case 'closed':
      return opening.opens === null ? 'Closed now' : `Closed now, opens ${opening.opens}`;
    case 'ask':
      return opening.words;
    default:
      return unreachable(opening);
  }
}

interface Span {
  /** Minutes from the midnight before `day`. */
  readonly from: number;
  readonly to: number;
}

/** When it is open from yesterday, whose night may reach into today, to the same day in a week and a day; in order. */
function spansFrom(
  { times, bankHolidays: onHolidays }: Extract<OpeningHours, { kind: 'weekly' }>,
  day: Day,
  bankHolidays: readonly Day[],
): readonly Span[] {
  return [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    .flatMap((ahead) => {
      const date = dayAfter(day, ahead);
      if (onHolidays === 'closed' && bankHolidays.includes(date)) return [];
      return times
        .filter(({ days }) => days.includes(weekdayOf(date)))
        .map(({ from, to }) => {
          const [start, end] = [minuteOf(from), minuteOf(to)];
          return {
            from: ahead * DAY_MINUTES + start,
            to: ahead * DAY_MINUTES + end + (end > start ? 0 : DAY_MINUTES),
          };
        });
    })
    .sort((a, b) => a.from - b.from);
}

/** Until when it stays open, going on where one span begins as another ends. */
function endOf(spans: readonly Span[], from: number): number {
  return spans.reduce((end, span) => (span.from <= end && span.to > end ? span.to : end), from);
}

/** 0 to 1440 for `HH:MM`; 24:00 is the end of a day. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function whenOf(day: Day, minute: number): string {
  const ahead = Math.floor(minute / DAY_MINUTES);
  const ofDay = minute - ahead * DAY_MINUTES;
  const time = `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
  if (ahead <= 0) return time;
  // Midnight belongs to the evening before it.
  if (ofDay === 0 && ahead === 1) return 'midnight';
  return `${ahead === 1 ? 'tomorrow' : dayNames[weekdayOf(dayAfter(day, ahead))]} ${time}`;
}
