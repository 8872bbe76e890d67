import { describe, expect, it } from 'vitest';
import { contactsOfCard, shippedLinking, shippedRiskWords } from '../../tests/harness/assist-data.ts';
import { aContact, anActor, anId, aPolicy, testStart } from '../../tests/harness/builders.ts';
import { compileLinking } from '../shared/domain/assist/link-traits.ts';
import { compileRiskWords, findAndCount, wordsOfPublic } from '../shared/domain/assist/risk-words.ts';
import type { Channel } from '../shared/domain/channel.ts';
import type { Contact } from '../shared/domain/contact.ts';
import { asCommandId } from '../shared/domain/ids.ts';
import type { LineInLanguage } from '../shared/domain/language/lines.ts';
import { apply } from '../shared/domain/lifecycle.ts';
import { HOUR, later, MINUTE } from '../shared/domain/time.ts';
import { emptyEntry } from '../shared/domain/triage/entry.ts';
import { flagsOnArrival, riskInTranslation, riskToldBy, textsToSearch } from './risk-flags.ts';

const facts = { riskWords: compileRiskWords(shippedRiskWords()), linking: compileLinking(shippedLinking()) };
const policy = { ...aPolicy(), facts };
const none = { vulnerable: false, repeat: false, lookFirst: false };
const arrived = (channel: Channel, account: string, flags = none) =>
  flagsOnArrival({ channel, title: 'Something', place: null, account, flags }, policy);
const said = (text: string, from: 'public' | 'assistant' = 'public') =>
  ({ from, text, language: null, at: testStart }) as const;

