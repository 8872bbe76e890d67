import type { FactPolicy } from './assist/new-facts.ts';
import type { ChatPolicy } from './policy/chat.ts';
import type { CategoriesPolicy } from './policy/categories.ts';
import type { MarkerKindsPolicy } from './policy/markers.ts';
import type { TriagePolicy } from './policy/triage.ts';
import type { ServicePolicy } from './service-level.ts';

/**
 * What acts are decided by. The queue has all of it; a desk may not have been told the later parts yet, and then lets through what
 * the queue, whose word is final, looks at again.
 */
export interface DecisionPolicy extends ServicePolicy {
  readonly triage?: TriagePolicy;
  readonly categories?: CategoriesPolicy;
  /** By which it is known where a bell may hurt, and how near a place must be known for what is on record there. */
  readonly markerKinds?: MarkerKindsPolicy;
  /** By which the queue reads what a linked contact adds (rule C-24); the words made ready once for each version. */
  readonly facts?: FactPolicy;
  /** By which the queue knows how long somebody may be the same person who comes back (rule CH-12). */
  readonly chat?: ChatPolicy;
}
