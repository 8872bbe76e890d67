import { REASON_LIMIT, type Act, type Command } from '../command.ts';
import type { Actor, Contact, Grade } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { accept, refusalOfEffect, refusalOfWords, refuse } from '../effect-right.ts';
import type { Decision, Refusal } from '../lifecycle.ts';
import { dueOf } from '../service-level.ts';
import { dutiesOfGradeChange, isDowngrade } from '../triage/downgrade.ts';
import { entryOf, pictureOf } from '../triage/entry.ts';
import { refusalOfGrade } from '../triage/floors.ts';
import {
  leastOfRationale,
  missingOfRationale,
  rationaleParts,
  refusalOfRationale,
  type Rationale,
  type RationalePart,
} from '../triage/rationale.ts';

type GradeAct = Extract<Act, { kind: 'grade' }>;

/**
 * A grade follows the risk (rules T-13 to T-16): a lower one says why, and where somebody is vulnerable, or a floor is undercut, a second
 * person looks before it stands. What one gave oneself is taken back without any of that.
 */
export function decideGrade(
  contact: Contact,
  command: Command & { readonly act: GradeAct },
  by: Actor,
  policy: DecisionPolicy,
): Decision {
  const { act, id } = command;
  const { grade, reason, undoes } = act;
  const refusal =
    refusalOfWords(reason, REASON_LIMIT, { mayBeEmpty: false }) ?? refusalOfEffect(contact, command, by);
  if (refusal !== null) return refuse(refusal);

  const { asked } = contact;
  if (undoes === true && asked !== null && asked.by.handler === by.handler) {
    return accept({ kind: 'grade-answered', grading: asked.id, agreed: false, reason, due: null });
  }
  const graded = (rationale: Rationale | null): Decision => {
    const due = dueOf({ ...contact, grade }, policy);
    const tellCaller = rationale !== null;
    return accept({ kind: 'graded', grading: id, grade, reason, due, rationale, tellCaller });
  };
  if (undoes === true && isOwnLast(contact, grade, by)) return graded(null);

  const { triage } = policy;
  const { rationale } = act;
  const picture = pictureOf(contact, entryOf(contact));
  const floor = triage === undefined || grade === null ? null : refusalOfGrade(triage, picture, grade);
  // Without a word of why there is nothing that anybody could agree to.
  if (floor !== null && rationale === undefined)
    return refuse({ code: 'below-floor', floor: floor.grade, because: floor.because });
  if (floor === null && !isLower(contact.grade, grade)) return graded(null);

  const wrong = refusalOfDowngrade(rationale, triage?.rationale.needs ?? leastOfRationale);
  if (wrong !== null || rationale === undefined)
    return refuse(wrong ?? { code: 'not-whole', field: 'rationale' });
  const second =
    triage === undefined || grade === null
      ? []
      : dutiesOfGradeChange(triage, contact.grade, grade, picture).secondPerson;
  if (grade === null || (second.length === 0 && floor === null)) return graded(rationale);
  return accept({ kind: 'grade-asked', grading: id, grade, reason, rationale });
}

/** No grade at all is lower than any. */
function isLower(from: Grade | null, to: Grade | null): boolean {
  return to === null ? from !== null : isDowngrade(from, to);
}

function refusalOfDowngrade(
  rationale: Rationale | undefined,
  needs: readonly RationalePart[],
): Refusal | null {
  if (rationale === undefined) return { code: 'rationale-missing', parts: rationaleParts };
  const parts = missingOfRationale(rationale, needs);
  if (parts.length > 0) return { code: 'rationale-missing', parts };
  const tooLong = refusalOfRationale(rationale);
  return tooLong === null ? null : { code: 'text-too-long', limit: tooLong.limit, length: tooLong.length };
}

/** It was this handler who gave the grade that stands, and this is the one before it. */
function isOwnLast({ gradings }: Contact, grade: Grade | null, by: Actor): boolean {
  const last = gradings.at(-1);
  return last?.by.handler === by.handler && (gradings.at(-2)?.grade ?? null) === grade;
}
