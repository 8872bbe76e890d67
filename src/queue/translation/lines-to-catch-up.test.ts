import { describe, expect, it } from 'vitest';
import { aContact, anId, testStart } from '../../../tests/harness/builders.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asContactId } from '../../shared/domain/ids.ts';
import type { LineInLanguage } from '../../shared/domain/language/lines.ts';
import type { TranslationOutcome } from '../../shared/domain/language/translation.ts';
import { later } from '../../shared/domain/time.ts';
import { linesToCatchUp } from './lines-to-catch-up.ts';

const says = (key: string, text = 'hola') =>
  ({ key, from: 'public', text, language: null, at: testStart }) as const;
const has = (line: string, outcome: TranslationOutcome): LineInLanguage => ({
  ...{ line, reading: null, language: { code: 'es', from: 'line' }, outcome, at: testStart },
});
const done: TranslationOutcome = {
  kind: 'translated',
  translation: {
    ...{ text: 'hello', from: 'es', to: 'en', by: 'line', engine: 'apertium', version: '', at: testStart },
    ...{ doubts: [], unchecked: [] },
  },
};
const chat = (n: number, over: Partial<Contact> = {}): Contact => ({
  ...aContact({ channel: 'web-chat', account: 'buenos días' }),
  id: asContactId(anId(n)),
  receivedAt: later(testStart, n),
  ...over,
});
const told = (open: readonly Contact[]) =>
  linesToCatchUp(open).map(({ contact, lines }) => [contact.id, lines]);

describe('lines that nobody has translated', () => {
  it('LG-16: the newest contact first, each with the lines that have no translation or one that the service has failed', () => {
    const older = chat(1, { messages: [says('a')] });
    const newer = chat(2, {
      messages: [says('a'), says('b'), says('c', ' '), { ...says('d'), from: 'assistant' }],
      translations: [
        has('account', done),
        has('a', { kind: 'untranslated', trouble: { kind: 'down' } }),
        has('b', { kind: 'untranslated', trouble: { kind: 'unsupported', from: 'so', to: 'en' } }),
      ],
    });
    expect(told([older, newer])).toEqual([
      [newer.id, ['a']],
      [older.id, ['account', 'a']],
    ]);
  });

  it('LG-16: what was heard and not written, and what is done, is left alone; of one contact the newest lines', () => {
    const call = { ...chat(3), channel: '101-voice' } as const;
    const whole = chat(4, { translations: [has('account', done)] });
    const long = chat(5, { messages: Array.from({ length: 40 }, (_, n) => says(`m${n}`)) });
    const [[, lines] = []] = told([call, whole, long]);
    expect([told([call, whole]), lines?.length, lines?.at(-1)]).toEqual([[], 12, 'm39']);
  });
});
