import type { Arrival } from '../shared/domain/arrival.ts';
import {
  findRiskWords,
  findRiskWordsInRun,
  strongestLift,
  wordsOfPublic,
} from '../shared/domain/assist/risk-words.ts';
import type { Channel } from '../shared/domain/channel.ts';
import type { Contact, Due, Flags, Message } from '../shared/domain/contact.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import { dueOf } from '../shared/domain/service-level.ts';

/** What comes in writing waits unread; whoever answers a call hears it at once. */
const written: ReadonlySet<Channel> = new Set<Channel>([
  '999-text',
  'web-chat',
  'online-report',
  'text',
  'e-mail',
  'social-message',
]);

const asksToLook = (hits: Parameters<typeof strongestLift>[0]): boolean => {
  const lift = strongestLift(hits);
  return lift === 'emergency' || lift === 'look-first';
};

/**
 * The flags of what has come in writing, with "look first" where its words ask for it (rules AS-04, O-07). Nothing takes the flag away, and only a
 * person promotes.
 */
export function flagsOnArrival(
  { channel, flags, account }: Pick<Arrival, 'channel' | 'flags' | 'account'>,
  { facts }: DecisionPolicy,
): Flags {
  if (flags.lookFirst || facts === undefined || !written.has(channel)) return flags;
  return asksToLook(findRiskWords(facts.riskWords, account)) ? { ...flags, lookFirst: true } : flags;
}

/** When a contact is due once these further words are read; `null` when they ask for nothing new (rules AS-05, O-07). */
export function dueAfterWords(
  contact: Contact,
  message: Omit<Message, 'key'>,
  policy: DecisionPolicy,
): Due | null {
  const { flags, account, messages } = contact;
  const { facts } = policy;
  if (flags.lookFirst || facts === undefined || message.from !== 'public') return null;
  // A risk word may begin in one message and end in the next.
  const texts = wordsOfPublic({ account, messages: [...messages, { ...message, key: '' }] });
  if (!asksToLook(findRiskWordsInRun(facts.riskWords, texts))) return null;
  return dueOf({ ...contact, flags: { ...flags, lookFirst: true } }, policy);
}
