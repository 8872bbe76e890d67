import type { Contact } from '../../shared/domain/contact.ts';
import { londonDayOf } from '../../shared/domain/london.ts';
import type { CrimeExpectation } from '../../shared/domain/policy/categories.ts';
import { crimeClock, type CrimeClock } from '../../shared/domain/record/crime-clock.ts';
import type { CrimeStanding, Incident, Passed } from '../../shared/domain/record/parts.ts';
import { whyLeft } from '../../shared/domain/record/passed-on.ts';
import { isrWords, parseIsr } from '../../shared/domain/record/references.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { dueWords, timerWords } from '../ui/time-words.ts';

/** "ISR 412 of 23 November"; until the queue has given it, the provisional reference (rules ). */
export function incidentRefWords(
  { ref, provisionalRef }: Pick<Incident, 'ref' | 'provisionalRef'>,
  now: Instant,
): string {
  const isr = ref === null ? null : parseIsr(ref);
  return isr === null ? (ref ?? provisionalRef) : isrWords(isr, londonDayOf(now));
}

/** "41/895/26"; until the queue has given it, the provisional reference; empty where no crime is recorded (rule R-26). */
export const crimeRefWords = ({
  ref,
  provisionalRef,
}: Pick<CrimeStanding, 'ref' | 'provisionalRef'>): string => ref ?? provisionalRef;

/** "was PROV-7K4MRA": what the caller may have written down before the queue had given the number; empty where nothing was. */
export const wasWords = ({ ref, provisionalRef }: Pick<Incident, 'ref' | 'provisionalRef'>): string =>
  ref === null || provisionalRef === '' ? '' : `was ${provisionalRef}`;

/** "Passed on to Fire control, taken by Watch 2, their reference 4711". */
export function passedWords(passed: Passed): string {
  const { to, takenBy, theirRef, stayedOn } = passed;
  const why = whyLeft(passed);
  return [
    `Passed on to ${to}`,
    takenBy === null ? 'nobody named who took it' : `taken by ${takenBy}`,
    theirRef === null ? null : `their reference ${theirRef}`,
    stayedOn ? 'stayed on the line' : why === '' ? null : `did not stay on the line: ${why}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** The 24 hours of a contact as it stands now (rule R-08). */
export function clockOf(
  { receivedAt, crime }: Pick<Contact, 'receivedAt' | 'crime'>,
  expects: CrimeExpectation | null,
  now: Instant,
): CrimeClock {
  return crimeClock(
    { receivedAt, decision: crime?.decision ?? null, decidedAt: crime?.at ?? null, expects },
    now,
  );
}

/** The same as a sentence: "Crime decision due 14:05, 3 h 12 left". */
export function crimeClockWords(clock: CrimeClock, now: Instant): string {
  switch (clock.kind) {
    case 'running':
    case 'near':
      return `Crime decision due ${dueWords(clock.dueAt, now)}, ${timerWords(clock.ms)} left`;
    case 'late':
      return `Crime decision late: due ${dueWords(clock.dueAt, now)}, ${timerWords(clock.ms)} over`;
    case 'decided':
      return clock.lateMs === 0 ? 'Decided within 24 hours' : `Decided ${timerWords(clock.lateMs)} late`;
    case 'not-needed':
      return 'No crime decision needed for this category';
    default:
      return unreachable(clock);
  }
}
