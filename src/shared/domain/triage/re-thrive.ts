import type { ContactSummary, Grade } from '../contact.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import { later, type Instant } from '../time.ts';

/**
 * Why the risk must be looked at again (rule T-17). Sources: an inspection that found waiting calls never re-assessed, and deaths after
 * circumstances had changed.
 */
export const reThriveKinds = [
  'target-near',
  'linked-adds-facts',
  'caller-rang-back',
  'line-dropped',
  'marker-found',
  'risk-words',
  'do-not-come',
  'downgrade',
  'shift-change',
] as const;
export type ReThriveKind = (typeof reThriveKinds)[number];

/** The id of the question whether they have said not to come; its first yes opens the duty of that name. */
export const DO_NOT_COME = 'do-not-come';

export interface ReThriveTrigger {
  readonly kind: ReThriveKind;
  readonly at: Instant;
}

export function reThriveSentence(policy: TriagePolicy, kind: ReThriveKind): string {
  return policy.reThrive[kind];
}

export interface Area {
  /** Outside the towns, where the way is longer; `null` where nobody knows, and then the sooner target counts (rule T-25). */
  readonly rural: boolean | null;
}

/** When a grade's target passes: attendance, or the follow-up of what nobody attends. Counted in time that passed. */
export function targetMissedAt(
  policy: TriagePolicy,
  grade: Grade,
  gradedAt: Instant,
  { rural }: Area,
): Instant {
  const { attendMs, followUpMs } = policy.grades[grade];
  return later(gradedAt, attendMs === null ? (followUpMs ?? 0) : attendanceOf(attendMs, rural));
}

function attendanceOf(
  { urban, rural }: NonNullable<TriagePolicy['grades'][Grade]['attendMs']>,
  isRural: boolean | null,
): number {
  if (isRural === null) return Math.min(urban, rural);
  return isRural ? rural : urban;
}

/**
 * When the risk is next to be looked at because of time alone: shortly before the target, and past that again and again while it stays open,
 * counted from the last look. `assessedAt`: the last version of THRIVE.
 */
export function nextReThriveAt(
  policy: TriagePolicy,
  contact: { readonly grade: Grade; readonly gradedAt: Instant; readonly assessedAt: Instant },
  area: Area,
): Instant {
  const { warnMs, againMs } = policy.grades[contact.grade];
  const first = later(targetMissedAt(policy, contact.grade, contact.gradedAt, area), -warnMs);
  return contact.assessedAt < first ? first : later(contact.assessedAt, againMs);
}

/**
 * Whether the target of a row's grade is near, or past, with nobody having looked since (rule T-17). Of the row alone: every desk says it
 * without opening the contact, and the order of the list knows nothing of it (rule O-05).
 */
export function isTargetNear(
  policy: TriagePolicy,
  { grade, marks: { weighed } }: Pick<ContactSummary, 'grade' | 'marks'>,
  now: Instant,
): boolean {
  if (grade === null || weighed === null) return false;
  const { gradedAt, lookedAt: assessedAt } = weighed;
  return nextReThriveAt(policy, { grade, gradedAt, assessedAt }, { rural: null }) <= now;
}
