import type { ActKind } from '../../shared/domain/command.ts';
import type { Actor } from '../../shared/domain/contact.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { clockWords } from '../ui/time-words.ts';
import { roleWords } from './role-words.ts';

/** A colleague as one calls them across the room. */
export const deskWords = (actor: Actor): string => `desk ${actor.deskNumber}`;

/** Every refusal as a sentence: what happened, and what to do if there is something to do. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'taken':
      return `Taken by ${deskWords(refusal.by)} at ${clockWords(refusal.since)} – you stay here.`;
    case 'fenced':
      return refusal.by === null
        ? 'No longer yours, and nobody has it now. Press c to claim it again; your notes are kept.'
        : `No longer yours: ${deskWords(refusal.by)} has it. Your notes are kept; speak to ${deskWords(refusal.by)}.`;
    case 'not-yours':
      return 'Not done: this contact is not yours. Press c to claim it first.';
    case 'already-yours':
      return 'Already yours. Nothing changed.';
    case 'closed':
      return `Closed by ${deskWords(refusal.by)} at ${clockWords(refusal.since)}. Reopen it to go on.`;
    case 'not-closed':
      return 'Not reopened: this contact is still open.';
    case 'already-in-band':
      return refusal.band === 'A'
        ? 'Already an emergency. Nothing changed.'
        : 'Not an emergency any more. Nothing changed.';
    case 'text-missing':
      return 'Not done: there are no words. Write a few, then press Enter again.';
    case 'text-too-long':
      return `Too long by ${refusal.length - refusal.limit} characters. Nothing is cut: split it in two.`;
    case 'unknown-contact':
      return 'The queue does not know this contact. Read its reference to your team leader.';
    case 'link-down':
      return 'Not claimed: the link to the queue is down. Answer by telephone; Ctrl+N writes it down.';
    case 'role':
      return roleRefusal(refusal);
    case 'already-logged':
      return `Already written down, as ${refusal.ref}. Nothing was written twice; open that one.`;
    case 'not-in-this-name':
      return 'The queue does not know this desk’s earlier handler, so this was not done. The words are here to copy.';
    case 'id-in-use':
      return 'The queue has another act under this one’s number, so this was not done. The words are here to copy.';
    default:
      return unreachable(refusal);
  }
}

/** What somebody in this role may not do, and whom to ask. */
function roleRefusal({ role, act, emergency }: Extract<Refusal, { readonly code: 'role' }>): string {
  const words = notAllowed[act] ?? 'do this';
  if (role === 'trainee')
    return emergency
      ? `A trainee does not ${words} an emergency alone. Call your mentor.`
      : `A trainee does not ${words} a contact alone. Call your mentor.`;
  return `A ${roleWords[role]} does not ${words} a contact. Ask a mentor or your team leader.`;
}

/** The acts that the table of rights refuses to somebody. */
const notAllowed: Partial<Readonly<Record<ActKind, string>>> = {
  claim: 'take',
  close: 'close',
  reopen: 'reopen',
  demote: 'demote',
  free: 'free',
};
