import { unreachable } from '../../lib/assert.ts';
import type { CallMark } from '../call.ts';
import type { Channel } from '../channel.ts';
import type { ChannelState, Flags } from '../contact.ts';
import { isAnswered, tokensOf, type Answers } from './answers.ts';
import { factsOf, letters, type Letter, type Thrive } from './thrive.ts';

/** Where it is, as far as anybody knows. `told`: by a machine, a form or the caller, and not read back yet. */
export type KnownPlace =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'told'; readonly words: string }
  | { readonly kind: 'agreed'; readonly words: string };

/**
 * All that triage looks at. Whether officers are free is not among it and must never be: a grade follows risk alone (rule T-12).
 */
export interface Picture {
  readonly channel: Channel;
  readonly line: ChannelState;
  /** What the exchange knows of the line, such as that nobody speaks on it. */
  readonly callMarks: readonly CallMark[];
  /** A call type of the question policy; `null` until one is chosen. */
  readonly callType: string | null;
  readonly answers: Answers;
  readonly thrive: Thrive;
  readonly flags: Flags;
  /** Ids of the markers on record for this number, name or address. */
  readonly markers: readonly string[];
  readonly place: KnownPlace;
}

/** The picks of THRIVE that a condition may ask about. */
export const thriveFacts = ['immediacy', 'severity', 'likelihood', 'harm-kind', 'found', 'none'] as const;
export type ThriveFact = (typeof thriveFacts)[number];

/**
 * A condition as policy data. There is no "not" and no "unanswered": a condition that holds goes on holding when more is learnt, so that
 * one more answer can never lower what is recommended (rule T-10).
 */
export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'answer'; readonly question: string; readonly is: readonly string[] }
  | {
      readonly kind: 'number';
      readonly question: string;
      readonly atLeast: number | null;
      readonly atMost: number | null;
    }
  | { readonly kind: 'thrive'; readonly fact: ThriveFact; readonly is: readonly string[] }
  | { readonly kind: 'marker'; readonly is: readonly string[] }
  | { readonly kind: 'flag'; readonly is: readonly (keyof Flags)[] }
  | { readonly kind: 'channel'; readonly is: readonly Channel[] }
  | { readonly kind: 'line'; readonly is: readonly ChannelState[] }
  | { readonly kind: 'call-mark'; readonly is: readonly CallMark[] }
  | { readonly kind: 'call-type'; readonly is: readonly string[] }
  /** For the wording of questions alone; no rule about grades may ask it. */
  | { readonly kind: 'place'; readonly is: readonly KnownPlace['kind'][] };

export function holds(condition: Condition, picture: Picture): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((one) => holds(one, picture));
    case 'any':
      return condition.of.some((one) => holds(one, picture));
    case 'answer': {
      const answer = picture.answers[condition.question];
      return answer !== undefined && tokensOf(answer).some((token) => condition.is.includes(token));
    }
    case 'number': {
      const answer = picture.answers[condition.question];
      if (answer?.kind !== 'number') return false;
      const { atLeast, atMost } = condition;
      return (atLeast === null || answer.number >= atLeast) && (atMost === null || answer.number <= atMost);
    }
    case 'thrive':
      return factTokens(picture.thrive, condition.fact).some((token) => condition.is.includes(token));
    case 'marker':
      return markersOf(picture).some((marker) => condition.is.includes(marker));
    case 'flag':
      return condition.is.some((flag) => picture.flags[flag]);
    case 'channel':
      return condition.is.includes(picture.channel);
    case 'line':
      return condition.is.includes(picture.line);
    case 'call-mark':
      return picture.callMarks.some((mark) => condition.is.includes(mark));
    case 'call-type':
      return picture.callType !== null && condition.is.includes(picture.callType);
    case 'place':
      return condition.is.includes(placeNow(picture).kind);
    default:
      return unreachable(condition);
  }
}

/** What is on record and what was heard in this contact, each once. */
export function markersOf(picture: Pick<Picture, 'markers' | 'thrive'>): readonly string[] {
  return [...new Set([...picture.markers, ...factsOf(picture.thrive, 'vulnerability').markers])];
}

/** The id of the question about the place: the one question that stays until its answer was read back. */
export const WHERE = 'where';

/** The place as agreed, by the contact's record or by an answer that was read back; otherwise the best that was told. */
export function placeNow({ place, answers }: Pick<Picture, 'place' | 'answers'>): KnownPlace {
  const answer = answers[WHERE];
  if (answer?.kind === 'place' && isAnswered(answers, WHERE)) {
    if (answer.readBack) return { kind: 'agreed', words: answer.text };
    return place.kind === 'agreed' ? place : { kind: 'told', words: answer.text };
  }
  return place;
}

/** Every question that a condition asks about, each once. */
export function questionsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return [...new Set(condition.of.flatMap(questionsIn))];
    case 'answer':
    case 'number':
      return [condition.question];
    case 'thrive':
    case 'marker':
    case 'flag':
    case 'channel':
    case 'line':
    case 'call-mark':
    case 'call-type':
    case 'place':
      return [];
    default:
      return unreachable(condition);
  }
}

function factTokens(thrive: Thrive, fact: ThriveFact): readonly string[] {
  const present = (value: string | number | null): string[] => (value === null ? [] : [String(value)]);
  const lettersThat = (kind: 'found' | 'none'): Letter[] =>
    letters.filter((letter) => thrive[letter]?.kind === kind);
  switch (fact) {
    case 'immediacy':
      return present(factsOf(thrive, 'threat').immediacy);
    case 'severity':
      return present(factsOf(thrive, 'harm').severity);
    case 'likelihood':
      return present(factsOf(thrive, 'risk').likelihood);
    case 'harm-kind':
      return factsOf(thrive, 'harm').kinds;
    case 'found':
    case 'none':
      return lettersThat(fact);
    default:
      return unreachable(fact);
  }
}
