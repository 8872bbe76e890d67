import type { Actor, ChannelState, Contact, ContactSummary } from '../contact.ts';
import type { CommandId, ContactId, Fence } from '../ids.ts';
import type { SafeReach } from '../outbound/reach.ts';
import type { Done } from '../record/parts.ts';
import type { Instant } from '../time.ts';

/**
 * How a chat came to its end (rule CH-09). Nothing here is a timer's: silence ends no chat.
 * - `ended-by-public`, `ended-by-handler`: somebody said good-bye
 * - `quick-exit`: the person left by the safety exit of a public page, and may not be alone
 * - `connection-lost`: their network, or their battery; they may come back
 * - `moved-to-999`: they were asked to ring, and it goes on there
 * - `assistant-answered`, `left-before-handler`: no handler was ever needed, or reached
 */
export const chatEnds = [
  'ended-by-public',
  'ended-by-handler',
  'quick-exit',
  'connection-lost',
  'moved-to-999',
  'assistant-answered',
  'left-before-handler',
] as const;
export type ChatEnd = (typeof chatEnds)[number];

/** What a handler can end a chat for (rule CH-09). */
export const handlerEnds = ['ended-by-handler', 'moved-to-999'] as const;
export type HandlerEnd = (typeof handlerEnds)[number];

/** A line to the public is at most this long. Characters; a longer one is sent in two. */
export const REPLY_LIMIT = 2_000;

/** "Is typing" is shown for so long after it was last told, and told again sooner while it lasts (rule CH-05). Milliseconds. */
export const TYPING_HOLDS_MS = 6_000;
export const TYPING_TOLD_EVERY_MS = 2_500;

/** One line from us to the person. Never changed and never taken back: they may have read it (rule CH-01). */
export interface Reply extends Done {
  readonly id: CommandId;
  /** Its place among our lines of this chat, from 1, without gaps: by it the public's browser asks for what it has not got (rule CH-02). */
  readonly n: number;
  readonly text: string;
  /** How many messages of theirs stood there when it was written: the order of a conversation is the queue's, not that of two clocks. */
  readonly after: number;
  /** The canned reply it began as, by its id in the policy; `null` when it was written freely. */
  readonly canned: string | null;
}

/** Our lines up to this number have come so far, and when that was last told. */
export interface ReachedUpTo {
  readonly n: number;
  readonly at: Instant;
}

/** An earlier chat of what may be the same person (rule CH-12): never sure, because a telephone can be in another hand. */
export interface EarlierChat {
  readonly contact: ContactId;
  readonly ref: string;
  /** Whoever had it last; `null` when nobody ever did. */
  readonly owner: Actor | null;
}

/** One try to hand the chat on to a colleague, as it stands on the record (rule CH-16). `by`, `at`: who offered, and when. */
export interface HandOver extends Done {
  readonly id: CommandId;
  /** `null`: to everybody, back to the queue. */
  readonly to: Actor | null;
  /** What they should know before they write the first line. */
  readonly words: string;
  /** Nobody takes it by this offer later than that; it is with who offered it all the time. */
  readonly until: Instant;
  /** The contact's own at that moment: moved on, the offer is about something that is no more. */
  readonly fence: Fence;
  /** What came of it; `null` while nobody has said anything. `words`: why not, of a no. */
  readonly ended:
    (Done & { readonly how: 'taken' | 'declined' | 'withdrawn'; readonly words: string }) | null;
}

/** The chat's own side of a contact: what we wrote, how far it came, and how it ended. */
export interface Chat {
  readonly replies: readonly Reply[];
  /** In the person's browser. */
  readonly delivered: ReachedUpTo;
  /** On their screen. */
  readonly seen: ReachedUpTo;
  readonly end: { readonly reason: ChatEnd; readonly at: Instant } | null;
  /** They left by the safety exit: until somebody has checked, nothing is sent (rule CH-07). Kept when they are back. */
  readonly exit: {
    readonly at: Instant;
    readonly checked: (Done & { readonly words: string }) | null;
  } | null;
  readonly earlier: EarlierChat | null;
  /** Every try to hand it on, oldest first; missing where nobody has tried. */
  readonly handOvers?: readonly HandOver[] | undefined;
}

const nothingYet: ReachedUpTo = { n: 0, at: 0 as Instant };

