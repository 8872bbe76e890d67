import { useEffect, useState } from 'react';
import { compileRiskWords, type RiskWordMatcher } from '../../shared/domain/assist/risk-words.ts';
import type { RiskWordsPolicy } from '../../shared/domain/policy/risk-words.ts';
import { usePolicy } from './policies.ts';

/** Made once for each version that is in force: the policy is the same object for as long as it counts. */
const made = new WeakMap<RiskWordsPolicy, RiskWordMatcher>();

/** Making it takes a few frames' time: while nobody waits for anything, and soon in any case. */
const soon = (task: () => void): (() => void) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(task, 0);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(task, { timeout: 500 });
  return () => cancelIdleCallback(idle);
};

/** The risk words, ready to be looked for (rules AS-01 to AS-05); `null` until they are, and where a desk has none. */
export function useRiskMatcher(): RiskWordMatcher | null {
  const view = usePolicy('risk-words');
  const policy = view.kind === 'here' ? view.value : null;
  const [, again] = useState(0);
  useEffect(() => {
    if (policy === null || made.has(policy)) return undefined;
    return soon(() => {
      if (!made.has(policy)) made.set(policy, compileRiskWords(policy));
      again((n) => n + 1);
    });
  }, [policy]);
  return policy === null ? null : (made.get(policy) ?? null);
}
