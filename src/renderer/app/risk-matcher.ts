import { useEffect } from 'react';
import { compileRiskWords, type RiskWordMatcher } from '../../shared/domain/assist/risk-words.ts';
import type { RiskWordsPolicy } from '../../shared/domain/policy/risk-words.ts';
import { Cell, useCell } from './cell.ts';
import { usePolicy } from './policies.ts';

type Made = Cell<RiskWordMatcher | null>;

/** Made once for each version that is in force: the policy is the same object for as long as it counts. */
const made = new WeakMap<RiskWordsPolicy, Made>();
const none: Made = new Cell<RiskWordMatcher | null>(null);

function madeOf(policy: RiskWordsPolicy): Made {
  const cell = made.get(policy) ?? new Cell<RiskWordMatcher | null>(null);
  made.set(policy, cell);
  return cell;
}

/** Making it takes a few frames' time: while nobody waits for anything, and soon in any case. */
function soon(task: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(task, 0);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(task, { timeout: 500 });
  return () => cancelIdleCallback(idle);
}

/** The risk words, ready to be looked for (rules AS-01 to AS-05); `null` until they are, and where a desk has none. */
export function useRiskMatcher(): RiskWordMatcher | null {
  const view = usePolicy('risk-words');
  const policy = view.kind === 'here' ? view.value : null;
  useEffect(() => {
    if (policy === null) return undefined;
    const cell = madeOf(policy);
    if (cell.read() !== null) return undefined;
    return soon(() => {
      if (cell.read() === null) cell.set(compileRiskWords(policy));
    });
  }, [policy]);
  return useCell(policy === null ? none : madeOf(policy));
}
