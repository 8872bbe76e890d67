import type { InboxRow } from '../../shared/domain/view.ts';
import { isUnreadTooLong } from '../../shared/domain/unread.ts';
import type { Workplace } from './workplace.ts';

/** Whether this desk is told of what nobody has looked at: whoever answers for the room is (rule K-09). */
export function isTold({ store }: Workplace): boolean {
  const session = store.desk.read()?.session;
  return session?.kind === 'signed-in' && session.person.role === 'team-leader';
}

/** What nobody has looked at in time, the longest first; nothing at a desk that is not told. From this desk's own copy, so also without the queue. */
export function unreadTooLong(workplace: Workplace): readonly InboxRow[] {
  if (!isTold(workplace)) return [];
  const now = workplace.clock.tick.read();
  return workplace.store.facts.read().unread.filter(({ summary }) => isUnreadTooLong(summary, now));
}
