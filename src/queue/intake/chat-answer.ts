import { createHash } from 'node:crypto';
import { chatOf, type ChatEnd, type Reply } from '../../shared/domain/chat/chat.ts';
import { isColleagueNew } from '../../shared/domain/chat/hand-over.ts';
import { ownerOf, type Contact } from '../../shared/domain/contact.ts';
import { languageOfContact } from '../../shared/domain/language/lines.ts';
import { later, SECOND, type Instant } from '../../shared/domain/time.ts';

/**
 * So long a closing is not told to the person's page: a slip of the finger is taken back within it, and a good-bye that was shown cannot be (rule
 * CH-09). Longer than the offer to take back. Milliseconds.
 */
const CLOSING_HELD_MS = 15 * SECOND;

/** What the public's page is told of its chat (rule CH-02). */
export interface ChatAnswer {
  readonly state: 'waiting' | 'live' | 'dropped' | 'left-by-exit' | 'ended';
  /**
   * `away`: put aside for an emergency; `colleague`: taken over by another handler, who has not written yet. The page says so, in its own words
   * (rules CH-06, CH-17).
   */
  readonly handler: 'waiting' | 'here' | 'away' | 'colleague';
  /** Its place among the chats that wait, from 1; `null` when it does not wait. */
  readonly position: number | null;
  /** The handler is typing. */
  readonly typing: boolean;
  /** Our lines after the number that was asked for, in order. */
  readonly lines: readonly {
    readonly n: number;
    readonly at: Instant;
    readonly from: 'handler' | 'system';
    readonly text: string;
    /** BCP 47; `null`: English. */
    readonly lang: string | null;
    readonly replyTo: string | null;
  }[];
  /** Our lines that the page has said to have shown. */
  readonly seenUpTo: number;
  readonly ended: { readonly reason: ChatEnd } | null;
  /** Changes with everything here but the lines: asked for with `since`, an answer comes at once when it is another. */
  readonly stamp: string;
}

/** What the queue knows besides the contact. */
export interface ChatSurroundings {
  readonly after: number;
  readonly position: number | null;
  readonly typing: boolean;
  /** Lines of ours are translated for whoever reads another language. */
  readonly translates: boolean;
  readonly now: Instant;
}

/** Whether the contact was closed so lately that its person is not told yet; until when, or `null`. */
export function closingHeldUntil(contact: Contact, now: Instant): Instant | null {
  const { closing, ownership } = contact;
  const { end } = chatOf(contact);
  if (ownership.kind !== 'closed' || closing === null || end === null) return null;
  if (end.reason !== 'ended-by-handler' || end.at !== closing.at) return null;
  const until = later(end.at, CLOSING_HELD_MS);
  return now < until ? until : null;
}

/** So long a line of ours waits for its translation; then the English goes out (rule LG-12). Longer than the service is waited for. Milliseconds. */
const TRANSLATION_HELD_MS = 6 * SECOND;

/** Our lines that may go out, in order; and until when the next one waits for its translation, or `null`. */
export function repliesToTell(
  contact: Contact,
  { translates, now }: Pick<ChatSurroundings, 'translates' | 'now'>,
): { readonly replies: readonly Reply[]; readonly heldUntil: Instant | null } {
  const { replies } = chatOf(contact);
  const { translations, language, languageChosen: chosen } = contact;
  const isForeign = languageOfContact({ chosen, lines: translations, told: language }) !== null;
  if (!translates || !isForeign) return { replies, heldUntil: null };
  const done = new Set(translations.map(({ line }) => line));
  const held = replies.find(({ id, at }) => !done.has(id) && now < later(at, TRANSLATION_HELD_MS));
  if (held === undefined) return { replies, heldUntil: null };
  return { replies: replies.filter(({ n }) => n < held.n), heldUntil: later(held.at, TRANSLATION_HELD_MS) };
}

/** A line as the person gets it: in their language where there is a translation, else as it was written. */
function lineTold({ translations }: Contact, { id, n, at, text }: Reply): ChatAnswer['lines'][number] {
  const outcome = translations.find(({ line }) => line === id)?.outcome;
  const translation = outcome?.kind === 'translated' ? outcome.translation : null;
  return {
    ...{ n, at, from: 'handler', replyTo: null },
    text: translation?.text ?? text,
    lang: translation?.to ?? null,
  };
}

export function chatAnswer(
  contact: Contact,
  { after, position, typing, translates, now }: ChatSurroundings,
): ChatAnswer {
  const chat = chatOf(contact);
  const isHeld = closingHeldUntil(contact, now) !== null;
  const state = isHeld ? 'live' : stateOf(contact);
  const isGone = state === 'ended' || state === 'left-by-exit';
  // Whoever sits at that screen now reads nothing of it (rule CH-12).
  const { replies } = repliesToTell(contact, { translates, now });
  const shown = state === 'left-by-exit' ? [] : replies.filter(({ n }) => n > after);
  const told = {
    state,
    handler: isHeld ? ('here' as const) : handlerOf(contact),
    position: state === 'waiting' ? position : null,
    typing: typing && state === 'live',
    seenUpTo: chat.seen.n,
    ended: isGone ? { reason: chat.end?.reason ?? endOf(state) } : null,
  };
  return {
    ...told,
    lines: shown.map((reply) => lineTold(contact, reply)),
    stamp: createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 12),
  };
}

const endOf = (state: ChatAnswer['state']): ChatEnd =>
  state === 'left-by-exit' ? 'quick-exit' : 'ended-by-handler';

function stateOf({ channelState, ownership }: Contact): ChatAnswer['state'] {
  if (channelState === 'left-by-exit') return 'left-by-exit';
  if (channelState === 'ended' || ownership.kind === 'closed') return 'ended';
  if (channelState === 'dropped') return 'dropped';
  return ownership.kind === 'waiting' || ownership.kind === 'verify' ? 'waiting' : 'live';
}

function handlerOf(contact: Contact): ChatAnswer['handler'] {
  if (ownerOf(contact) === null) return 'waiting';
  const isAway = contact.work === 'parked' || contact.ownership.kind === 'link-lost';
  if (isAway) return 'away';
  return isColleagueNew(contact) ? 'colleague' : 'here';
}
