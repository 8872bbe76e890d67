import { unreachable } from '../../lib/assert.ts';
import type { Actor, ChannelState, Contact } from '../contact.ts';
import type { Happening } from '../event.ts';
import { orderedIn } from '../outbound/sending.ts';
import type { Instant } from '../time.ts';
import {
  chatOf,
  isChatOver,
  newChat,
  type Chat,
  type ChatEnd,
  type EarlierChat,
  type ReachedUpTo,
} from './chat.ts';

const chatKinds = [
  'replied',
  'exit-checked',
  'chat-ended',
  'parked',
  'resumed',
  'safe-contact-agreed',
  'language-chosen',
  'reference-ordered',
] as const;

/** What a handler does in a conversation. */
export type ChatHappening = Extract<Happening, { kind: (typeof chatKinds)[number] }>;

export function isChatHappening(what: Happening): what is ChatHappening {
  return (chatKinds as readonly string[]).includes(what.kind);
}

/** What such an event changes. Total, like `apply` (rule C-09). */
export function changedByChat(
  contact: Contact,
  { what, by, at }: { readonly what: ChatHappening; readonly by: Actor; readonly at: Instant },
): Partial<Contact> {
  const chat = chatOf(contact);
  switch (what.kind) {
    case 'replied': {
      const { reply: id, n, text, canned } = what;
      const after = contact.messages.length;
      const replies = [...chat.replies, { id, n, after, text, canned, by, at }];
      // Whoever writes is there: a chat that was put aside is in hand again, and one that waited has begun.
      const channelState = contact.channelState === 'queued' ? 'active' : contact.channelState;
      return { chat: { ...chat, replies }, work: 'open', channelState };
    }
    case 'exit-checked': {
      const exit = chat.exit ?? { at: contact.receivedAt, checked: null };
      return { chat: { ...chat, exit: { ...exit, checked: { words: what.words, by, at } } } };
    }
    case 'chat-ended':
      return { channelState: 'ended', chat: { ...chat, end: { reason: what.reason, at } }, work: 'wrap-up' };
    case 'parked':
      return { work: 'parked' };
    case 'resumed':
      return { work: 'open' };
    case 'safe-contact-agreed':
      return { safeContacts: [...contact.safeContacts, { id: what.agreed, ...what.safe, by, at }] };
    case 'language-chosen':
      return { languageChosen: what.code };
    case 'reference-ordered':
      return orderedIn(contact, what, { by, at });
    default:
      return unreachable(what);
  }
}

/** What the line's own news changes of the chat: how it ended, that the exit was used, that the person is back (rules CH-07, CH-09). */
export function chatAfterLine(
  contact: Contact,
  {
    state,
    end,
    at,
  }: { readonly state: ChannelState; readonly end: ChatEnd | undefined; readonly at: Instant },
): Pick<Contact, 'chat'> {
  const { chat } = contact;
  if (contact.channel !== 'web-chat') return { chat };
  const now = chatOf(contact);
  switch (state) {
    case 'left-by-exit':
      // Once more is once more to be checked.
      return { chat: { ...now, end: { reason: 'quick-exit', at }, exit: { at, checked: null } } };
    case 'ended':
      return { chat: { ...now, end: { reason: end ?? 'ended-by-public', at } } };
    case 'dropped':
      return { chat: { ...now, end: { reason: end ?? 'connection-lost', at } } };
    default:
      return { chat: chat === null ? null : { ...chat, end: null } };
  }
}

/** Our lines have come further: never back, whatever is told again or late (rule CH-03). What is seen was delivered. */
export function chatAfterReaching(
  contact: Contact,
  { upTo, how, at }: { readonly upTo: number; readonly how: 'delivered' | 'seen'; readonly at: Instant },
): Pick<Contact, 'chat'> {
  const chat = chatOf(contact);
  const n = Math.min(upTo, chat.replies.length);
  const further = (before: ReachedUpTo): ReachedUpTo => (n > before.n ? { n, at } : before);
  const delivered = further(chat.delivered);
  return { chat: { ...chat, delivered, seen: how === 'seen' ? further(chat.seen) : chat.seen } };
}

/** Whether anything new is told by it. */
export function reachesFurther(
  chat: Chat,
  { upTo, how }: { readonly upTo: number; readonly how: 'delivered' | 'seen' },
): boolean {
  const n = Math.min(upTo, chat.replies.length);
  return n > (how === 'seen' ? chat.seen : chat.delivered).n;
}

/** A chat that may be of somebody who was here a while ago (rule CH-12). */
export const chatComingBack = (earlier: EarlierChat | null): Chat | null =>
  earlier === null ? null : { ...newChat, earlier };

/** Given back with a word for whoever takes it next: it stands on the record beside the other tries (rule CH-17). */
export function chatAfterRelease(
  contact: Contact,
  { back }: Extract<Happening, { kind: 'released' }>,
  by: Actor,
  at: Instant,
): Partial<Pick<Contact, 'chat'>> {
  if (back === undefined) return {};
  const chat = chatOf(contact);
  const ended = { how: 'taken', words: '', by, at } as const;
  const handOver = { ...back, to: null, until: at, fence: contact.fence, by, at, ended };
  return { chat: { ...chat, handOvers: [...(chat.handOvers ?? []), handOver] } };
}

/** Closing ends what the person has not ended themselves (rule CH-09). */
export function chatAfterClosing(contact: Contact, at: Instant): Partial<Contact> {
  if (contact.channel !== 'web-chat' || isChatOver(contact)) return {};
  const chat = chatOf(contact);
  return { channelState: 'ended', chat: { ...chat, end: chat.end ?? { reason: 'ended-by-handler', at } } };
}

/** A closing that was taken back took the good-bye back with it, unless the person has gone meanwhile (rules CH-09, X-10). */
export function chatAfterReopening({ chat, channelState, closing }: Contact): Partial<Contact> {
  const isOurs = chat?.end?.reason === 'ended-by-handler' && chat.end.at === closing?.at;
  if (chat === null || !isOurs || channelState !== 'ended') return {};
  return { channelState: 'active', chat: { ...chat, end: null } };
}
