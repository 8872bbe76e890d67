import { must } from '../../lib/assert.ts';
import { findOfEntry, type Find, type Matched } from './found-place.ts';
import { houseKey, type Entry, type Gazetteer, type TownEntry } from './gazetteer.ts';
import { isCommonWord, isOneSlip, plainWords, slipKeys, spelledOut, withoutBeside } from './place-words.ts';
import { metresBetween, type Point } from './point.ts';

/** At most so many entries are compared for one search, however many the file holds (rule PL-12). */
export const LOOK_LIMIT = 400;
/** A word that is still being typed may become any of so many. */
const COMPLETIONS = 24;
/** Shorter words are one slip from too much. */
const SHORTEST_SLIP = 4;

export interface WordSearch {
  /** Best first. */
  readonly finds: readonly Find[];
  readonly lookedAt: number;
  /** The town that was named, if any. */
  readonly town: TownEntry | null;
}

/** What was typed, taken apart. */
interface Question {
  readonly words: readonly string[];
  /** Names it may be as a whole: all of it, each part between commas, with and without "behind" and "outside". */
  readonly names: ReadonlySet<string>;
  readonly town: TownEntry | null;
  readonly postcode: string | null;
  readonly houses: ReadonlySet<string>;
  /** The house as it was typed. */
  readonly house: string | null;
}

/** Finds names by whole, beginning, word and one slip (rules PL-10 to PL-14). */
export function findWords(gazetteer: Gazetteer, text: string, near: Point | null): WordSearch {
  const question = takeApart(gazetteer, text);
  if (question.words.length === 0 && question.postcode === null)
    return { finds: [], lookedAt: 0, town: question.town };
  const meanings = new Map(
    question.words.map((word, at) => [word, meaningsOf(gazetteer, word, at === question.words.length - 1)]),
  );
  const candidates = candidatesFor(gazetteer, question, meanings);
  const scored = [...candidates].flatMap((at) => {
    const entry = must(gazetteer.entries[at], `entry ${at}`);
    const score = compare(entry, question, meanings);
    if (score === null) return [];
    // Of equals the nearer comes first: within twenty kilometres by distance, beyond that it says nothing.
    const away = near === null ? 0 : Math.min(1, metresBetween(near, entry.point) / 20_000);
    return [{ at, entry, ...score, points: score.points - away * 0.9 }];
  });
  scored.sort((one, other) => other.points - one.points || one.at - other.at);
  return {
    finds: scored.map(({ entry, matched, why }) =>
      findOfEntry(entry, {
        matched,
        why: `${why}${elsewhere(entry, question)}`,
        house: question.house,
        alsoIn: sameNameIn(gazetteer, entry),
      }),
    ),
    lookedAt: candidates.size,
    town: question.town,
  };
}

const elsewhere = ({ town, kind }: Entry, question: Question): string =>
  question.town === null || town === question.town.name || kind === 'town'
    ? ''
    : `; in ${town ?? 'another place'}, not ${question.town.name}`;

/** A station is a railway's unless somebody says otherwise. */
const isRailway = (word: string): boolean => word === 'railway' || word === 'train';

const postcodeInside = /\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b/i;

function takeApart(gazetteer: Gazetteer, text: string): Question {
  const postcode = postcodeInside.exec(text);
  const parts = (postcode === null ? text : text.replace(postcode[0], ' '))
    .split(/[,;\n]+/)
    .map((part) => withoutDirection(gazetteer, plainWords(part)));
  let town: TownEntry | null = null;
  // From the right, because a town stands behind its street.
  for (let at = parts.length - 1; at >= 0 && town === null; at -= 1) {
    const part = must(parts[at], `part ${at}`);
    town = townAtEnd(gazetteer, part);
    if (town !== null) parts[at] = part.slice(0, part.length - town.words.length);
  }
  const houses = new Set<string>();
  let house: string | null = null;
  const named = parts.map((part) => {
    houses.add(houseKey(part.join('')));
    const number =
      part[0] === 'flat' ? part.slice(0, 2) : /^\d{1,4}[a-z]?$/.test(part[0] ?? '') ? part.slice(0, 1) : [];
    if (number.length === 0) return spelledOut(part);
    houses.add(houseKey(number.join('')));
    house ??= number.join(' ').replace(/^f/, 'F');
    return spelledOut(part.slice(number.length));
  });
  const rest = named.flat().filter((word, at, all) => !(isRailway(word) && all[at + 1] === 'station'));
  const isTownAlone = rest.length === 0 && town !== null && postcode === null && house === null;
  const words = isTownAlone && town !== null ? [...town.words] : rest;
  return {
    words: [...new Set(words)],
    names: new Set(
      [words, withoutBeside(words), ...named, ...named.map(withoutBeside)].map((part) => part.join(' ')),
    ),
    town: isTownAlone ? null : town,
    postcode: postcode === null ? null : `${postcode[1] ?? ''}${postcode[2] ?? ''}`.toUpperCase(),
    houses,
    house,
  };
}

