import type { InboxRow } from '../../shared/domain/view.ts';
import { MINUTE } from '../../shared/domain/time.ts';
import { unreadTooLong } from './unread-too-long.ts';
import type { Workplace } from './workplace.ts';

/** Who is signed in is asked again after this, while something is unread. Milliseconds. */
const ASKED_AGAIN_MS = MINUTE;

/** Why this desk is told of what is unread: whoever works here answers for the room, or nobody who does is signed in (rule K-09). */
export type ToldBecause = 'team-leader' | 'no-team-leader';

function toldBecause({ store, leader }: Workplace): ToldBecause | null {
  const session = store.desk.read()?.session;
  if (session?.kind !== 'signed-in') return null;
  if (session.person.role === 'team-leader') return 'team-leader';
  return leader.read() === 'none' ? 'no-team-leader' : null;
}

/** What this desk is told of, and why; `null` where there is nothing, or nothing for this desk. */
export function toldUnread(
  workplace: Workplace,
): { readonly late: readonly InboxRow[]; readonly because: ToldBecause } | null {
  const because = toldBecause(workplace);
  const late = because === null ? [] : unreadTooLong(workplace);
  return because === null || late.length === 0 ? null : { late, because };
}

/**
 * Keeps what this desk has to know for that: whether a team leader is signed in, asked of the queue only while something is unread; and what the
 * person here has looked at. Returns what stops it. Without the queue it stands as it was last heard.
 */
export function watchUnread(workplace: Workplace): () => void {
  const { bridge, store, clock, session, looking, active, leader, lookedAt } = workplace;
  let askedAt: number | null = null;
  let whose = store.desk.read()?.me?.handler;

  const ask = async (): Promise<void> => {
    const { colleagues } = await bridge.request('colleagues.read', {});
    if (colleagues !== null)
      leader.set(colleagues.some(({ role }) => role === 'team-leader') ? 'here' : 'none');
  };
  const tick = (): void => {
    if (session.door.read() !== 'open') return;
    if (unreadTooLong(workplace).length === 0) {
      askedAt = null;
      leader.set('unknown');
      return;
    }
    const now = workplace.monotonic();
    if (askedAt !== null && now - askedAt < ASKED_AGAIN_MS) return;
    askedAt = now;
    // What could not be asked is asked again in its time.
    ask().catch(() => undefined);
  };
  const look = (): void => {
    for (const id of [looking.read(), active.read()]) if (id !== null) lookedAt.add(id);
  };
  // What one person has looked at, the next has not.
  const desk = (): void => {
    const handler = store.desk.read()?.me?.handler;
    if (handler === whose) return;
    whose = handler;
    lookedAt.clear();
  };
  const stops = [
    clock.tick.subscribe(tick),
    looking.subscribe(look),
    active.subscribe(look),
    store.desk.subscribe(desk),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
