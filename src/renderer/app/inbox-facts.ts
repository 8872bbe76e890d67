import type { Channel } from '../../shared/domain/channel.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import { isOpenEmergency, needsPerson, ownerOf } from '../../shared/domain/contact.ts';
import type { ContactId, DeskId } from '../../shared/domain/ids.ts';
import { lookedAtBy } from '../../shared/domain/unread.ts';
import { orderKey } from '../../shared/domain/ordering.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import type { RowChange } from './inbox-copy.ts';
import { OrderIndex } from './order-index.ts';

/** How the status line groups the doors. */
export type ChannelGroup = '999' | '101' | 'chat' | 'online' | 'other';

export function channelGroup(channel: Channel): ChannelGroup {
  if (channelFacts[channel].emergency) return '999';
  if (channel === '101-voice' || channel === '101-relay') return '101';
  if (channel === 'web-chat') return 'chat';
  return channel === 'online-report' ? 'online' : 'other';
}

/** What the strip and the status line say about the whole inbox, whatever the list shows. */
export interface InboxFacts {
  /** Open emergencies, oldest first: at most the first hundred. */
  readonly emergencies: readonly InboxRow[];
  readonly emergencyCount: number;
  /** How many wait for a person, by door. */
  readonly waiting: Readonly<Record<ChannelGroup, number>>;
  /** Since when the longest-waiting person on a line or in a chat has waited. */
  readonly oldestWait: Instant | null;
  /** Contacts of this desk. */
  readonly mine: number;
  readonly total: number;
  /** Contacts on which a major incident is declared and not stood down, the newest first (rule C-30). */
  readonly majors: readonly InboxRow[];
  /** Chats that somebody offers to a colleague, whoever they are (rule CH-16). */
  readonly offered: readonly InboxRow[];
  /** What was written to us and waits for somebody to look, the soonest due first: at most the first hundred (rule K-09). */
  readonly unread: readonly InboxRow[];
}

const noneWaiting: InboxFacts['waiting'] = { '999': 0, '101': 0, chat: 0, online: 0, other: 0 };
export const noFacts: InboxFacts = {
  emergencies: [],
  emergencyCount: 0,
  waiting: noneWaiting,
  oldestWait: null,
  mine: 0,
  total: 0,
  majors: [],
  offered: [],
  unread: [],
};

/**
 * How soon a change is painted. `at-once`: an open emergency came or changed. `soon`, in the next frame: the handler's own
 * act is seen. `calm`: everything else, and that others have taken an emergency, may be gathered for a moment.
 */
export type Urgency = 'at-once' | 'soon' | 'calm';

/** So many of the oldest emergencies are told one by one. */
const EMERGENCIES_TOLD = 100;
/** So many of what waits longest to be looked at. */
const UNREAD_TOLD = 100;

const isOwnAct = (row: InboxRow | null | undefined): boolean => (row?.pending.length ?? 0) > 0;

const hasSame = (before: readonly InboxRow[], now: readonly InboxRow[]): boolean =>
  before.length === now.length && before.every((row, at) => row === now[at]);

const isSameCount = (before: InboxFacts['waiting'], now: InboxFacts['waiting']): boolean =>
  (Object.keys(now) as ChannelGroup[]).every((group) => before[group] === now[group]);

/** Keeps the facts by what changes, never by counting a hundred thousand rows again. */
export class FactKeeper {
  readonly #rows = new Map<ContactId, InboxRow>();
  readonly #emergencies = new OrderIndex<InboxRow>();
  readonly #waiting: Record<ChannelGroup, number> = { ...noneWaiting };
  /** Those on a line or in a chat, the longest waiting first. */
  readonly #live = new OrderIndex<Instant>();
  /** Those with a major incident. */
  readonly #majors = new Map<ContactId, InboxRow>();
  /** Those that are offered to a colleague. */
  readonly #offered = new Map<ContactId, InboxRow>();
  /** Those that wait to be looked at, by when somebody should have. */
  readonly #unread = new OrderIndex<InboxRow>();
  /** How many contacts each desk has. */
  readonly #owned = new Map<DeskId, number>();
  #told = noFacts;

  /** Takes in changes, and says how soon they are to be painted. */
  take(changes: readonly RowChange[]): Urgency {
    let urgency: Urgency = 'calm';
    for (const { id, row } of changes) {
      const before = this.#rows.get(id);
      if (row === (before ?? null)) continue;
      this.#forget(id);
      if (row !== null) this.#learn(id, row);
      if (row !== null && isOpenEmergency(row.summary)) urgency = 'at-once';
      else if (urgency === 'calm' && (isOwnAct(before) || isOwnAct(row))) urgency = 'soon';
    }
    return urgency;
  }

  /** The facts as they stand: the same object, and the same parts, while they say the same. */
  facts(me: DeskId | null): InboxFacts {
    const before = this.#told;
    const emergencies = this.#emergencies.slice(0, EMERGENCIES_TOLD).map(({ value }) => value);
    const majors = [...this.#majors.values()].sort((a, b) => b.summary.receivedAt - a.summary.receivedAt);
    const unread = this.#unread.slice(0, UNREAD_TOLD).map(({ value }) => value);
    const offered = [...this.#offered.values()];
    const now: InboxFacts = {
      emergencies: hasSame(before.emergencies, emergencies) ? before.emergencies : emergencies,
      emergencyCount: this.#emergencies.size,
      waiting: isSameCount(before.waiting, this.#waiting) ? before.waiting : { ...this.#waiting },
      oldestWait: this.#live.at(0)?.value ?? null,
      mine: me === null ? 0 : (this.#owned.get(me) ?? 0),
      total: this.#rows.size,
      majors: hasSame(before.majors, majors) ? before.majors : majors,
      offered: hasSame(before.offered, offered) ? before.offered : offered,
      unread: hasSame(before.unread, unread) ? before.unread : unread,
    };
    const parts = Object.keys(now) as (keyof InboxFacts)[];
    if (parts.some((part) => before[part] !== now[part])) this.#told = now;
    return this.#told;
  }

  #learn(id: ContactId, row: InboxRow): void {
    const { summary } = row;
    this.#rows.set(id, row);
    if (isOpenEmergency(summary)) this.#emergencies.set(orderKey(summary), row);
    if (needsPerson(summary)) {
      this.#waiting[channelGroup(summary.channel)] += 1;
      if (channelFacts[summary.channel].live || channelFacts[summary.channel].callBack)
        this.#live.set({ lane: 1, first: summary.receivedAt, second: 0, id }, summary.receivedAt);
    }
    const lookBy = lookedAtBy(summary);
    if (lookBy !== null) this.#unread.set({ lane: 1, first: lookBy, second: 0, id }, row);
    if (summary.marks.offer !== undefined) this.#offered.set(id, row);
    if (summary.marks.major !== null) this.#majors.set(id, row);
    this.#count(ownerOf(summary)?.desk, 1);
  }

  #forget(id: ContactId): void {
    const before = this.#rows.get(id);
    if (before === undefined) return;
    this.#rows.delete(id);
    this.#emergencies.delete(id);
    this.#majors.delete(id);
    this.#offered.delete(id);
    this.#unread.delete(id);
    if (needsPerson(before.summary)) this.#waiting[channelGroup(before.summary.channel)] -= 1;
    this.#live.delete(id);
    this.#count(ownerOf(before.summary)?.desk, -1);
  }

  #count(desk: DeskId | undefined, by: 1 | -1): void {
    if (desk !== undefined) this.#owned.set(desk, (this.#owned.get(desk) ?? 0) + by);
  }
}
