import { useMemo } from 'react';
import type { CategoriesPolicy, CategoryUse } from '../../../shared/domain/policy/categories.ts';
import {
  categoryIndex,
  categoryOf,
  findCategories,
  findQualifiers,
} from '../../../shared/domain/record/categories.ts';
import type { Category, Qualifier } from '../../../shared/domain/policy/categories.ts';
import { usePolicy } from '../../app/policies.ts';

/** The categories as a sheet needs them. */
export interface Categories {
  /** `null`: not there (yet). */
  readonly policy: CategoriesPolicy | null;
  /** Why there is no list to choose from, as a sentence; empty when there is. */
  readonly trouble: string;
  readonly find: (typed: string, use: CategoryUse) => readonly Category[];
  /** The classes of crime for what was typed. */
  readonly findCrimes: (typed: string) => readonly Category[];
  readonly findQualifiers: (typed: string) => readonly Qualifier[];
  /** "PS-DOM Domestic incident"; a code that the policy does not know stands alone. */
  readonly words: (code: string) => string;
}

const SHOWN = 8;
const ALL = Number.MAX_SAFE_INTEGER;

/** The policy of categories, indexed once for each version. */
export function useCategories(): Categories {
  const view = usePolicy('categories');
  const policy = view.kind === 'here' ? view.value : null;
  const trouble =
    view.kind === 'here'
      ? ''
      : view.kind === 'loading'
        ? 'The list of categories is being read.'
        : view.sentence;
  return useMemo((): Categories => {
    if (policy === null) {
      const none = () => [];
      return { policy, trouble, find: none, findCrimes: none, findQualifiers: none, words: (code) => code };
    }
    const index = categoryIndex(policy);
    return {
      policy,
      trouble,
      find: (typed, use) => findCategories(index, typed, { use }),
      findCrimes: (typed) => {
        const found = findCategories(index, typed, { use: 'closing', limit: ALL });
        const crimes = found.filter(({ crime }) => crime === 'expected');
        return typed.trim() === '' ? crimes : crimes.slice(0, SHOWN);
      },
      findQualifiers: (typed) => findQualifiers(index, typed),
      words: (code) => [code, categoryOf(policy, code)?.name].filter((part) => part !== undefined).join(' '),
    };
  }, [policy, trouble]);
}
