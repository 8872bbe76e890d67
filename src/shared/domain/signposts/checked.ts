import { dayWords, type Day } from '../london.ts';

/** Where an entry comes from and how fresh it is (rule SG-03). */
export interface Checked {
  /** The public page or the list it was taken from, in our own words. */
  readonly source: string;
  /** When somebody last held it against its source; `null`: nobody has yet. */
  readonly checkedOn: Day | null;
  readonly reviewBy: Day;
  /** The role that answers for it. */
  readonly owner: string;
}

/** `stale`: past its review. `unchecked`: never held against its source. Both are said before it is read out. */
export interface Freshness {
  readonly kind: 'fresh' | 'stale' | 'unchecked';
  readonly words: string;
}

export function freshnessOf({ checkedOn, reviewBy }: Checked, today: Day): Freshness {
  if (checkedOn === null)
    return { kind: 'unchecked', words: 'Not checked against its source yet. Say that it may have changed.' };
  const checked = `Checked on ${dayWords(checkedOn, today)}`;
  return today > reviewBy
    ? {
        kind: 'stale',
        words: `${checked}; due to be checked again by ${dayWords(reviewBy, today)}. Say that it may have changed.`,
      }
    : { kind: 'fresh', words: `${checked}.` };
}
