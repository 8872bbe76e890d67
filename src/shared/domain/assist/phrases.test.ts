import { describe, expect, it } from 'vitest';
import { compilePhrases, matchPhrases, phraseCheck } from './phrases.ts';
import { wordsIn } from './words.ts';

const options = {
  gapWords: 1,
  negations: ['not'],
  spellings: [{ word: 'cant', also: ['can not', 'cannot'] }],
};
const found = (phrase: string, text: string): string[] => {
  const words = wordsIn(text);
  return matchPhrases(compilePhrases([phrase], options), words).hits.map(({ first, last }) =>
    text.slice(words[first]?.from, words[last]?.to),
  );
};

describe('phrases', () => {
  it('AS-01: one word of a text is one word of a phrase', () => {
    expect(found('help help', 'help')).toEqual([]);
    expect(found('help help', 'help help')).toEqual(['help help']);
    expect(found('take taken|take', 'take')).toEqual([]);
    expect(found('hel* help', 'help')).toEqual([]);
  });

  it('AS-01: as many words may stand between two as the policy says, and the nearest beginning counts', () => {
    expect(found('hit me', 'hit only me')).toEqual(['hit only me']);
    expect(found('hit me', 'hit right on me')).toEqual([]);
    expect(found('hit me', 'hit hit me')).toEqual(['hit me']);
  });

  it('AS-01: nothing stands between Chinese characters of one phrase', () => {
    expect(found('救命', '救人命')).toEqual([]);
    expect(found('救命', '快救命啊')).toEqual(['救命']);
  });

  it('AS-01: a spelling in two words is the word', () => {
    expect(
      ['cant go', 'can not go', 'cannot go', 'can go'].flatMap((text) => found('cant go', text)),
    ).toEqual(['cant go', 'can not go', 'cannot go']);
  });

  it('AS-06: a phrase that cannot be used is told why', () => {
    const check = phraseCheck(options);
    expect(['hel* me', 'cant', 'he* me', 'a||b', 'a*b'].map(check)).toEqual([
      null,
      null,
      'has a star after fewer than three letters',
      'has a place without a word',
      'has a star that is not at the end of a word',
    ]);
  });
});
