import { nationalDigits } from '../../shared/domain/same-caller.ts';
import { backwards, digitGroups, isApostrophe, marks, plainWord } from './search-words.ts';

/** Found when any word of the contact begins with any of these. */
export type Beginnings = readonly string[];
/** One of several ways to read what was typed; found when each of its beginnings is. */
export type Way = readonly Beginnings[];
/** What a search asks for: every part must be found in one way or another (rule W-20). */
export type Query = readonly { readonly ways: readonly Way[] }[];

/** Fewer typed digits than this are not looked for at the end or the beginning of a number. */
const FEWEST_DIGITS = 4;

/** What was typed, as words to look for; empty when nothing in it is a word. */
export function queryOf(typed: string): Query {
  const parts: { ways: Way[] }[] = [];
  const rest = typed.replace(digitGroups, (run) => {
    const groups = (run.match(/\+?\(?[0-9]+/g) ?? []).map(digitsAt);
    // Typed in groups it is a number written in any groups, or several numbers.
    parts.push({ ways: groups.length > 1 ? [groups, [digitsAt(run)]] : [groups] });
    return ' '.repeat(run.length);
  });
  let last: { parts: { ways: Way[] }; text: string; to: number } | null = null;
  const words: { ways: Way[] }[] = [];
  for (const { 0: run, index: from } of rest.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const text = plainWord(run);
    if (text === '') continue;
    if (last !== null && from === last.to + 1 && isApostrophe(rest[last.to])) {
      last.text += text;
      last.to = from + run.length;
      last.parts.ways = [[...(last.parts.ways[0] ?? []), [text]], [[last.text]]];
    } else {
      last = { parts: { ways: [[[text]]] }, text, to: from + run.length };
      words.push(last.parts);
    }
  }
  return [...words, ...parts];
}

/** Digits may be the beginning of any word, the end of a reference, or either end of a telephone number. */
function digitsAt(run: string): Beginnings {
  const digits = run.replace(/\D/g, '');
  const beginnings = [digits, marks.referenceEnd + backwards(digits)];
  if (digits.length < FEWEST_DIGITS) return beginnings;
  const numbers = new Set([digits, nationalDigits(run)]);
  for (const number of numbers) {
    if (number.length < FEWEST_DIGITS) continue;
    beginnings.push(marks.number + number, marks.numberEnd + backwards(number));
  }
  return beginnings;
}

/** Whether all that is asked for is in a word list, as `wordListOf` makes it. */
export function isIn(words: string, query: Query): boolean {
  return query.every(({ ways }) =>
    ways.some((way) => way.every((any) => any.some((beginning) => words.includes(` ${beginning}`)))),
  );
}

/**
 * The query without what is not rare, as far as something rare is left: finds everything that the whole query finds, and
 * more.
 */
export function rareParts(query: Query, isRare: (any: Beginnings) => boolean): Query {
  const parts = query.map(({ ways }) => {
    const rareWays = ways.map((way) => way.filter(isRare));
    return rareWays.some((way) => way.length === 0) ? null : { ways: rareWays };
  });
  const rare = parts.filter((part) => part !== null);
  return rare.length === 0 ? query : rare;
}
