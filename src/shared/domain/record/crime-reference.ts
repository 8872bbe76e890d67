import type { Contact } from '../contact.ts';
import type { CommandId } from '../ids.ts';
import type { CrimeDecision } from './crime-decision.ts';
import { provisionalRefOf } from './references.ts';

/**
 * By what a recorded crime goes until its number comes (rule R-26): of the command that first recorded it, whatever is decided later, because the
 * caller has written it down. Empty where no crime is recorded, and where the number was there before this was kept: then nobody was told another.
 */
export function provisionalCrimeRef(
  { crime }: Pick<Contact, 'crime'>,
  command: CommandId,
  { kind }: CrimeDecision,
): string {
  const before = crime?.provisionalRef ?? '';
  if (before !== '') return before;
  const hasNumber = crime !== null && crime.ref !== null;
  return kind === 'recorded' && !hasNumber ? provisionalRefOf(command) : '';
}
