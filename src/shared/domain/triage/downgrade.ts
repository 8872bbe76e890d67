import type { Contact, Grade } from '../contact.ts';
import type { HandlerId } from '../ids.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import type { Role } from '../role.ts';
import { holds, type Picture } from './condition.ts';
import { isBelow } from './floors.ts';

/** To a less urgent grade; none at all is below any. A first grade is none, whatever it is. */
export function isDowngrade(from: Grade | null, to: Grade | null): boolean {
  return from !== null && (to === null || isBelow(to, from));
}

/**
 * The grade that the caller and everybody else was last told: the one that stands, or the last one before there was none. What was given by a
 * slip and taken back at once counts for nothing.
 */
export function gradeToCompare({ grade, gradings }: Pick<Contact, 'grade' | 'gradings'>): Grade | null {
  if (grade !== null) return grade;
  const undone = new Set(gradings.map(({ undoes }) => undoes));
  const counting = gradings.filter(({ id, undoes }) => undoes === undefined && !undone.has(id));
  return counting.findLast((each) => each.grade !== null)?.grade ?? null;
}

/**
 * A first grade that is less urgent than the recommended one. It takes nothing back that anybody was told; but for whoever is vulnerable it has
 * the same end as to give the recommended one and lower it at once, and is agreed by the same second person (rule T-15).
 */
export const isFirstBelow = (from: Grade | null, to: Grade | null, recommended: Grade | null): boolean =>
  from === null && to !== null && recommended !== null && isBelow(to, recommended);

/** What a change of grade brings with it (rules T-15, T-16). */
export interface GradeChangeDuties {
  readonly downgrade: boolean;
  /** A written rationale in five parts. */
  readonly needsRationale: boolean;
  /** Each reason why a second person must agree first; empty when none need. */
  readonly secondPerson: readonly { readonly rule: string; readonly because: string }[];
  /** The caller believes the earlier answer: somebody must tell them, by the way that is safe for them. */
  readonly opensTellCaller: boolean;
}

/** `recommended`: by the policy in force as things stand; `null` where nothing is. */
export function dutiesOfGradeChange(
  policy: TriagePolicy,
  from: Grade | null,
  to: Grade | null,
  picture: Picture,
  recommended: Grade | null,
): GradeChangeDuties {
  const downgrade = isDowngrade(from, to);
  const secondPerson =
    downgrade || isFirstBelow(from, to, recommended)
      ? policy.secondPerson
          .filter(({ when }) => holds(when, picture))
          .map(({ id, because }) => ({ rule: id, because }))
      : [];
  const nobodys = { rule: 'no-grade', because: 'Nobody is left without a grade by one person alone.' };
  const second = downgrade && to === null ? [nobodys, ...secondPerson] : secondPerson;
  const needsRationale = downgrade || second.length > 0;
  return { downgrade, needsRationale, secondPerson: second, opensTellCaller: downgrade };
}

/** Whose word counts as the second person's: another's than the one who asks, in a role that the policy names. */
export function mayAgree(
  policy: TriagePolicy,
  asker: HandlerId,
  second: { readonly handler: HandlerId; readonly role: Role },
): boolean {
  return second.handler !== asker && policy.secondPersonRoles.includes(second.role);
}
