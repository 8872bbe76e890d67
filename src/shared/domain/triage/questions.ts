import type { CallType, Question, QuestionPolicy } from '../policy/questions.ts';
import { channelFacts } from '../channel.ts';
import { ANSWER_LIMIT, isAnswered, type Answer } from './answers.ts';
import { holds, placeNow, WHERE, type Picture } from './condition.ts';

/** A question to put next, worded for this moment. */
export interface NextQuestion {
  readonly question: Question;
  readonly say: string;
  /** Why it comes now. */
  readonly because: string;
}

/**
 * The questions still worth asking, the best first (rule T-05): where, until it was read back; then what earlier answers bring forward; then the
 * set of the situation, of the call type with danger first, and what every contact is asked. A list to choose from: any may be passed over.
 */
export function nextQuestions(policy: QuestionPolicy, picture: Picture, limit: number): NextQuestion[] {
  const byId = new Map(policy.questions.map((question) => [question.id, question]));
  const isQuiet = holds(policy.quietWhen, picture);
  const open = (question: Question): boolean =>
    question.id === WHERE ? !isPlaceAgreed(picture) : isOpen(question, picture);
  const forward = policy.questions.filter(
    (question) => question.forward !== null && holds(question.forward.when, picture),
  );
  const usual = setOf(policy, picture).flatMap((id) => byId.get(id) ?? []);
  const where = byId.get(WHERE);
  const rest = [...new Set([...forward, ...usual])].filter((question) => question.id !== WHERE);
  const ordered = isQuiet ? quietFirst(rest) : rest;
  return [...(where === undefined ? [] : [where]), ...ordered]
    .filter(open)
    .slice(0, Math.max(0, limit))
    .map((question) => ({
      question,
      say: sayOf(question, picture, { quietly: isQuiet }),
      because: becauseOf(question, picture),
    }));
}

/** Everything the contact is to be asked, answered or not, in order; `where` among it. */
export function setOf(policy: QuestionPolicy, picture: Picture): string[] {
  const situations = policy.situations.filter(({ when }) => holds(when, picture)).flatMap(({ asks }) => asks);
  const type = callTypeOf(policy, picture.callType);
  return [...new Set([...situations, ...(type === null ? [] : askedOf(type, policy)), ...policy.universal])];
}

/**
 * The type's own set, with what a low grade waits for before everything else: what leads up to the first question of danger keeps its place, then
 * those of danger, then what every contact is asked and this type must know, then the rest it must know. A noise is graded after a handful of
 * questions, and danger is heard of first (rules T-05, T-11).
 */
function askedOf({ asks, beforeLow }: CallType, { questions }: QuestionPolicy): readonly string[] {
  const dangers = new Set(questions.filter(({ danger }) => danger.length > 0).map(({ id }) => id));
  const matters = (id: string): boolean => beforeLow.includes(id) || dangers.has(id);
  const begins = asks.findIndex((id) => id !== WHERE && matters(id));
  if (begins === -1) return [...asks, ...beforeLow];
  const first = asks.slice(begins).filter(matters);
  const ends = first.findLastIndex((id) => dangers.has(id)) + 1;
  return [...asks.slice(0, begins), ...first.slice(0, ends), ...beforeLow, ...asks];
}

export function callTypeOf(policy: QuestionPolicy, id: string | null): CallType | null {
  return policy.callTypes.find((type) => type.id === id) ?? null;
}

/** The question as it is put now: by taps, by what is known of the place, or as it stands. */
export function sayOf(
  question: Question,
  picture: Picture,
  { quietly }: { readonly quietly: boolean },
): string {
  const variant = question.variants.find(({ when }) => holds(when, picture));
  const say = (quietly ? question.quietly : null) ?? variant?.say ?? question.say;
  const place = placeNow(picture);
  return say.replaceAll('{place}', place.kind === 'unknown' ? 'the place' : place.words);
}

/** Nobody is on the line: what was written is read, and nothing is read back. */
function isPlaceAgreed(picture: Picture): boolean {
  const place = placeNow(picture);
  return (
    place.kind === 'agreed' ||
    (place.kind === 'told' && !channelFacts[picture.channel].live && isWritten(picture))
  );
}

/** A dropped call is not in writing: whoever rings back reads the place back. */
const isWritten = ({ channel }: Picture): boolean => !channelFacts[channel].callBack;

function isOpen(question: Question, picture: Picture): boolean {
  if (isAnswered(picture.answers, question.id)) return false;
  return question.onlyWhen === null || holds(question.onlyWhen, picture);
}

/** What can be answered by a tap before what cannot, otherwise as it was. */
const quietFirst = (questions: readonly Question[]): Question[] => [
  ...questions.filter(({ quietly, askOf }) => quietly !== null || askOf === 'desk'),
  ...questions.filter(({ quietly, askOf }) => quietly === null && askOf !== 'desk'),
];

const becauseOf = (question: Question, picture: Picture): string =>
  question.forward !== null && holds(question.forward.when, picture)
    ? question.forward.because
    : question.because;

/** Why an answer does not fit its question. */
export type AnswerRefusal =
  | { readonly kind: 'other-kind' }
  | { readonly kind: 'unknown-choice'; readonly id: string }
  | { readonly kind: 'text-too-long'; readonly limit: number; readonly length: number };

export function refusalOfAnswer(question: Question, answer: Answer): AnswerRefusal | null {
  if (answer.kind === 'not-known') return null;
  if (answer.kind !== kindOf(question, answer)) return { kind: 'other-kind' };
  if (answer.kind === 'choice') {
    const strange = answer.ids.find((id) => !question.choices.some((choice) => choice.id === id));
    if (strange !== undefined) return { kind: 'unknown-choice', id: strange };
    return question.answer === 'choice' && answer.ids.length > 1 ? { kind: 'other-kind' } : null;
  }
  if (answer.kind === 'number') return Number.isFinite(answer.number) ? null : { kind: 'other-kind' };
  const length = 'text' in answer ? answer.text.length : 0;
  return length > ANSWER_LIMIT ? { kind: 'text-too-long', limit: ANSWER_LIMIT, length } : null;
}

function kindOf(question: Question, answer: Answer): Answer['kind'] {
  switch (question.answer) {
    case 'yes-no':
      return answer.kind === 'no' ? 'no' : 'yes';
    case 'choice':
    case 'choices':
      return 'choice';
    case 'text':
    case 'number':
    case 'time':
    case 'place':
      return question.answer;
  }
}
