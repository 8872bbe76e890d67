import { wordsIn } from '../assist/words.ts';
import { unreachable } from '../../lib/assert.ts';
import type { LanguageSource } from './detection.ts';
import { languageName, languageOf } from './find-language.ts';
import { markForReadBack, type Marked, type ReadBackMark, type Unchecked } from './read-back-marks.ts';
import { wordTableOf } from './word-tables.ts';

/** Why a translation should not be believed without asking again (rule LG-07). A translation without one is not a good one: it only shows no sign. */
export type Doubt =
  /** Values that only one of the two has: as written there. */
  | {
      readonly kind: 'numbers';
      readonly onlyOriginal: readonly string[];
      readonly onlyTranslation: readonly string[];
    }
  /** How many negations each has, at least and at most. */
  | { readonly kind: 'negation'; readonly original: Count; readonly translation: Count }
  /** Names of the original that are not in the translation. */
  | { readonly kind: 'names'; readonly missing: readonly string[] }
  | { readonly kind: 'length'; readonly ratio: number }
  /** The engine gave back what it got. */
  | { readonly kind: 'same-text' }
  /** Words that the engine did not know and left as they were. */
  | { readonly kind: 'words-left'; readonly words: readonly string[] }
  /** Nobody is sure which language it was. */
  | { readonly kind: 'language-unsure'; readonly language: string; readonly couldBe: readonly string[] };

export type DoubtKind = Doubt['kind'];

interface Count {
  readonly least: number;
  readonly most: number;
}

export interface Doubtful {
  readonly doubts: readonly Doubt[];
  /** What could not be compared (rule LG-08). Empty: all was. */
  readonly unchecked: readonly Unchecked[];
}

export interface TranslatedPair {
  readonly original: string;
  readonly translation: string;
  /** Codes of the list. */
  readonly from: string;
  readonly to: string;
  /** How the language of the original was settled. */
  readonly by: LanguageSource;
  readonly couldBe?: readonly string[];
  /** Words that the engine says it did not know, if it says so. */
  readonly leftWords?: readonly string[];
}

/** Looks an original and its translation over for what should be asked again. Time grows with their length and with nothing else. */
export function doubtsOf(pair: TranslatedPair): Doubtful {
  const { original, translation, from, to, by, couldBe = [], leftWords = [] } = pair;
  const before = markForReadBack(original, from);
  const after = markForReadBack(translation, to);
  const same = squeezed(original) === squeezed(translation) && /\p{L}{2}/u.test(original) && from !== to;
  const doubts: readonly (Doubt | null)[] = [
    by === 'guess' ? { kind: 'language-unsure', language: from, couldBe } : null,
    same ? { kind: 'same-text' } : null,
    numbersDoubt(before, after, { from, to, original, translation }),
    same ? null : negationDoubt(pair),
    same ? null : namesDoubt(before, original, translation),
    same ? null : lengthDoubt(pair),
    leftWords.length === 0 ? null : { kind: 'words-left', words: leftWords },
  ];
  return {
    doubts: doubts.filter((doubt) => doubt !== null),
    unchecked: [...new Set([...before.unchecked, ...after.unchecked.filter((one) => one !== 'names')])],
  };
}

const squeezed = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** As many values as a sentence can still be read with. */
const MOST_NAMED = 8;

const measured: ReadonlySet<string> = new Set(['telephone', 'postcode', 'time', 'code', 'number']);

interface Texts {
  readonly from: string;
  readonly to: string;
  readonly original: string;
  readonly translation: string;
}

function numbersDoubt(before: Marked, after: Marked, texts: Texts): Doubt | null {
  const { from, to, original, translation } = texts;
  const onlyOriginal = withoutTwin(before.marks, original, after.marks, to);
  const onlyTranslation = withoutTwin(after.marks, translation, before.marks, from);
  return onlyOriginal.length + onlyTranslation.length === 0
    ? null
    : { kind: 'numbers', onlyOriginal, onlyTranslation };
}

/** What of the one side the other has not, as often as it is there. */
function withoutTwin(
  marks: readonly ReadBackMark[],
  text: string,
  others: readonly ReadBackMark[],
  otherLanguage: string,
): readonly string[] {
  const left = new Map<string, number>();
  for (const { kind, value } of others) if (measured.has(kind)) left.set(value, (left.get(value) ?? 0) + 1);
  return marks
    .filter(({ kind }) => measured.has(kind))
    .flatMap((mark) => {
      const twins = left.get(mark.value) ?? 0;
      left.set(mark.value, twins - 1);
      const written = text.slice(mark.from, mark.to);
      return twins > 0 || isUnsaid(mark, written, otherLanguage) ? [] : [written];
    })
    .slice(0, MOST_NAMED);
}

/** A number in words proves nothing where the other language’s table has no word for it. */
function isUnsaid({ kind, value }: ReadBackMark, written: string, language: string): boolean {
  if (kind !== 'number' || /\p{Nd}/u.test(written)) return false;
  const table = wordTableOf(language);
  if (table === null) return true;
  const known = new Set(table.numbers.values());
  const number = Number(value);
  const canSay = (n: number): boolean => n === 0 || known.has(n);
  return !canSay(number) && !(number < 100 && canSay(number - (number % 10)) && canSay(number % 10));
}

