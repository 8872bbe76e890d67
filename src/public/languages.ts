import { ENGLISH, languageOf } from '../shared/domain/language/find-language.ts';
import { languages, type Language } from '../shared/domain/language/languages.ts';

/** Those spoken most in the county, which stand first. */
const first = 'pl ro es pt it fr de tr ar fa ps ur pa gu bn hi'.split(' ');

export type PublicLanguage = Pick<Language, 'code' | 'name' | 'ownName' | 'direction'>;

/**
 * The languages that a person can say they write in: those that a handler can choose, by the same table (rule LG-01). One that no machine translates is
 * among them: then an interpreter is needed, and the handler sees it.
 */
export const publicLanguages: readonly PublicLanguage[] = [
  ...first.map((code) => languageOf(code)).filter((language) => language !== null),
  ...languages.filter(({ code, spoken }) => spoken && code !== ENGLISH && !first.includes(code)),
];

/** The English name of a language that was chosen on a page; `null` for English, and for none of the table. */
export function languageName(tag: string): string | null {
  const language = languageOf(tag);
  return language === null || language.code === ENGLISH ? null : language.name;
}

/** The BCP 47 tag of a language of the table, as a page's `lang` must have it: the service knows some by longer ones. */
export function pageTag(code: string): string {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? code;
  } catch {
    // Not a tag at all: a browser passes over it.
    return code;
  }
}
