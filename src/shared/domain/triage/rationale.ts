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

/** Longest of one part. Characters. */
export const RATIONALE_PART_LIMIT = 800;

/** What no force may ask less than before a lower grade stands; and what is asked as long as its policy is not here. */
export const leastOfRationale: readonly RationalePart[] = ['information', 'risk', 'options', 'decision'];

/** What each part is called, on the form and in the record; what is asked for it is policy. */
export const partNames: Readonly<Record<RationalePart, string>> = {
  information: 'Information',
  risk: 'Risk',
  policy: 'Policy',
  options: 'Options',
  decision: 'Decision',
};

/** As a form has kept it; a part that is no text is empty. */
export function readRationale(value: unknown): Rationale {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  const part = (name: RationalePart): string => {
    const words = kept[name];
    return typeof words === 'string' ? words : '';
  };
  return {
    information: part('information'),
    risk: part('risk'),
    policy: part('policy'),
    options: part('options'),
    decision: part('decision'),
  };
}

/** The parts that are asked for and still to be written, in order. */
export function missingOfRationale(rationale: Rationale, needs: readonly RationalePart[]): RationalePart[] {
  return rationaleParts.filter((part) => needs.includes(part) && rationale[part].trim() === '');
}

/** The first part that is too long, or `null`. */
export function refusalOfRationale(
  rationale: Rationale,
): { readonly part: RationalePart; readonly limit: number; readonly length: number } | null {
  const part = rationaleParts.find((one) => rationale[one].length > RATIONALE_PART_LIMIT);
  if (part === undefined) return null;
  return { part, limit: RATIONALE_PART_LIMIT, length: must(rationale[part], part).length };
}

/** Somebody has written something of it. */
export const isWritten = (rationale: Rationale): boolean =>
  rationaleParts.some((part) => rationale[part].trim() !== '');

/** As the record reads it: a line for each part that was written. */
export function rationaleWords(rationale: Rationale): string {
  return rationaleParts
    .filter((part) => rationale[part].trim() !== '')
    .map((part) => `${partNames[part]}: ${rationale[part].trim()}`)
    .join('\n');
}
