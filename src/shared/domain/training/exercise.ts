import type { DeedKind } from './deed.ts';

/**
 * What a contact card becomes when somebody practises on it: who is at the other end, what they say to which question, and what
 * is right (rules TR-01 to TR-09). Nothing in it is a guess of the program: each point is a sentence that a trainer has written.
 */
export interface Exercise {
  /** For those who begin: what will happen, without what is to be found out. */
  readonly brief: string;
  readonly people: readonly Person[];
  readonly expected: readonly Expected[];
  readonly mustNots: readonly MustNot[];
  /** The points that are lost when somebody falls into the card's trap, and no others. */
  readonly trap: { readonly says: string; readonly loses: readonly string[] };
  /** From so many percent on it is passed, unless a must-not that fails it was broken. */
  readonly pass: number;
  /** What a mentor is asked, because no program can judge it. */
  readonly mentor: readonly string[];
}

/** Lines of somebody: one is chosen by the seed, in turn, so that nobody says the same thing twice running. */
export type Lines = readonly string[];

/** Somebody at the other end of a contact. */
export interface Person {
  /** The contact of the timeline: its name there, or `first` for one that has none. */
  readonly contact: string;
  /** What the trainer calls them. */
  readonly name: string;
  readonly speaks: 'voice' | 'writing' | 'taps';
  /** What has to happen before they can be spoken to: they are answered, or rung. */
  readonly reachedBy: 'answer' | 'ring';
  /** What is true of them, by name: in their lines `{name}` stands for it. */
  readonly facts: Readonly<Record<string, string>>;
  /** 0: beside themselves, 10: collected. */
  readonly mood: number;
  /** What a way of being treated does to the mood, where it differs from what the list of intents says. */
  readonly treated: Readonly<Record<string, number>>;
  readonly answers: readonly Answer[];
  readonly moments: readonly Moment[];
  /** Said when the question was not understood. */
  readonly unclear: Lines;
  /** Said when it was understood and they have no answer to it. */
  readonly unknown: Lines;
}

/** When an answer or a moment is there at all. What is left out does not matter. */
export interface Case {
  readonly moodFrom: number | null;
  readonly moodTo: number | null;
  /** All of these were told before. */
  readonly told: readonly string[];
  /** None of these was. */
  readonly untold: readonly string[];
}

/** What saying it brings with it. */
export interface Consequence {
  readonly says: Lines;
  /** What a trainee hears besides words: a tap, a door, crying. `null` without. */
  readonly sound: string | null;
  /** Facts that are known from now on. */
  readonly tells: readonly string[];
  /** A moment from which something expected is counted. */
  readonly cue: string | null;
  readonly mood: number;
  readonly ends: Ending | null;
}

/**
 * - `hangs-up`: they end it
 * - `drops`: the line breaks
 * - `goes-silent`: on the line, and says nothing more
 * - `leaves-by-exit`: by the safety exit of the page
 */
export const endings = ['hangs-up', 'drops', 'goes-silent', 'leaves-by-exit'] as const;
export type Ending = (typeof endings)[number];

/** What they say to a question or to a way of being treated. */
export interface Answer extends Consequence {
  /** Intents, or ids of the question policy for a chosen prompt; none where keywords alone decide. */
  readonly to: readonly string[];
  /** Every group must be met by one of its words in what was said. */
  readonly words: readonly (readonly string[])[];
  readonly when: Case;
  /** Said instead when it was answered before. */
  readonly again: Lines;
}

/** What they do by themselves. */
export interface Moment extends Consequence {
  readonly id: string;
  readonly when: Case;
  /** So long after they were reached. Milliseconds; `null`: as soon as the case is there. */
  readonly after: number | null;
  /** So long after nobody spoke to them. Milliseconds; `null`: silence does not matter. */
  readonly silence: number | null;
}

/** From when a time is counted, or until when something holds. */
export type Anchor =
  | { readonly kind: 'start' }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'cue'; readonly cue: string }
  /** The moment at which another point was met. */
  | { readonly kind: 'done'; readonly id: string };

/** By what a point is seen to be met. */
export type Sign =
  /** Said or asked, with one of these meanings. */
  | { readonly kind: 'asked'; readonly meanings: readonly string[] }
  | {
      readonly kind: 'deed';
      readonly deeds: readonly DeedKind[];
      /** At least one of these codes is in it; empty: no matter which. */
      readonly of: readonly string[];
      /** All of these are. */
      readonly all: readonly string[];
      /** Every group must be met by one of its words. */
      readonly words: readonly (readonly string[])[];
      /** Their own words stand in it: at least four of them running. */
      readonly verbatim: boolean;
    };

/** What a point belongs to: progress over attempts is counted by these. */
export const skills = [
  'answering',
  'place',
  'safety',
  'log',
  'questions',
  'risk',
  'grade',
  'thrive',
  'crime',
  'signpost',
  'record',
  'contact-safely',
  'linking',
  'promises',
  'treatment',
] as const;
export type Skill = (typeof skills)[number];

interface Point {
  readonly id: string;
  readonly skill: Skill;
  readonly points: number;
  readonly contact: string;
  readonly from: Anchor;
  /** One of them is enough. */
  readonly by: readonly Sign[];
  /** What the debrief says of it: what was to be done, or not. */
  readonly says: string;
  readonly because: string;
}

/** To be done. */
export interface Expected extends Point {
  /** Full points within so long of `from`, half within twice that. Milliseconds; `null`: any time. */
  readonly within: number | null;
  /** And before this. */
  readonly before: Anchor | null;
}

/** Never to be done; what it costs is lost once. */
export interface MustNot extends Point {
  readonly until: Anchor | null;
  /** Who does it has not passed, whatever the points. */
  readonly fails: boolean;
}
