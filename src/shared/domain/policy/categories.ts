import type { PolicyHeader } from './header.ts';

/** The groups of the national incident list, and the crimes with which a log may open. */
export const categoryGroups = ['transport', 'asb', 'welfare', 'crime', 'administration'] as const;
export type CategoryGroup = (typeof categoryGroups)[number];

/** When a category may be given: as it was reported, or as it was found. */
export const categoryUses = ['opening', 'closing'] as const;
export type CategoryUse = (typeof categoryUses)[number];

/**
 * What a category says about a crime (rule R-04): `expected`: there is one unless somebody says why not; `possible`: somebody must
 * decide; `none`: nothing happened that could be one.
 */
export const crimeExpectations = ['expected', 'possible', 'none'] as const;
export type CrimeExpectation = (typeof crimeExpectations)[number];

/** What kind of incident it is. The codes are this program's, the names those of the national list. */
export interface Category {
  /** `PS-DOM`. */
  readonly code: string;
  readonly group: CategoryGroup;
  readonly name: string;
  /** What people call it, the main word first. Found by any of them. */
  readonly words: readonly string[];
  readonly use: readonly CategoryUse[];
  readonly crime: CrimeExpectation;
}

/** What else is true of an incident, whatever its category. */
export interface Qualifier {
  readonly code: string;
  readonly name: string;
  readonly words: readonly string[];
}

/** Why something that was told is not recorded as a crime. */
export interface NotACrimeReason {
  readonly code: string;
  readonly name: string;
}

/** What a call of a type is about, whatever category it is closed with afterwards (rule R-13). `id`: of the question policy. */
export interface CallTypeCrime {
  readonly id: string;
  readonly crime: CrimeExpectation;
}

/** `resources/policy/categories.yaml`. */
export interface CategoriesPolicy extends PolicyHeader {
  readonly categories: readonly Category[];
  readonly qualifiers: readonly Qualifier[];
  readonly notACrime: readonly NotACrimeReason[];
  readonly callTypes: readonly CallTypeCrime[];
}
