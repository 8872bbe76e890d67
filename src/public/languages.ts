/** BCP 47 tags of the languages a person can say they write in: those spoken most in the county first, then by their English name. */
const tags =
  'pl ro es pt it fr de tr ar fa ps ur pa gu bn hi ta te ml ne si sq bg cs hr hu el lt lv nl ru sk sl so sr sv sw th tl uk vi yue zh-Hans zh-Hant am ku'.split(
    ' ',
  );

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'fa', 'ps', 'ur', 'ku']);

export interface PublicLanguage {
  readonly tag: string;
  /** In English. */
  readonly name: string;
  /** In the language itself. */
  readonly ownName: string;
  readonly direction: 'ltr' | 'rtl';
}

const nameIn = (language: string, tag: string): string =>
  new Intl.DisplayNames([language, 'en'], { type: 'language' }).of(tag) ?? tag;

export const publicLanguages: readonly PublicLanguage[] = tags.map((tag) => ({
  tag,
  name: nameIn('en', tag),
  ownName: nameIn(tag, tag),
  direction: rightToLeft.has(tag) ? 'rtl' : 'ltr',
}));

export const languageName = (tag: string): string | null =>
  publicLanguages.find((language) => language.tag === tag)?.name ?? null;
