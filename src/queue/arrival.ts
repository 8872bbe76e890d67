import { channelFacts, type Channel } from '../shared/domain/channel.ts';
import type { Caller, ChannelState, Contact, Flags } from '../shared/domain/contact.ts';
import { asFence, type ContactId } from '../shared/domain/ids.ts';
import { dueOf, type ServicePolicy } from '../shared/domain/service-level.ts';
import type { Instant } from '../shared/domain/time.ts';

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

/** What the source is told when its clock is ahead (rule C-03). */
export const clockAheadWarning =
  'receivedAt was ahead of the queue’s clock; the queue’s time was used and yours is kept beside it';

/**
 * The new contact at revision 1, waiting. Never refuses: a clock ahead of the queue's is replaced and kept beside
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
  const ahead = arrival.receivedAt !== null && arrival.receivedAt > now;
  const receivedAt = arrival.receivedAt === null || ahead ? now : arrival.receivedAt;
  const channelState = arrival.channelState ?? usualState[channel];
  const contact: Contact = {
    ...numbers,
    channel,
    receivedAt,
    enteredAt: now,
    claimedReceivedAt: ahead ? arrival.receivedAt : null,
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
  return { contact, warnings: ahead ? [clockAheadWarning] : [] };
}
