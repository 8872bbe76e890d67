import type { ByReference, WorkstationBridge } from '../../../shared/contract/workstation.ts';
import type { ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { KEEP_CLOSED_MS } from '../../../shared/domain/retention.ts';
import { HOUR } from '../../../shared/domain/time.ts';
import type { LinkKind } from '../../../shared/domain/record/parts.ts';

/** As many as can be chosen from without scrolling. */
const FOUND_LIMIT = 6;

/** What a reference, or words, bring. */
export interface FoundContacts {
  /** For which words: an answer for others is not acted on. */
  readonly typed: string;
  readonly by: ByReference['kind'] | 'words';
  /** As it is stored; empty when it was found by words. */
  readonly reference: string;
  readonly contacts: readonly ContactSummary[];
}

/** Looks by reference first, and by words when it is none of ours or nobody goes by it (rules, W-20). Never the contact itself. */
export async function findContacts(
  bridge: WorkstationBridge,
  typed: string,
  self: ContactId,
): Promise<FoundContacts> {
  const others = (contacts: readonly ContactSummary[]): readonly ContactSummary[] =>
    contacts.filter(({ id }) => id !== self).slice(0, FOUND_LIMIT);
  const referred = await bridge.request('contact.by-reference', { typed });
  const named = others(referred.contacts);
  if (named.length > 0 || referred.kind === null)
    return { typed, by: referred.kind, reference: referred.reference, contacts: named };
  const { hits } = await bridge.request('search.read', { text: typed, limit: FOUND_LIMIT + 1 });
  const seen = new Map(hits.map(({ summary }) => [summary.id, summary]));
  if (seen.size === 0 && referred.kind !== 'foreign')
    return { typed, by: referred.kind, reference: referred.reference, contacts: [] };
  return { typed, by: 'words', reference: '', contacts: others([...seen.values()]) };
}

/** Whoever gives an incident's or a crime's number tells of something that is on a log already. */
export const kindByFinding = (by: FoundContacts['by']): LinkKind =>
  by === 'isr' || by === 'crime' ? 'repeat' : 'same-incident';

/** What was found, in a line. */
export function foundWords({ by, reference, contacts }: FoundContacts): string {
  const number = contacts.length;
  if (by === null) return 'An ISR, crime number or contact reference, or words.';
  if (by === 'words' || by === 'foreign')
    return number === 0 ? 'Nothing on this desk has these words.' : 'Found by these words.';
  const name = nameOf(by, reference);
  return number === 0
    ? `${name}: not on this desk, which holds the last ${HELD_HOURS} hours. Ctrl+Enter keeps it as a note; tell dispatch what is new.`
    : `${name}: found.`;
}

/** How long a desk keeps what is closed. Hours. */
const HELD_HOURS = KEEP_CLOSED_MS / HOUR;

const nameOf = (by: FoundContacts['by'], reference: string): string =>
  by === 'isr' ? `ISR ${reference}` : by === 'crime' ? `Crime ${reference}` : reference;

/**
 * What the record keeps of a reference of ours that is not on this desk: that somebody has named it, that nothing is linked, and what they
 * add. `null` for anything that can be linked, or is no reference.
 */
export function namedNote(found: FoundContacts, fact: string): string | null {
  const { by, reference, contacts } = found;
  if (contacts.length > 0 || by === null || by === 'words' || by === 'foreign') return null;
  const news = fact.trim() === '' ? '' : ` What is new: ${fact.trim()}`;
  return `Belongs to ${nameOf(by, reference)}, as named by the caller. Not linked: it is not on this desk. Dispatch must be told.${news}`;
}
