import type { Contact } from '../../shared/domain/contact.ts';
import type { TriagePolicy } from '../../shared/domain/policy/triage.ts';
import { weighedOf } from '../../shared/domain/record/row-marks.ts';
import { nextReThriveAt, targetMissedAt } from '../../shared/domain/triage/re-thrive.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { dueWords, timerWords } from '../ui/time-words.ts';

/** How a grade stands against its target, at one moment. */
interface Target {
  /** "G2 since 14:05: target 15:05; look again by 14:50." */
  readonly words: string;
  /** "15:05, in 42 min", "15:05, 3 h 10 ago": for a line that counts down. */
  readonly left: string;
  /** Near, or past: the risk is to be looked at again (rule T-17). Computed from the time, and settled by the next look. */
  readonly isDue: boolean;
}

/** `null` while it is not graded. */
export function targetOf(
  policy: TriagePolicy,
  contact: Pick<Contact, 'grade' | 'gradings' | 'triage'>,
  now: Instant,
): Target | null {
  const { grade } = contact;
  const weighed = weighedOf(contact);
  if (grade === null || weighed === null) return null;
  const { gradedAt, lookedAt: assessedAt } = weighed;
  // The file of places has towns as points, without outlines: whether it is in the country is not known (rule T-25).
  const area = { rural: null };
  const target = targetMissedAt(policy, grade, gradedAt, area);
  const again = nextReThriveAt(policy, { grade, gradedAt, assessedAt }, area);
  const by = dueWords(target, now);
  return {
    words: `${grade} since ${dueWords(gradedAt, now)}: target ${by}; look again by ${dueWords(again, now)}.`,
    left: target >= now ? `${by}, in ${timerWords(target - now)}` : `${by}, ${timerWords(now - target)} ago`,
    isDue: again <= now,
  };
}
