import { unreachable } from '../../lib/assert.ts';
import type { CategoriesPolicy, Category } from '../policy/categories.ts';
import { partNames, RATIONALE_PART_LIMIT, rationaleParts } from '../triage/rationale.ts';
import type { CrimeDecision } from './crime-decision.ts';

/** What fits of a decision's words. Characters. */
export const CRIME_LIMITS = { offence: 160, words: 500, force: 80, theirRef: 40 } as const;

/** What a decision still lacks, as sentences for the handler; none when it may be kept. */
export function missingInCrimeDecision(
  decision: CrimeDecision,
  { categories, notACrime }: Pick<CategoriesPolicy, 'categories' | 'notACrime'>,
): readonly string[] {
  switch (decision.kind) {
    case 'recorded': {
      const { offence, offenceClass } = decision;
      const isCrime = categories.some(({ code, crime }) => code === offenceClass && crime !== 'none');
      return [
        ...needed(offence, 'Write which crime it is.'),
        ...fits(offence, CRIME_LIMITS.offence, 'The crime'),
        ...(isCrime ? [] : ['Choose the class of the crime from the list.']),
      ];
    }
    case 'not-a-crime':
      return [
        ...(notACrime.some(({ code }) => code === decision.because) ? [] : ['Choose why it is not a crime.']),
        ...needed(decision.words, 'Write what in the account shows that it is not a crime.'),
        ...fits(decision.words, CRIME_LIMITS.words, 'The reason'),
        ...rationaleParts.flatMap((part) =>
          fits(decision.rationale?.[part] ?? '', RATIONALE_PART_LIMIT, partNames[part]),
        ),
      ];
    case 'elsewhere':
      return [
        ...needed(decision.force, 'Write which force records it.'),
        ...fits(decision.force, CRIME_LIMITS.force, 'The force'),
        ...fits(decision.theirRef ?? '', CRIME_LIMITS.theirRef, 'Their reference'),
      ];
    case 'not-yet':
      return [];
    default:
      return unreachable(decision);
  }
}

/**
 * What closes with a crime's own category is of that class: nobody says it twice, and a desk that does not ask for one is understood (rule R-04).
 */
export function withClass(
  decision: CrimeDecision,
  category: Pick<Category, 'code' | 'group'> | null,
): CrimeDecision {
  if (decision.kind !== 'recorded' || decision.offenceClass !== null) return decision;
  return category?.group === 'crime' ? { ...decision, offenceClass: category.code } : decision;
}

const needed = (words: string, sentence: string): readonly string[] =>
  words.trim() === '' ? [sentence] : [];

/** What is too long, said with its length. */
export const fits = (words: string, limit: number, what: string): readonly string[] =>
  words.length > limit ? [`${what} has ${words.length} characters; ${limit} fit.`] : [];
