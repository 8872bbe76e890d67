import { describe, expect, it } from 'vitest';
import { aContact } from '../../../../tests/harness/builders.ts';
import { asInstant } from '../time.ts';
import type { LanguageSource } from './detection.ts';
import { englishOf, languageOfContact, linesOfPublic, withLine, type LineInLanguage } from './lines.ts';

const at = asInstant(1_800_000_000_000);
const reading = { language: 'es', confidence: 0.8, unsure: null, couldBe: [] };

function aLine(
  line: string,
  text: string | null,
  over: { code?: string; from?: LanguageSource } = {},
): LineInLanguage {
  const { code = 'es', from = 'line' } = over;
  const made = {
    from: code,
    to: 'en',
    by: from,
    engine: 'apertium',
    version: '1',
    at,
    doubts: [],
    unchecked: [],
  } as const;
  return {
    line,
    reading,
    language: { code, from },
    outcome:
      text === null
        ? { kind: 'untranslated', trouble: { kind: 'down' } }
        : { kind: 'translated', translation: { text, ...made } },
    at,
  };
}

describe('the lines of a contact in another language', () => {
  it('LG-05: each stands once, in the order in which it first came, with what was last made of it', () => {
    const one = aLine('m1', 'one');
    const two = aLine('m2', 'two');
    const again = aLine('m1', 'one, chosen as Galician', { code: 'gl', from: 'chosen' });
    expect([one, two, again].reduce(withLine, [] as readonly LineInLanguage[])).toEqual([again, two]);
  });

  it('LG-09: trouble takes no translation away, unless it is of another language', () => {
    const good = aLine('m1', 'one');
    const bad = aLine('m1', null);
    expect(withLine([good], bad)).toEqual([good]);
    expect(withLine([bad], good)).toEqual([good]);
    const other = aLine('m1', null, { code: 'so', from: 'chosen' });
    expect(withLine([good], other)).toEqual([other]);
  });
});

describe('the texts of the public', () => {
  const base = aContact({ channel: 'web-chat', account: 'hola', language: 'es' });
  const contact = {
    ...base,
    form: {
      kind: 'crime',
      answers: [{ id: 'what', question: 'What?', answer: 'un bolso' }],
    },
    messages: [
      { key: 'a', from: 'assistant', text: 'Is it a crime?', language: null, at },
      { key: 'b', from: 'public', text: 'sí', language: null, at },
      { key: 'c', from: 'public', text: 'oui', language: 'fr', at },
    ],
  } as const;

  it('LG-02, LG-17: the account, their form and their messages, each with its name and what was said of its language; the assistant is nobody', () => {
    expect(linesOfPublic(contact)).toEqual([
      { line: 'account', text: 'hola', told: 'es', isAnswer: false },
      { line: 'answer what', text: 'un bolso', told: null, isAnswer: true },
      { line: 'b', text: 'sí', told: 'es', isAnswer: false },
      { line: 'c', text: 'oui', told: 'fr', isAnswer: false },
    ]);
  });

  it('LG-05: the English of a line is what a machine made of it into English, and nothing else', () => {
    const spanish = aLine('r1', 'x');
    const intoSpanish =
      spanish.outcome.kind === 'translated'
        ? {
            ...spanish,
            outcome: { ...spanish.outcome, translation: { ...spanish.outcome.translation, to: 'es' } },
          }
        : spanish;
    const lines = [aLine('b', 'yes'), aLine('c', null), intoSpanish];
    expect(['b', 'c', 'r1', 'none'].map((line) => englishOf(lines, line))).toEqual(['yes', null, null, null]);
  });

  it('LG-16: the same trouble once more says nothing new', () => {
    const lines = [aLine('b', null)];
    expect(withLine(lines, { ...aLine('b', null), at: asInstant(at + 1) })).toBe(lines);
    expect(withLine(lines, aLine('b', null, { code: 'ca', from: 'chosen' }))).not.toBe(lines);
  });
});

describe('the language in which a person is written to', () => {
  const of = (over: Partial<Parameters<typeof languageOfContact>[0]>) =>
    languageOfContact({ chosen: null, lines: [], told: null, ...over })?.code ?? null;

  it('LG-12: what the handler chose; else the last surely read; else what they said; a guess is not written in', () => {
    const lines = [aLine('m1', 'x'), aLine('m2', 'y', { code: 'ca', from: 'guess' })];
    expect([
      of({ chosen: 'pl', lines, told: 'ro' }),
      of({ lines, told: 'ro' }),
      of({ lines: [aLine('m2', 'y', { code: 'ca', from: 'guess' })], told: 'ro' }),
      of({ lines: [aLine('m2', 'y', { code: 'ca', from: 'guess' })] }),
    ]).toEqual(['pl', 'es', 'ro', null]);
  });

  it('LG-12: English is not translated, whoever says that it is English', () => {
    expect([of({ chosen: 'en', told: 'pl' }), of({ told: 'en-GB' }), of({})]).toEqual([null, null, null]);
  });
});
