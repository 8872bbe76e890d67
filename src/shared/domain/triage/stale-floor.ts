import { isStale } from '../assist/markers.ts';
import type { Contact } from '../contact.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import type { MarkerOnRecord } from '../record/parts.ts';
import type { Instant } from '../time.ts';
import { pictureOf, type TriageEntry } from './entry.ts';
import { floorFor } from './floors.ts';

/**
 * The markers past their review by which alone a floor holds as high as it does; empty when it would hold without them. The floor stands
 * (rule AS-20), but nobody may take an old word for a new one.
 */
export function staleBehindFloor(
  policy: TriagePolicy,
  contact: Contact,
  entry: TriageEntry,
  now: Instant,
): readonly MarkerOnRecord[] {
  const gradeWith = (markers: readonly MarkerOnRecord[]) =>
    floorFor(policy, pictureOf({ ...contact, markers }, entry))?.grade ?? null;
  const grade = gradeWith(contact.markers);
  const stale = contact.markers.filter((marker) => isStale(marker, now));
  const fresh = contact.markers.filter((marker) => !isStale(marker, now));
  if (grade === null || gradeWith(fresh) === grade) return [];
  const alone = stale.filter((marker) => gradeWith([...fresh, marker]) === grade);
  // A floor that needs several of them together rests on all.
  return alone.length > 0 ? alone : stale;
}
