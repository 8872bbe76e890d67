import { troubled, type TranslationProvider } from './provider.ts';

/** None is set up: every line stands as it was written, and says so (rule LG-09). */
export const noTranslation: TranslationProvider = {
  engine: 'none',
  longest: 0,
  translate: () => Promise.resolve(troubled({ kind: 'none' })),
  languages: () => Promise.resolve({ kind: 'known', intoEnglish: [], fromEnglish: [] }),
  health: () => Promise.resolve(troubled({ kind: 'none' })),
};
