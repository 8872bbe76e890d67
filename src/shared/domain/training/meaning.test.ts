import { describe, expect, it } from 'vitest';
import type { IntentList } from './intents.ts';
import { understandingOf } from './meaning.ts';
import { sentencesOf, spokenWords, waysOf } from './spoken-words.ts';

const intent = (id: string, phrases: readonly string[], words: readonly string[] = []) => ({
  id,
  covers: [],
  treats: 0,
  words,
  phrases,
});
const list: IntentList = {
  version: 1,
  intents: [
    intent('where', ['where are you', 'what is your address', 'which (road|street) are you on'], ['address']),
    intent('suspect-where', ['where is he now', 'is he still there', 'has he left']),
    intent('weapons', ['has he got a weapon', 'is there a (knife|gun)'], ['weapon', 'knife']),
  ],
};

describe('what a handler means', () => {
  const understanding = understandingOf(list);

  it.each([
    ['Where are you?', 'where'],
    ['wheres he now', 'suspect-where'],
    ['Is your husband still there?', 'suspect-where'],
    ['has she got a knife', 'weapons'],
    ['Which street are you on please', 'where'],
  ])('TR-20: “%s” is read as %s, in full or as it is typed', (said, meant) => {
    expect(understanding.sentence(said)).toMatchObject({ intent: meant, sure: true });
  });

  it('TR-21: what is like nothing known, or like two things, is not acted on', () => {
    expect(understanding.sentence('My favourite colour is blue')).toMatchObject({ sure: false });
    expect(understanding.sentence('where')).toMatchObject({ sure: false });
    expect(understanding.sentence('???')).toEqual({ intent: null, likeness: 0, sure: false });
  });

  it('TR-20: each sentence is read by itself, and the same meaning counts once', () => {
    expect(understanding.meanings('Where are you? Has he got a weapon? Is there a knife?')).toEqual([
      'where',
      'weapons',
    ]);
  });
});

describe('words of a sentence', () => {
  it('TR-20: are compared in full, without endings and without who it is about', () => {
    expect(spokenWords("What's she doing?")).toEqual(spokenWords('what is he doing'));
    expect(spokenWords('Don’t hang up')).toEqual(spokenWords('do not hang up please'));
  });

  it('TR-20: a phrase stands for each of its ways', () => {
    expect(waysOf('is (he|she) (still |)there')).toEqual([
      'is he still there',
      'is he there',
      'is she still there',
      'is she there',
    ]);
    expect(waysOf('where are you')).toEqual(['where are you']);
  });

  it('TR-20: sentences end with a mark or a line', () => {
    expect(sentencesOf('Stay there. Is he armed?\nok')).toEqual(['Stay there.', 'Is he armed?', 'ok']);
  });
});
