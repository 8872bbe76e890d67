import type { PolicyHeader } from './header.ts';

/**
 * What a risk word asks for, strongest first. `emergency`: look first, and promotion is offered in one key. `look-first`: a person should look
 * at once. `highlight`: it is only shown. None of them grades, closes or answers anything (rule AS-04).
 */
export const lifts = ['emergency', 'look-first', 'highlight'] as const;
export type Lift = (typeof lifts)[number];

/** What a word tells about an event, for whoever knew less of it before (rule AS-14). */
export const wordFacts = ['injury', 'weapon', 'fuel', 'leaving', 'suspect', 'danger'] as const;
export type WordFact = (typeof wordFacts)[number];

/** Risk words that mean the same sort of thing. */
export interface RiskGroup {
  readonly id: string;
  /** As a handler reads it: "Weapon". */
  readonly name: string;
  readonly lift: Lift;
  /** Nothing may be sent to the person or rung until somebody has decided that it is safe. */
  readonly holdsOutbound: boolean;
  /** `null` when it tells nothing new about an event by itself. */
  readonly fact: WordFact | null;
}

/** The phrases of one language. */
export interface RiskLanguage {
  /** BCP 47 tag. */
  readonly language: string;
  readonly name: string;
  /** Who has read it through, as a role; or that nobody has: "unchecked by a speaker". */
  readonly checkedBy: string;
  /** Group id → phrases. The way of writing them: `src/shared/domain/assist/phrases.ts`. */
  readonly phrases: Readonly<Record<string, readonly string[]>>;
}

/** The words at which a person should look first. That none is found means nothing. */
export interface RiskWordsPolicy extends PolicyHeader {
  readonly gapWords: number;
  readonly negations: readonly string[];
  readonly spellings: readonly { readonly word: string; readonly also: readonly string[] }[];
  readonly groups: readonly RiskGroup[];
  readonly languages: readonly RiskLanguage[];
}
