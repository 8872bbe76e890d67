import { isSureMatch } from '../assist/markers.ts';
import type { Contact, Grade } from '../contact.ts';
import type { Refusal } from '../lifecycle.ts';
import { ANSWER_LIMIT, type Answers } from './answers.ts';
import type { KnownPlace, Picture } from './condition.ts';
import { RIGHT_CARE_LIMIT, type RightCare } from './right-care.ts';
import {
  FACT_TEXT_LIMIT,
  LETTER_LIMIT,
  letters,
  emptyThrive,
  factWords,
  type Letter,
  type Thrive,
} from './thrive.ts';

/** One look at the risk, whole: the next one stands beside it and never instead of it (rule T-03). */
export interface TriageEntry {
  /** A call type of the question policy; `null` until one is chosen. */
  readonly callType: string | null;
  readonly answers: Answers;
  readonly thrive: Thrive;
  /** The path of Right Care Right Person as far as it was gone; empty when it was not. */
  readonly rightCare: RightCare;
  /** "What is different today?", asked about whoever has an agreed plan (rule AS-18); `null` for all others, or not asked yet. */
  readonly different: string | null;
  /** What the program recommended at that moment, and why; `null` when it could not say. For the record (rule T-09). */
  readonly recommended: { readonly grade: Grade; readonly because: readonly string[] } | null;
  /** Which policy was in force, by name (rule Y-07). */
  readonly policies: Readonly<Record<string, string>>;
}

export const emptyEntry: TriageEntry = {
  callType: null,
  answers: {},
  thrive: emptyThrive,
  rightCare: [],
  different: null,
  recommended: null,
  policies: {},
};

/** An entry is at most this long as JSON, so that its command fits a frame whatever is in it (rule L-04). Characters. */
export const ENTRY_LIMIT = 24_000;

/** The entry in force, or an empty one. */
export const entryOf = ({ triage }: Pick<Contact, 'triage'>): TriageEntry =>
  triage.at(-1)?.entry ?? emptyEntry;

/**
 * Somebody has weighed something: a letter is answered, be it that nothing was found, or a question by yes, no or a choice. A look without
 * any is kept, but it is no risk assessment and settles nothing (rule R-12): a place or a name that was typed weighs nothing, nor does "not
 * known". The same look once more is one: a person says that nothing is new.
 */
export const isWeighed = ({ thrive, answers }: Pick<TriageEntry, 'thrive' | 'answers'>): boolean =>
  letters.some((letter) => isLetterAnswered(thrive, letter)) ||
  Object.values(answers).some(({ kind }) => kind === 'yes' || kind === 'no' || kind === 'choice');

function isLetterAnswered(thrive: Thrive, letter: Letter): boolean {
  const answer = thrive[letter];
  if (answer === null) return false;
  return answer.kind === 'none' || answer.text.trim() !== '' || factWords(thrive, letter).length > 0;
}

/** A risk assessment stands on the contact. */
export const isAssessed = ({ triage }: Pick<Contact, 'triage'>): boolean =>
  triage.some(({ entry }) => isWeighed(entry));

/** Two looks at the risk that say the same; what was recommended then and by which policies is no part of what was seen. */
export function isSameLook(one: TriageEntry, other: TriageEntry): boolean {
  return lookKey(one) === lookKey(other);
}

/** The same for two looks that say the same. */
export function lookKey({ callType, answers, thrive, rightCare, different }: TriageEntry): string {
  return JSON.stringify(sorted({ callType, answers, thrive, rightCare, different }));
}

/** The order in which answers were given and picks were made says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isPicks = value.every((each) => typeof each === 'string');
    return isPicks ? value.toSorted() : value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** Why an entry cannot be kept as it is, or `null`. Nothing that is not asked yet keeps one from being kept: it never blocks (rule T-08). */
export function refusalOfEntry(entry: TriageEntry): Refusal | null {
  const length = JSON.stringify(entry).length;
  if (length > ENTRY_LIMIT) return { code: 'text-too-long', limit: ENTRY_LIMIT, length };
  const tooLong = wordsOf(entry).find(([words, limit]) => words.length > limit);
  if (tooLong === undefined) return null;
  return { code: 'text-too-long', limit: tooLong[1], length: tooLong[0].length };
}

type Limited = readonly [words: string, limit: number];

function wordsOf({ answers, thrive, rightCare, different }: TriageEntry): readonly Limited[] {
  const typed = Object.values(answers).flatMap((answer) => ('text' in answer ? [answer.text] : []));
  const found = letters.flatMap((letter): readonly Limited[] => {
    const answer = thrive[letter];
    if (answer?.kind !== 'found') return [];
    const short = Object.values(answer.facts).filter((value: unknown) => typeof value === 'string');
    return [[answer.text, LETTER_LIMIT], ...short.map((words): Limited => [words, FACT_TEXT_LIMIT])];
  });
  const path = rightCare.flatMap((step) => Object.values(step).filter((value) => typeof value === 'string'));
  return [
    ...typed.map((words): Limited => [words, ANSWER_LIMIT]),
    ...found,
    ...path.map((words): Limited => [words, RIGHT_CARE_LIMIT]),
    [different ?? '', ANSWER_LIMIT],
  ];
}

/** All that triage looks at, of a contact and of an entry that may not be kept yet. */
export function pictureOf(contact: Contact, { callType, answers, thrive }: TriageEntry): Picture {
  const { channel, channelState: line, flags, markers, call } = contact;
  return {
    channel,
    line,
    callMarks: call?.marks ?? [],
    callType,
    answers,
    thrive,
    flags,
    // What matched by a name alone, or by the area of a mast, may be about somebody else (rule AS-20).
    markers: markers.filter(({ matchedBy }) => isSureMatch(matchedBy)).map(({ kind }) => kind),
    place: knownPlace(contact),
  };
}

function knownPlace({ spots, place }: Contact): KnownPlace {
  const spot = spots.at(-1);
  if (spot !== undefined) return { kind: spot.readBack ? 'agreed' : 'told', words: spot.words };
  return place === null ? { kind: 'unknown' } : { kind: 'told', words: place };
}
