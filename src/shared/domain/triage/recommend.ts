import type { Grade } from '../contact.ts';
import type { QuestionPolicy } from '../policy/questions.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import { isAnswered } from './answers.ts';
import { holds, type Picture } from './condition.ts';
import type { TriageEntry } from './entry.ts';
import { floorFor, isBelow, rankOf, type Floor } from './floors.ts';
import { callTypeOf } from './questions.ts';

export interface GradeReason {
  readonly rule: string;
  readonly grade: Grade;
  readonly sentence: string;
}

export interface Recommendation {
  /** `null`: too little is known, and `ask` says what to ask. */
  readonly grade: Grade | null;
  /** Every rule that holds, the most urgent first. */
  readonly reasons: readonly GradeReason[];
  readonly floor: Floor | null;
  /** Question ids still to be answered before anything below G2 can be recommended; empty when there are none. */
  readonly ask: readonly string[];
}

/** The least urgent grade that may be recommended while a question about danger is open. */
const LEAST_UNSURE: Grade = 'G2';

/**
 * The highest grade for which there is a reason, and never below a floor (rules T-09 to T-13). Reasons for G3 to G5 count only once every question
 * about danger is answered: silence never recommends a low grade. Who is free to go is no part of it.
 */
export function recommendGrade(
  policy: TriagePolicy,
  questions: QuestionPolicy,
  picture: Picture,
): Recommendation {
  const ask = openBeforeLow(questions, picture);
  const floor = floorFor(policy, picture);
  const isSure = ask.length === 0;
  const reasons = policy.rules
    .filter(({ grade, when }) => (isSure || !isBelow(grade, LEAST_UNSURE)) && holds(when, picture))
    .map(({ id, grade, because }) => ({ rule: id, grade, sentence: because }))
    .sort((one, other) => rankOf(one.grade) - rankOf(other.grade));
  const byRules = reasons[0]?.grade ?? null;
  const grade = floor !== null && (byRules === null || isBelow(byRules, floor.grade)) ? floor.grade : byRules;
  return { grade, reasons, floor, ask };
}

/**
 * What is recommended as far as the record says it, for whoever has no form before them: reasons for G1 and G2 hold whatever else is still to be
 * asked, and below them counts what the last look was recommended by the policy in force. `null`: nothing.
 */
export function recommendedOnRecord(
  policy: TriagePolicy,
  picture: Picture,
  { recommended, policies }: Pick<TriageEntry, 'recommended' | 'policies'>,
): Grade | null {
  const urgent = policy.rules.filter(
    ({ grade, when }) => !isBelow(grade, LEAST_UNSURE) && holds(when, picture),
  );
  const then = policies['triage'] === policy.version ? (recommended?.grade ?? null) : null;
  const all = [...urgent.map(({ grade }) => grade), ...(then === null ? [] : [then])];
  return all.reduce<Grade | null>(
    (most, grade) => (most === null || isBelow(most, grade) ? grade : most),
    null,
  );
}

/** With no call type yet, what every contact is asked about danger. A question that does not arise is not waited for. */
function openBeforeLow(questions: QuestionPolicy, picture: Picture): readonly string[] {
  const byId = new Map(questions.questions.map((question) => [question.id, question]));
  const type = callTypeOf(questions, picture.callType);
  const needed =
    type?.beforeLow ?? questions.universal.filter((id) => (byId.get(id)?.danger.length ?? 0) > 0);
  return needed.filter((id) => {
    const onlyWhen = byId.get(id)?.onlyWhen ?? null;
    return !isAnswered(picture.answers, id) && (onlyWhen === null || holds(onlyWhen, picture));
  });
}

/** THRIVE needs whole sentences (rule T-04). */
export function isHighRisk(policy: TriagePolicy, picture: Picture, grade: Grade | null): boolean {
  return grade === 'G1' || holds(policy.highRisk, picture);
}

/** A grade other than the recommended one needs a reason of its own (rule T-14). */
export function isOverride(recommendation: Recommendation, grade: Grade): boolean {
  return recommendation.grade !== null && recommendation.grade !== grade;
}
