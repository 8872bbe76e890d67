import { describe, expect, it } from 'vitest';
import { aContact, anActor, testStart } from '../../../../tests/harness/builders.ts';
import { callAfter, nothingTold } from '../../../shared/domain/call-events.ts';
import type { Contact, Message } from '../../../shared/domain/contact.ts';
import { later, MINUTE, SECOND } from '../../../shared/domain/time.ts';
import { isToldAgain, TOLD_AGAIN_MS, type Text } from './told-again.ts';

const words = 'police. brother has knife. me hide bathroom';
const call = callAfter(null, { kind: 'ring', at: testStart, told: nothingTold, takenFor: null }, 't-1');
const first = (over: Partial<Contact> = {}): Contact =>
  aContact({
    channel: '999-text',
    caller: { name: null, number: '07700 900856', address: null },
    account: words,
    enteredAt: testStart,
    call,
    ...over,
  });
const text = (over: Partial<Text> = {}): Text => ({
  channel: '999-text',
  source: 'telephony',
  number: '07700 900856',
  words,
  ...over,
});
const after = (ms: number) => later(testStart, ms);
const message = (over: Partial<Message>): Message => ({
  key: 'm',
  from: 'public',
  text: words,
  language: null,
  at: after(0),
  ...over,
});

describe('TE-06: an emergency text that is told again', () => {
  it('is the same words from the same number within five minutes, however they are spaced and the number is written', () => {
    expect(isToldAgain(first(), text(), after(3 * MINUTE))).toBe(true);
    const shouted = text({ words: `  ${words.toUpperCase()}\n`, number: '+44 7700 900856' });
    expect(isToldAgain(first(), shouted, after(TOLD_AGAIN_MS))).toBe(true);
    expect(isToldAgain(first({ channel: '999-relay' }), text(), after(MINUTE))).toBe(true);
  });

  it('counts from the last time it was told', () => {
    const again = first({ messages: [message({ at: after(3 * MINUTE) })] });
    expect(isToldAgain(again, text(), after(6 * MINUTE))).toBe(true);
    expect(isToldAgain(again, text(), after(9 * MINUTE))).toBe(false);
  });

  it.each<[string, Contact, Text, number]>([
    ['after five minutes', first(), text(), TOLD_AGAIN_MS + 1],
    ['in other words', first(), text({ words: `${words} he comes` }), MINUTE],
    ['without words', first({ account: ' ' }), text({ words: ' ' }), MINUTE],
    ['from another number', first(), text({ number: '07700 900857' }), MINUTE],
    ['from no number', first(), text({ number: null }), MINUTE],
    [
      'from two numbers that are both withheld',
      first({ caller: { name: null, number: null, address: null } }),
      text({ number: null }),
      MINUTE,
    ],
    ['by voice', first(), text({ channel: '999-voice' }), MINUTE],
    ['by another exchange', first(), text({ source: 'other' }), MINUTE],
    [
      'about a contact that is closed',
      first({ ownership: { kind: 'closed', by: anActor(), since: after(SECOND) } }),
      text(),
      MINUTE,
    ],
    ['of a contact that no exchange told', first({ call: null }), text(), MINUTE],
    [
      'as the assistant’s words',
      first({ account: 'other', messages: [message({ from: 'assistant', at: after(0) })] }),
      text(),
      MINUTE,
    ],
  ])('is an emergency of its own %s', (_, contact, again, ms) => {
    expect(isToldAgain(contact, again, after(ms))).toBe(false);
  });
});
