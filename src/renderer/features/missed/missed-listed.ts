import type { Missed } from '../../../shared/contract/workstation.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';

/** The contacts of the report as its groups list them, one entry for each line (rule X-12). */
export function listedIn(missed: Missed): readonly ContactId[] {
  const { conflicts, newEmergencies, takenByOthers, closed, regraded } = missed;
  return [
    ...conflicts.map(({ contact }) => contact),
    ...[...newEmergencies, ...takenByOthers, ...closed].map(({ id }) => id),
    ...regraded.map(({ contact }) => contact.id),
  ];
}
