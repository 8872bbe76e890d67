import { REASON_LIMIT, type Act, type Command } from '../command.ts';
import type { Actor, Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { accept, refusalOfEffect, refusalOfWords, refuse } from '../effect-right.ts';
import type { CommandId } from '../ids.ts';
import type { Decision, Refusal } from '../lifecycle.ts';
import { dueOf } from '../service-level.ts';
import type { Instant } from '../time.ts';
import { dutiesOfGradeChange, gradeToCompare, isDowngrade } from '../triage/downgrade.ts';
import { entryOf, pictureOf } from '../triage/entry.ts';
import { refusalOfGrade } from '../triage/floors.ts';
import { recommendedOnRecord } from '../triage/recommend.ts';
import {
  isWritten,
  leastOfRationale,
  missingOfRationale,
  rationaleParts,
  refusalOfRationale,
  type Rationale,
  type RationalePart,
} from '../triage/rationale.ts';
import { isAtOnce } from '../undo.ts';
import { openFloors } from './floor-agreement.ts';
import { planHoldsUp } from './plan-asked.ts';

type GradeAct = Extract<Act, { kind: 'grade' }>;

/**
 * A grade follows the risk (rules T-13 to T-16): a lower one says why, and where somebody is vulnerable, or a floor is undercut, a second
 * person looks before it stands; before a first one below the recommended too, where somebody is vulnerable. What one gave oneself is taken back at once without any of that.
 */
export function decideGrade(
  contact: Contact,
  command: Command & { readonly act: GradeAct },
  by: Actor,
  policy: DecisionPolicy,
  now: Instant,
): Decision {
  const { act, id } = command;
  const { grade, reason, undoes } = act;
  const refusal =
    refusalOfWords(reason, REASON_LIMIT, { mayBeEmpty: false }) ?? refusalOfEffect(contact, command, by);
  if (refusal !== null) return refuse(refusal);

  const { asked } = contact;
  if (asked !== null && undoes === asked.id && asked.by.handler === by.handler) {
    return accept({ kind: 'grade-answered', grading: asked.id, agreed: false, reason, due: null });
  }
  const graded = (
    rationale: Rationale | null,
    { tellCaller, takenBack }: { readonly tellCaller: boolean; readonly takenBack?: CommandId },
  ): Decision => {
    const due = dueOf({ ...contact, grade }, policy);
    const what = { kind: 'graded', grading: id, grade, reason, due, rationale } as const;
    return accept({ ...what, tellCaller, ...(takenBack === undefined ? {} : { undoes: takenBack }) });
  };
  const slip = slipTakenBack(contact, act, by, policy, now);
  if (slip !== null) return graded(null, { tellCaller: false, takenBack: slip });

  if (contact.plan !== null && planHoldsUp(contact, grade))
    return refuse({ code: 'plan-unasked', plan: contact.plan.ref });

  const { triage } = policy;
  const { rationale } = act;
  const entry = entryOf(contact);
  const picture = pictureOf(contact, entry);
  const before = gradeToCompare(contact);
  const floor = triage === undefined ? null : refusalOfGrade(triage, picture, grade);
  // Without a word of why there is nothing that anybody could agree to.
  if (floor !== null && rationale === undefined)
    return refuse({ code: 'below-floor', floor: floor.grade, because: floor.because });
  const recommended = triage === undefined ? null : recommendedOnRecord(triage, picture, entry);
  const second =
    triage === undefined ? [] : dutiesOfGradeChange(triage, before, grade, picture, recommended).secondPerson;
  if (floor === null && second.length === 0 && !isDowngrade(before, grade)) {
    // Never asked for; kept where somebody has written it, such as for another grade than the recommended one (rule T-19).
    const written = rationale !== undefined && isWritten(rationale) ? rationale : null;
    const tooLong = written === null ? null : tooLongIn(written);
    return tooLong === null ? graded(written, { tellCaller: false }) : refuse(tooLong);
  }

  const wrong = refusalOfDowngrade(rationale, triage?.rationale.needs ?? leastOfRationale);
  if (wrong !== null || rationale === undefined)
    return refuse(wrong ?? { code: 'not-whole', field: 'rationale' });
  const isWithout = grade === null && before !== null;
  if (second.length === 0 && floor === null && !isWithout) return graded(rationale, { tellCaller: true });
  return accept({ kind: 'grade-asked', grading: id, grade, reason, rationale });
}

function refusalOfDowngrade(
  rationale: Rationale | undefined,
  needs: readonly RationalePart[],
): Refusal | null {
  if (rationale === undefined) return { code: 'rationale-missing', parts: rationaleParts };
  const parts = missingOfRationale(rationale, needs);
  if (parts.length > 0) return { code: 'rationale-missing', parts };
  return tooLongIn(rationale);
}

function tooLongIn(rationale: Rationale): Refusal | null {
  const tooLong = refusalOfRationale(rationale);
  return tooLong === null ? null : { code: 'text-too-long', limit: tooLong.limit, length: tooLong.length };
}

/**
 * The grading that is taken back: this handler's own, the one in force, given just now, with the grade before it put back. Not where that
 * one would stand below a floor that has been found since: what may not be given may not be given back.
 */
function slipTakenBack(
  contact: Contact,
  { undoes, grade }: GradeAct,
  by: Actor,
  { triage }: DecisionPolicy,
  now: Instant,
): CommandId | null {
  const [last, before] = [contact.gradings.at(-1), contact.gradings.at(-2)];
  if (last === undefined || last.id !== undoes || last.undoes !== undefined) return null;
  if (last.by.handler !== by.handler || (before?.grade ?? null) !== grade || !isAtOnce(last.at, now))
    return null;
  return triage !== undefined && openFloors(contact, triage, grade, before?.leave).length > 0
    ? null
    : last.id;
}
