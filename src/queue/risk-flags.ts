import type { Arrival } from '../shared/domain/arrival.ts';
import {
  findRiskWords,
  findRiskWordsInRun,
  groupsToLookAt,
  strongestLift,
  wordsOfPublic,
} from '../shared/domain/assist/risk-words.ts';
import { waitsUnread } from '../shared/domain/channel.ts';
import type { Contact, Due, Flags, Message } from '../shared/domain/contact.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import { dueOf } from '../shared/domain/service-level.ts';

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
  if (flags.lookFirst || facts === undefined || !waitsUnread.has(channel)) return flags;
  return asksToLook(findRiskWords(facts.riskWords, account)) ? { ...flags, lookFirst: true } : flags;
}

/** What a further message changes besides being there; nothing for most (rules AS-04, AS-05, O-07, T-23). */
export interface ToldRisk {
  /** When the contact is due from now on. Once it is marked "look first" it is not due anew. */
  readonly lookFirst?: Due;
  /** The groups of risk words in it. A text that the same person has sent before, word for word, tells nothing new. */
  readonly riskWords?: readonly string[];
}

export function riskToldBy(
  contact: Contact,
  message: Omit<Message, 'key'>,
  policy: DecisionPolicy,
): ToldRisk {
  const { flags, account, messages } = contact;
  const { facts } = policy;
  if (facts === undefined || message.from !== 'public') return {};
  const before = wordsOfPublic({ account, messages });
  // A risk word may begin in one message and end in the next.
  const texts = [...before, message.text];
  const isSaidBefore = before.some((text) => text.trim() === message.text.trim());
  const riskWords = isSaidBefore ? [] : groupsToLookAt(facts.riskWords, texts);
  const asks = !flags.lookFirst && asksToLook(findRiskWordsInRun(facts.riskWords, texts));
  return {
    ...(asks && { lookFirst: dueOf({ ...contact, flags: { ...flags, lookFirst: true } }, policy) }),
    ...(riskWords.length > 0 && { riskWords }),
  };
}
