import { dayAfter, dayWords, isDay, months, type Day } from '../london.ts';
import { plainLetters } from '../same-caller.ts';

/**
 * The numbers by which a record is called (rules ). Incident and crime numbers are the public record's: the queue alone gives
 * them; a desk without the queue says `PROV-…` until it has them.
 */
/** The incident log: its number begins again at 1 with each day of the room's own calendar. */
export interface IsrReference {
  readonly day: Day;
  readonly n: number;
}

/** `year`: the year of recording, four digits. */
export interface CrimeReference {
  readonly n: number;
  readonly year: number;
}

/** Hertfordshire among the forces. Source: published crime numbers. */
const FORCE = '41';
/** A day of record length has four digits; one more for a day nobody has seen yet. */
const ISR_DIGITS = 5;

/** As it is stored and sorted: `2026-03-14/0412`. */
export const writeIsr = ({ day, n }: IsrReference): string => `${day}/${String(n).padStart(4, '0')}`;

export function parseIsr(text: string): IsrReference | null {
  const [, day = '', digits = ''] = /^(\d{4}-\d\d-\d\d)\/(\d{4,5})$/.exec(text) ?? [];
  return isrOf(isDay(day) ? day : null, digits);
}

/** As it is read: "ISR 412 of 14 March"; of another year with that. */
export const isrWords = ({ day, n }: IsrReference, today: Day): string =>
  `ISR ${n} of ${dayWords(day, today)}`;

const spokenDigits = 'zero one two three four five six seven eight nine'.split(' ');

/** As it is said over a radio or to a screen reader: "four-one-two of today". */
export function isrSpoken({ day, n }: IsrReference, today: Day): string {
  const digits = String(n)
    .split('')
    .map((digit) => spokenDigits[Number(digit)] ?? '')
    .join('-');
  return `${digits} of ${day === today ? 'today' : dayWords(day, today)}`;
}

/** As it is given to the public, and stored: `41/895/26`, never filled up with noughts. */
export const writeCrime = ({ n, year }: CrimeReference): string =>
  `${FORCE}/${n}/${String(year % 100).padStart(2, '0')}`;

/** Strict: exactly as it is written. */
export function parseCrime(text: string): CrimeReference | null {
  const [, n = '', year = ''] = /^41\/([1-9]\d{0,5})\/(\d{2})$/.exec(text) ?? [];
  return n === '' ? null : { n: Number(n), year: 2000 + Number(year) };
}

/** What somebody means by a reference. `foreign`: none of ours; kept as it was said. */
export type Reference =
  | ({ readonly kind: 'isr' } & IsrReference)
  | ({ readonly kind: 'crime' } & CrimeReference)
  /** "41/14/03" is crime 14 of 2003 and incident 41 of 14 March alike: nobody guesses which. */
  | { readonly kind: 'either'; readonly crime: CrimeReference; readonly isr: IsrReference }
  /** Of a contact, also one in training: as it is stored. */
  | { readonly kind: 'contact'; readonly ref: string }
  | { readonly kind: 'prov'; readonly ref: string }
  | { readonly kind: 'foreign'; readonly text: string };

/**
 * Reads a reference as people say it: "412 of 14 March", "isr412", "412/1403", "41 895 26", "con-20261122-41". A day without a year is the
 * last one there has been, an incident number without a day is today's. `null` for nothing at all.
 */
export function parseReference(typed: string, today: Day): Reference | null {
  const text = typed.trim();
  if (text === '') return null;
  const plain = plainLetters(text).replace(/\s+/g, ' ');
  const [crime, isr] = [crimeIn(plain, today), incidentIn(plain, today)];
  return (
    contactIn(plain) ??
    provisionalIn(plain) ??
    (crime !== null && isr !== null ? eitherOf(crime, isr) : (crime ?? isr)) ?? { kind: 'foreign', text }
  );
}

const eitherOf = (
  { n, year }: CrimeReference,
  { day, n: ofDay }: IsrReference,
): Extract<Reference, { kind: 'either' }> => ({
  kind: 'either',
  crime: { n, year },
  isr: { day, n: ofDay },
});

/** Symbols that are not mistaken for each other, read out or written by hand: no 0 O, 1 I L, 2 Z, 5 S, 8 B, 6 G. */
const symbols = '3479ACDEFHJKMNPQRTUVWXY';

/**
 * A reference until the queue gives its own (rules P-03, R-26): the same for the same id, so that a desk and the queue derive the same one from
 * the id of a command. Its chance comes from the id.
 */
export function provisionalRefOf(id: string): string {
  let left = Number.parseInt(id.replaceAll('-', '').slice(-12), 16);
  const picked = Array.from({ length: 6 }, () => {
    const at = left % symbols.length;
    left = Math.floor(left / symbols.length);
    return symbols[at] ?? '';
  });
  return `PROV-${picked.join('')}`;
}

