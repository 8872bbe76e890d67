import type { SearchHit } from '../../shared/contract/workstation.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { Held } from './desk-store.ts';
import type { Beginnings, Query } from './search-query.ts';
import { fieldsOf, plainWord, wordsOf, type Field, type Word } from './search-words.ts';

/** An excerpt is at most this long. Characters. */
export const EXCERPT_LIMIT = 160;
/** So much of an excerpt stands before the find, if there is so much. Characters. */
const BEFORE = 50;

/** A stretch of a field's text. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a query is found in a contact, or `null` when it is not: every part of it must be there. */
export function hitIn(held: Held, query: Query): SearchHit | null {
  const fields = fieldsOf(held).map((field) => ({ field, words: wordsOf(field) }));
  const wanted: Beginnings[] = [];
  for (const { ways } of query) {
    const way = ways.find((every) =>
      every.every((any) => fields.some(({ words }) => words.some((word) => beginningOf(word, any)))),
    );
    if (way === undefined) return null;
    wanted.push(...way);
  }
  let best: { readonly field: Field; readonly finds: readonly Stretch[]; readonly count: number } | null =
    null;
  for (const { field, words } of fields) {
    const found = wanted.flatMap((any) => {
      const word = words.find((one) => beginningOf(one, any));
      return word === undefined ? [] : [stretchOf(field.text, word, beginningOf(word, any) ?? '')];
    });
    // The field that holds the most of what was typed; of equals the first.
    if (found.length > (best?.count ?? 0)) best = { field, finds: found, count: found.length };
  }
  if (best === null) return null;
  const first = best.finds.toSorted((one, other) => one.from - other.from || other.to - one.to)[0];
  if (first === undefined) return null;
  return { summary: held.summary, in: best.field.in, excerpt: excerptOf(best.field.text, first) };
}

/** With which of these the word begins. */
const beginningOf = (word: Word, any: Beginnings): string | undefined =>
  any.find((beginning) => word.text.startsWith(beginning));

/** Hits as they are shown: newest received first; what was received in one millisecond by id. */
export function compareNewest(one: ContactSummary, other: ContactSummary): number {
  return other.receivedAt - one.receivedAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** What is marked: of a word its typed beginning, of a number all of it. */
function stretchOf(text: string, { from, to, text: word }: Word, beginning: string): Stretch {
  if (/^[\u{e000}-\u{e002}]/u.test(word)) return { from, to };
  let end = from;
  for (const character of text.slice(from, to)) {
    end += character.length;
    if (plainWord(text.slice(from, end)).length >= beginning.length) break;
  }
  return { from, to: end };
}

/** At most so many characters of a text around a stretch of it; a line break is shown as a space, what is cut off as …. */
function excerptOf(text: string, find: Stretch): SearchHit['excerpt'] {
  const room = EXCERPT_LIMIT - 2;
  const wishes = Math.max(0, Math.min(find.from - BEFORE, text.length - room));
  // Beginning between two words is easier to read.
  const space = wishes === 0 ? -1 : text.slice(wishes, find.from).search(/\s/);
  const start = whole(text, space === -1 ? wishes : wishes + space + 1);
  const end = whole(text, Math.min(text.length, start + room));
  const before = start > 0 ? '…' : '';
  const after = end < text.length ? '…' : '';
  const shift = before.length - start;
  return {
    text: `${before}${text.slice(start, end).replace(/\s/g, ' ')}${after}`,
    from: find.from + shift,
    to: Math.min(find.to, end) + shift,
  };
}

/** The place itself, or the one before it if it would cut a character in two. */
const whole = (text: string, at: number): number =>
  at > 0 && /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')
    ? at - 1
    : at;
