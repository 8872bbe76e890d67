import type { ReportForm } from './chat/report-form.ts';
import { channelFacts, type Channel } from './channel.ts';
import { ACCOUNT_TYPED_LIMIT, TITLE_LIMIT, type LoggedContact } from './command.ts';
import type { Actor, Caller, ChannelState, Contact, Flags } from './contact.ts';
import type { Call } from './call.ts';
import { asFence, type ContactId } from './ids.ts';
import type { Refusal } from './lifecycle.ts';
import type { Location } from './location.ts';
import { refusalOfDescription } from './record/description.ts';
import { noParts, type RecordParts } from './record/parts.ts';
import { rowMarksOf } from './record/row-marks.ts';
import { dueOf, type ServicePolicy } from './service-level.ts';
import { asInstant, HOUR, later, type Instant } from './time.ts';

/** What a source tells about one contact, parsed at its door (the queue's intake). */
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
  /** Where it came from, if the source knows already. */
  readonly location: Location | null;
  /** The telephone's side of it; `null` for what comes in writing, or from a source that has none. */
  readonly call: Call | null;
  /** A public form as it was sent; missing where there was none. */
  readonly form?: ReportForm | undefined;
  /** A keyed digest of the public address and browser of a chat, made by its source: who comes back is known by it for a while (rule CH-12). */
  readonly browser?: string | undefined;
}

/** What the force has on record about who, or where, it is (rule AS-16). */
export type OnRecord = Pick<RecordParts, 'markers' | 'plan'> & Partial<Pick<RecordParts, 'chat'>>;
export const nothingOnRecord: OnRecord = { markers: [], plan: null };

/** What a contact gets besides what is told of it: from the queue, or provisionally from the desk that writes it down. */
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
  onRecord: OnRecord = nothingOnRecord,
): { readonly contact: Contact; readonly warnings: readonly string[] } {
  const { channel, flags } = arrival;
  const facts = channelFacts[channel];
  const { receivedAt, claimedReceivedAt, warnings } = receiptTime(arrival.receivedAt, now);
  const channelState = arrival.channelState ?? usualState[channel];
  const contact: Omit<Contact, 'marks'> = {
    ...numbers,
    ...noParts,
    ...onRecord,
    call: arrival.call,
    form: arrival.form ?? null,
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
    place: arrival.place ?? arrival.location?.place ?? null,
    language: arrival.language,
    flags,
    grade: null,
    caller: arrival.caller,
    account: arrival.account,
    provisionalRef: null,
    paperLog: null,
    locations: arrival.location === null ? [] : [arrival.location],
    messages: [],
    notes: [],
    gradings: [],
    bandChanges: [],
    closing: null,
  };
  return { contact: { ...contact, marks: rowMarksOf(contact) }, warnings };
}

/**
 * The contact that a handler has written down: theirs from the start, under fence 1 (rules P-03, P-04). A desk makes it from its
 * own command until the queue has answered, the queue makes the one that stays; they differ in number, reference and revision.
 */
export function loggedContact(
  logged: LoggedContact,
  numbers: ArrivalNumbers,
  by: Actor,
  now: Instant,
  policy: ServicePolicy,
  onRecord: OnRecord = nothingOnRecord,
): Contact {
  const { channel, paperLog, provisionalRef } = logged;
  const channelState = channelFacts[channel].live && paperLog === null ? 'connected' : 'ended';
  const arrival: Arrival = { ...logged, location: null, call: null, channelState };
  const { contact } = arrivedContact(arrival, numbers, now, policy, onRecord);
  return {
    ...contact,
    fence: asFence(1),
    ownership: { kind: 'owned', by, since: now },
    callBackDue: false,
    paperLog,
    provisionalRef,
  };
}

/** Why a contact cannot be written down like that, or `null`. Words that are missing or too long are the handler's to mend. */
export function refusalOfLog(logged: LoggedContact): Refusal | null {
  const refusal = refusalOfDescription(logged);
  if (refusal !== null) return refusal;
  const { place, account } = logged;
  const tooLong = [[place ?? '', TITLE_LIMIT] as const, [account, ACCOUNT_TYPED_LIMIT] as const].find(
    ([words, limit]) => words.length > limit,
  );
  if (tooLong === undefined) return null;
  return { code: 'text-too-long', limit: tooLong[1], length: tooLong[0].length };
}
