import { findPlaces } from '../../shared/domain/place/find-place.ts';
import type { FoundPlace } from '../../shared/domain/place/found-place.ts';
import type { Gazetteer } from '../../shared/domain/place/gazetteer.ts';
import { plainLetters } from '../../shared/domain/same-caller.ts';

/**
 * The place that a source's words mean for certain, or `null`: the very name, in the very town that stands in the words. The same road in
 * another town is no place to draw: somebody would be sent there.
 */
export function placeOfWords(gazetteer: Gazetteer, words: string): FoundPlace | null {
  const [first] = findPlaces(gazetteer, words, { limit: 1 });
  if (first === undefined || (first.matched !== 'exact' && first.matched !== 'number')) return null;
  const { town } = first;
  return town !== null && plainLetters(words).includes(plainLetters(town)) ? first : null;
}
