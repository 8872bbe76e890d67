import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForeign, judgeReading, languageOfLine, type Detection, type Reading } from './detection.ts';

const reading = (scores: readonly (readonly [string, number])[], isReliable = true): Reading => ({
  scores: scores.map(([tag, score]) => ({ tag, score })),
  isReliable,
});
const sure = (language: string): Detection => ({ language, confidence: 0.8, unsure: null, couldBe: [] });
const unsure = (language: string | null): Detection => ({
  language,
  confidence: 0.4,
  unsure: 'weak',
  couldBe: [],
});

describe('what is believed of a detector', () => {
  it('LG-03: a long enough text, read with a good measure and a clear lead, is sure', () => {
    const text = 'Mi jefe tiene mi pasaporte y no me deja salir de la casa';
    expect(
      judgeReading(
        text,
        reading([
          ['es', 0.81],
          ['it', 0.69],
        ]),
      ),
    ).toEqual({
      language: 'es',
      confidence: 0.81,
      unsure: null,
      couldBe: [],
    });
  });

  it('LG-03: a short text is unsure whatever the detector says', () => {
    expect(judgeReading('ok gracias', reading([['es', 0.9]])).unsure).toBe('too-short');
    expect(judgeReading('Stevenage', reading([['fr', 0.71]])).unsure).toBe('too-short');
  });

  it('LG-03: two languages that fit about as well are both named', () => {
    const found = judgeReading(
      'mannen min slår meg',
      reading([
        ['no', 0.79],
        ['sv', 0.76],
        ['da', 0.64],
      ]),
    );
    expect(found).toMatchObject({ language: 'nb', unsure: 'too-close', couldBe: ['sv'] });
  });

  it('LG-03: what fits badly, and what the detector does not stand by, is weak', () => {
    const text = 'Ninkaygu wuu i garaacayaa';
    expect([
      judgeReading(
        text,
        reading([
          ['ca', 0.5],
          ['it', 0.4],
        ]),
      ).unsure,
      judgeReading(text, reading([['ca', 0.7]], false)).unsure,
      judgeReading(text, reading([])),
    ]).toEqual(['weak', 'weak', { language: null, confidence: 0, unsure: 'nothing-found', couldBe: [] }]);
  });

  it('LG-03: letters that a language does not have rule it out', () => {
    const scores = reading([
      ['be', 0.8],
      ['uk', 0.79],
      ['ru', 0.76],
    ]);
    expect(judgeReading('мій чоловік мене б’є щодня', scores).language).toBe('uk');
    expect(judgeReading('мой муж бьёт меня каждый день, щит', scores).language).toBe('ru');
  });

  it('LG-03: a language the detector does not know, given away by its letters, is named and stays unsure', () => {
    const found = judgeReading('ሰብኣየይ ይወቕዓኒ ኣሎ', reading([['am', 0.83]]));
    expect(found).toEqual({ language: 'ti', confidence: 0, unsure: 'letters-of-another', couldBe: ['am'] });
  });

  it('LG-03: a script that one language alone uses is enough, even for a word', () => {
    expect([
      judgeReading('ਮਦਦ', reading([])).language,
      judgeReading('βοήθεια', reading([])).unsure,
      judgeReading('도와주세요', reading([])).language,
    ]).toEqual(['pa', null, 'ko']);
  });

  it('LG-03: a language that others are taken for names them', () => {
    const text = 'शोहर मुझे हर दिन मारता है';
    expect(
      judgeReading(
        text,
        reading([
          ['hi', 0.8],
          ['mr', 0.6],
        ]),
      ).couldBe,
    ).toEqual(['ne']);
  });

  it('LG-03: Serbian and Kurdish are told by the letters of the text', () => {
    expect([
      judgeReading('muž me svaki dan tuče', reading([['sr', 0.8]])).language,
      judgeReading('мој муж ме туче сваки дан', reading([['sr', 0.8]])).language,
      judgeReading('mêrê min li min dixe', reading([['ku', 0.8]])).language,
      judgeReading('مێردەکەم لێم دەدات هەموو ڕۆژێک', reading([['ku', 0.8]])).language,
    ]).toEqual(['sr-Latn', 'sr-Cyrl', 'kmr', 'ku']);
  });

  it('LG-03: whatever the text and the reading, nothing short is sure, and what is sure is a language of the list', () => {
    const tag = fc.constantFrom('en', 'es', 'pl', 'ur', 'ar', 'xx', 'zh', 'no');
    const scores = fc.array(fc.record({ tag, score: fc.double({ min: 0, max: 1, noNaN: true }) }));
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        scores,
        fc.boolean(),
        (text, all, isReliable) => {
          const sorted = [...all].sort((a, b) => b.score - a.score);
          const found = judgeReading(text, { scores: sorted, isReliable });
          expect(found.couldBe).not.toContain(found.language);
          if (found.unsure === null) expect(found.language).not.toBe(null);
          if (/^[a-z]{0,9}$/.test(text)) expect(found.unsure).not.toBe(null);
        },
      ),
    );
  });
});

describe('the language of a line', () => {
  const line = (over: Partial<Parameters<typeof languageOfLine>[0]> = {}) =>
    languageOfLine({ chosen: null, line: unsure('ca'), conversation: null, told: null, ...over });

  it('LG-04: the handler’s choice wins over everything', () => {
    expect(line({ chosen: 'so', line: sure('it'), conversation: sure('it'), told: 'pl' })).toEqual({
      code: 'so',
      from: 'chosen',
    });
  });

  it('LG-04: then the line itself if it is sure, the conversation, what the person said, and a guess', () => {
    expect([
      line({ line: sure('en'), conversation: sure('es') }),
      line({ conversation: sure('es'), told: 'pl' }),
      line({ told: 'pl-PL' }),
      line({}),
      line({ line: unsure(null) }),
    ]).toEqual([
      { code: 'en', from: 'line' },
      { code: 'es', from: 'conversation' },
      { code: 'pl', from: 'told' },
      { code: 'ca', from: 'guess' },
      null,
    ]);
  });

  it('LG-04: English needs no translation, and what nobody can read is not called foreign', () => {
    expect([isForeign(line({ line: sure('en') })), isForeign(line({ told: 'pl' })), isForeign(null)]).toEqual(
      [false, true, false],
    );
  });
});
