import type { Act, Command } from '../../shared/domain/command.ts';
import type { CommandId, ContactId, HandlerId } from '../../shared/domain/ids.ts';

/**
 * Commands, of those that are not answered, that would take a contact (rule X-08). Taking up again what this desk has
 * closed itself is none of them while that closing waits in front of it: it takes nothing from anybody (rule X-10).
 */
export function takingsOf(waiting: readonly Command[]): CommandId[] {
  const closing = new Set<ContactId>();
  const takings: CommandId[] = [];
  for (const { id, contact, act } of waiting) {
    if (act.kind === 'close') closing.add(contact);
    else if (isOfOthers(act) || (act.kind === 'reopen' && !closing.has(contact))) takings.push(id);
  }
  return takings;
}

/**
 * What concerns another person at this moment: a claim, an offer of a chat to a colleague, and a yes to one. An hour later it would take or give what
 * nobody means any more.
 */
export const isOfOthers = (act: Act): boolean =>
  act.kind === 'claim' || act.kind === 'offer-chat' || (act.kind === 'answer-offer' && act.accepted);

/** Contacts that are somebody's as soon as the copy has what they did last (rule A-07). */
export function becomingOf(undecided: readonly Command[], of: HandlerId): readonly ContactId[] {
  const whose = new Map<ContactId, boolean>();
  for (const { by, contact, act } of undecided) {
    const owns = by === of ? ownsAfter(act) : null;
    if (owns !== null) whose.set(contact, owns);
  }
  return [...whose].filter(([, owns]) => owns).map(([contact]) => contact);
}

/** Whether a contact is its actor's after the act; `null` when that changes nothing. */
function ownsAfter(act: Act): boolean | null {
  switch (act.kind) {
    case 'answer-offer':
      return act.accepted ? true : null;
    case 'claim':
    case 'reopen':
    case 'log':
      return true;
    case 'release':
    case 'free':
    case 'close':
      return false;
    case 'note':
    case 'grade':
    case 'promote':
    case 'demote':
    case 'consult':
    case 'agree':
    case 'triage':
    case 'describe':
    case 'place':
    case 'attempt':
    case 'hear':
    case 'link':
    case 'part':
    case 'discharge':
    case 'incident':
    case 'crime':
    case 'pass':
    case 'major':
    case 'stand-down':
    case 'reply':
    case 'check-exit':
    case 'end-chat':
    case 'park':
    case 'resume':
    case 'safe-contact':
    case 'choose-language':
    case 'send-reference':
    case 'offer-chat':
    case 'withdraw-offer':
    case 'promise-call-back':
      return null;
  }
}
