import type { CrimeExpectation } from '../policy/categories.ts';
import { HOUR, later, type Instant } from '../time.ts';
import { isDecided, type CrimeDecision } from './crime-decision.ts';

/** A crime is recorded at the latest so long after the report reached us. Source: the national crime recording rules. Milliseconds. */
export const CRIME_RECORDING_MS = 24 * HOUR;
/** From here on a row says what is left: before that whoever took it has their whole shift, and the due time stands below the list. Milliseconds before the end. */
export const CRIME_SHOWN_MS = 12 * HOUR;
/** From here on it is said that time runs out. Milliseconds before the end. */
export const CRIME_NEAR_MS = 2 * HOUR;

/**
 * How the 24 hours stand (rule R-08). They run from receipt, whoever has read it or not, and count time that passed, also through the
 * nights of 23 and 25 hours. `ms`: what is left, or how long it has been late. `lateMs`: how much too late it was decided, or 0.
 */
export type CrimeClock =
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'running' | 'near' | 'late'; readonly ms: number; readonly dueAt: Instant }
  | { readonly kind: 'decided'; readonly lateMs: number };

export interface CrimeClockFacts {
  readonly receivedAt: Instant;
  readonly decision: CrimeDecision | null;
  /** When that was decided; `null` when nothing has been. */
  readonly decidedAt: Instant | null;
  /** What the category says about a crime; `null` while there is no category. A log without one may hold a crime. */
  readonly expects: CrimeExpectation | null;
}

export const crimeDueAt = ({ receivedAt }: { readonly receivedAt: Instant }): Instant =>
  later(receivedAt, CRIME_RECORDING_MS);

export function crimeClock(facts: CrimeClockFacts, now: Instant): CrimeClock {
  const dueAt = crimeDueAt(facts);
  if (isDecided(facts.decision))
    return { kind: 'decided', lateMs: Math.max(0, (facts.decidedAt ?? dueAt) - dueAt) };
  if (facts.expects === 'none') return { kind: 'not-needed' };
  const left = dueAt - now;
  if (left < 0) return { kind: 'late', ms: -left, dueAt };
  return { kind: left <= CRIME_NEAR_MS ? 'near' : 'running', ms: left, dueAt };
}
