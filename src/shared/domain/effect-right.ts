import type { Command } from './command.ts';
import { ownerOf, type Actor, type Contact } from './contact.ts';
import type { Happening } from './event.ts';
import type { Decision, Refusal } from './lifecycle.ts';

/** What every decision is made of: who may have an effect, and whether the words it needs are there. */

export const accept = (what: Happening | null): Decision => ({ kind: 'accepted', what });
export const refuse = (refusal: Refusal): Decision => ({ kind: 'refused', refusal });

/** An effect needs the current fence and its owner's desk (rule C-06); otherwise, why not. */
export function refusalOfEffect(contact: Contact, command: Command, by: Actor): Refusal | null {
  const { ownership } = contact;
  if (ownership.kind === 'closed') return { code: 'closed', by: ownership.by, since: ownership.since };
  const owner = ownerOf(contact);
  if (owner !== null && owner.desk === by.desk && command.fence === contact.fence) return null;
  return command.fence < contact.fence ? { code: 'fenced', by: owner } : { code: 'not-yours' };
}

/** Why words cannot be taken as they are, or `null`. Some need not be there at all. */
export function refusalOfWords(
  words: string,
  limit: number,
  { mayBeEmpty }: { readonly mayBeEmpty: boolean },
): Refusal | null {
  if (!mayBeEmpty && words.trim() === '') return { code: 'text-missing' };
  return words.length > limit ? { code: 'text-too-long', limit, length: words.length } : null;
}

/** The words an act needs are there and fit; then `refusal` if there is one. */
export function withWords(words: string, limit: number, refusal: Refusal | null, what: Happening): Decision {
  const first = refusalOfWords(words, limit, { mayBeEmpty: false }) ?? refusal;
  return first === null ? accept(what) : refuse(first);
}
