import type { QuestionPolicy } from '../../shared/domain/policy/questions.ts';
import type { TriageVersion } from '../../shared/domain/record/parts.ts';
import { emptyEntry, type TriageEntry } from '../../shared/domain/triage/entry.ts';
import { changesBetween } from '../../shared/domain/triage/thrive-versions.ts';

/** What each version says otherwise than the one before it (rule T-03). */
export interface LookLine {
  readonly version: TriageVersion;
  readonly number: number;
  readonly changes: readonly string[];
}

/** `callTypes`: those of the policy, by whose names they are said; one that is not among them is said by its id. */
export function lookLines(
  versions: readonly TriageVersion[],
  callTypes: QuestionPolicy['callTypes'],
): readonly LookLine[] {
  return versions.map((version, at) => ({
    version,
    number: at + 1,
    changes: changesOf(versions[at - 1]?.entry ?? emptyEntry, version.entry, callTypes),
  }));
}

function changesOf(
  earlier: TriageEntry,
  later: TriageEntry,
  callTypes: QuestionPolicy['callTypes'],
): readonly string[] {
  const type = callTypes.find(({ id }) => id === later.callType)?.name ?? later.callType ?? 'none';
  const letters = changesBetween(earlier.thrive, later.thrive).map(({ words }) => words);
  const isOther = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const answers = Object.keys(later.answers).filter((id) => isOther(earlier.answers[id], later.answers[id]));
  const grade = later.recommended?.grade ?? null;
  return [
    ...(earlier.callType === later.callType ? [] : [`Call type: ${type}`]),
    ...letters,
    ...(answers.length === 0 ? [] : [`${answers.length} ${answers.length === 1 ? 'answer' : 'answers'}`]),
    ...(later.rightCare.length === earlier.rightCare.length ? [] : ['Right Care Right Person']),
    ...(grade === (earlier.recommended?.grade ?? null) ? [] : [`Recommended: ${grade ?? 'none'}`]),
  ];
}
