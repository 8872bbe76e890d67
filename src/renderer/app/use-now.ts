import type { Instant } from '../../shared/domain/time.ts';
import { useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';

/** The queue's time, once a second. Only the smallest component that shows a time should ask. */
export function useNow(): Instant {
  return useCell(useWorkplace().clock.tick);
}
