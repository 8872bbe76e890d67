import { must } from '../../lib/assert.ts';
import { isHan, wordsIn, type Word } from './words.ts';

/** How phrases of a policy file are meant. */
export interface PhraseOptions {
  /** As many other words may stand between two words of a phrase. */
  readonly gapWords: number;
  /** Words that never count as standing between: saying no must not hide what follows (rule AS-03). */
  readonly negations: readonly string[];
  /** Other ways of writing a word, also in two words: `cant` also `cannot`, `can not`. */
  readonly spellings: readonly { readonly word: string; readonly also: readonly string[] }[];
}

/** A phrase that was found: which, and by which words it begins and ends. */
export interface PhraseHit {
  /** Its place in the list that was compiled. */
  readonly phrase: number;
  /** Places in the words that were searched; both belong to the phrase. */
  readonly first: number;
  readonly last: number;
}

/** One word of a phrase: any of these, whole or (with `*`) as a beginning. */
interface Part {
  readonly words: readonly { readonly form: string; readonly isBeginning: boolean }[];
}

/** What a word of the text may be: the `state`-th step of a way of saying a phrase. Steps of one way are numbered in a row. */
interface Step {
  readonly state: number;
  readonly phrase: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Words that may stand between this one and the one before. */
  readonly gap: number;
}

interface Node {
  readonly next: Map<string, Node>;
  /** For a word that ends here. */
  readonly whole: Step[];
  /** For every word that begins so. */
  readonly beginning: Step[];
}

/** Phrases made ready to be searched for. */
export interface PhraseMatcher {
  readonly root: Node;
  readonly states: number;
  /** The most words that a phrase may span in a text, those between its words included; words that say no are not counted. */
  readonly longest: number;
  readonly negations: ReadonlySet<string>;
}

/** One phrase may be said in so many ways: beyond that the file asks for too much. */
const MOST_WAYS = 64;

/**
 * Makes a list of phrases ready. In a phrase, words stand apart by spaces; `a|b` is either; `word*` is any word that begins so.
 * Throws an `Error` with a reason when a phrase cannot be used (see `phraseCheck`).
 */
export function compilePhrases(phrases: readonly string[], options: PhraseOptions): PhraseMatcher {
  const root: Node = { next: new Map(), whole: [], beginning: [] };
  const spellings = spellingTable(options);
  let states = 0;
  let longest = 1;
  for (const [phrase, text] of phrases.entries()) {
    const problem = problemOf(text, spellings);
    if (problem !== null) throw new Error(`the phrase "${text}" ${problem}`);
    for (const way of waysOf(text, spellings)) {
      for (const [n, part] of way.entries()) {
        const before = way[n - 1];
        const isJoined = before !== undefined && isCharacter(before) && isCharacter(part);
        const step: Step = {
          state: states + n,
          phrase,
          isFirst: n === 0,
          isLast: n === way.length - 1,
          gap: isJoined ? 0 : options.gapWords,
        };
        for (const { form, isBeginning } of part.words) {
          const node = nodeOf(root, form);
          (isBeginning ? node.beginning : node.whole).push(step);
        }
      }
      states += way.length;
      longest = Math.max(longest, way.length + options.gapWords * (way.length - 1));
    }
  }
  const negations = new Set(options.negations.flatMap((one) => wordsIn(one).flatMap(({ forms }) => forms)));
  return { root, states, longest, negations };
}

/** A check of phrases: why one cannot be used, as the end of a sentence; `null` when it can. */
export function phraseCheck(
  options: Pick<PhraseOptions, 'spellings'> = { spellings: [] },
): (text: string) => string | null {
  const spellings = spellingTable(options);
  return (text) => problemOf(text, spellings);
}

function problemOf(text: string, spellings: Spellings): string | null {
  const slots = text.trim().split(/\s+/);
  for (const alternative of slots.flatMap((slot) => slot.split('|'))) {
    const bare = alternative.replace(/\*$/, '');
    const [only, second] = wordsIn(bare);
    if (only === undefined) return 'has a place without a word';
    if (bare.includes('*')) return 'has a star that is not at the end of a word';
    if (alternative.endsWith('*') && (second !== undefined || (only.forms[0] ?? '').length < 3))
      return 'has a star after fewer than three letters';
  }
  const ways = slots.reduce((product, slot) => product * optionsOf(slot, spellings).length, 1);
  return ways > MOST_WAYS ? `can be said in ${ways} ways, more than ${MOST_WAYS}` : null;
}

