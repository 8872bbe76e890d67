import { markersAt, markersOfCall, type Register } from '../shared/domain/assist/on-record.ts';
import { isSureMatch, noMarkerPlaces } from '../shared/domain/assist/markers.ts';
import { DOWN_FRAME_LIMIT } from '../shared/contract/queue-link.ts';
import { callToldAt } from '../shared/domain/call-clock.ts';
import { isPresentedAgain } from '../shared/domain/call-events.ts';
import { isBack } from '../shared/domain/call-line.ts';
import { isOpenEmergency, summaryOf, type Contact, type Message } from '../shared/domain/contact.ts';
import { underPolicies } from '../shared/domain/decided-by.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import type { ContactEvent, Happening } from '../shared/domain/event.ts';
import { asFence, type ContactId } from '../shared/domain/ids.ts';
import { apply } from '../shared/domain/lifecycle.ts';
import type { Instant } from '../shared/domain/time.ts';
import { must, unreachable } from '../shared/lib/assert.ts';
import { appendEvent } from './append-event.ts';
import { eventKey } from './intake/telephony/telephony-event.ts';
import { digestIn } from './intake/telephony/told-again.ts';
import { chatNews } from './chat-news.ts';
import type { Tiding } from './intake/update-body.ts';
import { riskToldBy } from './risk-flags.ts';
import { lockWithParents, toldToParents } from './told-by-child.ts';
import type { AuditDraft, AuditedAct } from './store/audit-chain.ts';
import { digestOf } from './store/canonical-json.ts';
import type { CommittedEntry, IntakeReceipt, StoreTransaction } from './store/queue-store.ts';

/**
 * What the public may have written in a contact before no more messages are added to it. What handlers write, and where somebody is, takes
 * nothing of that room (rule C-33). Bytes of the account and the messages in JSON.
 */
export const WORDS_LIMIT = DOWN_FRAME_LIMIT / 2;

/**
 * So much of it is there for words that only name the reference: whoever writes them may be anybody, and must not leave the person of a chat
 * without room (rule MX-13). More than that is a contact of its own.
 */
export const NAMED_WORDS_LIMIT = WORDS_LIMIT / 4;

/** What a source tells of a contact that it has handed over before, under a key of its own. */
export interface UpdateHandover {
  readonly source: string;
  /** The key under which the contact was handed over; the reference itself where the person named it. */
  readonly contactKey: string;
  /** Somebody wrote this reference, whichever source had brought its contact (rule MX-13). */
  readonly isReference?: true;
  readonly key: string;
  readonly tiding: Exclude<Tiding, { readonly kind: 'typing' }>;
}

export type UpdateAcceptance =
  | {
      readonly kind: 'accepted';
      readonly receipt: IntakeReceipt;
      readonly entry: CommittedEntry;
      /** What contacts that it is linked to were told of it (rule C-34). */
      readonly parents: readonly CommittedEntry[];
    }
  /** Kept before under this key: the same answer again. */
  | { readonly kind: 'known'; readonly receipt: IntakeReceipt }
  /** True, and nothing follows from it: the end of the line of a closed contact, what is known of a call already. */
  | { readonly kind: 'without-effect'; readonly receipt: IntakeReceipt }
  /** The key stands for another update. */
  | { readonly kind: 'key-reused' }
  /** This source never handed such a contact over. */
  | { readonly kind: 'unknown-contact' }
  | { readonly kind: 'closed' }
  /** The person left by the safety exit: nobody comes back into that chat (rule CH-12). */
  | { readonly kind: 'left-by-exit' }
  | { readonly kind: 'full' };

