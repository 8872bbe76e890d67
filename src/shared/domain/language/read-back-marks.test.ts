import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from './languages.ts';
import { markForReadBack, plainDigits } from './read-back-marks.ts';
import { tabledLanguages, wordTableOf } from './word-tables.ts';

const marked = (text: string, language: string | null) =>
  markForReadBack(text, language).marks.map(({ kind, from, to, value }) => [
    kind,
    text.slice(from, to),
    value,
  ]);

describe('what is marked for reading back', () => {
  it('LG-06: telephone numbers, postcodes, times, codes and numbers, each by what it comes to', () => {
    expect(
      marked(
        'Ring +44 7700 900123 or 07700-900 123, 22:30 or 9.15pm, SG1 9VO, A414, LB71QIV, £1,500.50, 12',
        'en',
      ),
    ).toEqual([
      ['telephone', '+44 7700 900123', '07700900123'],
      ['telephone', '07700-900 123', '07700900123'],
      ['time', '22:30', '630'],
      ['time', '9.15pm', '555'],
      ['postcode', 'SG1 9VO', 'SG19VO'],
      ['code', 'A414', 'A414'],
      ['code', 'LB71QIV', 'LB71QIV'],
      ['number', '1,500.50', '1500.5'],
      ['number', '12', '12'],
    ]);
  });

  it('LG-06: numbers in words, also in several words', () => {
    expect([
      marked('twenty-five of us', 'en'),
      marked('debo quinientas libras y treinta y cinco', 'es'),
      marked('Jest nas pięciu', 'pl'),
      marked('five hundred', 'en'),
      marked('two, three', 'en'),
    ]).toEqual([
      [['number', 'twenty-five', '25']],
      [
        ['number', 'quinientas', '500'],
        ['number', 'treinta y cinco', '35'],
      ],
      [['number', 'pięciu', '5']],
      [['number', 'five hundred', '500']],
      [
        ['number', 'two', '2'],
        ['number', 'three', '3'],
      ],
    ]);
  });

  it('LG-06: negations, kinship and names', () => {
    expect([
      marked('My husband won’t let me leave Larkmere Close', 'en'),
      marked('Mi marido no me deja salir', 'es'),
      marked('Nie mogę odejść od męża', 'pl'),
      marked('Nu pot să plec', 'ro'),
      marked('میرا شوہر مجھے جانے نہیں دیتا', 'ur'),
      marked('زوجي لا يسمح لي بالخروج', 'ar'),
    ]).toEqual([
      [
        ['kin', 'husband', 'husband'],
        ['not', 'won’t', 'wont'],
        ['name', 'Larkmere', 'larkmere'],
        ['name', 'Close', 'close'],
      ],
      [
        ['kin', 'marido', 'marido'],
        ['not', 'no', 'no'],
      ],
      [
        ['not', 'Nie', 'nie'],
        ['kin', 'męża', 'meza'],
      ],
      [['not', 'Nu', 'nu']],
      [
        ['kin', 'شوہر', 'شوهر'],
        ['not', 'نہیں', 'نهيں'],
      ],
      [
        ['kin', 'زوجي', 'زوجي'],
        ['not', 'لا', 'لا'],
      ],
    ]);
  });

  it('LG-06: digits of any script are read', () => {
    expect([plainDigits('٠١٢ ۳۴۵ ६७८'), marked('عندي ٥ أطفال', 'ar')[0]]).toEqual([
      '012 345 678',
      ['number', '٥', '5'],
    ]);
  });

  it('LG-08: what cannot be looked for is said, never passed over', () => {
    expect([
      markForReadBack('Waan baqayaa, fadlan i caawi', 'so').unchecked,
      markForReadBack('Il me bat, aidez-moi', 'fr').unchecked,
      markForReadBack('زوجي يضربني', 'ar').unchecked,
      markForReadBack('Er schlägt mich im Haus', 'de').unchecked,
      markForReadBack('Something is wrong', null).unchecked,
    ]).toEqual([
      ['negations', 'number-words', 'kinship'],
      [],
      ['names'],
      ['names'],
      ['negations', 'number-words', 'kinship'],
    ]);
  });

  it('LG-06: whatever the text, marks lie inside it, in order, without overlapping', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom('no', 'five', 'SG1 9VO', '22:30', '07700 900123', 'Ana', ',', '.', '٥', 'A1'),
          { maxLength: 30 },
        )
        .map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(null, ...languages.map(({ code }) => code)), (written, language) => {
        let last = 0;
        for (const { from, to } of markForReadBack(written, language).marks) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          last = to;
        }
        expect(last).toBeLessThanOrEqual(written.length);
      }),
    );
  });

  it('LG-06: a word is one thing in a table: what negates is no number and no relative', () => {
    const twice = tabledLanguages.flatMap((code) => {
      const table = wordTableOf(code);
      if (table === null) return [code];
      const all = [...table.not, ...table.joining, ...table.perhaps, ...table.numbers.keys(), ...table.kin];
      return all.filter((word, n) => all.indexOf(word) !== n).map((word) => `${code}: ${word}`);
    });
    expect(twice).toEqual([]);
    expect(tabledLanguages.every((code) => languages.some((language) => language.code === code))).toBe(true);
  });
});
