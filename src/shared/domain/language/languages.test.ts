import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf, findLanguages, languageName, languageOf } from './find-language.ts';
import { languageList, languages } from './languages.ts';

const codes = (typed: string): readonly string[] => findLanguages(typed).map(({ code }) => code);

describe('the list of languages', () => {
  it('LG-01: is dated, says whose it is, and is as long as it says', () => {
    const listed = languages.filter((language) => language.listed);
    expect(listed).toHaveLength(languageList.count);
    expect(languageList.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('LG-01: every language is there once, with a name in English and in itself, a script and a direction', () => {
    expect(new Set(languages.map(({ code }) => code)).size).toBe(languages.length);
    const names = languages.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { code, name, ownName, script } of languages) {
      expect([code, name.trim(), ownName.trim()]).toEqual([code, name, ownName]);
      expect(code).toMatch(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/);
      expect(name).toMatch(/^[A-Z]/);
      expect(ownName).not.toBe('');
      expect(script).toMatch(/^[A-Z][a-z]{3}$/);
    }
  });

  it('LG-01: the name of a language in itself is written in its own script', () => {
    const inScript: Readonly<Record<string, RegExp>> = {
      Arab: /\p{Script=Arabic}/u,
      Hebr: /\p{Script=Hebrew}/u,
      Cyrl: /\p{Script=Cyrillic}/u,
      Deva: /\p{Script=Devanagari}/u,
      Beng: /\p{Script=Bengali}/u,
      Guru: /\p{Script=Gurmukhi}/u,
      Ethi: /\p{Script=Ethiopic}/u,
      Hans: /\p{Script=Han}/u,
      Hant: /\p{Script=Han}/u,
      Latn: /\p{Script=Latin}/u,
    };
    const wrong = languages.filter(({ script, ownName }) => inScript[script]?.test(ownName) === false);
    expect(wrong).toEqual([]);
  });

  it('LG-13: what is written from right to left is known to be', () => {
    const rtl = languages.filter(({ direction }) => direction === 'rtl').map(({ code }) => code);
    expect(rtl.sort()).toEqual(['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'prs', 'ps', 'sd', 'ug', 'ur']);
    expect([directionOf('ur'), directionOf('pl'), directionOf(null), directionOf('xx')]).toEqual([
      'rtl',
      'ltr',
      'auto',
      'auto',
    ]);
  });
});

describe('finding a language', () => {
  it('LG-01: by the beginning of its English name, of its own name, with or without accents, or by its code', () => {
    expect([
      codes('pol')[0],
      codes('polski')[0],
      codes('espanol')[0],
      codes('ESPAÑ')[0],
      codes('اردو')[0],
      codes('укра')[0],
      codes('tieng')[0],
      codes('ur')[0],
      codes('中文'),
    ]).toEqual(['pl', 'pl', 'es', 'es', 'ur', 'uk', 'vi', 'ur', ['zh-Hans', 'zh-Hant']]);
  });

  it('LG-01: by the other names it goes by', () => {
    expect([codes('farsi'), codes('bengali'), codes('mandarin'), codes('kurdish'), codes('tagalog')]).toEqual(
      [['prs', 'fa'], ['bn'], ['zh-Hans', 'zh-Hant'], ['kmr', 'ku'], ['fil']],
    );
  });

  it('LG-01: a language that the service does not translate is found, and is known not to be on its list', () => {
    expect(findLanguages('romani').map(({ code, listed }) => [code, listed])).toContainEqual(['rom', false]);
  });

  it('LG-01: nothing typed shows all that somebody may speak', () => {
    expect(findLanguages(' ').length).toBe(languages.length - 2);
    expect(codes('klingon')).toEqual([]);
  });

  it('LG-01: every spoken language is found by each of its names and by its code', () => {
    fc.assert(
      fc.property(fc.constantFrom(...languages.filter(({ spoken }) => spoken)), (language) => {
        const { code, name, ownName, alsoCalled } = language;
        for (const typed of [code, name, ownName, ...alsoCalled, name.toUpperCase(), ` ${ownName} `])
          expect(findLanguages(typed)).toContain(language);
      }),
    );
  });

  it('LG-01: whatever is typed, the answer is a part of the list', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        for (const found of findLanguages(typed)) expect(languages).toContain(found);
      }),
    );
  });
});

describe('the tags of others', () => {
  it('LG-01: a browser’s, a source’s and a detector’s tag lead to the language of the list', () => {
    const of = (tag: string): string | null => languageOf(tag)?.code ?? null;
    expect([
      of('pl-PL'),
      of('zh'),
      of('zh-TW'),
      of('no'),
      of('pt-BR'),
      of('PT-pt'),
      of('ckb'),
      of('fr_CA'),
    ]).toEqual(['pl', 'zh-Hans', 'zh-Hant', 'nb', 'pt', 'pt-pt', 'ku', 'fr-ca']);
    expect([of('xx'), of(''), languageOf(null)]).toEqual([null, null, null]);
    expect([languageName('ur'), languageName('xx')]).toEqual(['Urdu', 'xx']);
  });
});
