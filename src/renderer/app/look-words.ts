import type { TriageVersion } from '../../shared/domain/record/parts.ts';
import { emptyEntry, type TriageEntry } from '../../shared/domain/triage/entry.ts';
import { changesBetween } from '../../shared/domain/triage/thrive-versions.ts';

/** What each version says otherwise than the one before it (rule T-03). */
export interface LookLine {
  readonly version: TriageVersion;
  readonly number: number;
  readonly changes: readonly string[];
}

export function lookLines(versions: readonly TriageVersion[]): readonly LookLine[] {
  return versions.map((version, at) => ({
    version,
    number: at + 1,
    changes: changesOf(versions[at - 1]?.entry ?? emptyEntry, version.entry),
  }));
}

function changesOf(earlier: TriageEntry, later: TriageEntry): readonly string[] {
  const letters = changesBetween(earlier.thrive, later.thrive).map(({ words }) => words);
  const isOther = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const answers = Object.keys(later.answers).filter((id) => isOther(earlier.answers[id], later.answers[id]));
  const grade = later.recommended?.grade ?? null;
  return [
    ...(earlier.callType === later.callType ? [] : [`Call type: ${later.callType ?? 'none'}`]),
    ...letters,
    ...(answers.length === 0 ? [] : [`${answers.length} ${answers.length === 1 ? 'answer' : 'answers'}`]),
    ...(later.rightCare.length === earlier.rightCare.length ? [] : ['Right Care Right Person']),
    ...(grade === (earlier.recommended?.grade ?? null) ? [] : [`Recommended: ${grade ?? 'none'}`]),
  ];
}
