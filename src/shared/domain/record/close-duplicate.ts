import type { Act } from '../command.ts';
import type { Contact, ContactSummary } from '../contact.ts';
import type { ContactId } from '../ids.ts';
import type { Refusal } from '../lifecycle.ts';
import { isAssessed } from '../triage/entry.ts';
import { isBelow } from '../triage/floors.ts';
import { splitEffects, splitOf } from '../triage/major-incident.ts';
import type { DutyKind, Link, LinkKind } from './parts.ts';

/**
 * Why a contact may not end in another (rules, T-21).
 * - `ended-elsewhere`: the other is itself closed as a duplicate, so nobody there answers for anything
 * - `not-assessed`: the other was closed, and nobody had weighed its risk
 * - `graded-lower`: the other is less urgent than this one, or not graded
 * - `hurt`, `something-new`: what a call about a major incident may bring
 * - `said-since`: more has been told here since the two were linked than the other has
 */
export const duplicateFaults = [
  'ended-elsewhere',
  'not-assessed',
  'graded-lower',
  'hurt',
  'something-new',
  'said-since',
] as const;
export type DuplicateFault = (typeof duplicateFaults)[number];

/** Links that say "the same event". That one and the same person rings about two things makes neither a duplicate. */
const ofOneEvent: readonly LinkKind[] = ['same-incident', 'repeat', 'major-incident'];

/** The links along which a contact may end as a duplicate: of one event, and made as the later of the two (rule R-15). */
export function endingLinks({ links }: Pick<Contact, 'links'>): readonly Link[] {
  return links.filter(
    ({ side, parted, kind }) => side === 'child' && parted === null && ofOneEvent.includes(kind),
  );
}

/** The contact into which an act closes another; `null` for every other act. */
export function parentOfClosing(act: Act): ContactId | null {
  return act.kind === 'close' && act.outcome === 'duplicate' ? (act.record?.parent ?? null) : null;
}

/** Somebody who is hurt at a major incident, and what is new there, is no further report of it (rule T-21). */
export function refusalOfSplit(contact: Pick<Contact, 'grade'>, link: Link): Refusal | null {
  if (link.kind !== 'major-incident') return null;
  const split = splitOf(link, contact.grade);
  if (split === 'nothing-new' || splitEffects[split].mayCloseAsDuplicate) return null;
  return { code: 'not-a-duplicate', ref: link.other.ref, because: split };
}

/** Of the other contact; a desk has only its summary, and leaves to the queue what that does not say. */
type Parent = Pick<ContactSummary, 'ref' | 'ownership' | 'marks' | 'grade'> &
  Partial<Pick<Contact, 'closing' | 'triage'>>;

/**
 * Why a contact may not end in that one (rules ): a duplicate is answered for where it goes, with what it is worth. Nothing ends
 * in what has ended as a duplicate itself, so that no chain of them comes back to where it began.
 */
export function refusalOfParent(
  { grade }: Pick<Contact, 'grade'>,
  { ref, ownership, marks, grade: theirs, closing, triage }: Parent,
): Refusal | null {
  const not = (because: DuplicateFault): Refusal => ({ code: 'not-a-duplicate', ref, because });
  const isClosed = ownership.kind === 'closed';
  if (isClosed && closing?.outcome === 'duplicate') return not('ended-elsewhere');
  if (isClosed && triage !== undefined && !isAssessed({ triage })) return not('not-assessed');
  if (grade !== null && (theirs === null || isBelow(theirs, grade))) return not('graded-lower');
  const open: readonly DutyKind[] = isClosed ? marks.duties : [];
  return open.length === 0 ? null : { code: 'parent-closed', ref, open };
}

/** Whether this contact was closed as a duplicate of that one; one that was closed before there was a record may have been. */
export function endedIn({ ownership, closing }: Contact, parent: ContactId): boolean {
  if (ownership.kind !== 'closed' || closing?.outcome !== 'duplicate') return false;
  return closing.record === null || closing.record.parent === parent;
}
