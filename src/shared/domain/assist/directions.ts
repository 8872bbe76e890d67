import { wordsOfTexts, type Word } from './words.ts';

/** Which way somebody says that something is going, or on which side of a road it is. */
export interface Direction {
  /** `towards hertford`, `away from hertford`, `northbound`, `clockwise`. */
  readonly kind: 'towards' | 'away' | 'bound';
  /** A place as one word, or the bound. */
  readonly what: string;
  /** The words that say it. */
  readonly words: readonly Word[];
}

const opposites: Readonly<Record<string, string>> = {
  northbound: 'southbound',
  southbound: 'northbound',
  eastbound: 'westbound',
  westbound: 'eastbound',
  clockwise: 'anticlockwise',
  anticlockwise: 'clockwise',
};
const towards: readonly (readonly string[])[] = [
  ['towards'],
  ['toward'],
  ['heading', 'to'],
  ['heading', 'for'],
  ['heading', 'into'],
  ['going', 'to'],
  ['going', 'into'],
  ['driving', 'to'],
  ['coming', 'into'],
];
const away: readonly (readonly string[])[] = [
  ['away', 'from'],
  ['out', 'of'],
  ['leaving'],
  ['coming', 'from'],
  ['heading', 'from'],
];
/** "out of the van" is no direction. */
const noPlace = new Set('the a an my his her their our your it him them me us there here'.split(' '));

/** The directions in texts, in English. What is not understood is not there, and means nothing. */
export function directionsIn(texts: readonly string[]): readonly Direction[] {
  const words = wordsOfTexts(texts);
  const form = (n: number): string => words[n]?.forms[0] ?? '';
  const after = (n: number, lead: readonly string[], kind: 'towards' | 'away'): Direction[] => {
    const end = n + lead.length;
    const isLead = lead.every((word, k) => form(n + k) === word);
    if (!isLead || end >= words.length || noPlace.has(form(end))) return [];
    return [{ kind, what: form(end), words: words.slice(n, end + 1) }];
  };
  return words.flatMap((word, n): readonly Direction[] => {
    const bound = form(n) === 'anti' && form(n + 1) === 'clockwise' ? 'anticlockwise' : form(n);
    if (opposites[bound] !== undefined && !(bound === 'clockwise' && form(n - 1) === 'anti'))
      return [{ kind: 'bound', what: bound, words: [word] }];
    return [
      ...towards.flatMap((lead) => after(n, lead, 'towards')),
      ...away.flatMap((lead) => after(n, lead, 'away')),
    ];
  });
}

/** Whether one contradicts the other: towards against away from the same place, or opposite bounds. The same both ways round. */
export function contradicts(one: Direction, other: Direction): boolean {
  if (one.kind === 'bound' || other.kind === 'bound')
    return one.kind === other.kind && opposites[one.what] === other.what;
  return one.kind !== other.kind && one.what === other.what;
}
