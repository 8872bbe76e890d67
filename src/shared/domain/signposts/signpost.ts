import type { Checked } from './checked.ts';
import type { OpeningHours } from './hours.ts';

export const wayKinds = ['phone', 'text', 'web', 'e-mail', 'visit'] as const;

/** One way of reaching somebody. `to`: the number or address as it is read out. */
export interface Way {
  readonly kind: (typeof wayKinds)[number];
  readonly to: string;
  readonly note: string | null;
}

/** Asked before anything is said about anybody else (rule SG-01). "Yes" means that it is for the police after all. */
export interface SafetyQuestion {
  readonly ask: string;
  /** What to do on "yes", in a sentence. */
  readonly thenPolice: string;
}

/** Where something goes that is not for the police, and how to be sure of that first. A card of `resources/policy/signposts.yaml`. */
export interface Signpost extends Checked {
  /** `noise`: never used again for another card. */
  readonly id: string;
  readonly title: string;
  /** What people say when they mean this; to find it by, never shown. */
  readonly triggers: readonly string[];
  readonly checkFirst: readonly SafetyQuestion[];
  /** Who deals with it. */
  readonly who: string;
  /** The council of the district deals with it: the directory says which (rule SG-06). */
  readonly localCouncil: boolean;
  readonly how: readonly Way[];
  readonly hours: OpeningHours;
  readonly link: string | null;
  /** What the caller is told, as it may be said or sent by the handler; never by itself (rule SG-05). */
  readonly say: string;
}

/** Answers to the safety questions so far, by their place. */
export type SafetyAnswers = readonly ('yes' | 'no' | null)[];

/**
 * How far the card has been asked through (rules SG-01, SG-02). `ask`: the place of the next question. `police`: one "yes" is enough,
 * whatever is still unasked. `signpost`: every question has a "no".
 */
export type SignpostStanding =
  | { readonly kind: 'ask'; readonly next: number }
  | { readonly kind: 'police'; readonly because: SafetyQuestion }
  | { readonly kind: 'signpost' };

export function signpostStanding(
  { checkFirst }: Pick<Signpost, 'checkFirst'>,
  answers: SafetyAnswers,
): SignpostStanding {
  const because = checkFirst.find((_, n) => answers[n] === 'yes');
  if (because !== undefined) return { kind: 'police', because };
  const next = checkFirst.findIndex((_, n) => answers[n] !== 'no');
  return next === -1 ? { kind: 'signpost' } : { kind: 'ask', next };
}
