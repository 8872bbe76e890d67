import type { Arrival } from '../shared/domain/arrival.ts';
import {
  endOfTexts,
  findRiskWords,
  groupsToLookAt,
  strongestLift,
  wordsOfPublic,
  type RiskWordMatcher,
} from '../shared/domain/assist/risk-words.ts';
import { formTexts, type ReportForm } from '../shared/domain/chat/report-form.ts';
import { waitsUnread } from '../shared/domain/channel.ts';
import type { Contact, Due, Flags, Message } from '../shared/domain/contact.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import { englishOf, linesOfPublic, type LineInLanguage } from '../shared/domain/language/lines.ts';
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
  {
    channel,
    flags,
    title,
    place,
    account,
    form = null,
  }: Pick<Arrival, 'channel' | 'flags' | 'title' | 'place' | 'account'> & {
    readonly form?: ReportForm | null | undefined;
  },
  { facts }: DecisionPolicy,
): Flags {
  if (flags.lookFirst || facts === undefined || !waitsUnread.has(channel)) return flags;
  const asks = [title, place ?? '', account, ...formTexts(form)].some((text) =>
    asksToLook(findRiskWords(facts.riskWords, text)),
  );
  return asks ? { ...flags, lookFirst: true } : flags;
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
  const isSaidBefore = before.some((text) => text.trim() === message.text.trim());
  const found = groupsToLookAt(facts.riskWords, textsToSearch(facts.riskWords, before, message.text));
  const riskWords = isSaidBefore ? [] : found;
  const asks = !flags.lookFirst && found.length > 0;
  return {
    ...(asks && { lookFirst: dueOf({ ...contact, flags: { ...flags, lookFirst: true } }, policy) }),
    ...(riskWords.length > 0 && { riskWords }),
  };
}

/**
 * What a translation changes besides being there: risk words that it has and its original has not, whatever stands around them (rules AS-02, AS-03). The
 * lines before it are read as they are in English. What a machine made of our own lines tells nothing.
 */
export function riskInTranslation(contact: Contact, about: LineInLanguage, policy: DecisionPolicy): ToldRisk {
  const { facts } = policy;
  const { outcome, line } = about;
  if (facts === undefined || about.reading === null || outcome.kind !== 'translated') return {};
  if (!waitsUnread.has(contact.channel) || contact.ownership.kind === 'closed') return {};
  const lines = linesOfPublic(contact);
  const at = lines.findIndex((one) => one.line === line);
  const original = lines[at];
  if (original === undefined) return {};
  const stand = original.isAnswer ? [] : lines.slice(0, at).filter(({ isAnswer }) => !isAnswer);
  const inEnglish = stand.map((one) => englishOf(contact.translations, one.line) ?? one.text);
  const asWritten = stand.map(({ text }) => text);
  const search = (before: readonly string[], text: string): readonly string[] =>
    groupsToLookAt(facts.riskWords, textsToSearch(facts.riskWords, before, text));
  const known = new Set([
    ...search(asWritten, original.text),
    // Done again after another choice of language: what the last one told is told.
    ...search(inEnglish, englishOf(contact.translations, line) ?? ''),
  ]);
  const riskWords = search(inEnglish, outcome.translation.text).filter((group) => !known.has(group));
  if (riskWords.length === 0) return {};
  const flags = { ...contact.flags, lookFirst: true };
  return { riskWords, ...(!contact.flags.lookFirst && { lookFirst: dueOf({ ...contact, flags }, policy) }) };
}

/** What is searched when one more text comes: that text, behind so much of those before as a risk word that ends in it may span (rule C-33). */
export function textsToSearch(
  matcher: RiskWordMatcher,
  before: readonly string[],
  text: string,
): readonly string[] {
  return [...endOfTexts(matcher, before), text];
}
