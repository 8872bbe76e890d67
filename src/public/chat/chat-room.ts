import type { Instant } from '../../shared/domain/time.ts';
import type { EventStream } from '../http/exchange.ts';
import { pageTag } from '../languages.ts';
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
  /** The first line of the person that the control room would not take any more: it and those after it were read by nobody. */
  readonly notTakenFrom: number | null;
  readonly ended: ChatEnded | null;
}

/** What there is to know of a chat, in this run of the program and the next. */
export interface ChatFacts {
  /** Under which the queue knows it; nobody can guess it. */
  readonly key: string;
  /** Tells whose browser it is of, and nothing else. */
  readonly visit: string;
  readonly name: string;
  readonly language: string | null;
  /** They said that it may not be safe to write. */
  readonly isUnsafe: boolean;
  readonly caller: string;
  /** What the row says of a flood that it came with; `null`: it came with none. */
  readonly crowd: string | null;
  /** Somebody left in a hurry from the same address and browser a while ago: it may be them. */
  readonly mayBeBack: boolean;
  entries: readonly ChatEntry[];
  standing: ChatStanding;
  tier: TierState;
  /** The last of our lines that came from the queue. */
  lastFromQueue: number;
  /** Whether the control room has been told that the person's connection is gone. */
  isToldGone: boolean;
}

/** One chat, from the pages' side. What must not be lost is with `Courier`; its facts are written down for the next run of the program. */
export interface ChatRoom extends ChatFacts {
  /** The token of the form that began it, in this run of the program: by it a page is known that was left before it had an answer. */
  readonly form: string;
  /** When the person's page was last there, as far as could be told: by a connection that is open too. Monotonic milliseconds. */
  presentAt: number;
  /** When it last said something. Monotonic milliseconds. */
  heardAt: number;
  /** When it was written down last. */
  writtenAt: Instant;
  readonly streams: Set<EventStream>;
  /** Writes it down. */
  readonly changed: () => void;
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
  notTakenFrom: null,
  ended: null,
};

/** Adds a line, unless a line of this name is there. Everybody who looks is told. */
export function addEntry(room: ChatRoom, entry: Omit<ChatEntry, 's'>): ChatEntry | null {
  if (room.entries.some(({ id }) => id === entry.id)) return null;
  const lang = entry.lang === null ? null : pageTag(entry.lang);
  const added = { ...entry, lang, s: room.entries.length + 1 };
  room.entries = [...room.entries, added];
  for (const stream of room.streams) stream.send('line', added, added.s);
  room.changed();
  return added;
}

/** Changes what stands beside the lines. Everybody who looks is told, if anything is new. */
export function setStanding(room: ChatRoom, change: Partial<ChatStanding>): void {
  const next = { ...room.standing, ...change };
  const { typing: _, ...before } = room.standing;
  const { typing, ...after } = next;
  const isSame = JSON.stringify(after) === JSON.stringify(before);
  if (isSame && typing === room.standing.typing) return;
  room.standing = next;
  for (const stream of room.streams) stream.send('standing', next);
  // That somebody types is over by the next run.
  if (!isSame) room.changed();
}
