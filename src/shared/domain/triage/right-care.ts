import { unreachable } from '../../lib/assert.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import type { Instant } from '../time.ts';
import { holds, type Picture } from './condition.ts';

/**
 * Right Care Right Person: whether the police are the ones to go (rule T-18). Source: the national partnership agreement. The order of the steps
 * is fixed; their wording is policy data.
 */
export const rightCareSteps = [
  'crime',
  'child',
  'real-and-immediate',
  'duty-assumed',
  'duty-holder',
  'agency-told',
  'caller-told',
  're-contact',
] as const;
export type RightCareStep = (typeof rightCareSteps)[number];

/** The steps answered by yes, no or not known; each yes means that police attend. */
export const thresholdSteps = ['crime', 'child', 'real-and-immediate', 'duty-assumed'] as const;
export type ThresholdStep = (typeof thresholdSteps)[number];

export type RightCareAnswer =
  | {
      readonly step: ThresholdStep;
      readonly answer: 'yes' | 'no' | 'not-known';
      /** For real and immediate: what exactly, when, by what. Otherwise what was said. */
      readonly words: string;
    }
  /** Who holds the duty of care, and what they have done so far. */
  | { readonly step: 'duty-holder'; readonly agency: string; readonly done: string }
  /** `theirRef` is `null` when they gave none. */
  | {
      readonly step: 'agency-told';
      readonly person: string;
      readonly at: Instant;
      readonly theirRef: string | null;
    }
  /** Told in plain words that police are not attending; `words` as they were said. */
  | { readonly step: 'caller-told'; readonly words: string }
  /** What would make us look again: "ring back if …". */
  | { readonly step: 're-contact'; readonly when: string };

/** Every answer ever given, oldest first; the last of each step is in force and none is removed. */
export type RightCare = readonly RightCareAnswer[];

export type RightCareOutcome =
  | { readonly kind: 'attend'; readonly because: ThresholdStep }
  | { readonly kind: 'threshold-not-met' }
  /** `missing`: the steps without a usable answer, the first to do first. */
  | { readonly kind: 'not-finished'; readonly missing: readonly RightCareStep[] };

/** Longest text of an answer. Characters. */
export const RIGHT_CARE_LIMIT = 500;

export const answeredWith = (path: RightCare, answer: RightCareAnswer): RightCare => [...path, answer];

/** The answer of a step that is in force; `null` when it was never answered. */
export function inForce<S extends RightCareStep>(
  path: RightCare,
  step: S,
): Extract<RightCareAnswer, { readonly step: S }> | null {
  const found = path.findLast((answer) => answer.step === step);
  return (found as Extract<RightCareAnswer, { readonly step: S }> | undefined) ?? null;
}

/**
 * One yes is enough to attend. "Not met" needs a clear no to every question of the threshold, and the whole of what a refusal owes to others; what
 * nobody knows is not a no.
 */
export function rightCareOutcome(path: RightCare): RightCareOutcome {
  const yes = thresholdSteps.find((step) => thresholdAnswer(path, step) === 'yes');
  if (yes !== undefined) return { kind: 'attend', because: yes };
  const missing = rightCareSteps.filter((step) => !isDone(path, step));
  return missing.length === 0 ? { kind: 'threshold-not-met' } : { kind: 'not-finished', missing };
}

/** The path belongs to contacts like this one; by its key it opens for any. */
export const isRightCareOffered = (
  { rightCareWhen }: Pick<TriagePolicy, 'rightCareWhen'>,
  picture: Picture,
): boolean => holds(rightCareWhen, picture);

/** Whether police are the ones to go is still open, and has to be settled before nobody is sent: before G5, and before "not police". */
export const isRightCareDue = (
  policy: Pick<TriagePolicy, 'rightCareWhen'>,
  picture: Picture,
  path: RightCare,
): boolean => isRightCareOffered(policy, picture) && rightCareOutcome(path).kind === 'not-finished';

function thresholdAnswer(path: RightCare, step: ThresholdStep): 'yes' | 'no' | 'not-known' | null {
  const found = path.findLast((one) => one.step === step);
  return found !== undefined && 'answer' in found ? found.answer : null;
}

function isDone(path: RightCare, step: RightCareStep): boolean {
  switch (step) {
    case 'crime':
    case 'child':
    case 'duty-assumed':
      return thresholdAnswer(path, step) === 'no';
    case 'real-and-immediate': {
      // The answer that decides over a life needs its grounds in words.
      const found = path.findLast((one) => one.step === step);
      return (
        thresholdAnswer(path, step) === 'no' && found !== undefined && 'words' in found && isSaid(found.words)
      );
    }
    case 'duty-holder': {
      const found = inForce(path, step);
      return found !== null && isSaid(found.agency) && isSaid(found.done);
    }
    case 'agency-told': {
      const found = inForce(path, step);
      return found !== null && isSaid(found.person);
    }
    case 'caller-told': {
      const found = inForce(path, step);
      return found !== null && isSaid(found.words);
    }
    case 're-contact': {
      const found = inForce(path, step);
      return found !== null && isSaid(found.when);
    }
    default:
      return unreachable(step);
  }
}

const isSaid = (text: string): boolean => text.trim() !== '';
