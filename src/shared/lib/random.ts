import { must } from './assert.ts';

/** The next number of a sequence, from 0 up to but not including 1. */
export type Random = () => number;

/**
 * A sequence that its words repeat exactly: the same seed for the same purpose brings the same numbers on every machine.
 * For demand and training, never for secrets. Words are mixed by FNV-1a, the sequence is mulberry32.
 */
export function randomOf(...words: readonly (string | number)[]): Random {
  let state = 0x811c9dc5;
  for (const character of words.join('\n')) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  const next: Random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  // Words that differ in their last letter only begin alike; after a few steps nothing of that is left.
  for (let step = 0; step < 4; step += 1) next();
  return next;
}

/** One of them, each as often as the others. */
export function pick<T>(from: readonly T[], random: Random): T {
  return must(from[Math.floor(random() * from.length)], 'one to pick');
}

/** One of them, as often as its weight says. At least one weight must be above 0. */
export function pickWeighted<T>(from: readonly T[], weightOf: (one: T) => number, random: Random): T {
  const total = from.reduce((sum, one) => sum + weightOf(one), 0);
  let left = random() * total;
  for (const one of from) {
    left -= weightOf(one);
    if (left < 0) return one;
  }
  return must(
    from.findLast((one) => weightOf(one) > 0),
    'one with a weight',
  );
}

/** A number from `from` up to `to`. */
export const between = (from: number, to: number, random: Random): number => from + random() * (to - from);

/** Milliseconds until the next of many that do not know of each other: `perHour` of them come in an hour on average. */
export function nextGapMs(perHour: number, random: Random): number {
  return (-Math.log(1 - random()) * 3_600_000) / perHour;
}
