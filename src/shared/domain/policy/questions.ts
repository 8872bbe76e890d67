import type { Condition } from '../triage/condition.ts';
import type { HarmKind, Immediacy, Letter, Likelihood, Opportunity, Severity } from '../triage/thrive.ts';
import type { PolicyHeader } from './header.ts';

export const answerKinds = ['yes-no', 'choice', 'choices', 'text', 'number', 'time', 'place'] as const;
/** How a question is answered. Every kind also takes "not known". `choices`: several of them. */
export type AnswerKind = (typeof answerKinds)[number];

export interface Choice {
  readonly id: string;
  readonly word: string;
}

/** What an answer proposes for THRIVE, so that it fills while talking. Never that nothing was found: a letter is more than one question (rule T-06). */
export interface Proposal {
  /** For these answers: `yes`, `no`, a choice's id, or `said`. */
  readonly for: readonly string[];
  readonly letter: Letter;
  /** A few words for the letter's line; `null` with picks alone. `{answer}` stands for what was typed. */
  readonly words: string | null;
  readonly immediacy: Immediacy | null;
  readonly severity: Severity | null;
  readonly likelihood: Likelihood | null;
  readonly harm: readonly HarmKind[];
  readonly secure: readonly Opportunity[];
  readonly markers: readonly string[];
  readonly preservationGiven: boolean | null;
  readonly expectationTold: boolean | null;
}

export interface Question {
  readonly id: string;
  /** Said aloud to a frightened person, so short. `{place}` stands for the best that is known of where. */
  readonly say: string;
  /** The word for it on the form and in the record. */
  readonly label: string;
  /** Why it is worth asking: shown beside it. */
  readonly because: string;
  readonly answer: AnswerKind;
  /** Keys 1 to 9 in this order. */
  readonly choices: readonly Choice[];
  /** `desk`: nobody is asked; the handler notes what was done. */
  readonly askOf: 'caller' | 'desk';
  /** For somebody who can only tap or press keys, once for yes and twice for no; `null` when it cannot be asked so. */
  readonly quietly: string | null;
  /** Other words when something is the case; the first that holds. */
  readonly variants: readonly { readonly when: Condition; readonly say: string }[];
  /** Asked only when this holds; `null` always. */
  readonly onlyWhen: Condition | null;
  /** Joins every set and goes to the front when this holds, with the reason. */
  readonly forward: { readonly when: Condition; readonly because: string } | null;
  /** Answers that mean danger: each of them alone is recommended G1 or G2 (rule T-10). */
  readonly danger: readonly string[];
  readonly proposes: readonly Proposal[];
}

export interface CallType {
  readonly id: string;
  readonly name: string;
  /** What a handler might type or hear for it. */
  readonly words: readonly string[];
  /** Question ids, the first asked first. What every contact is asked comes after those not named here. */
  readonly asks: readonly string[];
  /** Nothing below G2 is recommended before these are answered: silence is not safety (rule T-11). */
  readonly beforeLow: readonly string[];
}

export interface QuestionPolicy extends PolicyHeader {
  /** What every live contact is asked, in this order. */
  readonly universal: readonly string[];
  /** Sets that a situation brings before the type's own: a silent line, a dropped one. */
  readonly situations: readonly {
    readonly id: string;
    readonly when: Condition;
    readonly asks: readonly string[];
  }[];
  /** When a question must be put so that it can be answered without speaking. */
  readonly quietWhen: Condition;
  readonly callTypes: readonly CallType[];
  readonly questions: readonly Question[];
}
