import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNegations, doubtSentence, doubtsOf, uncheckedSentence, type TranslatedPair } from './doubt.ts';

const pair = (
  over: Partial<TranslatedPair> & Pick<TranslatedPair, 'original' | 'translation'>,
): TranslatedPair => ({
  from: 'es',
  to: 'en',
  by: 'line',
  ...over,
});
const kinds = (over: Parameters<typeof pair>[0]) => doubtsOf(pair(over)).doubts.map(({ kind }) => kind);
const sentences = (over: Parameters<typeof pair>[0]) => doubtsOf(pair(over)).doubts.map(doubtSentence);

describe('doubt about a translation', () => {
  it('LG-07: a translation that agrees in numbers, names and negations shows no sign', () => {
    expect([
      kinds({
        original: 'Mi jefe tiene mi pasaporte, no puedo salir. Vivo en Stevenage, 12 Larkmere Close.',
        translation: 'My boss has my passport, I can’t leave. I live in Stevenage, 12 Larkmere Close.',
      }),
      kinds({ from: 'pl', original: 'Jest nas pięciu.', translation: 'There are five of us.' }),
      kinds({ from: 'pl', original: 'Jest nas pięciu.', translation: 'There are 5 of us.' }),
      kinds({ original: 'No he visto a nadie', translation: 'I have not seen anybody' }),
      kinds({ original: 'Llegó a las 22:30', translation: 'He came at 10.30 pm' }),
      kinds({
        from: 'pl',
        original: 'Jadę z Hatfieldu do domu',
        translation: 'I am going home from Hatfield',
      }),
    ]).toEqual([[], [], [], [], [], []]);
  });

  it('LG-07: a number that changed is named, on both sides', () => {
    expect(
      sentences({ original: 'Vivo en el número 12, piso 3', translation: 'I live at number 21, floor 3' }),
    ).toEqual(['The numbers differ: “12” in the original, “21” in the translation.']);
    expect(sentences({ original: 'Me debe 500 libras', translation: 'He owes me pounds' })).toEqual([
      '“500” is only in the original: ask again.',
    ]);
  });

  it('LG-07: a telephone number or a postcode may be written in another way, and must be the same', () => {
    expect([
      kinds({ original: 'Mi número es 07700 900123', translation: 'My number is 07700-900-123' }),
      kinds({ original: 'Mi número es 07700 900123', translation: 'My number is 07700 900132' }),
      kinds({ original: 'Vivo en SG1 9VO', translation: 'I live in sg19vo' }),
      kinds({ original: 'Vivo en SG1 9VO', translation: 'I live in SG1 9OV' }),
    ]).toEqual([[], ['numbers'], [], ['numbers']]);
  });

  it('LG-07: a lost or an invented “not” is doubted', () => {
    expect([
      sentences({ original: 'No puedo salir de la casa', translation: 'I can leave the house' }),
      sentences({ original: 'Puedo salir de la casa', translation: 'I cannot leave the house' }),
      kinds({
        original: 'No abra la puerta. No llame.',
        translation: 'Do not open the door. Call.',
      }),
      kinds({ from: 'ur', original: 'وہ مجھے جانے نہیں دیتا', translation: 'He lets me go' }),
      kinds({ from: 'ar', original: 'زوجي لا يسمح لي بالخروج', translation: 'My husband allows me out' }),
    ]).toEqual([
      ['The original says “not”, the translation does not: ask again.'],
      ['The translation says “not”, the original does not: ask again.'],
      ['negation'],
      ['negation'],
      ['negation'],
    ]);
  });

  it('LG-07: a word that may be a negation, and may not, raises no false alarm', () => {
    expect([
      kinds({ from: 'ar', original: 'ما عندي مكان أنام فيه', translation: 'I have no place to sleep' }),
      kinds({
        from: 'ar',
        original: 'ما اسم الشارع هنا',
        translation: 'What is the name of the street here',
      }),
    ]).toEqual([[], []]);
  });

  it('LG-07: a name that is gone is named', () => {
    expect(
      sentences({ original: 'Mi jefe se llama Castillo', translation: 'My boss is called castle' }),
    ).toEqual(['Not found again in the translation: “Castillo”. Ask how it is spelled.']);
  });

  it('LG-07: words that came back as they were, much shorter or much longer, are doubted', () => {
    const long = 'Mi vecino pone música muy alta todas las noches y los niños lloran';
    expect([
      kinds({ original: long, translation: long }),
      kinds({ original: long, translation: 'Music' }),
      kinds({ original: 'Hay un hombre en la calle de enfrente', translation: `${long} ${long} ${long}` }),
    ]).toEqual([['same-text'], ['length'], ['length']]);
  });

  it('LG-07: a script that says more with a sign is weighed', () => {
    expect(
      kinds({
        from: 'zh-Hans',
        original: '我的丈夫昨天晚上打了我和我的孩子们',
        translation: 'My husband hit me and my children last night',
      }),
    ).toEqual([]);
  });

  it('LG-07: words the engine did not know, and a language nobody is sure of, are said', () => {
    expect(
      sentences({
        original: 'zamek',
        translation: 'zamek',
        from: 'pl',
        by: 'guess',
        couldBe: ['cs', 'sk'],
        leftWords: ['zamek'],
      }),
    ).toEqual([
      'Read as Polish, but it could be Czech, Slovak: nobody is sure. Choose the language if you know it.',
      'The engine gave the words back as they were: not translated.',
      'Not translated, because the engine does not know it: “zamek”.',
    ]);
  });

  it('LG-08: a language without a table is never passed as fine: what was not compared is said', () => {
    const found = doubtsOf(
      pair({ from: 'so', original: 'Ma bixi karo guriga', translation: 'I can leave the house' }),
    );
    expect([found.doubts, uncheckedSentence(found.unchecked)]).toEqual([
      [],
      'Not checked: negations, numbers in words, kinship.',
    ]);
    expect(uncheckedSentence([])).toBe('');
  });

  it('LG-07: the E09 lock that became a castle shows no sign: the marks are a help, and no judge', () => {
    expect(
      kinds({
        from: 'pl',
        original: 'Śpimy za myjnią, w nocy jest zamek na drzwiach',
        translation: 'We sleep behind the car wash, at night there is a castle on the door',
      }),
    ).toEqual([]);
  });

  it('LG-07: a number taken out of any translation is always doubted', () => {
    const number = fc.integer({ min: 2, max: 9_999_999 });
    fc.assert(
      fc.property(number, (n) => {
        expect(kinds({ original: `Me debe ${n} libras`, translation: `He owes me ${n} pounds` })).toEqual([]);
        expect(kinds({ original: `Me debe ${n} libras`, translation: 'He owes me pounds' })).toEqual([
          'numbers',
        ]);
      }),
    );
  });

  it('LG-07: one more “no” in the original, and in the translation “not”, leaves them agreeing; in one alone does not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), (n) => {
        const original = 'No entra. '.repeat(n);
        expect(countNegations(original, 'es')).toEqual({ least: n, most: n });
        const same = kinds({
          original: `${original}Viene.`,
          translation: `${'He does not come in. '.repeat(n)}He comes.`,
        });
        const lost = kinds({
          original: `${original}No viene.`,
          translation: `${'He does not come in. '.repeat(n)}He comes.`,
        });
        expect([same.includes('negation'), lost.includes('negation')]).toEqual([false, true]);
      }),
    );
  });

  it('LG-07: whatever the two texts, every doubt has its sentence', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (original, translation) => {
          for (const said of sentences({ original, translation })) expect(said).toMatch(/\.$/);
        },
      ),
    );
  });
});
