import { describe, expect, it } from 'vitest';
import { contactsOfCard, shippedLinking, shippedRiskWords } from '../../tests/harness/assist-data.ts';
import { aContact, aPolicy, testStart } from '../../tests/harness/builders.ts';
import { compileLinking } from '../shared/domain/assist/link-traits.ts';
import { compileRiskWords } from '../shared/domain/assist/risk-words.ts';
import type { Channel } from '../shared/domain/channel.ts';
import { apply } from '../shared/domain/lifecycle.ts';
import { HOUR, later } from '../shared/domain/time.ts';
import { dueAfterWords, flagsOnArrival } from './risk-flags.ts';

const facts = { riskWords: compileRiskWords(shippedRiskWords()), linking: compileLinking(shippedLinking()) };
const policy = { ...aPolicy(), facts };
const none = { vulnerable: false, repeat: false, lookFirst: false };
const arrived = (channel: Channel, account: string, flags = none) =>
  flagsOnArrival({ channel, account, flags }, policy);
const said = (text: string, from: 'public' | 'assistant' = 'public') =>
  ({ from, text, language: null, at: testStart }) as const;

describe('risk words on arrival', () => {
  it('AS-04, O-07: what comes in writing is marked “look first” when its words ask for it, whatever the channel', () => {
    const written: readonly Channel[] = [
      '999-text',
      'web-chat',
      'online-report',
      'text',
      'e-mail',
      'social-message',
    ];
    const marked = written.map((channel) => arrived(channel, 'He is outside with a knife').lookFirst);
    const calm = written.map((channel) => arrived(channel, 'My bicycle was taken last week').lookFirst);
    expect([marked, calm]).toEqual([written.map(() => true), written.map(() => false)]);
  });

  it('AS-04: a call is heard by whoever answers it, and is not put before others by words that were typed', () => {
    expect(arrived('101-voice', 'He is outside with a knife')).toEqual(none);
  });

  it('AS-03: what a source has marked stays marked, and a queue without risk words marks nothing', () => {
    const marked = { ...none, lookFirst: true };
    expect([
      arrived('web-chat', 'All is well', marked),
      flagsOnArrival({ channel: 'web-chat', account: 'He has a knife', flags: none }, aPolicy()),
    ]).toEqual([marked, none]);
  });

  it('AS-08: the card of the worker whose passport is kept is lifted by its Polish words alone', () => {
    const [card] = contactsOfCard('E09');
    expect(arrived('web-chat', card?.account ?? '').lookFirst).toBe(true);
  });
});

describe('risk words in what follows', () => {
  const chat = aContact({
    channel: 'web-chat',
    account: 'I want to report something.',
    caller: { name: null, number: null, address: null },
  });

  it('AS-04, O-07: a message whose words ask for it makes the contact due an hour before it was received, and the row says look first', () => {
    const due = dueAfterWords(chat, said('He has a knife, please hurry'), policy);
    expect(due?.at).toBe(later(chat.receivedAt, -HOUR));
    const what = {
      kind: 'said',
      message: { ...said('He has a knife'), key: 'm1' },
      lookFirst: due ?? undefined,
    } as const;
    const after = apply(chat, { contact: chat.id, rev: 2, at: testStart, by: null, what });
    expect([after.flags.lookFirst, after.due, after.band, after.messages.length]).toEqual([
      true,
      due,
      'B',
      1,
    ]);
  });

  it('AS-05: a risk word that begins in one message and ends in the next is found', () => {
    const begun = { ...chat, messages: [{ ...said('I can’t'), key: 'm1' }] };
    const alone = dueAfterWords(chat, said('breathe'), policy);
    const together = dueAfterWords(begun, said('breathe'), policy);
    expect([alone, together?.at]).toEqual([null, later(chat.receivedAt, -HOUR)]);
  });

  it('AS-05: what the assistant asked is not the public’s, and what is marked already is not due anew', () => {
    const marked = { ...chat, flags: { ...none, lookFirst: true } };
    expect([
      dueAfterWords(chat, said('Does he have a knife?', 'assistant'), policy),
      dueAfterWords(marked, said('He has a knife'), policy),
      dueAfterWords(chat, said('It is about my bicycle'), policy),
    ]).toEqual([null, null, null]);
  });
});
