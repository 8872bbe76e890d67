import type { Arrival } from '../shared/domain/arrival.ts';
import { reachesFurther } from '../shared/domain/chat/chat-change.ts';
import { chatOf, isChat, type ChatEnd, type EarlierChat } from '../shared/domain/chat/chat.ts';
import { ownerOf, type ChannelState, type Contact } from '../shared/domain/contact.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import type { Happening } from '../shared/domain/event.ts';
import type { ContactId } from '../shared/domain/ids.ts';
import { later, MINUTE, type Instant } from '../shared/domain/time.ts';
import { unreachable } from '../shared/lib/assert.ts';
import { digestOf } from './store/canonical-json.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/** What a source tells of a chat besides words: what it does to the contact, or `null` when nothing new follows. */
type ChatTiding =
  | { readonly kind: 'reached'; readonly upTo: number; readonly how: 'delivered' | 'seen' }
  | { readonly kind: 'left'; readonly end: ChatEnd }
  | { readonly kind: 'back' };

export function chatNews(contact: Contact, tiding: ChatTiding): Happening | null {
  if (!isChat(contact)) return null;
  switch (tiding.kind) {
    case 'reached':
      return reachesFurther(chatOf(contact), tiding) ? tiding : null;
    case 'left':
      return leaving(contact, tiding.end);
    case 'back': {
      if (contact.channelState !== 'dropped' || contact.ownership.kind === 'closed') return null;
      return { kind: 'line', state: chatOf(contact).replies.length > 0 ? 'active' : 'queued' };
    }
    default:
      return unreachable(tiding);
  }
}

const stateOfEnd = (end: ChatEnd): ChannelState =>
  end === 'quick-exit' ? 'left-by-exit' : end === 'connection-lost' ? 'dropped' : 'ended';

/**
 * The safety exit outweighs every other end, also one that is told after it because the connection closes behind it (rule CH-07); a line that is
 * over is not lost as well.
 */
function leaving({ channelState, ownership }: Contact, end: ChatEnd): Happening | null {
  const state = stateOfEnd(end);
  if (channelState === 'left-by-exit' || channelState === state) return null;
  const isOver = channelState === 'ended' || ownership.kind === 'closed';
  return isOver && state !== 'left-by-exit' ? null : { kind: 'line', state, end };
}

/** While no policy is there to say otherwise. Minutes. */
const BACK_WITHIN_MINUTES = 30;

/**
 * The chat before this one from the same address and browser, if that was a short while ago; and this one is the next one's (rule CH-12). What is
 * compared is a digest that only its source can make, made once more here: it stands beside those of emergency texts.
 */
export async function earlierChat(
  tx: StoreTransaction,
  {
    source,
    arrival: { channel, browser },
    id,
    now,
  }: {
    readonly source: string;
    readonly arrival: Pick<Arrival, 'channel' | 'browser'>;
    readonly id: ContactId;
    readonly now: Instant;
  },
  { chat }: DecisionPolicy,
): Promise<EarlierChat | null> {
  if (browser === undefined || !isChat({ channel })) return null;
  const digest = digestOf({ source, browser });
  const before = await tx.toldText(digest);
  await tx.keepToldText(digest, id, now);
  const within = (chat?.clocks.backWithinMinutes ?? BACK_WITHIN_MINUTES) * MINUTE;
  const contact = before === null ? null : await tx.contact(before.contact);
  if (before === null || contact === null) return null;
  // A long conversation that was left a minute ago is no old one.
  const isOn = contact.ownership.kind !== 'closed' && chatOf(contact).end === null;
  const last = Math.max(before.at, chatOf(contact).end?.at ?? 0);
  if (!isOn && last < later(now, -within)) return null;
  const owner = ownerOf(contact) ?? contact.closing?.by ?? null;
  return { contact: contact.id, ref: contact.ref, owner };
}