const directionWords = new Set(['towards', 'toward', 'leaving', 'heading', 'from', 'to']);

/** A part without the town that somebody only travels to or from: "leaving Hertford" is not in Hertford. */
function withoutDirection(gazetteer: Gazetteer, words: readonly string[]): readonly string[] {
  const town = townAtEnd(gazetteer, words);
  if (town === null) return words;
  const last = words
    .slice(0, words.length - town.words.length)
    .findLastIndex((word) => directionWords.has(word));
  return last < 0 ? words : words.slice(0, last);
}

/** The longest name of a town that a part ends in: "Welwyn Garden City" rather than a place called City. */
function townAtEnd({ towns }: Gazetteer, words: readonly string[]): TownEntry | null {
  const fits = towns.filter(({ words: its }) =>
    its.every((word, at) => words[words.length - its.length + at] === word),
  );
  return fits.toSorted((one, other) => other.words.length - one.words.length)[0] ?? null;
}

/** The words of names that a typed word may stand for, each with how sure that is. */
type Meanings = ReadonlyMap<string, number>;
const EXACT = 1;
const COMPLETED = 0.8;
const SLIPPED = 0.6;

function meaningsOf(gazetteer: Gazetteer, word: string, mayBeUnfinished: boolean): Meanings {
  const meanings = new Map<string, number>();
  if (gazetteer.byWord.has(word)) meanings.set(word, EXACT);
  if ((mayBeUnfinished || meanings.size === 0) && word.length >= 2) {
    for (let at = firstFrom(gazetteer.wordList, word, (one) => one); meanings.size < COMPLETIONS; at += 1) {
      const one = gazetteer.wordList[at];
      if (one === undefined || !one.startsWith(word)) break;
      if (one !== word) meanings.set(one, COMPLETED);
    }
  }
  if (!meanings.has(word) && word.length >= SHORTEST_SLIP)
    for (const key of slipKeys(word))
      for (const one of gazetteer.bySlip.get(key) ?? [])
        if (!meanings.has(one) && isOneSlip(word, one)) meanings.set(one, SLIPPED);
  return meanings;
}

/** The first place in an ordered list that is not before `text`. */
function firstFrom<T>(list: readonly T[], text: string, nameOf: (item: T) => string): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nameOf(must(list[middle], `row ${middle}`)) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Which entries are worth comparing: those by postcode and whole name first, then by their rarest word. */
function candidatesFor(
  gazetteer: Gazetteer,
  question: Question,
  meanings: ReadonlyMap<string, Meanings>,
): Set<number> {
  const candidates = new Set<number>();
  const add = (entries: Iterable<number>): void => {
    for (const entry of entries) if (candidates.size < LOOK_LIMIT) candidates.add(entry);
  };
  if (question.postcode !== null) add(gazetteer.byPostcode.get(question.postcode) ?? []);
  for (const name of question.names) if (name.length >= 2) add(namesFrom(gazetteer, name));
  const telling = question.words.filter((word) => !isCommonWord(word));
  const lists = (telling.length === 0 ? question.words : telling).flatMap((word) =>
    [...(meanings.get(word) ?? [])].map(([meaning]) => gazetteer.byWord.get(meaning) ?? []),
  );
  for (const list of lists.toSorted((one, other) => one.length - other.length)) add(list);
  return candidates;
}

