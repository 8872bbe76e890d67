import { isStale } from '../../shared/domain/assist/markers.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { dayWords, londonDayOf, type Day } from '../../shared/domain/london.ts';
import type { TriagePolicy } from '../../shared/domain/policy/triage.ts';
import type { MarkerOnRecord } from '../../shared/domain/record/parts.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { TriageEntry } from '../../shared/domain/triage/entry.ts';
import { staleBehindFloor } from '../../shared/domain/triage/stale-floor.ts';

type Dated = Pick<MarkerOnRecord, 'source' | 'setAt' | 'reviewBy'>;

const dayIn = (day: Day, now: Instant): string => dayWords(day, londonDayOf(now));

/** Who said so, and when: "MARAC, Dacorum, meeting of July, set 14 July". */
export const originWords = ({ source, setAt }: Dated, now: Instant): string =>
  `${source}, set ${dayIn(setAt, now)}`;

/** "review by 13 July 2027", or that the day has passed (rule AS-17). */
export const reviewWords = (marker: Pick<Dated, 'reviewBy'>, now: Instant): string =>
  isStale(marker, now)
    ? `past its review since ${dayIn(marker.reviewBy, now)}`
    : `review by ${dayIn(marker.reviewBy, now)}`;

/** That a floor stands only on what should have been looked at again; `''` when it does not (rule AS-20). */
export function staleFloorWords(
  policy: TriagePolicy,
  contact: Contact,
  entry: TriageEntry,
  now: Instant,
): string {
  const markers = staleBehindFloor(policy, contact, entry, now);
  if (markers.length === 0) return '';
  const each = markers.map(
    (marker) => `${originWords(marker, now)} for ${marker.concerns}, ${reviewWords(marker, now)}`,
  );
  return `This rests on ${markers.length === 1 ? 'a marker' : 'markers'} nobody has reviewed: ${each.join('; ')}.`;
}
