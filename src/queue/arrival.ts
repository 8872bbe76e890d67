import { channelFacts, type Channel } from '../shared/domain/channel.ts';
import type { Caller, ChannelState, Contact, Flags } from '../shared/domain/contact.ts';
import { asFence, type ContactId } from '../shared/domain/ids.ts';
import { dueOf, type ServicePolicy } from '../shared/domain/service-level.ts';
import { asInstant, HOUR, later, type Instant } from '../shared/domain/time.ts';

/** What a source tells about one contact, parsed at its door (`intake/contact-body.ts`). */
export interface Arrival {
  readonly channel: Channel;
  /** When the public reached us, by the source's clock; `null` when the source leaves it to the queue. */
  readonly receivedAt: Instant | null;
  readonly title: string;
  readonly place: string | null;
  readonly language: string | null;
  readonly caller: Caller;
  readonly account: string;
  readonly flags: Flags;
  /** `null` for the usual one of the channel. */
  readonly channelState: ChannelState | null;
}

/** What the queue gives a contact of its own. */
export interface ArrivalNumbers {
  readonly id: ContactId;
  readonly ref: string;
  readonly seq: number;
  readonly source: string;
}

const usualState: Readonly<Record<Channel, ChannelState>> = {
  '999-voice': 'ringing',
  '999-silent': 'ringing',
  '999-dropped': 'dropped',
  '999-bsl': 'ringing',
  'crash-alert': 'ringing',
  '999-relay': 'ringing',
  '999-text': 'active',
  '101-voice': 'ringing',
  '101-relay': 'ringing',
  'web-chat': 'queued',
  'online-report': 'delivered',
  text: 'delivered',
  'e-mail': 'delivered',
  'social-message': 'delivered',
  'partner-line': 'ringing',
  'front-counter': 'queued',
  video: 'ringing',
};

/** A time longer ago is no time at which anybody reached us, but a clock or a program gone wrong (rule C-03). */
export const OLDEST_ARRIVAL_MS = 3_653 * 24 * HOUR;
/** Instants outside these years are kept nowhere: no screen shows them and no sum of them is a date for certain. */
const firstKept = asInstant(0);
const lastKept = asInstant(Date.UTC(2200, 0, 1) - 1);

/** When a contact counts as received, what is kept of another claim, and what its source is told (rule C-03). */
function receiptTime(
  claimed: Instant | null,
  now: Instant,
): {
  readonly receivedAt: Instant;
  readonly claimedReceivedAt: Instant | null;
  readonly warnings: readonly string[];
} {
  const oldest = later(now, -OLDEST_ARRIVAL_MS);
  if (claimed === null) return { receivedAt: now, claimedReceivedAt: null, warnings: [] };
  if (claimed >= oldest && claimed <= now)
    return { receivedAt: claimed, claimedReceivedAt: null, warnings: [] };
  const wrong = claimed > now ? 'ahead of the queue’s clock' : 'more than ten years ago';
  const isKept = claimed >= firstKept && claimed <= lastKept;
  const kept = isKept ? 'yours is kept beside it' : 'yours is no time that can be kept';
  return {
    receivedAt: now,
    claimedReceivedAt: isKept ? claimed : null,
    warnings: [`receivedAt was ${wrong}; the queue’s time was used and ${kept}`],
  };
}

/**
 * The new contact at revision 1, waiting. Never refuses: a time that cannot be is replaced and kept beside
 * (rule C-03), and an emergency is in band A from the start (rule O-02).
 */
export function arrivedContact(
  arrival: Arrival,
  numbers: ArrivalNumbers,
  now: Instant,
  policy: ServicePolicy,
): { readonly contact: Contact; readonly warnings: readonly string[] } {
  const { channel, flags } = arrival;
  const facts = channelFacts[channel];
  const { receivedAt, claimedReceivedAt, warnings } = receiptTime(arrival.receivedAt, now);
  const channelState = arrival.channelState ?? usualState[channel];
  const contact: Contact = {
    ...numbers,
    channel,
    receivedAt,
    enteredAt: now,
    claimedReceivedAt,
    rev: 1,
    fence: asFence(0),
    band: facts.emergency ? 'A' : 'B',
    bandSince: receivedAt,
    due: dueOf({ channel, grade: null, flags, receivedAt }, policy),
    ownership: { kind: 'waiting', since: now },
    channelState,
    work: 'open',
    callBackDue: facts.callBack || (facts.emergency && channelState === 'dropped'),
    title: arrival.title,
    place: arrival.place,
    language: arrival.language,
    flags,
    grade: null,
    caller: arrival.caller,
    account: arrival.account,
    notes: [],
    gradings: [],
    bandChanges: [],
    closing: null,
  };
  return { contact, warnings };
}
