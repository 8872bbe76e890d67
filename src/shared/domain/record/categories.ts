import type { CategoriesPolicy, Category, CategoryUse, Qualifier } from '../policy/categories.ts';
import { findInIndex, wordIndex, type WordIndex } from '../word-index.ts';

/** Categories and qualifiers, ready to be searched; made once for each policy. */
export interface CategoryIndex {
  readonly categories: WordIndex<Category>;
  readonly qualifiers: WordIndex<Qualifier>;
}

export function categoryIndex({ categories, qualifiers }: CategoriesPolicy): CategoryIndex {
  return {
    categories: wordIndex(categories, ({ code, name, words }) => ({
      code,
      main: words.slice(0, 1),
      name: [name],
      other: words.slice(1),
    })),
    qualifiers: wordIndex(qualifiers, ({ code, name, words }) => ({
      code,
      main: words.slice(0, 1),
      name: [name],
      other: words.slice(1),
    })),
  };
}

/** So many are shown under the field: more are not looked through while somebody talks. */
const SHOWN = 8;

/**
 * The categories for what was typed, best first: two or three letters are enough (rule R-03). "dom" is a domestic incident, "rtc inj" a
 * collision with injury. Nothing typed: all of them, in the order of the policy.
 */
export function findCategories(
  index: CategoryIndex,
  typed: string,
  { use, limit = SHOWN }: { readonly use: CategoryUse; readonly limit?: number },
): readonly Category[] {
  return findInIndex(index.categories, typed)
    .filter((category) => category.use.includes(use))
    .slice(0, typed.trim() === '' ? undefined : limit);
}

export function findQualifiers(index: CategoryIndex, typed: string, limit = SHOWN): readonly Qualifier[] {
  return findInIndex(index.qualifiers, typed).slice(0, typed.trim() === '' ? undefined : limit);
}

/** The category of a code, or `null` when this policy has none such: an older policy may have had it. */
export function categoryOf(
  policy: Pick<CategoriesPolicy, 'categories'>,
  code: string | null,
): Category | null {
  return policy.categories.find((category) => category.code === code) ?? null;
}
