import type { AskedContacts, ByReference, WorkstationBridge } from '../../../shared/contract/workstation.ts';
import type { ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
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
  /** What the queue says of a reference that nobody on this desk goes by; `null`: it has not been asked. */
  readonly queue: AskedContacts['kind'] | null;
}

/** Looks by reference first, and by words when it is none of ours or nobody goes by it (rules, W-20). Never the contact itself. */
export async function findContacts(
  bridge: WorkstationBridge,
  typed: string,
  self: ContactId,
): Promise<FoundContacts> {
  const referred = await bridge.request('contact.by-reference', { typed });
  const { kind: by, reference } = referred;
  const named = others(referred.contacts, self);
  if (named.length > 0 || by === null) return { typed, by, reference, contacts: named, queue: null };
  const { hits } = await bridge.request('search.read', { text: typed, limit: FOUND_LIMIT + 1 });
  const seen = new Map(hits.map(({ summary }) => [summary.id, summary]));
  if (seen.size === 0 && by !== 'foreign') return { typed, by, reference, contacts: [], queue: null };
  return { typed, by: 'words', reference: '', contacts: others([...seen.values()], self), queue: null };
}

/** A reference of ours that nobody on this desk goes by: the queue may know it, however old it is (rules L-24, R-22). */
export const isForQueue = ({ by, contacts, queue }: FoundContacts): boolean =>
  isOurs(by) && contacts.length === 0 && (queue === null || queue === 'away' || queue === 'too-many');

/** Asks the queue, which writes down that it was asked: for what the handler has typed to its end, never while they type. */
export async function askQueue(
  bridge: WorkstationBridge,
  found: FoundContacts,
  self: ContactId,
): Promise<FoundContacts> {
  const { typed } = found;
  const { kind, contacts } = await bridge.request('contact.ask', { kind: 'reference', typed });
  return { ...found, queue: kind, contacts: others(contacts, self) };
}

const others = (contacts: readonly ContactSummary[], self: ContactId): readonly ContactSummary[] =>
  contacts.filter(({ id }) => id !== self).slice(0, FOUND_LIMIT);

const isOurs = (by: FoundContacts['by']): by is Exclude<FoundContacts['by'], null | 'words' | 'foreign'> =>
  by !== null && by !== 'words' && by !== 'foreign';

/** Whoever gives an incident's or a crime's number tells of something that is on a log already. */
export const kindByFinding = (by: FoundContacts['by']): LinkKind =>
  by === 'isr' || by === 'crime' ? 'repeat' : 'same-incident';

const AS_NOTE = 'Ctrl+Enter keeps it as a note';

/** What the queue says of a reference, behind its name. */
const queueWords: Readonly<Record<NonNullable<FoundContacts['queue']> | 'not-asked', string>> = {
  'not-asked': 'not on this desk. Enter asks the queue.',
  found: 'this contact itself.',
  'not-there': `nothing goes by it, here or at the queue. Check the number. ${AS_NOTE}.`,
  'not-yours': `it is an emergency’s, which your role does not look up: ask your mentor. ${AS_NOTE}.`,
  'too-many': 'this desk has looked up much within a minute. Wait, then Enter asks again.',
  away: `not on this desk, and the queue cannot be asked now. ${AS_NOTE}; tell dispatch what is new.`,
  'not-kept': `found, but this desk’s disk has not taken it. ${AS_NOTE}.`,
};

/** What was found, in a line. */
export function foundWords({ by, reference, contacts, queue }: FoundContacts): string {
  const number = contacts.length;
  if (by === null) return 'An ISR, crime number or contact reference, or words.';
  if (!isOurs(by)) return number === 0 ? 'Nothing on this desk has these words.' : 'Found by these words.';
  const name = nameOf(by, reference);
  if (number > 0) return queue === null ? `${name}: found.` : `${name}: found at the queue.`;
  return `${name}: ${queueWords[queue ?? 'not-asked']}`;
}

const nameOf = (by: FoundContacts['by'], reference: string): string =>
  by === 'isr' ? `ISR ${reference}` : by === 'crime' ? `Crime ${reference}` : reference;

/** Why a named reference is not linked, as the record keeps it. */
const notLinked: Readonly<Partial<Record<NonNullable<FoundContacts['queue']>, string>>> = {
  'not-there': 'nothing goes by it',
  'not-yours': 'the role here does not look it up',
  away: 'it is not on this desk, and the queue could not be asked',
  'not-kept': 'this desk could not keep it',
};

/**
 * What the record keeps of a reference of ours that cannot be linked: that somebody has named it, that nothing is linked, and what they
 * add. `null` for anything that can be linked, has not been asked for yet, or is no reference.
 */
export function namedNote(found: FoundContacts, fact: string): string | null {
  const { by, reference, contacts, queue } = found;
  const because = queue === null ? undefined : notLinked[queue];
  if (contacts.length > 0 || !isOurs(by) || because === undefined) return null;
  const news = fact.trim() === '' ? '' : ` What is new: ${fact.trim()}`;
  return `Belongs to ${nameOf(by, reference)}, as named by the caller. Not linked: ${because}. Dispatch must be told.${news}`;
}
