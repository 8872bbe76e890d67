import type { Act } from '../command.ts';
import type { Contact, Grade, Leave } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import type { Refusal } from '../lifecycle.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import type { Role } from '../role.ts';
import { entryOf, pictureOf } from '../triage/entry.ts';
import { floorsBelow, isBelow, refusalOfGrade, type Floor } from '../triage/floors.ts';

/**
 * The floor that the contact stands below, graded or not, without anybody's leave (rule T-13); `null` when it does not. Leave that a team
 * leader gave holds for the floors that stood when they gave it, and for no other that is found later.
 */
export function undercutFloor(contact: Contact, { triage }: DecisionPolicy): Floor | null {
  if (triage === undefined) return null;
  return highest(openFloors(contact, triage, contact.grade, contact.gradings.at(-1)?.leave));
}

/** The floors that this grade is below and that this leave is not for. */
export function openFloors(
  contact: Contact,
  triage: TriagePolicy,
  grade: Grade | null,
  leave: Leave | undefined,
): readonly Floor[] {
  return floorsBelow(triage, pictureOf(contact, entryOf(contact)), grade).filter(
    (floor) =>
      leave?.floors.some(
        ({ rule, grade: agreed }) => rule === floor.rule && !isBelow(agreed, floor.grade),
      ) !== true,
  );
}

/** The first in the file among equals. */
const highest = (floors: readonly Floor[]): Floor | null =>
  floors.reduce<Floor | null>(
    (most, floor) => (most === null || isBelow(most.grade, floor.grade) ? floor : most),
    null,
  );

/** What leave is given for when somebody agrees to what is asked: the floors that it goes below, by name (rule T-13). */
export function floorsAgreed(contact: Contact, { triage }: DecisionPolicy): Leave['floors'] {
  const { asked } = contact;
  if (triage === undefined || asked === null) return [];
  return openFloors(contact, triage, asked.grade, undefined).map(({ rule, grade }) => ({ rule, grade }));
}

/** A floor is what could cost a life: below it a mentor's word is not enough (rule T-13). */
export const mayAgreeBelowFloor = (role: Role): boolean => role === 'team-leader';

/**
 * Whether somebody in this role may say yes to what is asked (rules T-13, T-15): a role that the policy names, and a team leader where a
 * floor is undercut. Keeping the earlier grade needs no leave.
 */
export function refusalOfAgreeing(
  contact: Contact,
  act: Extract<Act, { kind: 'agree' }>,
  role: Role,
  { triage }: DecisionPolicy,
): Refusal | null {
  const { asked } = contact;
  if (triage === undefined || asked === null || !act.agreed) return null;
  const floor = refusalOfGrade(triage, pictureOf(contact, entryOf(contact)), asked.grade);
  if (floor !== null && !mayAgreeBelowFloor(role))
    return { code: 'below-floor', floor: floor.grade, because: floor.because };
  if (triage.secondPersonRoles.includes(role)) return null;
  return { code: 'role', role, act: 'agree', emergency: false };
}
