import type { Caller, Contact } from './contact.ts';

/**
 * When two contacts come from the same caller (rule W-21): their numbers, addresses or names are the same once they are
 * written one way. What says nothing about who somebody is (a withheld number, a bare road, "unknown") is `null` and never
 * the same as anything.
 */
export interface CallerKeys {
  readonly number: string | null;
  readonly address: string | null;
  readonly name: string | null;
}

export const sameReasons = ['same-number', 'same-address', 'same-name'] as const;
export type SameBecause = (typeof sameReasons)[number];

export function callerKeys({ number, address, name }: Caller): CallerKeys {
  return { number: numberKey(number), address: addressKey(address), name: nameKey(name) };
}

/**
 * The same of a whole contact: where the caller told no address or no name, those of whoever rents the line stand in (rule AS-28). On a call of
 * which nobody has said a word yet they are all there is.
 */
export function keysOfContact({ caller, call }: KeyedContact): CallerKeys {
  const own = callerKeys(caller);
  const { address = null, name = null } = call?.subscriber ?? {};
  const line = callerKeys({ number: null, address, name });
  return { number: own.number, address: own.address ?? line.address, name: own.name ?? line.name };
}

export type KeyedContact = Pick<Contact, 'caller' | 'call'>;

/** Which of these keys is the line's and not the caller's own word. */
export function keysOfLine(contact: KeyedContact): readonly (keyof CallerKeys)[] {
  const [own, all] = [callerKeys(contact.caller), keysOfContact(contact)];
  return (['address', 'name'] as const).filter((key) => own[key] === null && all[key] !== null);
}

/** By what the two are the same caller; empty when by nothing. */
export function sameCaller(one: CallerKeys, other: CallerKeys): SameBecause[] {
  const same = (key: keyof CallerKeys): boolean => one[key] !== null && one[key] === other[key];
  return [
    ...(same('number') ? (['same-number'] as const) : []),
    ...(same('address') ? (['same-address'] as const) : []),
    ...(same('name') ? (['same-name'] as const) : []),
  ];
}

/** Shorter ones (101, 999, 1571) are services and exchanges, not people. Digits. */
const SHORTEST_NUMBER = 6;

function numberKey(number: string | null): string | null {
  if (number === null) return null;
  // Whatever stands behind letters is an extension or a remark.
  const digits = nationalDigits(/^[^\p{L}]*/u.exec(plainLetters(number))?.[0] ?? '');
  // A switchboard sends nothing but noughts for a number it withholds.
  return digits.length < SHORTEST_NUMBER || /^(\d)\1*$/.test(digits) ? null : digits;
}

/**
 * The digits of a telephone number as it is dialled inside the United Kingdom, so that +44 7700 900114, 0044 7700 900114 and
 * 07700 900114 are one; of any other country's, with its code and nothing before it.
 */
export function nationalDigits(number: string): string {
  const digits = number.replace(/\D/g, '');
  const isAbroad = number.trim().startsWith('+') || digits.startsWith('00');
  const whole = isAbroad ? digits.replace(/^00/, '') : digits;
  const isBritish = whole.startsWith('44') && (isAbroad || whole.length === 12);
  // Some write +44 (0)7700.
  return isBritish ? `0${whole.slice(2).replace(/^0+/, '')}` : whole;
}

/** A United Kingdom postcode in lower case: its digits are not a house number. */
const postcode = /\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b/g;

function addressKey(address: string | null): string | null {
  if (address === null) return null;
  const words = wordsOf(address);
  // "12 A" is 12A, but "1, 2 Mill Lane" is not number 12.
  const key = words.join(' ').replace(/(\d) ([a-z])(?= |$)/g, '$1$2');
  const isOneHouse = words.length > 1 && /\d/.test(key.replace(postcode, ''));
  return isOneHouse ? key : null;
}

/**
 * The same house, also where only one of the two says the postcode: a file of places agrees "12 Mill Lane, Ware", a subscriber's line is put
 * in at "12 Mill Lane, Ware SG12 9MO". Of `callerKeys`; two postcodes that differ are two houses.
 */
export function isSameHouse(one: string, other: string): boolean {
  if (one === other) return true;
  const bare = (key: string): string => key.replace(postcode, '').replace(/ +/g, ' ').trim();
  return [one, other].some((key) => bare(key) === key) && bare(one) === bare(other);
}

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'sir', 'madam', 'prof', 'rev']);
/** What is written where a name is not known. */
const notNames = new Set(
  'anon anonymous caller given known name neighbour no none not provided refused stated unknown withheld'.split(
    ' ',
  ),
);

function nameKey(name: string | null): string | null {
  if (name === null) return null;
  const words = wordsOf(name).filter((word) => !titles.has(word));
  // One that merely contains such a word may well be a name.
  if (words.every((word) => notNames.has(word))) return null;
  if (words.filter((word) => word.length > 1).length < 2) return null;
  // "Marsh, Robin" is Robin Marsh.
  return words.sort().join(' ');
}

const wordsOf = (text: string): string[] =>
  text
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(plainLetters)
    .filter((word) => word !== '');

/** Letters that no accent can be taken off and that a British keyboard has not. */
const unlike: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};

/** Lower case without accents, so that ŁUKASZ, Łukasz and lukasz are one. Of text that is plain already: lower case. */
export function plainLetters(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKD')
      .replace(/\p{Mn}/gu, '')
      // By way of capitals: ß and SS are one.
      .toUpperCase()
      .toLowerCase()
      .replace(/[łøđðþæœς]/g, (letter) => unlike[letter] ?? letter)
  );
}
