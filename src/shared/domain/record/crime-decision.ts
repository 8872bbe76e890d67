import type { Rationale } from '../triage/rationale.ts';

/**
 * Whether a crime is recorded (rules ). Recorded: on the balance of probability the account amounts to a crime and nothing
 * credible speaks against it; the belief of the person harmed is enough. Source: the national crime recording standard.
 */
export type CrimeDecision =
  /** `offence`: in words. `offenceClass`: the code of a crime category; `null` only in what was recorded before one was asked. */
  | { readonly kind: 'recorded'; readonly offence: string; readonly offenceClass: string | null }
  /** `because`: the code of a reason of the policy. `words`: what in this account leads to it. */
  | {
      readonly kind: 'not-a-crime';
      readonly because: string;
      readonly words: string;
      /** The five parts, where somebody has written them; never asked for (rule T-19). */
      readonly rationale?: Rationale | undefined;
    }
  /** It happened in another force's area: that force records it, and the person is not sent away. */
  | { readonly kind: 'elsewhere'; readonly force: string; readonly theirRef: string | null }
  | { readonly kind: 'not-yet' };

export const crimeDecisionKinds = ['recorded', 'not-a-crime', 'elsewhere', 'not-yet'] as const;

/** Ends the 24-hour clock. "Not yet" does not. */
export const isDecided = (decision: CrimeDecision | null): boolean =>
  decision !== null && decision.kind !== 'not-yet';