/** Entries whose whole name begins so; those that are exactly so come first, because the list is in order. */
function* namesFrom({ names }: Gazetteer, name: string): Generator<number> {
  for (let at = firstFrom(names, name, (row) => row.name); ; at += 1) {
    const row = names[at];
    if (row === undefined || !row.name.startsWith(name)) return;
    yield row.entry;
  }
}

/** Towns that hold a place of the same name, other than its own. */
function sameNameIn(gazetteer: Gazetteer, { words, town }: Entry): string[] {
  const name = words.join(' ');
  const towns = new Set<string>();
  for (const at of namesFrom(gazetteer, name)) {
    const entry = must(gazetteer.entries[at], `entry ${at}`);
    if (entry.words.join(' ') !== name || towns.size > 9) break;
    if (entry.town !== null && entry.town !== town) towns.add(entry.town);
  }
  return [...towns].toSorted();
}

interface Score {
  readonly points: number;
  readonly matched: Matched;
  readonly why: string;
}

const weight = (word: string): number => (isCommonWord(word) ? 0.25 : 1);
const weigh = (words: readonly string[]): number => words.reduce((sum, word) => sum + weight(word), 0);

/** How well an entry answers, or `null` when it does not. Points are only compared with each other. */
function compare(entry: Entry, question: Question, meanings: ReadonlyMap<string, Meanings>): Score | null {
  // Another house of the street would only be taken for the one that was asked for.
  if (entry.kind === 'address' && question.house !== null && !question.houses.has(entry.house ?? ''))
    return null;
  const pairs = question.words.flatMap((word) => {
    const [best] = entry.words
      .map((its) => ({ word, its, sure: meanings.get(word)?.get(its) ?? 0 }))
      .toSorted((one, other) => other.sure - one.sure);
    return best === undefined || best.sure === 0 ? [] : [best];
  });
  const isPostcode = question.postcode !== null && entry.postcode?.replace(' ', '') === question.postcode;
  const name = how(entry, question, pairs);
  if (name === null && !isPostcode) return null;
  const points =
    (name?.points ?? 0) +
    (isPostcode ? 6 : 0) +
    (question.town !== null && entry.town === question.town.name ? 3 : 0) +
    houseBonus(entry, question);
  return { points, matched: name?.matched ?? 'number', why: name?.why ?? 'the postcode' };
}

interface Pair {
  readonly word: string;
  readonly its: string;
  readonly sure: number;
}

function how(entry: Entry, question: Question, pairs: readonly Pair[]): Score | null {
  const name = entry.words.join(' ');
  if (question.names.has(name)) return { points: 8, matched: 'exact', why: 'the name as typed' };
  if ([...question.names].some((part) => part.length >= 2 && name.startsWith(part)))
    return { points: 6, matched: 'prefix', why: 'begins with what was typed' };
  const isAllCommon = question.words.every(isCommonWord);
  const telling = pairs.filter(({ word }) => isAllCommon || !isCommonWord(word));
  const [first] = telling;
  if (first === undefined || (isAllCommon && pairs.length < question.words.length)) return null;
  const ofQuestion =
    pairs.reduce((sum, { word, sure }) => sum + weight(word) * sure, 0) / weigh(question.words);
  const ofEntry = weigh([...new Set(pairs.map(({ its }) => its))]) / weigh(entry.words);
  // Half of one or of the other must agree; less is a word that two places happen to share.
  if (ofQuestion < 0.5 && ofEntry < 0.6) return null;
  const slip = telling.find(({ sure }) => sure === SLIPPED);
  const points = 2 * ofQuestion + 2 * ofEntry - (slip === undefined ? 0 : 0.5);
  return slip === undefined
    ? { points, matched: 'word', why: `has the word ${telling.map(({ its }) => its).join(' and ')}` }
    : { points, matched: 'slip', why: `one letter from “${slip.word}”` };
}

/** The very house before its street; the street before houses that were not asked for. */
function houseBonus({ kind, house }: Entry, { houses }: Question): number {
  if (kind !== 'address') return 0;
  return house !== null && houses.has(house) ? 1 : -1;
}
