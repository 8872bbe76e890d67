import { unreachable } from '../../lib/assert.ts';
import type { Instant } from '../time.ts';

/** What was answered to one question of a question set. No answer stands for another: silence is the question missing from `Answers`. */
export type Answer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  /** Asked, and the caller could not say. Never the same as no. */
  | { readonly kind: 'not-known' }
  /** One or several of the question's choices, by id. */
  | { readonly kind: 'choice'; readonly ids: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  /** `at` is `null` when the words do not fix a moment ("some time last night"). */
  | { readonly kind: 'time'; readonly at: Instant | null; readonly text: string }
  /** `readBack`: it was said back to the caller, and the caller agreed. */
  | { readonly kind: 'place'; readonly text: string; readonly readBack: boolean };

/** By question id. */
export type Answers = Readonly<Record<string, Answer>>;

/** Longest typed answer. Characters. */
export const ANSWER_LIMIT = 400;

/** What conditions compare with: `yes`, `no`, `not-known`, the ids of choices, or `said` for anything that was typed. */
export function tokensOf(answer: Answer): readonly string[] {
  switch (answer.kind) {
    case 'yes':
    case 'no':
    case 'not-known':
      return [answer.kind];
    case 'choice':
      return answer.ids;
    case 'text':
    case 'place':
      return answer.text.trim() === '' ? [] : ['said'];
    case 'time':
      return answer.at === null && answer.text.trim() === '' ? [] : ['said'];
    case 'number':
      return ['said'];
    default:
      return unreachable(answer);
  }
}

/** An answer of nothing but blanks is none. */
export const isAnswered = (answers: Answers, question: string): boolean => {
  const answer = answers[question];
  return answer !== undefined && tokensOf(answer).length > 0;
};
