import { isOpenEmergency, needsPerson, ownerOf } from '../../shared/domain/contact.ts';
import type { DeskId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { channelGroup, type ChannelGroup, type InboxFacts } from './inbox-facts.ts';

/** The views of the inbox, in the order of `[` and `]`. */
export const splits = ['all', 'mine', 'calls', 'chat', 'online', 'other'] as const;
export type Split = (typeof splits)[number];

export const splitWords: Readonly<Record<Split, string>> = {
  all: 'All',
  mine: 'Mine',
  calls: 'Calls',
  chat: 'Chats',
  online: 'Online',
  other: 'Other',
};

/** The doors of a view; a view that is not here shows all of them. */
const doors: Partial<Readonly<Record<Split, readonly ChannelGroup[]>>> = {
  calls: ['999', '101'],
  chat: ['chat'],
  online: ['online'],
  other: ['other'],
};

/** How many wait in a view, or, in Mine, how many are this desk's. */
export function splitCount(split: Split, { mine, waiting }: InboxFacts): number {
  if (split === 'mine') return mine;
  const groups = doors[split] ?? (Object.keys(waiting) as ChannelGroup[]);
  return groups.reduce((count, group) => count + waiting[group], 0);
}

/** What the handler has asked the list to show. */
export interface Scope {
  readonly split: Split;
  /** Words that title, place or reference must hold. Empty: everything. */
  readonly text: string;
  /** This desk; `null` until the queue has named it. */
  readonly me: DeskId | null;
  /** Whoever works here may agree to a lower grade (rule C-29). */
  readonly agrees?: boolean;
}

/**
 * Whether a contact stands in the list. An open emergency always does (rule O-04). Without a search, contacts of other
 * desks do not: nobody here needs to act on them, unless one waits for a word that whoever works here may give.
 */
export function inScope({ summary }: InboxRow, scope: Scope): boolean {
  if (isOpenEmergency(summary)) return true;
  if (summary.ownership.kind === 'closed') return false;
  const mine = ownerOf(summary)?.desk === scope.me && scope.me !== null;
  if (scope.split === 'mine' && !mine) return false;
  if (doors[scope.split]?.includes(channelGroup(summary.channel)) === false) return false;
  const text = scope.text.trim().toLowerCase();
  const waitsForWord = scope.agrees === true && summary.marks.duties.includes('agree');
  if (text === '') return mine || needsPerson(summary) || waitsForWord;
  return [summary.title, summary.place ?? '', summary.ref].some((words) =>
    words.toLowerCase().includes(text),
  );
}