describe('risk words on arrival', () => {
  it('AS-04, O-07: what comes in writing is marked “look first” when its words ask for it, whatever the channel', () => {
    const written: readonly Channel[] = [
      '999-relay',
      '999-text',
      '101-relay',
      'web-chat',
      'online-report',
      'text',
      'e-mail',
      'social-message',
      'partner-line',
      'front-counter',
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
      flagsOnArrival(
        { channel: 'web-chat', title: 'x', place: null, account: 'He has a knife', flags: none },
        aPolicy(),
      ),
    ]).toEqual([marked, none]);
  });

  it('CH-13: an answer in a public form is searched like the account', () => {
    const report = {
      channel: 'online-report',
      title: 'Damage',
      place: null,
      account: '',
      flags: none,
    } as const;
    const answered = (answer: string) =>
      flagsOnArrival(
        { ...report, form: { kind: 'crime', answers: [{ id: 'a', question: 'What?', answer }] } },
        policy,
      );
    expect([
      answered('He is outside with a knife').lookFirst,
      answered('It was scratched').lookFirst,
    ]).toEqual([true, false]);
  });

  it('AS-04: the subject line and the words for the place are searched like the account', () => {
    const calm = {
      channel: 'e-mail',
      title: 'A question',
      place: 'Ware',
      account: 'See above.',
      flags: none,
    } as const;
    const words = 'He is outside with a knife';
    expect([
      flagsOnArrival(calm, policy).lookFirst,
      flagsOnArrival({ ...calm, title: words }, policy).lookFirst,
      flagsOnArrival({ ...calm, place: words }, policy).lookFirst,
    ]).toEqual([false, true, true]);
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
  const dueAfter = (contact: Contact, message: ReturnType<typeof said>) =>
    riskToldBy(contact, message, policy).lookFirst?.at ?? null;
  const groupsIn = (contact: Contact, message: ReturnType<typeof said>) =>
    riskToldBy(contact, message, policy).riskWords ?? null;
  const told = (contact: Contact, text: string): Contact => {
    const message = { ...said(text), key: text };
    const what = { kind: 'said', message, ...riskToldBy(contact, message, policy) } as const;
    return apply(contact, {
      contact: contact.id,
      rev: contact.rev + 1,
      at: later(testStart, MINUTE),
      by: null,
      what,
    });
  };

  it('AS-04, O-07: a message whose words ask for it makes the contact due an hour before it was received, and the row says look first', () => {
    const after = told(chat, 'He has a knife, please hurry');
    expect([after.flags.lookFirst, after.due.at, after.band, after.messages.length]).toEqual([
      true,
      later(chat.receivedAt, -HOUR),
      'B',
      1,
    ]);
  });

  it('AS-05: a risk word that begins in one message and ends in the next is found', () => {
    const begun = { ...chat, messages: [{ ...said('I can’t'), key: 'm1' }] };
    expect([dueAfter(chat, said('breathe')), dueAfter(begun, said('breathe'))]).toEqual([
      null,
      later(chat.receivedAt, -HOUR),
    ]);
    expect([groupsIn(chat, said('breathe')), groupsIn(begun, said('breathe'))]).toEqual([null, ['body']]);
  });

  it('AS-05: what the assistant asked is not the public’s, and what is marked already is not due anew', () => {
    const marked = { ...chat, flags: { ...none, lookFirst: true } };
    expect([
      dueAfter(chat, said('Does he have a knife?', 'assistant')),
      dueAfter(marked, said('He has a knife')),
      dueAfter(chat, said('It is about my bicycle')),
    ]).toEqual([null, null, null]);
  });

  it('T-23, T-17: danger that is written after the risk was looked at asks for another look, also where it was marked before', () => {
    const triage = [{ id: asCommandId(anId(1)), entry: emptyEntry, by: anActor(), at: testStart }];
    const flags = { ...none, lookFirst: true };
    const because = (contact: Contact, text: string) =>
      told(contact, text).duties.map(({ kind, because: why }) => [kind, why]);
    expect([
      because({ ...chat, triage }, 'He has a knife'),
      because({ ...chat, triage, flags }, 'He has a knife'),
      because({ ...chat, grade: 'G4' }, 'He has a knife'),
      because({ ...chat, triage }, 'It is about my bicycle'),
      because(chat, 'He has a knife'),
    ]).toEqual([
      [['re-thrive', 'risk-words']],
      [['re-thrive', 'risk-words']],
      [['re-thrive', 'risk-words']],
      [],
      [],
    ]);
  });

  it('T-23: the same words once more, words that are only shown, and what the assistant asks tell nothing new', () => {
    const before = { ...chat, messages: [{ ...said('He has a knife'), key: 'm1' }] };
    expect([
      groupsIn(before, said(' He has a knife ')),
      groupsIn(before, said('He has the knife in his hand')),
      groupsIn(chat, said('I am scared')),
      groupsIn(chat, said('Has he a knife?', 'assistant')),
      riskToldBy(chat, said('He has a knife'), aPolicy()),
    ]).toEqual([null, ['weapon'], null, null, {}]);
  });

  it('T-23: whoever plays the message again needs no policy: the duty stands on what the queue read then', () => {
    const triage = [{ id: asCommandId(anId(1)), entry: emptyEntry, by: anActor(), at: testStart }];
    const message = { ...said('Nothing that any list knows'), key: 'm9' };
    const event = { contact: chat.id, rev: 2, at: testStart, by: null } as const;
    const replayed = apply(
      { ...chat, triage },
      { ...event, what: { kind: 'said', message, riskWords: ['weapon'] } },
    );
    expect(replayed.marks.duties).toEqual(['re-thrive']);
  });
});

describe('risk words in a translation', () => {
  const foreign = aContact({
    channel: 'web-chat',
    account: 'Hola',
    messages: [
      { ...said('Lleva una chaira'), key: 'a' },
      { ...said('Tiene un cuchillo'), key: 'b' },
    ],
  });
  const made = (line: string, text: string): LineInLanguage => ({
    line,
    reading: { language: 'es', confidence: 0.8, unsure: null, couldBe: [] },
    language: { code: 'es', from: 'line' },
    outcome: {
      kind: 'translated',
      translation: {
        ...{ text, from: 'es', to: 'en', by: 'line', engine: 'apertium', version: '', at: testStart },
        ...{ doubts: [], unchecked: [] },
      },
    },
    at: testStart,
  });
  const told = (about: LineInLanguage, contact = foreign) => riskInTranslation(contact, about, policy);

  it('AS-02, AS-03, O-07: what only the translation says lifts the contact, whatever negates it', () => {
    const due = later(foreign.receivedAt, -HOUR);
    expect(told(made('a', 'He has a knife'))).toMatchObject({
      riskWords: ['weapon'],
      lookFirst: { at: due },
    });
    expect(told(made('a', 'He has not got a knife'))).toMatchObject({ riskWords: ['weapon'] });
    expect(told(made('a', 'He has a knife'), { ...foreign, flags: { ...none, lookFirst: true } })).toEqual({
      riskWords: ['weapon'],
    });
  });

  it('T-23: what the original has told, what was told by an earlier translation, and what we wrote tell nothing new', () => {
    const ours = { ...made('a', 'He has a knife'), reading: null };
    const before = { ...foreign, translations: [made('a', 'He carries a knife')] };
    expect([
      told(made('a', 'He has something')),
      told(made('b', 'He has a knife')),
      told(made('a', 'He has a knife'), before),
      told(ours),
      told(made('nothing of this name', 'He has a knife')),
      told(made('a', 'He has a knife'), { ...foreign, channel: '101-voice' }),
    ]).toEqual([{}, {}, {}, {}, {}, {}]);
  });

  it('AS-05: one that began in the line before is found, each line in its English', () => {
    const contact = {
      ...foreign,
      messages: [
        { ...said('No puedo'), key: 'a' },
        { ...said('respirar'), key: 'b' },
      ],
      translations: [made('a', 'I can’t')],
    };
    const quiet = { ...contact, messages: contact.messages.map((one) => ({ ...one, text: 'xx' })) };
    expect(told(made('b', 'breathe'), quiet).riskWords).toEqual(['body']);
  });

  it('O-07, T-23: played again, the event marks the contact and asks for another look without a policy', () => {
    const triage = [{ id: asCommandId(anId(1)), entry: emptyEntry, by: anActor(), at: testStart }];
    const contact = { ...foreign, triage };
    const about = made('a', 'He has a knife');
    const after = apply(contact, {
      ...{ contact: contact.id, rev: contact.rev + 1, at: later(testStart, MINUTE), by: null },
      what: { kind: 'translated', about, ...told(about, contact) },
    });
    expect([after.flags.lookFirst, after.marks.duties, after.translations]).toEqual([
      true,
      ['re-thrive'],
      [about],
    ]);
  });
});

describe('what one more message costs', () => {
  const texts = (count: number, text: string): readonly string[] => Array.from({ length: count }, () => text);
  const stepsOf = (before: readonly string[], text: string): number =>
    findAndCount(facts.riskWords, textsToSearch(facts.riskWords, before, text)).steps;

  it.each<[string, string]>([
    ['short messages', 'ok '.repeat(30)],
    ['messages of one word', 'ok'],
    ['messages without a word', '👮 …'],
    ['long messages', 'and then '.repeat(1_500)],
    ['messages without spaces', '刀杀'.repeat(4_000)],
  ])('C-33 the words searched do not grow with what was written before: %s', (_, text) => {
    const few = stepsOf(texts(60, text), 'ok');
    const many = stepsOf(texts(3_000, text), 'ok');
    expect(many).toBe(few);
    expect(many).toBeLessThan(60_000);
  });

  it('AS-05 and a risk word that began many messages ago is found all the same', () => {
    const before = [...texts(500, 'and so on'), 'he has', 'not', 'got', 'a'];
    const contact = aContact({
      channel: 'web-chat',
      account: 'hello',
      messages: before.map((text, n) => ({ ...said(text), key: `k${n}` })),
    });
    expect(wordsOfPublic(contact)).toHaveLength(505);
    expect(riskToldBy(contact, said('knife'), policy).lookFirst).toBeDefined();
  });
});
