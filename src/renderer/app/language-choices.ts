import { languageWords } from './contact-words.ts';

/** Languages often spoken in the county, and British Sign Language. What is none of them is "another". */
const tags = [
  'sq',
  'ar',
  'bn',
  'bfi',
  'bg',
  'yue',
  'zh',
  'cs',
  'nl',
  'fr',
  'de',
  'el',
  'gu',
  'hi',
  'hu',
  'it',
  'ku',
  'lv',
  'lt',
  'ne',
  'ps',
  'fa',
  'pl',
  'pt',
  'pa',
  'ro',
  'ru',
  'sk',
  'so',
  'es',
  'ta',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'cy',
];

/** For choosing by the first letters: English first, then by name, then a language that nobody could name. */
export const languageChoices: readonly { readonly tag: string; readonly words: string }[] = [
  { tag: '', words: 'English' },
  ...tags
    .map((tag) => ({ tag, words: languageWords(tag) }))
    .sort((a, b) => a.words.localeCompare(b.words, 'en-GB')),
  { tag: 'und', words: 'Another, not known' },
];
