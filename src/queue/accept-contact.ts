import type { Realm } from '../shared/contract/realm.ts';
import { isOpenEmergency, summaryOf } from '../shared/domain/contact.ts';
import { asContactId, type NewId } from '../shared/domain/ids.ts';
import { noMarkerPlaces } from '../shared/domain/assist/markers.ts';
import { onRecordOf, type Register } from '../shared/domain/assist/on-record.ts';
import { underPolicies } from '../shared/domain/decided-by.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import type { Instant } from '../shared/domain/time.ts';
import { must } from '../shared/lib/assert.ts';
import { arrivedContact, type Arrival } from '../shared/domain/arrival.ts';
import { callOnTime } from '../shared/domain/call-clock.ts';
import { chatComingBack } from '../shared/domain/chat/chat-change.ts';
import { appendEvent } from './append-event.ts';
import { earlierChat } from './chat-news.ts';
import { contactReference, londonDayOf } from './contact-reference.ts';
import { digestIn } from './intake/telephony/told-again.ts';
import { flagsOnArrival } from './risk-flags.ts';
import { digestOf } from './store/canonical-json.ts';
import type { CommittedEntry, IntakeReceipt, StoreTransaction } from './store/queue-store.ts';

/** One contact handed over by a source, under the source's own key for it. */
export interface Handover {
  readonly source: string;
  readonly key: string;
  readonly arrival: Arrival;
}

export type Acceptance =
  /** Kept now: `entry` is its place in the log. */
  | { readonly kind: 'accepted'; readonly receipt: IntakeReceipt; readonly entry: CommittedEntry }
  /** Kept before under this key: the same answer again (rule C-02). */
  | { readonly kind: 'known'; readonly receipt: IntakeReceipt }
  /** The key stands for another body (rule C-02). Nothing was kept. */
  | { readonly kind: 'key-reused' };

/** Accepts one contact in a transaction: contact, event, audit entry, receipt and numbers together (rules C-01, S-10). */
export async function acceptContact(
  tx: StoreTransaction,
  handover: Handover,
  context: {
    readonly now: Instant;
    readonly policy: DecisionPolicy;
    readonly register: Register;
    readonly realm: Realm;
    readonly newId: NewId;
  },
): Promise<Acceptance> {
  const { source, key, arrival } = handover;
  // What was not told is left out: digests of receipts that were kept before there were locations or calls stay true.
  const told = { location: arrival.location ?? undefined, call: arrival.call ?? undefined };
  const digest = digestOf({ ...arrival, ...told });
  const known = await tx.receiptOf(source, key);
  if (known !== null)
    return known.digest === digest ? { kind: 'known', receipt: known } : { kind: 'key-reused' };

  const { now, policy, register, realm } = context;
  const day = londonDayOf(now);
  const id = asContactId(context.newId());
  const text = digestIn({ ...arrival, source }, arrival.account);
  if (text !== null) await tx.keepToldText(text, id, now);
  const earlier = await earlierChat(tx, { source, arrival, id, now }, policy);
  const { seq, ofDay } = await tx.nextArrival(day);
  const numbers = { id, ref: contactReference(realm, day, ofDay), seq, source };
  const call = arrival.call === null ? null : callOnTime(arrival.call, now);
  const flagged = { ...arrival, call, flags: flagsOnArrival(arrival, policy) };
  const chat = chatComingBack(earlier);
  const found = {
    ...onRecordOf(register, arrival, policy.markerKinds?.places ?? noMarkerPlaces),
    ...(chat === null ? {} : { chat }),
  };
  const { contact, warnings } = arrivedContact(flagged, numbers, now, policy, found);
  await tx.insertContact(contact);
  const receipt: IntakeReceipt = { source, key, digest, contact: contact.id, ref: contact.ref, warnings };
  await tx.keepReceipt(receipt);

  const event = {
    contact: contact.id,
    rev: 1,
    at: now,
    by: null,
    what: underPolicies({ kind: 'arrived', contact }, policy),
  } as const;
  const flash = isOpenEmergency(contact) ? summaryOf(contact) : null;
  const lsn = await appendEvent(tx, event, flash, {
    at: now,
    contact: contact.id,
    desk: null,
    deskNumber: null,
    handler: null,
    source,
    act: 'arrive',
    outcome: 'applied',
    command: null,
    actDigest: digest,
  });
  return {
    kind: 'accepted',
    receipt,
    entry: { ...event, lsn: must(lsn, `position of contact ${contact.id}`), flash },
  };
}
