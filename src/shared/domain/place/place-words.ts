/** What people write short, and what it stands for, so that "Rd" finds "Road". Of a name's last words only: "St Albans" keeps its St. */
const shortForms: Readonly<Record<string, string>> = {
  rd: 'road',
  st: 'street',
  str: 'street',
  ave: 'avenue',
  av: 'avenue',
  ln: 'lane',
  cl: 'close',
  clo: 'close',
  ct: 'court',
  crt: 'court',
  cres: 'crescent',
  cr: 'crescent',
  dr: 'drive',
  gdns: 'gardens',
  gdn: 'gardens',
  pl: 'place',
  sq: 'square',
  ter: 'terrace',
  wy: 'way',
  pde: 'parade',
  rbt: 'roundabout',
  stn: 'station',
  hosp: 'hospital',
};

/** Words that say where beside a place somebody is. */
const besideWords = new Set(
  'the a an of and on at in by to from near off over under behind outside opposite next just past before between side back front corner'.split(
    ' ',
  ),
);

/** Words that say what sort of thing a place is, or where beside it: they alone name nothing. */
const commonWords = new Set([
  ...Object.values(shortForms),
  ...besideWords,
  ...['row', 'yard', 'hill', 'end', 'green', 'walk', 'rise', 'mead'],
  ...[
    'going',
    'towards',
    'junction',
    'flat',
    'house',
    'number',
    'no',
    'town',
    'centre',
    'railway',
    'car',
    'park',
  ],
]);

export const isCommonWord = (word: string): boolean => commonWords.has(word);

/** The words of a text as they are compared: small letters, no accents, no apostrophes; `a1(m)` keeps its brackets. */
export function plainWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘`]/g, '')
    .replace(/(?<!\d)\(|(?<!\(m)\)/g, ' ')
    .replace(/[^\p{L}\p{N}()]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

/**
 * The words of a name, written one way: "Hobbin's Ln." and "hobbins lane" are the same. `st` at the beginning is a saint and stays;
 * anywhere else it is a street.
 */
export const placeWords = (text: string): string[] => spelledOut(plainWords(text));

export const spelledOut = (words: readonly string[]): string[] =>
  words.map((word, at) => (at === 0 ? word : (shortForms[word] ?? word)));

/** A part of a text without what only says where beside a place: "behind Saltmarsh Row" is about Saltmarsh Row. */
export const withoutBeside = (words: readonly string[]): readonly string[] =>
  words.slice(
    Math.max(
      0,
      words.findIndex((word) => !besideWords.has(word)),
    ),
  );

/** The words of a text that name something: not those that only say where beside it. */
export const namingWords = (text: string): readonly string[] =>
  placeWords(text).filter((word) => !besideWords.has(word));

/** Whether one slip turns one word into the other: a letter missing, too many, wrong, or two changed about. */
export function isOneSlip(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const [left, right] = [one.slice(at), other.slice(at)];
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}

/** The word and the word with each letter left out: two words one slip apart have one of these in common. */
export function slipKeys(word: string): string[] {
  const keys = new Set([word]);
  for (let at = 0; at < word.length; at += 1) keys.add(word.slice(0, at) + word.slice(at + 1));
  return [...keys];
}
