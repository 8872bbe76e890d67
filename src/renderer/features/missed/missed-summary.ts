import type { Missed } from '../../../shared/contract/workstation.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { clockWords, lengthWords, numberWords } from '../../ui/time-words.ts';

const some = (n: number, one: string, more: string): string | null =>
  n === 0 ? null : `${numberWords(n)} ${n === 1 ? one : more}`;

/** When it was, to the minute; of a loss shorter than one, how long. */
export function whenWords({ from, to }: Pick<Missed, 'from' | 'to'>): string {
  const [began, ended] = [clockWords(from).slice(0, 5), clockWords(to).slice(0, 5)];
  return to - from < MINUTE
    ? `While the link was down for ${lengthWords(to - from)} at ${began}`
    : `While the link was down ${began}–${ended}`;
}

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
