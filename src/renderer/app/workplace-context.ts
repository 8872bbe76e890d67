import { createContext, use } from 'react';
import { must } from '../../shared/lib/assert.ts';
import type { Workplace } from './workplace.ts';

export const WorkplaceContext = createContext<Workplace | null>(null);

/** What this window works with. */
export function useWorkplace(): Workplace {
  return must(use(WorkplaceContext), 'the workplace around this component');
}
