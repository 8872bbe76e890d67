import type { DirectoryPolicy } from '../policy/directory.ts';
import type { SignpostsPolicy } from '../policy/signposts.ts';
import { plainLetters } from '../same-caller.ts';
import { findInIndex, wordIndex, type FindWords, type WordIndex } from '../word-index.ts';
import { aboutEntry, type CouncilEntry, type DirectoryEntry, type District } from './directory.ts';
import { signpostWords } from './find-signposts.ts';
import type { Signpost } from './signpost.ts';

/** What one search over both finds. */
export type HelpHit =
  | { readonly kind: 'signpost'; readonly signpost: Signpost }
  | { readonly kind: 'entry'; readonly entry: DirectoryEntry };

/** Cards and directory together, ready to be searched with the link down; made once for each pair of policies. */
export type HelpIndex = WordIndex<HelpHit>;

export function helpIndex(
  { signposts }: Pick<SignpostsPolicy, 'signposts'>,
  { entries, districts }: Pick<DirectoryPolicy, 'entries' | 'districts'>,
): HelpIndex {
  const hits: readonly HelpHit[] = [
    ...signposts.map((signpost) => ({ kind: 'signpost', signpost }) as const),
    ...entries.map((entry) => ({ kind: 'entry', entry }) as const),
  ];
  return wordIndex(hits, (hit) =>
    hit.kind === 'signpost' ? signpostWords(hit.signpost) : entryWords(hit.entry, districts),
  );
}

/** Cards and entries for what was typed, best first; two or three letters are enough (rule SG-07). */
export const findHelp = (index: HelpIndex, typed: string, limit = 12): readonly HelpHit[] =>
  findInIndex(index, typed).slice(0, typed.trim() === '' ? undefined : limit);

/** The directory alone. */
export function directoryIndex({
  entries,
  districts,
}: Pick<DirectoryPolicy, 'entries' | 'districts'>): WordIndex<DirectoryEntry> {
  return wordIndex(entries, (entry) => entryWords(entry, districts));
}

export const findDirectory = (
  index: WordIndex<DirectoryEntry>,
  typed: string,
  limit = 12,
): readonly DirectoryEntry[] => findInIndex(index, typed).slice(0, typed.trim() === '' ? undefined : limit);

function entryWords(entry: DirectoryEntry, districts: readonly District[]): FindWords {
  const district = 'district' in entry ? districts.find(({ id }) => id === entry.district) : undefined;
  const people = entry.kind === 'team' ? [entry.sergeant] : entry.kind === 'officer' ? [entry.number] : [];
  const towns = entry.kind === 'council' ? (district?.towns ?? []) : [];
  const places = 'covers' in entry ? entry.covers : towns;
  return {
    code: entry.id,
    main: [entry.name],
    name: entry.words,
    other: [
      aboutEntry(entry),
      ...places,
      ...people,
      district?.name ?? '',
      'rank' in entry ? (entry.rank ?? '') : '',
      ...entry.ways.map(({ to }) => to),
    ],
  };
}

/**
 * The district in which a place lies, by the town that is named last in it: "Marlpit Road, Watford" is in Watford. `null` when no town of
 * the county is named (rule SG-06).
 */
export function districtOf(districts: readonly District[], place: string): District | null {
  const plain = ` ${plainWords(place)} `;
  const found = districts.flatMap((district) =>
    district.towns.map((town) => {
      const word = ` ${plainWords(town)} `;
      const at = plain.lastIndexOf(word);
      return { district, end: at === -1 ? -1 : at + word.length, length: word.length };
    }),
  );
  // Of two that end alike the longer: "London Colney", not another Colney.
  const [best] = found.filter(({ end }) => end > 0).sort((a, b) => b.end - a.end || b.length - a.length);
  return best?.district ?? null;
}

const plainWords = (text: string): string =>
  plainLetters(text.replace(/['’]/g, ''))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');

/** The council of the district in which a place lies. */
export function councilFor(
  { districts, entries }: Pick<DirectoryPolicy, 'districts' | 'entries'>,
  place: string,
): CouncilEntry | null {
  const district = districtOf(districts, place);
  const council = entries.find(
    (entry): entry is CouncilEntry => entry.kind === 'council' && entry.district === district?.id,
  );
  return district === null ? null : (council ?? null);
}

/** What is near a place: its neighbourhood teams, station and council; teams that name the place first. */
export function entriesFor(
  { districts, entries }: Pick<DirectoryPolicy, 'districts' | 'entries'>,
  place: string,
): readonly DirectoryEntry[] {
  const district = districtOf(districts, place);
  if (district === null) return [];
  const plain = ` ${plainWords(place)} `;
  const here = entries.filter((entry) => 'district' in entry && entry.district === district.id);
  const names = (entry: DirectoryEntry): boolean =>
    entry.kind === 'team' && entry.covers.some((each) => plain.includes(` ${plainWords(each)} `));
  return [...here.filter(names), ...here.filter((entry) => !names(entry))];
}
