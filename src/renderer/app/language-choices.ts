import { ENGLISH } from '../../shared/domain/language/find-language.ts';
import { languages } from '../../shared/domain/language/languages.ts';

/**
 * What a caller may speak, for choosing by the first letters: English first, then by name, then a language that nobody could name. The same table as
 * a chat's (rule LG-01), with British Sign Language.
 */
export const languageChoices: readonly { readonly tag: string; readonly words: string }[] = [
  { tag: '', words: 'English' },
  ...[
    { code: 'bfi', name: 'British Sign Language' },
    ...languages.filter(({ code, spoken }) => spoken && code !== ENGLISH),
  ]
    .map(({ code, name }) => ({ tag: code, words: name }))
    .toSorted((a, b) => a.words.localeCompare(b.words, 'en-GB')),
  { tag: 'und', words: 'Another, not known' },
];
