import { unreachable } from '../../lib/assert.ts';
import { wordsIn } from '../assist/words.ts';
import { wordTableOf } from './word-tables.ts';

/** What a handler says back before acting on it: what machines get wrong, and people are hurt by (rule LG-06). */
export type MarkKind =
  'telephone' | 'postcode' | 'time' | 'code' | 'number' | 'name' | 'not' | 'perhaps-not' | 'kin';

/** A stretch of a text to be read back. */
export interface ReadBackMark {
  readonly kind: MarkKind;
  /** UTF-16 offsets in the text as written. */
  readonly from: number;
  readonly to: number;
  /**
   * What it comes to, whatever way it is written: digits, a number, minutes of the day, a name without accents. By this an original and its
   * translation are compared.
   */
  readonly value: string;
}

/** What could not be looked for, because nothing is known of the language (rule LG-08). */
export type Unchecked = 'negations' | 'number-words' | 'names' | 'kinship';

export interface Marked {
  /** In the order of the text; none overlaps another. */
  readonly marks: readonly ReadBackMark[];
  readonly unchecked: readonly Unchecked[];
}

const digit = String.raw`\p{Nd}`;
const patterns: readonly { readonly kind: MarkKind; readonly pattern: RegExp }[] = [
  // Nine digits or more with single spaces, dashes or brackets between them.
  {
    kind: 'telephone',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}])\+?\(?${digit}(?:[ \u00a0().\-–]{0,2}${digit}){8,14}(?![\p{L}\p{N}])`,
      'gu',
    ),
  },
  {
    kind: 'postcode',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![\p{L}\p{N}])/giu,
  },
  {
    kind: 'time',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}.,:])(?:${digit}{1,2}[:.h]${digit}{2}(?:\s?[ap]\.?\s?m\b\.?)?|${digit}{1,2}\s?[ap]\.?\s?m\b\.?)(?![\p{L}\p{N}]|[:.]\p{Nd})`,
      'giu',
    ),
  },
  // Letters and digits in one: a road, a plate, a reference.
  {
    kind: 'code',
    pattern: /(?<![\p{L}\p{N}])(?=\p{L}*\d)(?=\d*[A-Za-z])[A-Za-z\d]{2,12}(?![\p{L}\p{N}])/gu,
  },
  {
    kind: 'number',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}])${digit}+(?:[.,'’\u00a0 ]${digit}{3})*(?:[.,]${digit}+)?`,
      'gu',
    ),
  },
];

const zeros = [
  0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xff10,
];

/** The digits of every script as 0 to 9; everything else as it is. */
export function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const zero = zeros.find((first) => code >= first && code < first + 10);
    return zero === undefined ? sign : String(code - zero);
  });
}

function valueOf(kind: MarkKind, written: string): string {
  const plain = plainDigits(written);
  switch (kind) {
    case 'telephone':
      return plain.replace(/\D/g, '').replace(/^(?:00)?44(?=\d{9,10}$)/, '0');
    case 'postcode':
    case 'code':
      return plain.replace(/\s/g, '').toUpperCase();
    case 'time':
      return timeValue(plain);
    case 'number':
      return numberValue(plain);
    case 'name':
      return wordsIn(written)[0]?.forms[0] ?? written;
    case 'not':
    case 'perhaps-not':
    case 'kin':
      return written.toLowerCase();
    default:
      return unreachable(kind);
  }
}

/** Minutes within half a day: people and engines leave out whether it is morning. */
function timeValue(plain: string): string {
  const [, hours = '0', minutes = '0'] = /^(\d{1,2})(?:[:.h](\d{2}))?/i.exec(plain) ?? [];
  return String((Number(hours) % 12) * 60 + Number(minutes));
}

