import type { Missed } from '../../../shared/contract/workstation.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { numberWords } from '../../ui/time-words.ts';

/** The contacts of the report as its groups list them, one entry for each line (rule X-12). */
export function listedIn(missed: Missed): readonly ContactId[] {
  const { conflicts, newEmergencies, takenByOthers, closed, regraded } = missed;
  return [
    ...conflicts.map(({ contact }) => contact),
    ...[...newEmergencies, ...takenByOthers, ...closed].map(({ id }) => id),
    ...regraded.map(({ contact }) => contact.id),
  ];
}

const some = (n: number, one: string, more: string): string | null =>
  n === 0 ? null : `${numberWords(n)} ${n === 1 ? one : more}`;

/** The counts of the report in one sentence; what needs the handler comes first. */
export function countWords(missed: Missed): string {
  const parts = [
    some(missed.conflicts.length, 'needs you', 'need you'),
    some(missed.totals.newEmergencies, 'new emergency', 'new emergencies'),
    some(missed.totals.takenByOthers, 'taken by others', 'taken by others'),
    some(missed.totals.closed, 'closed', 'closed'),
    some(missed.totals.regraded, 'graded anew', 'graded anew'),
    some(missed.arrived, 'other arrived', 'others arrived'),
    some(missed.sent, 'of yours received', 'of yours received'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'nothing changed for you' : parts.join(', ');
}
