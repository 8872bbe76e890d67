import { grades, type Grade } from '../contact.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import { holds, type Picture } from './condition.ts';

/** The lowest grade that may be given as things stand, by which rule, and why (rule T-13). */
export interface Floor {
  readonly rule: string;
  readonly grade: Grade;
  readonly because: string;
}

/** 0 for G1, the most urgent, to 4 for G5. */
export const rankOf = (grade: Grade): number => grades.indexOf(grade);

export const isBelow = (grade: Grade, other: Grade): boolean => rankOf(grade) > rankOf(other);

/** The highest floor that holds, the first in the file among equals; `null` when none does. */
export function floorFor(policy: TriagePolicy, picture: Picture): Floor | null {
  return policy.floors
    .filter(({ when }) => holds(when, picture))
    .reduce<Floor | null>(
      (most, { id, grade, because }) =>
        most === null || isBelow(most.grade, grade) ? { rule: id, grade, because } : most,
      null,
    );
}

/** The highest floor that a grade would undercut, or `null` when it may be given. No grade at all is below every floor. */
export function refusalOfGrade(policy: TriagePolicy, picture: Picture, grade: Grade | null): Floor | null {
  const floor = floorFor(policy, picture);
  return floor !== null && (grade === null || isBelow(grade, floor.grade)) ? floor : null;
}

/** Every floor that a grade would undercut, in the order of the file: leave to go below one is none for another. */
export function floorsBelow(policy: TriagePolicy, picture: Picture, grade: Grade | null): readonly Floor[] {
  return policy.floors
    .filter((rule) => (grade === null || isBelow(grade, rule.grade)) && holds(rule.when, picture))
    .map(({ id, grade: floor, because }) => ({ rule: id, grade: floor, because }));
}
