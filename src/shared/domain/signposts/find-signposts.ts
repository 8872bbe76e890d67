import { findInIndex, wordIndex, type FindWords, type WordIndex } from '../word-index.ts';
import type { Signpost } from './signpost.ts';

/** The words a card is found by: what people say first, then its title, then who deals with it. */
export const signpostWords = ({ id, title, triggers, who, how }: Signpost): FindWords => ({
  code: id,
  main: triggers.slice(0, 1),
  name: [title, ...triggers.slice(1)],
  other: [who, ...how.map(({ to }) => to)],
});

export const signpostIndex = (signposts: readonly Signpost[]): WordIndex<Signpost> =>
  wordIndex(signposts, signpostWords);

/** The cards for what was typed, best first; two or three letters are enough (rule SG-07). */
export const findSignposts = (index: WordIndex<Signpost>, typed: string, limit = 8): readonly Signpost[] =>
  findInIndex(index, typed).slice(0, typed.trim() === '' ? undefined : limit);
