import type { Instant } from '../../shared/domain/time.ts';
import type { EventStream } from '../http/exchange.ts';
import type { TierState } from './first-tier.ts';

export type Speaker = 'public' | 'assistant' | 'handler' | 'system';

/** One line of a chat as the person sees it. */
export interface ChatEntry {
  /** Its place in this transcript, from 1: by it a browser that comes back says what it has. */
  readonly s: number;
  /** The browser's name for a line of the person; ours for every other. A line that comes twice is there once. */
  readonly id: string;
  readonly from: Speaker;
  readonly text: string;
  readonly at: Instant;
  /** BCP 47 tag of a line that is not in English; `null` otherwise. */
  readonly lang: string | null;
}

/** Who answers. `assistant`: the first tier. `handed`: the control room has it, or will. */
export type ChatStage = 'assistant' | 'handed' | 'ended';
/** How it ended, for the person. */
export type ChatEnded = 'by-you' | 'by-us' | 'by-assistant';

/** What the page shows beside the lines. */
export interface ChatStanding {
  readonly stage: ChatStage;
  readonly handler: 'waiting' | 'here' | 'away' | 'colleague';
  readonly before: number | null;
  readonly typing: boolean;
  readonly queueAway: boolean;
  readonly choices: readonly string[];
  /** Lines of the person up to this one are kept here, are with the control room, have been answered. */
  readonly keptUpTo: number;
  readonly receivedUpTo: number;
  readonly answeredUpTo: number;
  readonly ended: ChatEnded | null;
}

/** One chat, from the pages' side. In memory: what must not be lost is with `Courier`. */
export interface ChatRoom {
  /** Under which the queue knows it; nobody can guess it. */
  readonly key: string;
  readonly name: string;
  readonly language: string | null;
  /** They said that it may not be safe to write. */
  readonly isUnsafe: boolean;
  readonly caller: string;
  /** Somebody left in a hurry from the same address and browser a while ago: it may be them. */
  readonly mayBeBack: boolean;
  entries: readonly ChatEntry[];
  standing: ChatStanding;
  tier: TierState;
  /** The last of our lines that came from the queue. */
  lastFromQueue: number;
  /** When the person's page was last heard of. Monotonic milliseconds. */
  presentAt: number;
  /** Whether the control room has been told that the person's connection is gone. */
  isToldGone: boolean;
  readonly streams: Set<EventStream>;
}

export const standingOfNew: ChatStanding = {
  stage: 'assistant',
  handler: 'waiting',
  before: null,
  typing: false,
  queueAway: false,
  choices: [],
  keptUpTo: 0,
  receivedUpTo: 0,
  answeredUpTo: 0,
  ended: null,
};

/** Adds a line, unless a line of this name is there. Everybody who looks is told. */
export function addEntry(room: ChatRoom, entry: Omit<ChatEntry, 's'>): ChatEntry | null {
  if (room.entries.some(({ id }) => id === entry.id)) return null;
  const added = { ...entry, s: room.entries.length + 1 };
  room.entries = [...room.entries, added];
  for (const stream of room.streams) stream.send('line', added, added.s);
  return added;
}

/** Changes what stands beside the lines. Everybody who looks is told, if anything is new. */
export function setStanding(room: ChatRoom, change: Partial<ChatStanding>): void {
  const next = { ...room.standing, ...change };
  if (JSON.stringify(next) === JSON.stringify(room.standing)) return;
  room.standing = next;
  for (const stream of room.streams) stream.send('standing', next);
}
