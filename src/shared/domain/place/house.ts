/** A house, a flat, a number, before the words that follow. */
const houseFirst = /^((?:(?:flat|unit|number|no\.?|apartment)\s*)?\d+[a-z]?\b[\s,/-]*)+(?=.*\p{L})/iu;

/** Typed words of a place, apart: a house number at the beginning belongs to what a row does not show (rule PL-64). */
export function houseAndWords(typed: string): { readonly house: string; readonly words: string } {
  const house = houseFirst.exec(typed)?.[0] ?? '';
  return { house: house.replace(/[\s,/-]+$/, ''), words: typed.slice(house.length).trim() };
}
