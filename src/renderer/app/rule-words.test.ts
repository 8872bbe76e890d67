import { expect, test } from 'vitest';
import { withoutRules } from './rule-words.ts';

test('T-09: a reason is read as its sentences, without the ids of their rules', () => {
  expect(withoutRules('A child alone. [grave-and-near] He is near. [feared-one-near]')).toBe(
    'A child alone. He is near.',
  );
});

test('T-09: what a person has put into brackets stays where it is', () => {
  for (const words of ['Said [no reply] twice', 'Near [here]. Then [left]', 'Log [a-b] of today'])
    expect(withoutRules(words)).toBe(words);
});
