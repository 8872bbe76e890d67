import type { Instant } from '../../shared/domain/time.ts';
import { timerWords } from '../ui/time-words.ts';
import { useNow } from './use-now.ts';

/** A running time since an instant of the queue. Quiet for screen readers: F5 reads times out. */
export function Timer({ since }: { readonly since: Instant }) {
  return <>{timerWords(useNow() - since)}</>;
}