function contactIn(plain: string): Reference | null {
  const match = /^(con|trn)[- ]?(\d{8})[- /](\d{1,6})$/.exec(plain);
  if (match === null) return null;
  const [, kind = '', day = '', n = ''] = match;
  return { kind: 'contact', ref: `${kind.toUpperCase()}-${day}-${n.padStart(6, '0')}` };
}

function provisionalIn(plain: string): Reference | null {
  const [, written] = /^prov[- ]?([a-z0-9]{6})$/.exec(plain) ?? [];
  return written === undefined ? null : { kind: 'prov', ref: `PROV-${written.toUpperCase()}` };
}

function crimeIn(plain: string, today: Day): ({ readonly kind: 'crime' } & CrimeReference) | null {
  const match = /^(?:crime |cr )?41[/ -]0*([1-9]\d{0,5})[/ -](\d{4}|\d{2})$/.exec(plain);
  if (match === null) return null;
  const [, n = '', year = ''] = match;
  const full = year.length === 4 ? Number(year) : 2000 + Number(year);
  // Of a year that has not been yet it is a slip, or another's number.
  return full < 2000 || full > Number(today.slice(0, 4)) ? null : { kind: 'crime', n: Number(n), year: full };
}

function incidentIn(plain: string, today: Day): ({ readonly kind: 'isr' } & IsrReference) | null {
  const stored = parseIsr(plain);
  if (stored !== null) return stored.day > today ? null : { kind: 'isr', ...stored };
  const match = /^(isr ?)?(\d{1,5})(?:(?: of | on | |\/)(.+))?$/.exec(plain);
  if (match === null) return null;
  const [, prefix, digits = '', said] = match;
  // A bare number may be anything.
  if (said === undefined && prefix === undefined) return null;
  const reference = isrOf(said === undefined ? today : dayMeant(said, today), digits);
  return reference === null || reference.day > today ? null : { kind: 'isr', ...reference };
}

function isrOf(day: Day | null, digits: string): IsrReference | null {
  const n = Number(digits);
  return day === null || digits.length > ISR_DIGITS || !(n >= 1) ? null : { day, n };
}

/** The day that is meant by "14 March", "14/3", "1403", "14 mar 25", "the 14th", "today", "yesterday"; `null` for none. */
function dayMeant(said: string, today: Day): Day | null {
  if (said === 'today') return today;
  if (said === 'yesterday') return dayAfter(today, -1);
  if (isDay(said)) return said;
  const plain = said.replace(/^the /, '').replace(/(\d)(?:st|nd|rd|th)\b(?: of)?/, '$1');
  const [, only] = /^(\d{1,2})$/.exec(plain) ?? [];
  if (only !== undefined) return lastSuch((back) => dated(monthBack(today, back), only), today);
  const [, day = '', named = '', namedYear] =
    /^(\d{1,2}) ?([a-z]{3,9})\.?(?: (\d{4}|\d{2}))?$/.exec(plain) ?? [];
  const [, together = '', month = '', runYear] = /^(\d\d)(\d\d)(\d{4}|\d{2})?$/.exec(plain) ?? [];
  const [, apart = '', number = '', apartYear] =
    /^(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d{2}))?$/.exec(plain) ?? [];
  const date = day || together || apart;
  const monthAt = named === '' ? Number(month || number) : monthNamed(named);
  const year = namedYear ?? runYear ?? apartYear;
  if (date === '' || !(monthAt >= 1)) return null;
  const inYear = (full: number): Day | null => dated(`${full}-${two(monthAt)}`, date);
  if (year !== undefined) return inYear(year.length === 2 ? 2000 + Number(year) : Number(year));
  const thisYear = Number(today.slice(0, 4));
  return lastSuch((back) => inYear(thisYear - back), today);
}

/** The last day of the kind that is not after today; the 29th of February may be years ago. */
function lastSuch(dayOf: (back: number) => Day | null, today: Day): Day | null {
  for (let back = 0; back < 9; back++) {
    const day = dayOf(back);
    if (day !== null && day <= today) return day;
  }
  return null;
}

const two = (n: number | string): string => String(n).padStart(2, '0');

function dated(yearAndMonth: string, date: string): Day | null {
  const day = `${yearAndMonth}-${two(date)}`;
  return isDay(day) ? day : null;
}

function monthBack(today: Day, back: number): string {
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - back;
  return `${Math.floor(month / 12)}-${two((month % 12) + 1)}`;
}

/** 1 to 12, or 0 for no month. */
const monthNamed = (word: string): number =>
  months.findIndex((month) => month.toLowerCase().startsWith(word === 'sept' ? 'sep' : word)) + 1;