/** Adds what a source tells later, once, in a transaction: effect, event, audit entry and receipt (rules C-16, C-17, S-10). */
export async function acceptUpdate(
  tx: StoreTransaction,
  handover: UpdateHandover,
  {
    now,
    register,
    policy,
  }: { readonly now: Instant; readonly register: Register; readonly policy: DecisionPolicy },
): Promise<UpdateAcceptance> {
  const { source, contactKey, key, tiding, isReference } = handover;
  const digest = digestOf({ contactKey, tiding });
  const known = await tx.updateReceiptOf(source, key);
  if (known !== null)
    return known.digest === digest ? { kind: 'known', receipt: known } : { kind: 'key-reused' };
  const own = isReference ? await namedBy(tx, contactKey) : await tx.receiptOf(source, contactKey);
  // A text that was told again is a message on the first one's contact, and what follows of it goes there (rule TE-06).
  const arrival = own ?? (isReference ? null : await tx.updateReceiptOf(source, eventKey(contactKey, 1)));
  if (arrival === null) return { kind: 'unknown-contact' };

  if (tiding.kind === 'message' || tiding.kind === 'location') await lockWithParents(tx, arrival.contact);
  const before = must(await tx.lockContact(arrival.contact), `contact ${arrival.contact} of a receipt`);
  const { id, ref } = before;
  const receipt: IntakeReceipt = { source, key, digest, contact: id, ref, warnings: [] };
  // What machines tell is kept of a closed contact too: the recording comes with the end, a handset's place half a minute behind the ring.
  if (before.ownership.kind === 'closed' && tiding.kind === 'message') return { kind: 'closed' };
  if (tiding.kind === 'back' && before.channelState === 'left-by-exit') return { kind: 'left-by-exit' };
  // Before anything is looked at in it: the more there is, the less one more costs.
  const room = isReference === true ? NAMED_WORDS_LIMIT : WORDS_LIMIT;
  if (tiding.kind === 'message' && isFull(before, { ...tiding.message, key }, room)) return { kind: 'full' };
  const isOfAnother = own === null && tiding.kind === 'call';
  const told = isOfAnother ? null : happeningOf(tiding, key, before, { now, register, policy });
  const what = told === null ? null : underPolicies(told, policy);
  if (what === null) {
    await tx.keepUpdateReceipt(receipt);
    return { kind: 'without-effect', receipt };
  }
  const event: ContactEvent = { contact: id, rev: before.rev + 1, at: now, by: null, what };
  const after = apply(before, event);
  await tx.writeContact(before, after);
  const text = tiding.kind === 'message' ? textIn(before, tiding.message) : null;
  if (text !== null) await tx.keepToldText(text, id, now);
  await tx.keepUpdateReceipt(receipt);
  const flash = isToFlash(before, after) ? summaryOf(after) : null;
  const fact: AuditDraft = {
    at: now,
    contact: id,
    desk: null,
    deskNumber: null,
    handler: null,
    source,
    act: actOf[tiding.kind],
    outcome: 'applied',
    command: null,
    actDigest: digest,
  };
  const lsn = await appendEvent(tx, event, flash, fact);
  const parents: CommittedEntry[] = [];
  for (const parent of await toldToParents(
    tx,
    { before, after, what: what.kind },
    { by: null, now, policy },
  )) {
    await tx.writeContact(parent.before, parent.after);
    const toFlash = isToFlash(parent.before, parent.after) ? summaryOf(parent.after) : null;
    const at = await appendEvent(tx, parent.event, toFlash, {
      ...fact,
      contact: parent.after.id,
      act: 'join',
    });
    parents.push({ ...parent.event, lsn: must(at, `position of a parent of contact ${id}`), flash: toFlash });
  }
  return {
    kind: 'accepted',
    receipt,
    entry: { ...event, lsn: must(lsn, `position of an update of contact ${id}`), flash },
    parents,
  };
}

/** The contact of a reference that somebody wrote, which is told to many and proves nothing. */
async function namedBy(tx: StoreTransaction, ref: string): Promise<{ readonly contact: ContactId } | null> {
  const found = (await tx.contactsNamed([ref], 1)).find((contact) => contact.ref === ref);
  return found === undefined ? null : { contact: found.id };
}

/** What another text is compared with, of what the public says later; `null` of anybody else's words (rule TE-06). */
function textIn(contact: Contact, { from, text }: Omit<Message, 'key'>): string | null {
  return from === 'public' ? digestIn(contact, text) : null;
}

function isFull({ account, messages }: Contact, message: Message, room: number): boolean {
  return Buffer.byteLength(JSON.stringify({ account, messages: [...messages, message] })) > room;
}

/** What a tiding does to a contact; `null` when it says nothing new of a call. */
function happeningOf(
  tiding: UpdateHandover['tiding'],
  key: string,
  contact: Contact,
  {
    now,
    register,
    policy,
  }: { readonly now: Instant; readonly register: Register; readonly policy: DecisionPolicy },
): Happening | null {
  const { call: before, markers: known, ownership, channelState, fence } = contact;
  const isClosed = ownership.kind === 'closed';
  const next = asFence(fence + 1);
  switch (tiding.kind) {
    case 'location': {
      const { location } = tiding;
      const markers = markersAt(register, location, known, policy.markerKinds?.places ?? noMarkerPlaces);
      // Whoever closed it did not know where it was.
      const isGraver = isClosed && markers.some(({ matchedBy }) => isSureMatch(matchedBy));
      return { kind: 'located', location, markers, ...(isGraver && { reopens: next }) };
    }
    case 'message': {
      const message = { ...tiding.message, key };
      return { kind: 'said', message, ...riskToldBy(contact, message, policy) };
    }
    case 'line': {
      const { state } = tiding;
      // The end of what is over already. Anything else is a fact about the line, also of a closed contact.
      if (isClosed && (state === 'ended' || state === channelState)) return null;
      return { kind: 'line', state, ...(isClosed && isBack(channelState, state) && { reopens: next }) };
    }
    case 'call': {
      const call = callToldAt(before, tiding.event, tiding.callId, now);
      if (before !== null && digestOf(before) === digestOf(call)) return null;
      const markers = markersOfCall(register, call, known);
      return {
        kind: 'call',
        call,
        markers,
        ...(isClosed && isPresentedAgain(before, call) && { reopens: next }),
      };
    }
    case 'reached':
    case 'left':
    case 'back':
      return chatNews(contact, tiding);
    default:
      return unreachable(tiding);
  }
}

const actOf: Readonly<Record<UpdateHandover['tiding']['kind'], AuditedAct>> = {
  location: 'locate',
  message: 'say',
  line: 'line',
  call: 'call',
  reached: 'reach',
  left: 'line',
  back: 'line',
};

/** An open emergency is told at once (rule L-09), and so is a line that dropped while somebody has it (rule C-08). */
function isToFlash(before: Contact, after: Contact): boolean {
  return isOpenEmergency(after) || (after.callBackDue && !before.callBackDue);
}
