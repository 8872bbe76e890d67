import type { Instant } from '../../shared/domain/time.ts';
import type { Parcel } from '../queue/queue-door.ts';
import type { ChatEntry, ChatRoom } from './chat-room.ts';

/** What the queue takes of a title. Characters. */
const TITLE_LIMIT = 160;

/** How a page went, in the queue's words. */
export type EndAtQueue =
  'ended-by-public' | 'quick-exit' | 'connection-lost' | 'assistant-answered' | 'left-before-handler';

/** Whether the control room has it from the first moment, before a line is written (rule WP-44). */
export const isForPerson = ({
  isUnsafe,
  language,
  mayBeBack,
}: Pick<ChatRoom, 'isUnsafe' | 'language' | 'mayBeBack'>): boolean =>
  isUnsafe || language !== null || mayBeBack;

/** The line that goes with the chat itself and not after it. */
export const accountOf = (room: ChatRoom): ChatEntry | null =>
  (isForPerson(room) ? undefined : room.entries.find(({ from }) => from === 'public')) ?? null;

/**
 * The chat as the queue first hears of it, and what was said until then, line by line, the assistant's among them (rule WP-42). The title
 * tells nothing that the person wrote (rule C-11): `topic` is the title of a card.
 */
export function handOverParcels(
  room: ChatRoom,
  {
    topic,
    lookFirst,
    at,
    languageName,
  }: {
    readonly topic: string | null;
    readonly lookFirst: boolean;
    readonly at: Instant;
    readonly languageName: string | null;
  },
): readonly Parcel[] {
  const first = accountOf(room);
  const about = room.isUnsafe ? 'says it may not be safe to write' : topic;
  const title = [languageName === null ? 'Web chat' : `Web chat in ${languageName}`, about]
    .filter((part) => part !== null)
    .join(': ');
  const contact = {
    channel: 'web-chat',
    receivedAt: room.entries[0]?.at ?? at,
    title: `${room.crowd ?? ''}${title}`.slice(0, TITLE_LIMIT),
    language: room.language,
    caller: { name: room.name === '' ? null : room.name },
    account: first?.text ?? '',
    flags: { lookFirst: lookFirst || room.isUnsafe },
    channelState: 'queued',
    // By it the queue knows who may be back after leaving in a hurry; it tells nothing about them.
    browser: room.caller,
  };
  const later = room.entries.filter((entry) => entry !== first);
  return [
    { key: room.key, contact: null, body: JSON.stringify(contact) },
    ...later.flatMap((entry) => messageParcel(room, entry) ?? []),
  ];
}

/** One line, as more about the chat; `null` for those that came from the queue, and for notices of our own. */
export function messageParcel(room: ChatRoom, entry: ChatEntry): Parcel | null {
  const { from, text, at, id } = entry;
  if (from !== 'public' && from !== 'assistant') return null;
  const language = from === 'public' ? room.language : null;
  return parcel(room, `line-${id}`, { kind: 'message', at, text, from, language });
}

/** What the queue is told of the person besides words: their page is gone, and how, or there again. */
export type Presence = { readonly kind: 'left'; readonly reason: EndAtQueue } | { readonly kind: 'back' };

export const presenceParcel = (room: ChatRoom, name: string, presence: Presence, at: Instant): Parcel =>
  parcel(room, name, { ...presence, at });

const parcel = ({ key }: ChatRoom, name: string, body: object): Parcel => ({
  key: `${key}-${name}`,
  contact: key,
  body: JSON.stringify(body),
});