/**
 * Every phrase that the words hold, each time it ends, by where it begins. `steps` is the work done: it grows with the text alone.
 *
 * For each step of each phrase only the latest word that reached it is remembered: whatever an earlier one allows, the latest
 * allows too. So a word costs as many steps as the policy has uses for it, whatever came before.
 */
export function matchPhrases(
  matcher: PhraseMatcher,
  words: readonly Word[],
): { readonly hits: readonly PhraseHit[]; readonly steps: number } {
  /** By state: how many words that count stood before the end of it, or -1; and the word it began with. */
  const reached = new Int32Array(matcher.states).fill(-1);
  const began = new Int32Array(matcher.states);
  const hits: PhraseHit[] = [];
  let steps = 0;
  let counted = 0;
  for (const [n, { forms }] of words.entries()) {
    const counts = forms.some((form) => matcher.negations.has(form)) ? 0 : 1;
    const uses: Step[] = [];
    for (const form of forms) steps += collect(matcher.root, form, uses);
    // From the end of a phrase to its beginning: one word is never two words of it.
    uses.sort((a, b) => b.state - a.state);
    let previous = -1;
    for (const { state, phrase, isFirst, isLast, gap } of uses) {
      steps += 1;
      if (state === previous) continue;
      previous = state;
      const before = isFirst ? counted : must(reached[state - 1], 'state');
      if (before < 0 || counted - before > gap) continue;
      reached[state] = counted + counts;
      began[state] = isFirst ? n : must(began[state - 1], 'state');
      if (isLast) hits.push({ phrase, first: must(began[state], 'state'), last: n });
    }
    counted += counts;
  }
  const inOrder = hits.sort((a, b) => a.first - b.first || a.last - b.last || a.phrase - b.phrase);
  // One phrase may be said in two ways by the same words.
  const isAgain = (hit: PhraseHit, n: number): boolean => {
    const before = inOrder[n - 1];
    return before?.phrase === hit.phrase && before.first === hit.first && before.last === hit.last;
  };
  return { hits: inOrder.filter((hit, n) => !isAgain(hit, n)), steps };
}

/** Adds what a word may be; returns the letters looked at, never more than the longest word of the policy has. */
function collect(root: Node, form: string, uses: Step[]): number {
  let node: Node | undefined = root;
  let letters = 0;
  for (const letter of form) {
    letters += 1;
    node = node.next.get(letter);
    if (node === undefined) return letters;
    uses.push(...node.beginning);
  }
  uses.push(...node.whole);
  return letters;
}

function nodeOf(root: Node, form: string): Node {
  let node = root;
  for (const letter of form) {
    const next = node.next.get(letter) ?? { next: new Map(), whole: [], beginning: [] };
    node.next.set(letter, next);
    node = next;
  }
  return node;
}

const isCharacter = ({ words }: Part): boolean => words.every(({ form }) => isHan(form));

type Spellings = ReadonlyMap<string, readonly string[]>;

function spellingTable({ spellings }: Pick<PhraseOptions, 'spellings'>): Spellings {
  return new Map(spellings.map(({ word, also }) => [wordsIn(word)[0]?.forms[0] ?? word, also]));
}

/** All the rows of parts that say the phrase. */
function waysOf(text: string, spellings: Spellings): readonly (readonly Part[])[] {
  return text
    .trim()
    .split(/\s+/)
    .reduce<readonly (readonly Part[])[]>(
      (ways, slot) => ways.flatMap((way) => optionsOf(slot, spellings).map((option) => [...way, ...option])),
      [[]],
    );
}

/** One place of a phrase: a single part for all that is one word, and a row of parts for each that is several. */
function optionsOf(slot: string, spellings: Spellings): readonly (readonly Part[])[] {
  const alternatives = slot.split('|').flatMap((alternative) => {
    const key = wordsIn(alternative)[0]?.forms[0] ?? '';
    return [alternative, ...(alternative.endsWith('*') ? [] : (spellings.get(key) ?? []))];
  });
  const one: { form: string; isBeginning: boolean }[] = [];
  const several: Part[][] = [];
  for (const alternative of alternatives) {
    const isBeginning = alternative.endsWith('*');
    const parts = wordsIn(alternative).map(({ forms }) => ({ form: must(forms[0], 'form'), isBeginning }));
    if (parts.length === 1) one.push(...parts);
    else several.push(parts.map((part) => ({ words: [part] })));
  }
  return [...(one.length > 0 ? [[{ words: one }]] : []), ...several];
}
