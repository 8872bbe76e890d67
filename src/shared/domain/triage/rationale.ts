import { must } from '../../lib/assert.ts';

/** Why something was decided, in the five parts of the National Decision Model (rule T-19). */
export interface Rationale {
  /** What was known. */
  readonly information: string;
  /** Threat and risk, and what is to be achieved. */
  readonly risk: string;
  /** Which power or policy applies. */
  readonly policy: string;
  /** What else could have been done. */
  readonly options: string;
  /** What was decided, and why this. */
  readonly decision: string;
}

export const rationaleParts = ['information', 'risk', 'policy', 'options', 'decision'] as const;
export type RationalePart = (typeof rationaleParts)[number];

export const emptyRationale: Rationale = { information: '', risk: '', policy: '', options: '', decision: '' };

/** What a rationale is for. */
export const rationaleUses = ['override', 'downgrade', 'no-attendance', 'no-crime'] as const;
export type RationaleUse = (typeof rationaleUses)[number];

/** Longest of one part. Characters. */
export const RATIONALE_PART_LIMIT = 800;

/**
 * Which parts must be written. Another grade than the recommended one needs what was known, the risk and the decision; a lower one also needs the
 * options that were weighed; refusing to come or to record needs the policy as well.
 */
const required: Readonly<Record<RationaleUse, readonly RationalePart[]>> = {
  override: ['information', 'risk', 'decision'],
  downgrade: ['information', 'risk', 'options', 'decision'],
  'no-attendance': rationaleParts,
  'no-crime': rationaleParts,
};

export const partWords: Readonly<Record<RationalePart, { readonly name: string; readonly ask: string }>> = {
  information: { name: 'Information', ask: 'What do we know, and from whom?' },
  risk: { name: 'Risk', ask: 'What could happen, to whom, how likely?' },
  policy: { name: 'Policy', ask: 'Which power or policy applies?' },
  options: { name: 'Options', ask: 'What else could be done, and if it goes wrong?' },
  decision: { name: 'Decision', ask: 'What did you decide, and why this?' },
};

/** The parts still to be written, in order. */
export function missingOfRationale(rationale: Rationale, use: RationaleUse): RationalePart[] {
  return required[use].filter((part) => rationale[part].trim() === '');
}

/** The first part that is too long, or `null`. */
export function refusalOfRationale(
  rationale: Rationale,
): { readonly part: RationalePart; readonly limit: number; readonly length: number } | null {
  const part = rationaleParts.find((one) => rationale[one].length > RATIONALE_PART_LIMIT);
  if (part === undefined) return null;
  return { part, limit: RATIONALE_PART_LIMIT, length: must(rationale[part], part).length };
}

/** As the record reads it: a line for each part that was written. */
export function rationaleWords(rationale: Rationale): string {
  return rationaleParts
    .filter((part) => rationale[part].trim() !== '')
    .map((part) => `${partWords[part].name}: ${rationale[part].trim()}`)
    .join('\n');
}
