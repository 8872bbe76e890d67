import { describe, expect, it } from 'vitest';
import { aCall, aContact, anActor, testStart } from '../../../../tests/harness/builders.ts';
import { digestIn, takesAgain, textDigest, type Text } from './told-again.ts';

const words = 'police. brother has knife. me hide bathroom';
const text = (over: Partial<Text> = {}): Text => ({
  channel: '999-text',
  source: 'telephony',
  number: '07700 900856',
  words,
  ...over,
});
const caller = { name: null, number: '07700 900856', address: null };
const first = aContact({ channel: '999-text', source: 'telephony', caller, account: words, call: aCall() });

describe('TE-06: an emergency text that is told again', () => {
  it('is the same words from the same number, however they are spaced and the number is written', () => {
    const shouted = text({ words: `  ${words.toUpperCase()}\n`, number: '+44 7700 900856' });
    const digest = textDigest(text());
    expect([textDigest(shouted), textDigest(text({ channel: '999-relay' })), digestIn(first, words)]).toEqual(
      [digest, digest, digest],
    );
    expect(digest).not.toBeNull();
  });

  it.each<[string, Text]>([
    ['in other words', text({ words: `${words} he comes` })],
    ['from another number', text({ number: '07700 900857' })],
    ['by another exchange', text({ source: 'other' })],
  ])('is an emergency of its own %s', (_, other) => {
    expect(textDigest(other)).not.toBe(textDigest(text()));
  });

  it.each<[string, Text]>([
    ['without words', text({ words: ' ' })],
    ['from no number', text({ number: null })],
    ['by voice', text({ channel: '999-voice' })],
  ])('is never the same %s', (_, other) => {
    expect(textDigest(other)).toBeNull();
  });

  it('is added to no contact that is closed, or that no exchange told', () => {
    const closed = { ...first, ownership: { kind: 'closed', by: anActor(), since: testStart } } as const;
    expect([takesAgain(first), takesAgain(closed), takesAgain({ ...first, call: null })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(digestIn({ ...first, call: null }, words)).toBeNull();
  });
});