/** What a chat begins with. */
export const newChat: Chat = {
  replies: [],
  delivered: nothingYet,
  seen: nothingYet,
  end: null,
  exit: null,
  earlier: null,
};

export const isChat = ({ channel }: Pick<ContactSummary, 'channel'>): boolean => channel === 'web-chat';

/** The chat's side of a contact; of one that was stored before there was such a thing, an empty one. */
export const chatOf = ({ chat }: Pick<Contact, 'chat'>): Chat => chat ?? newChat;

/** How a person may be reached without harm, as agreed with them early on (rule CH-10). */
export interface SafeContact {
  /** "Text", "e-mail to my sister" … */
  readonly way: string;
  /** "Weekdays 9 to 3". */
  readonly times: string;
  /** By which each knows the other. */
  readonly codeWord: string;
  readonly doNotRing: boolean;
  /** Somebody else reads what comes to this device. */
  readonly sharedDevice: boolean;
  /** By which way something may be sent to them; missing: none was chosen (rule MX-02). */
  readonly reach?: SafeReach | undefined;
}

/** Each field of words is at most this long. Characters. */
export const SAFE_CONTACT_LIMIT = 200;

export interface SafeContactVersion extends SafeContact, Done {
  readonly id: CommandId;
}

/** The exit was used, and nobody has checked since. Of a chat that was stored before exits were kept, the line alone says it. */
export function isExitUnchecked(contact: Pick<Contact, 'chat' | 'channelState'>): boolean {
  const { exit } = chatOf(contact);
  return exit === null ? contact.channelState === 'left-by-exit' : exit.checked === null;
}

/** Lines that nobody is there any more to read. */
const over: ReadonlySet<ChannelState> = new Set<ChannelState>(['ended', 'left-by-exit']);

/** Whether the person's page is gone for good: what is written now would reach nobody (rule CH-08). */
export const isChatOver = ({ channelState }: Pick<Contact, 'channelState'>): boolean =>
  over.has(channelState);

/**
 * Whose turn it is (rule CH-04), from the record and the hour alone.
 * - `waiting`: nobody has taken it yet
 * - `our-turn`, `their-turn`: who wrote last; `since` is when
 * - `dropped`, `left-by-exit`, `ended`: the person's end is gone, or was left
 */
export interface ChatTurn {
  readonly kind: 'waiting' | 'our-turn' | 'their-turn' | 'dropped' | 'left-by-exit' | 'ended';
  readonly since: Instant;
}

export function chatTurn(contact: Contact): ChatTurn {
  const { channelState, ownership, receivedAt } = contact;
  const { replies, end, exit } = chatOf(contact);
  if (channelState === 'left-by-exit') return { kind: 'left-by-exit', since: exit?.at ?? receivedAt };
  if (channelState === 'ended' || ownership.kind === 'closed')
    return { kind: 'ended', since: end?.at ?? ownership.since };
  if (channelState === 'dropped') return { kind: 'dropped', since: end?.at ?? receivedAt };
  if (ownership.kind === 'waiting' || ownership.kind === 'verify')
    return { kind: 'waiting', since: receivedAt };
  const waiting = waitsSince(contact);
  return waiting === null
    ? { kind: 'their-turn', since: replies.at(-1)?.at ?? receivedAt }
    : { kind: 'our-turn', since: waiting };
}

/**
 * Since when the person waits for a line of ours, in a chat that goes on: since their first that nobody has answered, however often they asked
 * again; `null` when the next line is theirs. Whoever has the contact, and whoever does not.
 */
export function waitsSince({
  channel,
  channelState,
  chat,
  messages,
  receivedAt,
}: Pick<Contact, 'channel' | 'channelState' | 'chat' | 'messages' | 'receivedAt'>): Instant | null {
  if (!isChat({ channel }) || over.has(channelState) || channelState === 'dropped') return null;
  const last = chatOf({ chat }).replies.at(-1);
  if (last === undefined) return receivedAt;
  return messages.slice(last.after).find(({ from }) => from === 'public')?.at ?? null;
}

/** How far one line of ours has come, as far as anybody has told us (rule CH-03). */
export type ReplyReached = 'received' | 'delivered' | 'seen';

export function replyReached({ delivered, seen }: Chat, { n }: Reply): ReplyReached {
  if (n <= seen.n) return 'seen';
  return n <= delivered.n ? 'delivered' : 'received';
}
