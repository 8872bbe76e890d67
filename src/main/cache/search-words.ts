import type { SearchHit } from '../../shared/contract/workstation.ts';
import { chatOf } from '../../shared/domain/chat/chat.ts';
import { formTexts } from '../../shared/domain/chat/report-form.ts';
import { nationalDigits, plainLetters } from '../../shared/domain/same-caller.ts';
import type { Held } from './desk-store.ts';

/** A part of a contact in which a search looks. */
export interface Field {
  readonly in: SearchHit['in'];
  readonly text: string;
}

/**
 * What a search can find in a text, and where it stands there (rule W-20). A find is a word that begins with what was
 * typed. Ends of numbers are kept backwards, so that they, too, are found by a beginning.
 */
export interface Word {
  /** Plain letters and digits, in lower case; behind a mark if it is a number's beginning or end. */
  readonly text: string;
  /** Where it stands in its text: from `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
}

/** Marks, which no text can hold as a letter or digit, keep these apart from words. */
export const marks = {
  /** Before the digits of a telephone number. */
  number: '\u{e000}',
  /** Before the digits of a telephone number, backwards. */
  numberEnd: '\u{e001}',
  /** Before the digits at the end of a reference, backwards. */
  referenceEnd: '\u{e002}',
} as const;

/** Fewer digits than this in one number are a house, a time or a year. */
const SHORTEST_NUMBER = 6;

/** Everything of a contact that is searched, in the order in which a find is preferred. */
export function fieldsOf({ summary, contact }: Held): Field[] {
  const references = [
    summary.ref,
    contact?.provisionalRef ?? null,
    contact?.paperLog ?? null,
    contact?.incident?.ref ?? null,
    contact?.incident?.provisionalRef ?? null,
    contact?.crime?.ref ?? null,
    contact?.crime?.provisionalRef ?? null,
  ];
  const fields: (Field | null)[] = [
    ...references.map((text) => fieldOf('reference', text)),
    fieldOf('title', summary.title),
    fieldOf('place', summary.place),
  ];
  if (contact !== null) {
    const { name, number, address } = contact.caller;
    const caller = [name, number, address].filter((part) => part !== null).join(' · ');
    fields.push(
      fieldOf('caller', caller),
      fieldOf('account', contact.account),
      ...formTexts(contact.form).map((text) => fieldOf('account', text)),
      ...contact.messages.map(({ text }) => fieldOf('message', text)),
      ...chatOf(contact).replies.map(({ text }) => fieldOf('message', text)),
      ...contact.notes.map(({ text }) => fieldOf('note', text)),
    );
  }
  return fields.filter((field) => field !== null);
}

const fieldOf = (where: SearchHit['in'], text: string | null): Field | null =>
  text === null || text === '' ? null : { in: where, text };

/** Every word that a search can find in a field; some places stand there more than once. */
export function wordsOf(field: Field): Word[] {
  const words = plainWords(field.text);
  return words.concat(field.in === 'reference' ? referenceEnds(field.text) : numbersIn(field.text));
}

/** Every word of a contact once, each with a space before and behind it. */
export function wordListOf(held: Held): string {
  const words = new Set<string>();
  for (const field of fieldsOf(held)) for (const { text } of wordsOf(field)) words.add(text);
  return ` ${[...words].join(' ')} `;
}

/** Runs of letters and digits, and what an apostrophe divides also as one: O'Brien is o, brien and obrien. */
function plainWords(text: string): Word[] {
  const words: Word[] = [];
  let joined: Word | null = null;
  // Nearly every text is in English, and what suits every script costs three times as much.
  const isAscii = !/[^\0-\x7f]/.test(text);
  for (const { 0: run, index: from } of text.matchAll(isAscii ? /[a-z0-9]+/gi : /[\p{L}\p{N}\p{M}]+/gu)) {
    const word: Word = {
      text: isAscii ? run.toLowerCase() : plainWord(run),
      from,
      to: from + run.length,
    };
    if (word.text === '') continue;
    words.push(word);
    const follows: boolean = joined !== null && from === joined.to + 1 && isApostrophe(text[joined.to]);
    joined =
      joined !== null && follows ? { ...word, text: joined.text + word.text, from: joined.from } : word;
    if (follows) words.push(joined);
  }
  return words;
}

export const isApostrophe = (character: string | undefined): boolean =>
  character === "'" || character === '’';

/** A run of letters and digits as it is compared. */
export const plainWord = (run: string): string => plainLetters(run).replace(/[^\p{L}\p{N}]/gu, '');

/** Groups of digits as people write telephone numbers: 07700 900114, +44 (0)7700-900114. */
export const digitGroups =
  /(?<![\p{L}\p{N}])\+?\(?[0-9]+(?:[\s().\u2010-\u2015-]{1,3}[0-9]+)*(?![\p{L}\p{N}])/gu;

/** Most texts hold no number, and this tells so at once. */
const enoughDigits = /(?:[0-9][^0-9\p{L}]{0,3}){6}/u;

function numbersIn(text: string): Word[] {
  const words: Word[] = [];
  if (!enoughDigits.test(text)) return words;
  for (const { 0: run, index: from } of text.matchAll(digitGroups)) {
    const digits = nationalDigits(run);
    if (digits.length < SHORTEST_NUMBER) continue;
    const to = from + run.length;
    words.push(
      { text: marks.number + digits, from, to },
      { text: marks.numberEnd + backwards(digits), from, to },
    );
  }
  return words;
}

/** The number at the end of a reference: its zeros are seldom said. */
function referenceEnds(text: string): Word[] {
  const digits = /[0-9]+$/.exec(text)?.[0];
  if (digits === undefined) return [];
  return [
    { text: marks.referenceEnd + backwards(digits), from: text.length - digits.length, to: text.length },
  ];
}

export const backwards = (digits: string): string => Array.from(digits).reverse().join('');
