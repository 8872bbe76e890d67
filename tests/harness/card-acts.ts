import type { Act } from '../../src/shared/domain/command.ts';
import type { CloseOutcome, Contact, Grade } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { blankClosing, type ClosingRecord } from '../../src/shared/domain/record/closing-record.ts';
import type { CrimeDecision } from '../../src/shared/domain/record/crime-decision.ts';
import type { LinkKind, Passed, TriedCallBack } from '../../src/shared/domain/record/parts.ts';
import type { Rationale } from '../../src/shared/domain/triage/rationale.ts';
import { must } from '../../src/shared/lib/assert.ts';

/** Acts as a handler gives them on the contact cards, said shortly. */

export const claim: Act = { kind: 'claim' };

export const note = (text: string): Act => ({ kind: 'note', text, happenedAt: null });

export const grade = (to: Grade, reason: string, rationale?: Rationale): Act => ({
  kind: 'grade',
  grade: to,
  reason,
  ...(rationale === undefined ? {} : { rationale }),
});

/** Where it is, said back to the caller, who agreed. */
export const place = (words: string, detail = ''): Act => ({
  kind: 'place',
  spot: { words, detail, point: null, readBack: true },
});

export const incident = (category: string): Act => ({
  kind: 'incident',
  category,
  provisionalRef: 'PROV-K7M2QX',
});

export const promote = (reason: string): Act => ({ kind: 'promote', reason });

export const link = (to: ContactId, as: LinkKind, fact: string): Act => ({ kind: 'link', to, as, fact });

/** Ringing back, or not, with the answer to whether that is safe. */
export const attempt = (
  safe: TriedCallBack['safe'],
  way: TriedCallBack['way'],
  result: TriedCallBack['result'],
  words: string,
): Act => ({ kind: 'attempt', attempt: { safe, way, result, words } });

/** Given to another service or force, with us on the line until they had it. */
export const pass = (to: string, pack: string, over: Partial<Passed> = {}): Act => ({
  kind: 'pass',
  passed: { to, pack, takenBy: 'desk 4', theirRef: null, stayedOn: true, ...over },
});

/** The second person's word about the lower grade that is asked for. */
export const answerAsked = ({ asked }: Pick<Contact, 'asked'>, agreed: boolean, reason: string): Act => ({
  kind: 'agree',
  grading: must(asked, 'a lower grade that is asked for').id,
  agreed,
  reason,
});

export const crime = (decision: CrimeDecision): Act => ({ kind: 'crime', decision });

export const recorded = (offence: string, offenceClass: string): CrimeDecision => ({
  kind: 'recorded',
  offence,
  offenceClass,
});

export const notACrime = (words: string): CrimeDecision => ({
  kind: 'not-a-crime',
  because: 'no-offence',
  words,
});

/** Closing with the record whole, but for what `over` leaves out. The caller was told unless it says otherwise. */
export function close(
  outcome: CloseOutcome,
  category: string,
  result: string,
  over: Partial<ClosingRecord> = {},
): Act {
  const callerTold = { kind: 'yes', words: 'Told what happens next' } as const;
  const record: ClosingRecord = { ...blankClosing, category, result, callerTold, ...over };
  return { kind: 'close', outcome, reason: result, record };
}
