import { unreachable } from '../../lib/assert.ts';
import { REASON_LIMIT, type Act, type Command } from '../command.ts';
import type { Actor, Contact } from '../contact.ts';
import { accept, refusalOfEffect, refusalOfWords, refuse } from '../effect-right.ts';
import type { Happening } from '../event.ts';
import { languageOf } from '../language/find-language.ts';
import type { Decision, Refusal } from '../lifecycle.ts';
import { REACH_LIMIT } from '../outbound/reach.ts';
import { decideSending } from '../outbound/sending.ts';
import {
  chatOf,
  isChat,
  isChatOver,
  isExitUnchecked,
  REPLY_LIMIT,
  SAFE_CONTACT_LIMIT,
  type SafeContact,
} from './chat.ts';

const chatActs = [
  'reply',
  'check-exit',
  'end-chat',
  'park',
  'resume',
  'safe-contact',
  'choose-language',
  'send-reference',
] as const;

/** The acts of a conversation in writing. */
export type ChatAct = Extract<Act, { kind: (typeof chatActs)[number] }>;

/** What such an act does, or why not: the owner's alone, under their fence (rules CH-01, C-06). */
export function decideChat(
  contact: Contact,
  command: Command & { readonly act: ChatAct },
  by: Actor,
): Decision {
  const { act, id } = command;
  const owned = (what: Happening | null, ...refusals: readonly (Refusal | null)[]): Decision => {
    const refusal = [refusalOfEffect(contact, command, by), ...refusals].find((each) => each !== null);
    return refusal === undefined ? accept(what) : refuse(refusal);
  };
  switch (act.kind) {
    case 'reply': {
      const { text, canned } = act;
      const n = chatOf(contact).replies.length + 1;
      return owned(
        { kind: 'replied', reply: id, n, text, canned },
        words(text, REPLY_LIMIT),
        unheard(contact),
      );
    }
    case 'check-exit': {
      const refusal: Refusal | null = isExitUnchecked(contact) ? null : { code: 'nothing-to-check' };
      return owned({ kind: 'exit-checked', words: act.words }, words(act.words), refusal);
    }
    case 'end-chat': {
      const refusal = notAChat(contact) ?? overRefusal(contact);
      return owned({ kind: 'chat-ended', reason: act.reason }, refusal);
    }
    case 'park':
      return owned(contact.work === 'parked' ? null : { kind: 'parked', because: act.because });
    case 'resume':
      return owned(contact.work === 'parked' ? { kind: 'resumed' } : null);
    case 'safe-contact':
      return owned({ kind: 'safe-contact-agreed', agreed: id, safe: act.safe }, refusalOfSafe(act.safe));
    case 'choose-language': {
      const { code } = act;
      const isKnown = code === null || languageOf(code)?.code === code;
      const refusal: Refusal | null = isKnown ? null : { code: 'not-whole', field: 'code' };
      return owned(code === contact.languageChosen ? null : { kind: 'language-chosen', code }, refusal);
    }
    case 'send-reference':
      return decideSending(contact, { ...command, act }, by);
    default:
      return unreachable(act);
  }
}

const words = (text: string, limit = REASON_LIMIT): Refusal | null =>
  refusalOfWords(text, limit, { mayBeEmpty: false });

const notAChat = (contact: Contact): Refusal | null => (isChat(contact) ? null : { code: 'not-a-chat' });

const overRefusal = (contact: Contact): Refusal | null =>
  isChatOver(contact) ? { code: 'chat-over', end: chatOf(contact).end?.reason ?? null } : null;

/**
 * Why a line would not reach the person, or must not: whoever is beside them may read it (rule CH-07), or their page is gone (rule CH-08). A
 * line that was lost is not over: what is written then waits for them.
 */
function unheard(contact: Contact): Refusal | null {
  const other = notAChat(contact);
  if (other !== null) return other;
  return isExitUnchecked(contact) ? { code: 'left-by-exit' } : overRefusal(contact);
}

/** Something is agreed, and each part of it fits. */
function refusalOfSafe({
  way,
  times,
  codeWord,
  doNotRing,
  sharedDevice,
  reach,
}: SafeContact): Refusal | null {
  const texts = [way, times, codeWord];
  for (const text of texts) {
    const tooLong = refusalOfWords(text, SAFE_CONTACT_LIMIT, { mayBeEmpty: true });
    if (tooLong !== null) return tooLong;
  }
  const tooFar = refusalOfWords(reach?.to ?? '', REACH_LIMIT, { mayBeEmpty: true });
  if (tooFar !== null) return tooFar;
  if (reach !== undefined) return null;
  const isEmpty = texts.every((text) => text.trim() === '') && !doNotRing && !sharedDevice;
  return isEmpty ? { code: 'text-missing' } : null;
}
