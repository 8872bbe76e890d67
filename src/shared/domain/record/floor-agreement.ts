import type { Act } from '../command.ts';
import type { Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import type { Refusal } from '../lifecycle.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import type { Role } from '../role.ts';
import { emptyEntry, entryOf, pictureOf } from '../triage/entry.ts';
import { floorFor, isBelow, refusalOfGrade, type Floor } from '../triage/floors.ts';

/**
 * The floor that the contact stands below, graded or not, without anybody's leave (rule T-13); `null` when it does not. Leave that a team
 * leader gave holds until the risk is looked at again and the floor is a higher one.
 */
export function undercutFloor(contact: Contact, { triage }: DecisionPolicy): Floor | null {
  if (triage === undefined) return null;
  const picture = pictureOf(contact, entryOf(contact));
  const floor =
    contact.grade === null ? floorFor(triage, picture) : refusalOfGrade(triage, picture, contact.grade);
  if (floor === null) return null;
  const agreed = agreedFloor(contact, triage);
  return agreed !== null && !isBelow(agreed.grade, floor.grade) ? null : floor;
}

/** The floor that stood when somebody else agreed to the grade in force; `null` when nobody had to. */
function agreedFloor(contact: Contact, triage: TriagePolicy): Floor | null {
  const last = contact.gradings.at(-1);
  if (last === undefined || last.grade === null || last.rationale === null) return null;
  const wasAgreed = contact.duties.some(
    ({ kind, done }) => kind === 'agree' && done?.at === last.at && done.by.handler !== last.by.handler,
  );
  if (!wasAgreed) return null;
  const seen = contact.triage.findLast(({ at }) => at <= last.at)?.entry ?? emptyEntry;
  return refusalOfGrade(triage, pictureOf(contact, seen), last.grade);
}

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
  if (floor !== null && role !== 'team-leader')
    return { code: 'below-floor', floor: floor.grade, because: floor.because };
  if (triage.secondPersonRoles.includes(role)) return null;
  return { code: 'role', role, act: 'agree', emergency: false };
}
