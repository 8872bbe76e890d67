import { must } from '../../lib/assert.ts';
import type { Contact } from '../contact.ts';
import { lifts, type Lift, type RiskGroup, type RiskWordsPolicy } from '../policy/risk-words.ts';
import { compilePhrases, matchPhrases, type PhraseMatcher } from './phrases.ts';
import { wordsOfTexts } from './words.ts';

/** A risk word in a text. */
export interface RiskHit {
  /** UTF-16 offsets in the text as written: what to highlight. */
  readonly from: number;
  readonly to: number;
  /** The group's id. */
  readonly group: string;
  /** The phrase as the policy writes it: the reason that is shown. */
  readonly phrase: string;
  readonly lift: Lift;
}

/** A risk word in a run of texts by one person: it may begin in one message and end in the next. */
export interface RiskRunHit extends Omit<RiskHit, 'from' | 'to'> {
  /** What to highlight, in order; `text` counts the texts from 0. Never empty. */
  readonly pieces: readonly { readonly text: number; readonly from: number; readonly to: number }[];
}

/** The policy made ready. Made once for each version, not for each text. */
export interface RiskWordMatcher {
  readonly version: string;
  readonly groups: ReadonlyMap<string, RiskGroup>;
  readonly phrases: PhraseMatcher;
  /** By the number of a compiled phrase. */
  readonly meanings: readonly {
    readonly group: RiskGroup;
    readonly phrase: string;
    readonly language: string;
  }[];
}

/** Throws an `Error` when the policy has a phrase that cannot be used or a group it does not list; its schema refuses both. */
export function compileRiskWords(policy: RiskWordsPolicy): RiskWordMatcher {
  const groups = new Map(policy.groups.map((group) => [group.id, group]));
  const meanings = policy.languages.flatMap(({ language, phrases }) =>
    Object.entries(phrases).flatMap(([id, list]) =>
      list.map((phrase) => ({ group: must(groups.get(id), `group ${id}`), phrase, language })),
    ),
  );
  const phrases = compilePhrases(
    meanings.map(({ phrase }) => phrase),
    policy,
  );
  return { version: policy.version, groups, phrases, meanings };
}

/** The risk words of one text, by where they begin. All languages are looked for: what a text is said to be written in may be wrong. */
export function findRiskWords(matcher: RiskWordMatcher, text: string): readonly RiskHit[] {
  return findRiskWordsInRun(matcher, [text]).map(({ pieces, ...hit }) => {
    const { from, to } = must(pieces[0], 'a piece');
    return { from, to, ...hit };
  });
}

/**
 * The risk words of consecutive texts of one person, read as if they were one: "he has a" and "knife" in two messages are
 * one hit (rule AS-05). What anybody else wrote in between is left out by the caller: see `wordsOfPublic`.
 */
export function findRiskWordsInRun(
  matcher: RiskWordMatcher,
  texts: readonly string[],
): readonly RiskRunHit[] {
  return findAndCount(matcher, texts).hits;
}

/** As `findRiskWordsInRun`, with the work it took: steps, not time. */
export function findAndCount(
  matcher: RiskWordMatcher,
  texts: readonly string[],
): { readonly hits: readonly RiskRunHit[]; readonly steps: number } {
  const words = wordsOfTexts(texts);
  const { hits, steps } = matchPhrases(matcher.phrases, words);
  const seen = new Set<string>();
  const found = hits.flatMap(({ phrase: n, first, last }) => {
    const { group, phrase } = must(matcher.meanings[n], `phrase ${n}`);
    // The same words in the lists of several languages are one hit.
    const key = `${first} ${last} ${group.id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const pieces = piecesOf(words.slice(first, last + 1));
    return [{ pieces, group: group.id, phrase, lift: group.lift }];
  });
  return { hits: found, steps: steps + words.length };
}

function piecesOf(
  words: readonly { readonly text: number; readonly from: number; readonly to: number }[],
): readonly { readonly text: number; readonly from: number; readonly to: number }[] {
  const pieces: { text: number; from: number; to: number }[] = [];
  for (const { text, from, to } of words) {
    const last = pieces.at(-1);
    if (last?.text === text) last.to = to;
    else pieces.push({ text, from, to });
  }
  return pieces;
}

/** The strongest thing that was asked for; `null` when nothing was found, which means nothing. */
export function strongestLift(hits: readonly { readonly lift: Lift }[]): Lift | null {
  return lifts.find((lift) => hits.some((hit) => hit.lift === lift)) ?? null;
}

/**
 * The groups, each once, of the risk words in the last of consecutive texts that ask for a look, also where they began in a text before (rules
 * AS-04, AS-05).
 */
export function groupsToLookAt(matcher: RiskWordMatcher, texts: readonly string[]): readonly string[] {
  const last = texts.length - 1;
  const asking = findRiskWordsInRun(matcher, texts).filter(
    ({ lift, pieces }) => lift !== 'highlight' && pieces.some(({ text }) => text === last),
  );
  return [...new Set(asking.map(({ group }) => group))];
}

/** How much may stand between the words of a phrase besides what its policy counts: words that say no. */
const UNCOUNTED_WORDS = 8;
/** No word of a language that is written with spaces is longer, for all that a phrase needs of it. Characters. */
const LONGEST_WORD = 40;

/**
 * The end of what one person has written, as long as a phrase may be: a risk word that ends in their next text began in here. Never more,
 * however much they have written (rule C-33).
 */
export function endOfTexts(matcher: RiskWordMatcher, texts: readonly string[]): readonly string[] {
  const span = matcher.phrases.longest + UNCOUNTED_WORDS;
  const end: string[] = [];
  let words = 0;
  for (let n = texts.length - 1; n >= 0 && words < span && end.length < span; n -= 1) {
    const text = endOfText(must(texts[n], 'text'), span * LONGEST_WORD);
    words += wordsOfTexts([text]).length;
    end.unshift(text);
  }
  return end;
}

/** The last so many characters, from the beginning of a word where words stand apart. */
function endOfText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.slice(-length);
  const space = end.search(/\s/u);
  return space < 0 ? end : end.slice(space);
}

/** Whether something was said that forbids ringing or writing back until somebody has decided that it is safe. */
export function holdsOutbound(
  matcher: RiskWordMatcher,
  hits: readonly { readonly group: string }[],
): boolean {
  return hits.some(({ group }) => matcher.groups.get(group)?.holdsOutbound === true);
}

/** Everything the public wrote in a contact, in order: the account, then their messages. The assistant's questions are not theirs. */
export function wordsOfPublic({
  account,
  messages,
}: Pick<Contact, 'account' | 'messages'>): readonly string[] {
  return [account, ...messages.filter(({ from }) => from === 'public').map(({ text }) => text)];
}
