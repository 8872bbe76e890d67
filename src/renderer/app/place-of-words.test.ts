import { expect, test } from 'vitest';
import { buildGazetteer } from '../../shared/domain/place/gazetteer.ts';
import { somePlaces } from '../../../tests/harness/places.ts';
import { placeOfWords } from './place-of-words.ts';

const places = somePlaces();
const gazetteer = buildGazetteer(places);
const [street] = places.streets;

test('PL-12: a source’s words are drawn only where the very road stands in the very town they name', () => {
  if (street === undefined) throw new Error('the sample has no street');
  const { name, town } = street;
  const elsewhere = places.towns.find((each) => each.name !== town)?.name ?? '';
  expect([
    placeOfWords(gazetteer, `${name}, ${town}`)?.town,
    placeOfWords(gazetteer, `${name}, ${elsewhere}`),
    placeOfWords(gazetteer, name),
    placeOfWords(gazetteer, 'by the shops'),
  ]).toEqual([town, null, null, null]);
});
