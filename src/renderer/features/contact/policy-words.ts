import type { DecidedUnder } from '../../../shared/domain/record/parts.ts';
import type { Entry } from './record-entries.ts';

/** The versions of the policies that were in force for what stands on the record (rule Y-07): "triage-2026-11-6, questions-2026-11-3". */
export function policyWords({ what }: Entry): string {
  return Object.values(versionsOf(what) ?? {}).join(', ');
}

function versionsOf(what: Entry['what']): DecidedUnder | undefined {
  switch (what.kind) {
    case 'grading':
      return what.grading.policies;
    case 'asked':
      return what.asked.policies;
    case 'look':
      return what.look.version.entry.policies;
    case 'incident':
      return what.incident.policies;
    case 'crime':
      return what.crime.policies;
    case 'link':
      return what.link.policies;
    case 'attempt':
      return what.attempt.policies;
    case 'closing':
      return what.closing.policies;
    // No policy decides them, or the event alone says which.
    default:
      return undefined;
  }
}