/** 1,500 and 1.500 and 1 500 are one thousand five hundred; 1,5 and 1.5 one and a half. */
function numberValue(plain: string): string {
  const tight = plain.replace(/[\s'’]/g, '');
  const [, whole = tight, rest = ''] = /^(.*?)(?:[.,](\d{1,2}|\d{4,}))?$/.exec(tight) ?? [];
  return String(Number(`${whole.replace(/[.,]/g, '')}.${rest}`));
}

/** Marks of one text in one language; `language`: a code of the list, or `null` when it is not known. */
export function markForReadBack(text: string, language: string | null): Marked {
  const marks: ReadBackMark[] = [];
  const taken = new Uint8Array(text.length);
  // The first kind to claim a stretch has it.
  const add = (kind: MarkKind, from: number, to: number, value?: string): void => {
    if (taken.subarray(from, to).includes(1)) return;
    taken.fill(1, from, to);
    marks.push({ kind, from, to, value: value ?? valueOf(kind, text.slice(from, to)) });
  };
  for (const { kind, pattern } of patterns)
    for (const match of text.matchAll(pattern)) add(kind, match.index, match.index + match[0].length);

  const unchecked: Unchecked[] = [];
  const table = language === null ? null : wordTableOf(language);
  if (table === null) unchecked.push('negations', 'number-words', 'kinship');
  else for (const mark of wordMarks(text, table)) add(mark.kind, mark.from, mark.to, mark.value);
  if (marksNames(text, language)) for (const { from, to } of capitalised(text)) add('name', from, to);
  else unchecked.push('names');
  return { marks: marks.sort((a, b) => a.from - b.from), unchecked };
}

function wordMarks(text: string, table: NonNullable<ReturnType<typeof wordTableOf>>): ReadBackMark[] {
  const words = wordsIn(text);
  const marks: ReadBackMark[] = [];
  for (let n = 0; n < words.length; n += 1) {
    const word = words[n];
    const form = word?.forms[0];
    if (word === undefined || form === undefined) continue;
    const mark = (kind: MarkKind): void =>
      void marks.push({ kind, from: word.from, to: word.to, value: form });
    if (table.not.has(form) || table.joining.has(form)) mark('not');
    else if (table.perhaps.has(form)) mark('perhaps-not');
    else if (table.kin.has(form)) mark('kin');
    else if (table.numbers.has(form)) {
      const said = saidNumber(words.slice(n), table);
      const last = words[n + said.length - 1] ?? word;
      marks.push({ kind: 'number', from: word.from, to: last.to, value: String(said.value) });
      n += said.length - 1;
    }
  }
  return marks;
}

/** The number that begins with the first of these words: “twenty-five”, “treinta y cinco”, “five hundred”. Tens and units in either order. */
function saidNumber(
  words: readonly { readonly forms: readonly string[]; readonly from: number; readonly to: number }[],
  table: NonNullable<ReturnType<typeof wordTableOf>>,
): { readonly value: number; readonly length: number } {
  let whole = 0;
  let part = 0;
  let length = 0;
  for (let n = 0; n < words.length; n += 1) {
    const form = words[n]?.forms[0] ?? '';
    const value = table.numbers.get(form);
    if (value === undefined) {
      const goesOn = table.and.has(form) && table.numbers.has(words[n + 1]?.forms[0] ?? '');
      if (!goesOn || n === 0) break;
      continue;
    }
    if (value === 1000) {
      whole += (part || 1) * 1000;
      part = 0;
    } else if (value === 100 && part > 0 && part < 100) part *= 100;
    else if (n > 0 && !fits(part, value)) break;
    else part += value;
    length = n + 1;
  }
  return { value: whole + part, length };
}

/** Whether one more number word is of the same number: “twenty” takes “five”, “five” does not take “six”. */
const fits = (part: number, value: number): boolean =>
  part === 0 ||
  (part % 100 === 0 && value < 100) ||
  (part % 100 >= 20 && part % 10 === 0 && value < 10) ||
  (part < 10 && value >= 20 && value < 100);

/** In German every noun has a capital, and some scripts have none: names cannot be told there. */
function marksNames(text: string, language: string | null): boolean {
  return language !== 'de' && /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text);
}

/** Capitalised, and no names. */
const noNames = new Set(
  'i im ill ive id mr mrs ms miss dr police english monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december'.split(
    ' ',
  ),
);

/** Words with a capital that do not begin a sentence: most are names. */
function capitalised(text: string): { readonly from: number; readonly to: number }[] {
  return wordsIn(text).filter(({ from, to, forms }) => {
    const isCapital = /^\p{Lu}\p{M}*\p{Ll}/u.test(text.slice(from, to));
    return isCapital && !noNames.has(forms[0] ?? '') && !beginsSentence(text, from);
  });
}

function beginsSentence(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && /[^\S\n]/.test(text.charAt(before))) before -= 1;
  return before < 0 || /[.!?…:;¿¡\n"“”«»(–—-]/u.test(text.charAt(before));
}
