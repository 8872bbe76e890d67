import { plainLetters } from './same-caller.ts';

/** By which words a thing is found, in the order of their weight. */
export interface FindWords {
  /** What it is called in the list: `PS-DOM`. */
  readonly code: string | null;
  /** The word people know it by. */
  readonly main: readonly string[];
  readonly name: readonly string[];
  readonly other: readonly string[];
}

/** Things with their words in one way of writing; in the order in which ties are shown. Made once, searched at every key. */
export interface WordIndex<T> {
  readonly entries: readonly {
    readonly item: T;
    readonly code: string;
    readonly words: readonly (readonly [word: string, weight: number])[];
  }[];
}

const weights = { code: 50, main: 40, name: 30, other: 20 } as const;
/** A whole word is meant more than the beginning of another, and the first word of a phrase more than a later one. */
const WHOLE = 5;
const LATER = 3;

export function wordIndex<T>(items: readonly T[], wordsOf: (item: T) => FindWords): WordIndex<T> {
  return {
    entries: items.map((item) => {
      const { code, main, name, other } = wordsOf(item);
      return {
        item,
        code: together(code ?? ''),
        words: [
          ...[code ?? '', together(code ?? '')].flatMap(weighted(weights.code)),
          ...main.flatMap(weighted(weights.main)),
          ...name.flatMap(weighted(weights.name)),
          ...other.flatMap(weighted(weights.other)),
        ],
      };
    }),
  };
}

/**
 * What begins with everything that was typed, best first: each typed word must begin a word of the thing, in any order, whatever the
 * accents and capitals. When nothing fits it all, what fits most of it. Nothing typed: everything, as it was given.
 */
export function findInIndex<T>(index: WordIndex<T>, typed: string): readonly T[] {
  const asked = wordsOf(typed);
  if (asked.length === 0) return index.entries.map(({ item }) => item);
  const whole = together(typed);
  const hits = index.entries.map(({ item, code, words }) => {
    const scores = asked.map((word) =>
      Math.max(0, ...words.map(([each, weight]) => score(word, each, weight))),
    );
    return {
      item,
      fitting: scores.filter((each) => each > 0).length,
      score: scores.reduce((sum, each) => sum + each, code !== '' && code === whole ? 100 : 0),
    };
  });
  const most = Math.max(0, ...hits.map(({ fitting }) => fitting));
  if (most === 0) return [];
  return hits
    .filter(({ fitting }) => fitting === most)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

const score = (typed: string, word: string, weight: number): number =>
  word === typed ? weight + WHOLE : word.startsWith(typed) ? weight : 0;

const weighted =
  (weight: number) =>
  (text: string): readonly (readonly [string, number])[] => {
    const words = wordsOf(text);
    // A telephone number is found however it is grouped.
    const digits = /^[\d ()+-]{5,}$/.test(text.trim()) ? [text.replace(/\D/g, '')] : [];
    return [...words, ...digits].map((word, n) => [word, n === 0 ? weight : weight - LATER] as const);
  };

/** Letters and digits without what stands between them: `PS-DOM` is psdom. */
const together = (text: string): string => plainLetters(text).replace(/[^\p{L}\p{N}]/gu, '');

const wordsOf = (text: string): string[] =>
  plainLetters(text.replace(/['’]/g, ''))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
