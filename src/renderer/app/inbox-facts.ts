import type { Channel } from '../../shared/domain/channel.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import { isOpenEmergency, needsPerson, ownerOf } from '../../shared/domain/contact.ts';
import type { ContactId, DeskId } from '../../shared/domain/ids.ts';
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
}

const noneWaiting: InboxFacts['waiting'] = { '999': 0, '101': 0, chat: 0, online: 0, other: 0 };
export const noFacts: InboxFacts = {
  emergencies: [],
  emergencyCount: 0,
  waiting: noneWaiting,
  oldestWait: null,
  mine: 0,
  total: 0,
};

/** Keeps the facts by what changes, never by counting a hundred thousand rows again. */
export class FactKeeper {
  readonly #rows = new Map<ContactId, InboxRow>();
  readonly #emergencies = new OrderIndex<InboxRow>();
  readonly #waiting: Record<ChannelGroup, number> = { ...noneWaiting };
  /** Those on a line or in a chat, the longest waiting first. */
  readonly #live = new OrderIndex<Instant>();
  /** How many contacts each desk has. */
  readonly #owned = new Map<DeskId, number>();

  /** Takes in changes. True when an emergency came, went or changed: that is painted at once. */
  take(changes: readonly RowChange[]): boolean {
    let urgent = false;
    for (const { id, row } of changes) {
      const was = this.#emergencies.has(id);
      this.#forget(id);
      if (row !== null) this.#learn(id, row);
      if (was || (row !== null && isOpenEmergency(row.summary))) urgent = true;
    }
    return urgent;
  }

  facts(me: DeskId | null): InboxFacts {
    return {
      emergencies: this.#emergencies.slice(0, 100).map(({ value }) => value),
      emergencyCount: this.#emergencies.size,
      waiting: { ...this.#waiting },
      oldestWait: this.#live.at(0)?.value ?? null,
      mine: me === null ? 0 : (this.#owned.get(me) ?? 0),
      total: this.#rows.size,
    };
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
    this.#count(ownerOf(summary)?.desk, 1);
  }

  #forget(id: ContactId): void {
    const before = this.#rows.get(id);
    if (before === undefined) return;
    this.#rows.delete(id);
    this.#emergencies.delete(id);
    if (needsPerson(before.summary)) this.#waiting[channelGroup(before.summary.channel)] -= 1;
    this.#live.delete(id);
    this.#count(ownerOf(before.summary)?.desk, -1);
  }

  #count(desk: DeskId | undefined, by: 1 | -1): void {
    if (desk !== undefined) this.#owned.set(desk, (this.#owned.get(desk) ?? 0) + by);
  }
}
