import { describe, expect, it } from 'vitest';
import { asInstant } from '../time.ts';
import type { LanguageSource } from './detection.ts';
import { languageOfContact, withLine, type LineInLanguage } from './lines.ts';

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
