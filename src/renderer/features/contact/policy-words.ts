import type { Decided } from '../../../shared/domain/record/parts.ts';
import type { Entry } from './record-entries.ts';

/** What an entry is about stands in it under the name of its kind; of many kinds nothing was decided by a policy. */
type Held = Readonly<Record<string, Pick<Decided, 'policies'> | undefined>>;

/** The versions of the policies that were in force for what stands on the record (rule Y-07): "triage-2026-11-6, questions-2026-11-3". */
export function policyWords({ what }: Entry): string {
  const decided = what.kind === 'look' ? what.look.version.entry : (what as unknown as Held)[what.kind];
  return Object.values(decided?.policies ?? {}).join(', ');
}
