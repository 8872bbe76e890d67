import { plainLetters } from '../same-caller.ts';

/**
 * What people name in their own words: roads, junctions, plates, people. By pattern, not by a list of what there is; enough to say "look, they
 * both name it", never to find a place.
 */

/** Words that a British road or junction ends in. */
const roadWords = 'road|street|avenue|crescent|terrace|roundabout|bypass|gyratory|interchange';
/** Those that mean something else as well: a road only with a capital. */
const doubtfulWords =
  'lane|way|close|row|drive|gardens|grove|hill|parade|place|square|court|croft|yard|mews|walk|rise|bridge|services';
/** Words that stand before those and are no name. */
const notInNames = new Set(
  'an the this that same next his her my our your their its on in at by of off to from not near past over under up down along behind before after just right left main side slip or for and is was are a country busy other another opposite big small mini double wrong whole across cross quiet dark road street no any some what which'.split(
    ' ',
  ),
);
// No word is longer than that: a search from every letter of a very long one would take for ever.
const namedRoad = new RegExp(
  `(?<![\\p{L}\\p{N}])([\\p{L}'’]{1,24}) (${roadWords}|${doubtfulWords})(?!\\p{L})`,
  'giu',
);
const doubtful = new RegExp(`^(?:${doubtfulWords})$`);
const numberedRoad = /\b[abm]\d{1,4}(?: ?\(m\))?(?![a-z0-9])/g;
const junction = /\b(?:junction|j) ?(\d{1,2}[a-z]?)\b/g;

/**
 * Roads and junctions named in a text, each written one way: `a414`, `longwater roundabout`, `junction 8`. Of a name, the last word before what
 * the road ends in: "Old Tannery Row" is `tannery row`, whatever stands before it in a sentence.
 */
export function roadsIn(text: string): readonly string[] {
  const plain = plainLetters(text);
  const numbered = Array.from(plain.matchAll(numberedRoad), ([road]) => road.replace(/ /g, ''));
  const junctions = Array.from(plain.matchAll(junction), ([, number = '']) => `junction ${number}`);
  const named = Array.from(text.matchAll(namedRoad), ([, name = '', end = '']) => {
    const word = plainLetters(name.replace(/['’]/g, ''));
    return notInNames.has(word) || doubtful.test(end) ? '' : `${word} ${end.toLowerCase()}`;
  });
  return [...new Set([...numbered, ...junctions, ...named.filter((road) => road !== '')])];
}

/** The places of a `place` beside its roads: "A414 near Longwater roundabout, Hatfield" is in `hatfield`. */
export function townsIn(place: string | null): readonly string[] {
  return (place ?? '')
    .split(',')
    .map((part) => plainLetters(part).trim())
    .filter((part) => part !== '' && roadsIn(part).length === 0);
}

/** Number plates as they have been given out since 2001, and those of before when written in capitals; without spaces. */
export function platesIn(text: string): readonly string[] {
  const present = Array.from(text.toUpperCase().matchAll(/\b[A-Z]{2}\d{2} ?[A-Z]{3}\b/g), ([plate]) => plate);
  const older = Array.from(text.matchAll(/\b[C-LN-Y]\d{1,3} ?[A-Z]{3}\b/g), ([plate]) => plate);
  return [...new Set([...present, ...older].map((plate) => plate.replace(' ', '')))];
}

/** Words that begin a sentence, and those of address, are nobody's first name. */
const notFirstNames = new Set(
  'a an the this that there here i im ive he she it they we you his her my our your their and but so if in on at by of to from not no yes please dear hello hi good one two three two when where who why what mr mrs ms miss dr'.split(
    ' ',
  ),
);

const capitalName = String.raw`\p{Lu}(?:['’]\p{Lu})?\p{Ll}{1,30}(?:\p{Lu}\p{Ll}{1,30})?`;
/** The second is looked at only, so that it can be the first of the next two. */
const twoNames = new RegExp(`(?<![\\p{L}\\p{N}])(${capitalName}) (?=(${capitalName}))`, 'gu');

/**
 * People with two names, each with a capital, their names in the order of the alphabet as in `CallerKeys.name`: `marsh robin`. What is no person
 * after all (`notPeople`: towns of two words) is left out; roads are, too.
 */
export function peopleIn(text: string, notPeople: ReadonlySet<string>): readonly string[] {
  const pairs = Array.from(text.matchAll(twoNames), ([, one = '', two = '']) => [one, two]);
  const people = pairs
    .filter((pair) => roadsIn(pair.join(' ')).length === 0)
    .map((pair) => pair.map((one) => plainLetters(one).replace(/['’]/g, '')))
    .filter(([first = '']) => !notFirstNames.has(first))
    .filter((pair) => !notPeople.has(pair.join(' ')));
  return [...new Set(people.map((pair) => pair.toSorted().join(' ')))];
}
