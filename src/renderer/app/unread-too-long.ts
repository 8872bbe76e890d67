import type { InboxRow } from '../../shared/domain/view.ts';
import { isUnreadTooLong } from '../../shared/domain/unread.ts';
import type { Workplace } from './workplace.ts';

/**
 * What nobody has taken or graded in time and nobody at this desk has looked at, the longest first (rule K-09). From this desk's own copy, so also without
 * the queue.
 */
export function unreadTooLong({ store, clock, lookedAt }: Workplace): readonly InboxRow[] {
  const now = clock.tick.read();
  return store.facts
    .read()
    .unread.filter(({ summary }) => isUnreadTooLong(summary, now) && !lookedAt.has(summary.id));
}
