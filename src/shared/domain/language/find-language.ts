import { plainLetters } from '../same-caller.ts';
import { languages, type Language } from './languages.ts';

/** What handlers work in. */
export const ENGLISH = 'en';

const byCode: ReadonlyMap<string, Language> = new Map(
  languages.map((language) => [language.code.toLowerCase(), language]),
);

/** Tags that others use for a language of the list. Lower case. */
const otherTags: Readonly<Record<string, string>> = {
  zh: 'zh-Hans',
  'zh-cn': 'zh-Hans',
  'zh-sg': 'zh-Hans',
  'zh-tw': 'zh-Hant',
  'zh-hk': 'yue',
  no: 'nb',
  nn: 'nb',
  tl: 'fil',
  iw: 'he',
  in: 'id',
  sr: 'sr-Cyrl',
  mn: 'mn-Cyrl',
  ckb: 'ku',
  'ku-arab': 'ku',
  'ku-latn': 'kmr',
  ny: 'nya',
  lg: 'lug',
  rn: 'run',
  kok: 'gom',
  hmn: 'mww',
  'fa-af': 'prs',
  tw: 'ak',
};

/** The language of a tag as a browser, a source or a detector gives it; `null` for one that is not in the list. */
export function languageOf(tag: string | null): Language | null {
  if (tag === null) return null;
  const parts = tag.trim().toLowerCase().replaceAll('_', '-').split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const shorter = parts.slice(0, length).join('-');
    const found = byCode.get(shorter) ?? byCode.get(otherTags[shorter]?.toLowerCase() ?? '');
    if (found !== undefined) return found;
  }
  return null;
}

/** The name of a language in English; the tag itself when it is not in the list. */
export const languageName = (tag: string): string => languageOf(tag)?.name ?? tag;

/** The direction of a text that is said to be in this language; of an unknown one the browser looks at the text itself. */
export const directionOf = (tag: string | null): 'ltr' | 'rtl' | 'auto' =>
  languageOf(tag)?.direction ?? 'auto';

const wordsOf = (text: string): readonly string[] =>
  plainLetters(text)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');

/** How well a language answers what was typed; lower is better, `null` not at all. */
function rank({ code, name, ownName, alsoCalled }: Language, typed: string): number | null {
  if (code.toLowerCase() === typed) return 0;
  if (plainLetters(name).startsWith(typed) || plainLetters(ownName).startsWith(typed)) return 1;
  const begins = (text: string): boolean => wordsOf(text).some((word) => word.startsWith(typed));
  if (begins(name) || begins(ownName)) return 2;
  return alsoCalled.some((other) => plainLetters(other).startsWith(typed) || begins(other)) ? 3 : null;
}

/**
 * The languages that a handler or a member of the public may mean by what they typed: a name in English or in the language itself, without its
 * accents if need be, another name for it, or its code (rule LG-01). The best first; everything, by English name, when nothing is typed.
 */
export function findLanguages(typed: string, among: readonly Language[] = languages): readonly Language[] {
  const spoken = among.filter((language) => language.spoken);
  const plain = plainLetters(typed).trim();
  if (plain === '') return spoken;
  return spoken
    .flatMap((language) => {
      const at = rank(language, plain);
      return at === null ? [] : [{ language, at }];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ language }) => language);
}
