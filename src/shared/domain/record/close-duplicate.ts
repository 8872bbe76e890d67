import type { Act } from '../command.ts';
import type { Contact, ContactSummary } from '../contact.ts';
import type { ContactId } from '../ids.ts';
import type { Refusal } from '../lifecycle.ts';
import { dutyKinds, standingAttempts } from './parts.ts';

/** What a closed contact cannot take over: a duty, or somebody who is to be rung back. */
export const leftOpenKinds = ['call-back', ...dutyKinds] as const;
export type LeftOpen = (typeof leftOpenKinds)[number];

/** The contact into which an act closes another; `null` for every other act. */
export function parentOfClosing(act: Act): ContactId | null {
  return act.kind === 'close' && act.outcome === 'duplicate' ? (act.record?.parent ?? null) : null;
}

/**
 * Why a contact may not end in that one (rule R-11): a duplicate is answered for where it goes, and what is closed already answers for
 * nothing. What is still to be done is either the child's own, or what its words have brought to the parent and nobody has looked at.
 */
export function refusalOfParent(
  { callBackDue, attempts }: Pick<Contact, 'callBackDue' | 'attempts'>,
  { ref, ownership, marks }: Pick<ContactSummary, 'ref' | 'ownership' | 'marks'>,
): Refusal | null {
  if (ownership.kind !== 'closed') return null;
  const open: readonly LeftOpen[] = [
    ...(callBackDue && standingAttempts(attempts).length === 0 ? (['call-back'] as const) : []),
    ...marks.duties,
  ];
  return open.length === 0 ? null : { code: 'parent-closed', ref, open };
}
