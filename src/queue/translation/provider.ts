import type { Engine, TranslationTrouble } from '../../shared/domain/language/translation.ts';

/** A line to be translated. Codes are those of the list; each provider has its own for them. */
export interface TranslationRequest {
  readonly text: string;
  readonly from: string;
  readonly to: string;
  /** Aborted: nobody waits for it any more. */
  readonly signal: AbortSignal;
}

export interface Trouble {
  readonly kind: 'trouble';
  readonly trouble: TranslationTrouble;
  /** When the service asked to be asked again, if it did. Milliseconds from now. */
  readonly retryAfterMs: number | null;
}

export type ProviderAnswer =
  | {
      readonly kind: 'translated';
      readonly text: string;
      /** The version of the engine or, where it tells none, of its interface. */
      readonly version: string;
      /** Words that the engine says it did not know and left as they were. */
      readonly leftWords: readonly string[];
    }
  | Trouble;

/** What the service itself says it translates, as codes of the list; what the list does not know is left out. */
export interface ProviderLanguages {
  readonly kind: 'known';
  readonly intoEnglish: readonly string[];
  readonly fromEnglish: readonly string[];
}

/**
 * One translation service. Nothing here rejects: what goes wrong is a value, because a chat goes on without it (rule LG-09). Nothing of a text is logged
 * or kept (rule LG-10).
 */
export interface TranslationProvider {
  readonly engine: Engine;
  /** The longest text it takes, in characters. */
  readonly longest: number;
  translate(request: TranslationRequest): Promise<ProviderAnswer>;
  languages(signal: AbortSignal): Promise<ProviderLanguages | Trouble>;
  /** Asks it for something that is nobody’s words: `null` when it works. */
  health(signal: AbortSignal): Promise<Trouble | null>;
}

export const troubled = (trouble: TranslationTrouble, retryAfterMs: number | null = null): Trouble => ({
  kind: 'trouble',
  trouble,
  retryAfterMs,
});
