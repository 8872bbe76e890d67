import type { Contact } from '../contact.ts';
import type { Instant } from '../time.ts';
import type { Detection, LanguageSource, LineLanguage } from './detection.ts';
import { ENGLISH, languageOf } from './find-language.ts';
import type { TranslationOutcome } from './translation.ts';

/**
 * What is known of the language of one line of a contact, beside the line and never in its place (rule LG-05). A line in English that was read as such has
 * none.
 */
export interface LineInLanguage {
  /** `account`, the key of a message, the name of an answer in their form, or the id of a reply. */
  readonly line: string;
  /** What the machine read; `null` of a handler’s line, which is English. */
  readonly reading: Detection | null;
  /** The language it was taken for; `null` when nobody can tell. */
  readonly language: LineLanguage | null;
  readonly outcome: TranslationOutcome;
  /** When the queue had it. */
  readonly at: Instant;
}

/** The name of the account among the lines. */
export const ACCOUNT_LINE = 'account';
/** That of an answer in their form, by the id of its question. */
export const answerLine = (id: string): string => `answer ${id}`;

/** A text of the public, as they wrote it. */
export interface PublicLine {
  readonly line: string;
  readonly text: string;
  /** The language that its source named, or the contact’s. */
  readonly told: string | null;
  /** An answer may be one of our own words, chosen from a list in English. */
  readonly isAnswer: boolean;
}

/** Everything that the public wrote in a contact: the account, their form, their messages in order. The assistant’s questions are not theirs. */
export function linesOfPublic({
  account,
  form,
  messages,
  language,
}: Pick<Contact, 'account' | 'form' | 'messages' | 'language'>): readonly PublicLine[] {
  const answers = form?.answers ?? [];
  return [
    // A chat may begin without a word: of nothing there is no translation.
    ...(account.trim() === ''
      ? []
      : [{ line: ACCOUNT_LINE, text: account, told: language, isAnswer: false }]),
    ...answers.map(({ id, answer }) => ({
      ...{ line: answerLine(id), text: answer, told: null, isAnswer: true },
    })),
    ...messages
      .filter(({ from }) => from === 'public')
      .map(({ key, text, language: own }) => ({ line: key, text, told: own ?? language, isAnswer: false })),
  ];
}

/** What a machine made of a line for somebody who reads English; `null` where there is none. */
export function englishOf(lines: readonly LineInLanguage[], line: string): string | null {
  const outcome = lines.find((one) => one.line === line)?.outcome;
  return outcome?.kind === 'translated' && outcome.translation.to === ENGLISH
    ? outcome.translation.text
    : null;
}

/** A line may be done again, after another choice of language or after trouble: the last one stands, and an earlier translation is not lost to trouble. */
export function withLine(lines: readonly LineInLanguage[], one: LineInLanguage): readonly LineInLanguage[] {
  const before = lines.find(({ line }) => line === one.line);
  const isWorse =
    before?.outcome.kind === 'translated' &&
    one.outcome.kind === 'untranslated' &&
    before.language?.code === one.language?.code;
  // Tried once more, for the same reason in vain: nothing new.
  const isSame =
    before?.outcome.kind === 'untranslated' &&
    one.outcome.kind === 'untranslated' &&
    before.outcome.trouble.kind === one.outcome.trouble.kind &&
    before.language?.code === one.language?.code &&
    before.language?.from === one.language?.from;
  if (isWorse || isSame) return lines;
  return before === undefined ? [...lines, one] : lines.map((each) => (each.line === one.line ? one : each));
}

const sureSources: ReadonlySet<LanguageSource> = new Set(['line', 'conversation', 'told']);

/**
 * The language in which the person is written to (rule LG-12): what the handler chose; else the last that was surely read in their lines; else what they
 * said. `null`: English, as far as anybody knows.
 */
export function languageOfContact({
  chosen,
  lines,
  told,
}: {
  readonly chosen: string | null;
  readonly lines: readonly LineInLanguage[];
  readonly told: string | null;
}): LineLanguage | null {
  if (chosen !== null) return chosen === ENGLISH ? null : { code: chosen, from: 'chosen' };
  const read = lines.flatMap(({ language, reading }) =>
    reading !== null && language !== null && sureSources.has(language.from) ? [language] : [],
  );
  const last = read.at(-1);
  if (last !== undefined && last.code !== ENGLISH) return last;
  const said = languageOf(told);
  return said === null || said.code === ENGLISH ? null : { code: said.code, from: 'told' };
}

/** What such an event changes: the line stays as it is, and the contact has a language once one was surely read (rules LG-03, LG-05). */
export function changedByTranslation(contact: Contact, about: LineInLanguage): Partial<Contact> {
  const translations = withLine(contact.translations, about);
  const read = languageOfContact({ chosen: null, lines: translations, told: contact.language });
  return { translations, language: contact.language ?? read?.code ?? null };
}
