import type { ContactTemplate } from './first-contacts.ts';

/** The next number of a sequence, from 0 up to but not including 1. */
export type Random = () => number;

/** A sequence that a seed repeats exactly (mulberry32). For demand, never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the templates, as often as its weight says. */
export function drawTemplate(templates: readonly ContactTemplate[], random: Random): ContactTemplate {
  const total = templates.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const template of templates) {
    left -= template.weight;
    if (left < 0) return template;
  }
  return templates[0] as ContactTemplate;
}

/** Milliseconds until the next contact: people ring independently of each other, so the gaps are exponential. */
export function nextGapMs(perMinute: number, random: Random): number {
  return (-Math.log(1 - random()) * 60_000) / perMinute;
}
