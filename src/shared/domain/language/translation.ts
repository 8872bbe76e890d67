import { unreachable } from '../../lib/assert.ts';
import type { Instant } from '../time.ts';
import type { LanguageSource } from './detection.ts';
import type { Doubt } from './doubt.ts';
import { ENGLISH, languageName, languageOf } from './find-language.ts';
import type { Unchecked } from './read-back-marks.ts';

/** The kinds of service behind the one seam. */
export const engines = ['azure', 'libretranslate', 'apertium', 'none'] as const;
export type Engine = (typeof engines)[number];

export const engineNames: Readonly<Record<Engine, string>> = {
  azure: 'Azure Translator',
  libretranslate: 'LibreTranslate',
  apertium: 'Apertium',
  none: 'No translation service',
};

/**
 * What a machine made of a line. It stands beside the line and never in its place: the original is what the person said (rule LG-05), and this is never
 * part of the record as their words.
 */
export interface Translation {
  readonly text: string;
  /** Codes of the list. */
  readonly from: string;
  readonly to: string;
  /** How the language of the original was settled. */
  readonly by: LanguageSource;
  readonly engine: Engine;
  /** The service’s own version, or the version of its interface where it tells none. */
  readonly version: string;
  /** When the queue had it. */
  readonly at: Instant;
  readonly doubts: readonly Doubt[];
  readonly unchecked: readonly Unchecked[];
}

/** Why there is no translation (rule LG-09). The conversation goes on without it. */
export type TranslationTrouble =
  /** None is set up. */
  | { readonly kind: 'none' }
  /** It did not answer in time. */
  | { readonly kind: 'slow'; readonly afterMs: number }
  /** It cannot be reached, or says that it cannot work. */
  | { readonly kind: 'down' }
  /** Its allowance is used up, or too much was asked at once. */
  | { readonly kind: 'over-quota' }
  /** It does not know us: the key, the region, or the right to it. */
  | { readonly kind: 'wrong-key' }
  | { readonly kind: 'unsupported'; readonly from: string; readonly to: string }
  | { readonly kind: 'too-long'; readonly limit: number }
  /** It answered something that is no translation. */
  | { readonly kind: 'unreadable' }
  /** Too many lines wait already. */
  | { readonly kind: 'busy' }
  /** Nobody can tell the language, so nothing was asked. */
  | { readonly kind: 'language-unknown' }
  /** Nobody wants it any more: the chat ended. */
  | { readonly kind: 'cancelled' };

export type TroubleKind = TranslationTrouble['kind'];

/** What became of a line: either is kept with it. */
export type TranslationOutcome =
  | { readonly kind: 'translated'; readonly translation: Translation }
  | { readonly kind: 'untranslated'; readonly trouble: TranslationTrouble };

/** Trouble that the next line would meet as well: shown for the service, not only for the line. */
const ofService: ReadonlySet<TroubleKind> = new Set([
  'slow',
  'down',
  'over-quota',
  'wrong-key',
  'unreadable',
]);
export const isOfService = ({ kind }: TranslationTrouble): boolean => ofService.has(kind);

/** What a trouble says to the handler: what is wrong, and what to do. */
export function troubleSentence(trouble: TranslationTrouble): string {
  switch (trouble.kind) {
    case 'none':
      return 'No translation service is set up. Use an interpreter.';
    case 'slow':
      return `The translation service did not answer within ${Math.round(trouble.afterMs / 1000)} seconds. The line stands untranslated.`;
    case 'down':
      return 'The translation service cannot be reached. The chat goes on untranslated; for risk, use an interpreter.';
    case 'over-quota':
      return 'The translation service’s allowance is used up for now. The chat goes on untranslated; for risk, use an interpreter.';
    case 'wrong-key':
      return 'The translation service refuses this control room’s key. Tell the team leader; the chat goes on untranslated.';
    case 'unsupported':
      return `The translation service does not translate from ${languageName(trouble.from)} into ${languageName(trouble.to)}. Use an interpreter.`;
    case 'too-long':
      return `The line is longer than ${trouble.limit} characters, more than the translation service takes. It stands untranslated.`;
    case 'unreadable':
      return 'The translation service answered with something that cannot be read. The line stands untranslated.';
    case 'busy':
      return 'Too many lines are waiting for translation. The line stands untranslated.';
    case 'language-unknown':
      return 'Nobody can tell which language this is. Choose it to have the line translated.';
    case 'cancelled':
      return 'The translation was broken off.';
    default:
      return unreachable(trouble);
  }
}

/** How the service stands, for every desk to see (rule LG-09). */
export interface ServiceState {
  readonly engine: Engine;
  readonly version: string | null;
  /** `null`: it works, as far as the last line showed. */
  readonly trouble: TranslationTrouble | null;
  /** When it will be asked again after trouble; `null` while it works. */
  readonly againAt: Instant | null;
  /** What it says it translates, as codes of the list; `null` while it has not said. */
  readonly languages: ServiceLanguages | null;
}

export interface ServiceLanguages {
  readonly intoEnglish: readonly string[];
  readonly fromEnglish: readonly string[];
}

/** Why a line in English would not reach somebody who reads this language; `null` when it would, as far as anybody knows (rule LG-12). */
export function troubleAhead(service: ServiceState | null, to: string): TranslationTrouble | null {
  if (service === null) return { kind: 'none' };
  if (service.trouble !== null) return service.trouble;
  const isThere = service.languages?.fromEnglish.includes(to) ?? languageOf(to)?.listed ?? false;
  return isThere ? null : { kind: 'unsupported', from: ENGLISH, to };
}

/** “Apertium 0.11.7, 14:02:07” without the time: who made a translation. */
export const madeBy = ({ engine, version }: Pick<Translation, 'engine' | 'version'>): string =>
  version === '' ? engineNames[engine] : `${engineNames[engine]} ${version}`;
