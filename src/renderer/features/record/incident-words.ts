import type { ContactSummary } from '../../../shared/domain/contact.ts';
import { londonDayOf } from '../../../shared/domain/london.ts';
import type { Incident, Spot } from '../../../shared/domain/record/parts.ts';
import { isrWords, parseIsr } from '../../../shared/domain/record/references.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** "ISR 412 of 23 November"; until the queue has given it, the provisional reference. */
export function incidentRefWords({ ref, provisionalRef }: Incident, now: Instant): string {
  const isr = ref === null ? null : parseIsr(ref);
  return isr === null ? (ref ?? provisionalRef) : isrWords(isr, londonDayOf(now));
}

/** What is sent, said before it is: "Open an incident: PS-DOM Domestic incident, grade G1, Larkmere Close". */
export function offerOfIncident(
  category: string,
  summary: Pick<ContactSummary, 'grade' | 'place'> | null,
  spots: readonly Pick<Spot, 'words'>[],
): string {
  const grade = summary?.grade == null ? 'not graded yet' : `grade ${summary.grade}`;
  const place = spots.at(-1)?.words ?? summary?.place ?? 'place not known';
  return `Open an incident: ${category}, ${grade}, ${place}`;
}
