import { describe, expect, it } from 'vitest';
import { readResource, resourceText } from '../../../../tests/harness/assist-data.ts';
import { linkingPolicySchema } from './linking.ts';
import { markerKindsPolicySchema } from './markers.ts';
import { riskWordsPolicySchema } from './risk-words.ts';

describe('the policy of risk words', () => {
  it.each([
    ['        - machete*', '        - ma*', /weapon\[\d+\] has a star after fewer than three letters/],
    ['        - machete*', '        - mach*ete', /weapon\[\d+\] has a star that is not at the end/],
    ['        - machete*', '        - knife', /weapon\[\d+\] is there twice/],
    ['        - machete*', "        - '...'", /weapon\[\d+\] has a place without a word/],
    ['        - machete*', '        - a|b a|', /weapon\[\d+\] has a place without a word/],
    [
      '        - machete*',
      `        - ${'hes '.repeat(4)}`,
      /weapon\[\d+\] can be said in \d+ ways, more than 64/,
    ],
    ['      weapon:\n', '      wepon:\n', /phrases\.wepon is not the id of a group/],
    ['  - { id: body,', '  - { id: weapon,', /groups\[\d+\]\.id is there twice: weapon/],
    ['  - language: ro', '  - language: pl', /languages\[3\]\.language is there twice: pl/],
    ['  - never\n', '  - not at all\n', /negations\[\d+\] is not one word/],
    ['{ word: wont,', '{ word: cant,', /spellings\[\d+\]\.word is there twice: cant/],
    ['lift: highlight }', 'lift: none }', /groups\[2\]\.lift is none of: emergency, look-first, highlight/],
    ['gapWords: 2', 'gapWords: 9', /line \d+, column 1: gapWords is more than 5/],
  ])('AS-06: with “%s” as “%s” is refused with its line and field', (good, bad, sentence) => {
    const text = resourceText('policy/risk-words.yaml');
    expect(text).toContain(good);
    expect(() =>
      readResource('policy/risk-words.yaml', riskWordsPolicySchema, text.replace(good, bad)),
    ).toThrow(sentence);
  });
});

describe('the policies of linking and of markers', () => {
  it.each([
    [
      '[obstruction, fire]',
      '[obstruction, flood]',
      /types\[1\]\.compatibleWith\[2\] is not the id of a type/,
    ],
    ['  - id: drink-driving', '  - id: crash', /types\[3\]\.id is there twice: crash/],
    ['words: [noise,', 'words: [no*,', /words\[1\] has a star after fewer than three letters/],
    ['withinMinutes: 45', 'withinMinutes: 0', /sameIncident\.withinMinutes is less than 1/],
  ])('AS-10: linking with “%s” as “%s” is refused with its line and field', (good, bad, sentence) => {
    const text = resourceText('policy/linking.yaml');
    expect(text).toContain(good);
    expect(() => readResource('policy/linking.yaml', linkingPolicySchema, text.replace(good, bad))).toThrow(
      sentence,
    );
  });

  it.each([
    ['  - id: stalking', '  - id: domestic-abuse', /kinds\[\d+\]\.id is there twice: domestic-abuse/],
    ['[hate-qualifier,', '[hate,', /kinds\[\d+\]\.effects\[1\] is none of: no-cold-call-back/],
  ])('AS-16: markers with “%s” as “%s” are refused with their line and field', (good, bad, sentence) => {
    const text = resourceText('policy/markers.yaml');
    expect(text).toContain(good);
    expect(() =>
      readResource('policy/markers.yaml', markerKindsPolicySchema, text.replace(good, bad)),
    ).toThrow(sentence);
  });
});
