import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import type { Contact, Grade } from '../../../shared/domain/contact.ts';
import type { TriagePolicy } from '../../../shared/domain/policy/triage.ts';
import { dutiesOfGradeChange, gradeToCompare } from '../../../shared/domain/triage/downgrade.ts';
import type { Floor } from '../../../shared/domain/triage/floors.ts';
import { refusalOfGrade } from '../../../shared/domain/triage/floors.ts';
import { gradeWords } from '../../app/contact-words.ts';
import { reasonText, reasonWords, type Look } from './triage-form.ts';

/** The recommendation in a line: "Recommended G1, immediate". */
export function recommendedWords({ recommendation: { grade } }: Look): string {
  return grade === null ? 'No grade recommended yet' : `Recommended ${grade}, ${gradeWords[grade]}`;
}

/** The reasons of the recommendation as the reason of a grade. */
export const recommendedReason = ({ recommendation }: Look): string =>
  reasonText(reasonWords(recommendation), REASON_LIMIT);

/** What a grade brings with it, said before it is sent (rules T-13 to T-16). */
export interface GradeAhead {
  readonly isLower: boolean;
  /** The first grade, lower than the recommended one, of somebody for whom that takes a second person. */
  readonly isFirstBelow: boolean;
  readonly floor: Floor | null;
  /** Why somebody else has to agree; empty when nobody has to. */
  readonly second: readonly string[];
  readonly needsRationale: boolean;
}

export function gradeAhead(policy: TriagePolicy, contact: Contact, look: Look, to: Grade): GradeAhead {
  const floor = refusalOfGrade(policy, look.picture, to);
  const recommended = look.recommendation.grade;
  const { downgrade, needsRationale, secondPerson } = dutiesOfGradeChange(
    policy,
    gradeToCompare(contact),
    to,
    look.picture,
    recommended,
  );
  return {
    isLower: downgrade,
    isFirstBelow: needsRationale && !downgrade,
    floor,
    second: secondPerson.map(({ because }) => because),
    needsRationale: needsRationale || floor !== null,
  };
}

/** Who has to agree, and what stands until then; empty when nobody has to. */
export function agreeWords({ floor, second }: GradeAhead, contact: Contact): string {
  const until =
    contact.grade === null ? 'until then it stays ungraded' : `until then ${contact.grade} stands`;
  if (floor !== null) return `Only a team leader can agree to less than ${floor.grade}; ${until}.`;
  if (second.length === 0) return '';
  return `${second.join(' ')} A mentor or team leader must agree; ${until}.`;
}