function negationDoubt({ original, translation, from, to }: TranslatedPair): Doubt | null {
  const before = countNegations(original, from);
  const after = countNegations(translation, to);
  if (before === null || after === null) return null;
  const agree = before.least <= after.most && after.least <= before.most;
  return agree ? null : { kind: 'negation', original: before, translation: after };
}

/**
 * How often a text negates: words that negate by themselves, and per clause one for the words that only join in (“no he visto a nadie” is one, as “I
 * have not seen anybody” is). `null`: the language has no table.
 */
export function countNegations(text: string, language: string): Count | null {
  const table = wordTableOf(language);
  if (table === null) return null;
  let least = 0;
  let perhaps = 0;
  // A tag at the end of a question negates nothing: “¿verdad, no?”.
  for (const clause of text.replace(/,\s*\p{L}+\s*\?/gu, '?').split(/[.!?…;:\n,،؛؟]+/u)) {
    const forms = wordsIn(clause).map(({ forms: [form = ''] }) => form);
    const not = forms.filter((form) => table.not.has(form)).length;
    least += not > 0 ? not : forms.some((form) => table.joining.has(form)) ? 1 : 0;
    perhaps += forms.filter((form) => table.perhaps.has(form)).length;
  }
  return { least, most: least + perhaps };
}

function namesDoubt(before: Marked, original: string, translation: string): Doubt | null {
  // What is written in other letters cannot be found again by its letters.
  const inLatin = /\p{Script=Latin}/u;
  if (!inLatin.test(original) || !inLatin.test(translation)) return null;
  const words = new Set(wordsIn(translation).flatMap(({ forms }) => forms));
  const byBeginning = new Map<string, string[]>();
  for (const word of words)
    byBeginning.set(word.slice(0, 3), [...(byBeginning.get(word.slice(0, 3)) ?? []).slice(0, 20), word]);
  const missing = before.marks
    .filter(({ kind, value }) => kind === 'name' && !words.has(value))
    .filter(({ value }) => !byBeginning.get(value.slice(0, 3))?.some((word) => isInflected(value, word)))
    .map(({ from, to }) => original.slice(from, to));
  return missing.length === 0 ? null : { kind: 'names', missing: [...new Set(missing)].slice(0, MOST_NAMED) };
}

/** “Hatfieldu” and “Hatfield”: the same name with another ending. */
function isInflected(one: string, other: string): boolean {
  const least = Math.max(3, Math.min(one.length, other.length) - 1);
  return Math.abs(one.length - other.length) <= 3 && one.slice(0, least) === other.slice(0, least);
}

/** How much more a sign of a script says than a letter. */
const density: Readonly<Record<string, number>> = { Hans: 3, Hant: 3, Jpan: 2, Kore: 2 };
/** Shorter texts may be of any length in another language. Letters, weighed. */
const LENGTH_MATTERS_FROM = 25;
const SHORTEST = 0.45;
const LONGEST = 2.4;

function lengthDoubt({ original, translation, from, to }: TranslatedPair): Doubt | null {
  const weight = (text: string, code: string): number =>
    text.replace(/[^\p{L}\p{N}]+/gu, '').length * (density[languageOf(code)?.script ?? ''] ?? 1);
  const before = weight(original, from);
  const after = weight(translation, to);
  if (Math.max(before, after) < LENGTH_MATTERS_FROM) return null;
  const ratio = after / Math.max(1, before);
  return ratio >= SHORTEST && ratio <= LONGEST ? null : { kind: 'length', ratio };
}

const list = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(', ');

/** What a doubt says to the handler, in one sentence. */
export function doubtSentence(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'numbers': {
      const { onlyOriginal, onlyTranslation } = doubt;
      if (onlyTranslation.length === 0) return `${list(onlyOriginal)} is only in the original: ask again.`;
      if (onlyOriginal.length === 0) return `${list(onlyTranslation)} is only in the translation: ask again.`;
      return `The numbers differ: ${list(onlyOriginal)} in the original, ${list(onlyTranslation)} in the translation.`;
    }
    case 'negation':
      if (doubt.translation.most === 0)
        return 'The original says “not”, the translation does not: ask again.';
      if (doubt.original.most === 0) return 'The translation says “not”, the original does not: ask again.';
      return 'The original and the translation do not say “not” equally often: ask again.';
    case 'names':
      return `Not found again in the translation: ${list(doubt.missing)}. Ask how it is spelled.`;
    case 'length':
      return doubt.ratio < 1
        ? 'The translation is much shorter than the original: something may be missing.'
        : 'The translation is much longer than the original: something may have been added.';
    case 'same-text':
      return 'The engine gave the words back as they were: not translated.';
    case 'words-left':
      return `Not translated, because the engine does not know it: ${list(doubt.words)}.`;
    case 'language-unsure': {
      const or = doubt.couldBe.map((code) => languageName(code)).join(', ');
      return `Read as ${languageName(doubt.language)}${or === '' ? '' : `, but it could be ${or}`}: nobody is sure. Choose the language if you know it.`;
    }
    default:
      return unreachable(doubt);
  }
}

const uncheckedWords: Readonly<Record<Unchecked, string>> = {
  negations: 'negations',
  'number-words': 'numbers in words',
  names: 'names',
  kinship: 'kinship',
};

/** “Not checked: negations, names.”; empty when all was. */
export const uncheckedSentence = (unchecked: readonly Unchecked[]): string =>
  unchecked.length === 0 ? '' : `Not checked: ${unchecked.map((one) => uncheckedWords[one]).join(', ')}.`;
