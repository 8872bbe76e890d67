import type { Day } from '../london.ts';
import type { CallerKeys, SameBecause } from '../same-caller.ts';
import { keysMatch } from './markers.ts';

/**
 * What was agreed on how to deal with somebody who calls again and again. It guides a person; it ends no contact, and every contact still gets its
 * own risk check, beginning with what is different today (rule AS-18).
 */
export interface Plan {
  /** `PL-0417`. */
  readonly ref: string;
  readonly concerns: string;
  /** By what it is found: the keys of `callerKeys`. */
  readonly numbers: readonly string[];
  readonly names: readonly string[];
  /** What to say, word for word. */
  readonly wording: string;
  readonly allowedActions: readonly string[];
  readonly limits: readonly string[];
  readonly owner: string;
  readonly setAt: Day;
  readonly reviewBy: Day;
  /** The question that must be answered before the plan may be followed. Every plan has one. */
  readonly whatIsDifferent: string;
}

export interface FoundPlan {
  readonly plan: Plan;
  /** Never empty. By a name alone: it must be made sure who it is. */
  readonly matchedBy: readonly SameBecause[];
}

/** The plan for a caller: one by number before one by name, the latest set first; `null` when there is none. */
export function planFor(plans: readonly Plan[], caller: CallerKeys): FoundPlan | null {
  const found = plans.flatMap((plan) => {
    const matchedBy = keysMatch(plan, caller);
    return matchedBy.length > 0 ? [{ plan, matchedBy }] : [];
  });
  const isByNumber = ({ matchedBy }: FoundPlan): number => (matchedBy.includes('same-number') ? 0 : 1);
  return (
    found.sort(
      (a, b) =>
        isByNumber(a) - isByNumber(b) ||
        (a.plan.setAt > b.plan.setAt ? -1 : a.plan.setAt < b.plan.setAt ? 1 : 0) ||
        (a.plan.ref < b.plan.ref ? -1 : 1),
    )[0] ?? null
  );
}

/** Whether what is different today has been answered: in words, be it "nothing". Without it nothing of the plan is offered. */
export function mayFollow(answer: string): boolean {
  return /[\p{L}\p{N}]/u.test(answer);
}
