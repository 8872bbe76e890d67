import type { ContactSummary } from '../../../shared/domain/contact.ts';
import type { Spot } from '../../../shared/domain/record/parts.ts';

/** What is sent, said before it is: "Open an incident: PS-DOM Domestic incident, grade G1, Larkmere Close". */
export function offerOfIncident(
  category: string,
  summary: Pick<ContactSummary, 'grade' | 'place'> | null,
  spots: readonly Pick<Spot, 'words'>[],
): string {
  const grade = summary === null || summary.grade === null ? 'not graded yet' : `grade ${summary.grade}`;
  const place = spots.at(-1)?.words ?? summary?.place ?? 'place not known';
  return `Open an incident: ${category}, ${grade}, ${place}`;
}
