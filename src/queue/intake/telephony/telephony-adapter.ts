import type { Arrival } from '../../../shared/domain/arrival.ts';
import { lineOfCall } from '../../../shared/domain/call.ts';
import { callAfter, nothingTold } from '../../../shared/domain/call-events.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import type { QueueService } from '../../service.ts';
import type { IntakeReceipt } from '../../store/queue-store.ts';
import { Extensions, type ExtensionCounts } from './extensions.ts';
import { eventKey, type TelephonyEvent } from './telephony-event.ts';
import { takesAgain, textDigest, TOLD_AGAIN_MS } from './told-again.ts';

/** What became of an event. */
export type TelephonyAnswer =
  /** Kept now. `receipt` names the contact; `null` for what concerns no call. */
  | { readonly kind: 'kept'; readonly receipt: IntakeReceipt | null; readonly warnings: readonly string[] }
  /** Kept before, under the same number of the same call: the same answer again. */
  | { readonly kind: 'known'; readonly receipt: IntakeReceipt; readonly warnings: readonly string[] }
  /** That number of that call stands for another event. Nothing was kept. */
  | { readonly kind: 'key-reused' }
  /** Nobody has told the first ring of this call. */
  | { readonly kind: 'unknown-call' };

/**
 * The one place where telephony meets the queue. Whatever a switch speaks, its connector turns it into these events: from
 * outside over HTTP (`http-telephony.ts`), or by calling this inside the queue's process. A connector
 * - gives each call an id of its own, never used again, and its events whole numbers of their own, 1 for the first ring;
 * - tells the first ring first, and tells everything again until it has been answered (rules C-01, TE-04);
 * - may tell the rest in any order: the exchange's own time of each event decides (rule TE-03).
 *
 * Rejects with `StoreUnavailable` when the database is away; telling it again is then safe.
 */
export interface TelephonyAdapter {
  /** `source`: the exchange, as its key says. Ids of calls of two exchanges never meet. */
  tell(source: string, event: TelephonyEvent): Promise<TelephonyAnswer>;
  /** How many telephones are in each state, of those that were told of. */
  extensions(): ExtensionCounts;
}

const SAME_WORDS =
  'the same words came from this number shortly before; they were added to that contact as a message';

/** Speaks to the queue's service as the intake does: a call is a contact under its id, and each later event an update of it. */
export function createTelephonyAdapter({ service }: { readonly service: QueueService }): TelephonyAdapter {
  const extensions = new Extensions();

  async function offer(
    source: string,
    event: Extract<TelephonyEvent, { kind: 'offer' }>,
  ): Promise<TelephonyAnswer> {
    const again = await toldAgain(source, event);
    if (again !== null) return again;
    const acceptance = await service.accept({ source, key: event.callId, arrival: arrivalOf(event) });
    if (acceptance.kind === 'key-reused') return acceptance;
    const { receipt } = acceptance;
    return { kind: acceptance.kind === 'accepted' ? 'kept' : 'known', receipt, warnings: receipt.warnings };
  }

  /** The same emergency text once more is a message on the first one's contact (rule TE-06); `null`: it is no such thing. */
  async function toldAgain(
    source: string,
    { callId, offer: told, ring }: Extract<TelephonyEvent, { kind: 'offer' }>,
  ): Promise<TelephonyAnswer | null> {
    const { channel, caller, account: text, language } = told;
    const digest = textDigest({ channel, source, number: caller.number, words: text });
    if (digest === null) return null;
    const key = eventKey(callId, 1);
    const added = await service.receiptOfUpdate(source, key);
    const first =
      added === null
        ? ((await service.toldBefore(digest, TOLD_AGAIN_MS)) ?? undefined)
        : (await service.contacts([added.contact]))[0];
    const contactKey = first?.call?.id;
    if (first === undefined || contactKey === undefined || contactKey === callId) return null;
    if (added === null && !takesAgain(first)) return null;
    const message = { from: 'public', text, language, at: ring.at } as const;
    const acceptance = await service.update({
      source,
      contactKey,
      key,
      tiding: { kind: 'message', message },
    });
    switch (acceptance.kind) {
      case 'accepted':
      case 'known': {
        const kind = acceptance.kind === 'known' ? 'known' : 'kept';
        return { kind, receipt: acceptance.receipt, warnings: [SAME_WORDS] };
      }
      case 'key-reused':
        return acceptance;
      // Closed or full meanwhile: words are never dropped, so they make a contact of their own.
      case 'closed':
      case 'left-by-exit':
      case 'full':
      case 'unknown-contact':
      case 'without-effect':
        return null;
      default:
        return unreachable(acceptance);
    }
  }

  async function later(
    source: string,
    told: Extract<TelephonyEvent, { kind: 'call' }>,
  ): Promise<TelephonyAnswer> {
    const { callId, n, event, extension } = told;
    const key = eventKey(callId, n);
    const tiding = { kind: 'call', callId, event } as const;
    const acceptance = await service.update({ source, contactKey: callId, key, tiding });
    switch (acceptance.kind) {
      case 'accepted':
      case 'without-effect':
        if (extension !== null) extensions.tell(source, extension, 'talking', event.at);
        return { kind: 'kept', receipt: acceptance.receipt, warnings: [] };
      case 'known':
        return { kind: 'known', receipt: acceptance.receipt, warnings: [] };
      case 'key-reused':
        return acceptance;
      case 'unknown-contact':
        return { kind: 'unknown-call' };
      case 'closed':
      case 'left-by-exit':
      case 'full':
        throw new Error(`an event of a call was refused as ${acceptance.kind}`);
      default:
        return unreachable(acceptance);
    }
  }

  return {
    async tell(source, event) {
      switch (event.kind) {
        case 'offer':
          return offer(source, event);
        case 'call':
          return later(source, event);
        case 'agent':
          extensions.tell(source, event.extension, event.state, event.at);
          return { kind: 'kept', receipt: null, warnings: [] };
        default:
          return unreachable(event);
      }
    },
    extensions: () => extensions.counts(),
  };
}

/** The contact that a call's first ring makes. */
function arrivalOf({ callId, offer, ring }: Extract<TelephonyEvent, { kind: 'offer' }>): Arrival {
  const rung = callAfter(null, ring, callId);
  // The exchange hands such a call over when its line is gone already.
  const isGone = offer.channel === '999-dropped';
  const call = isGone ? callAfter(rung, { kind: 'drop', at: ring.at, told: nothingTold }, callId) : rung;
  return {
    ...offer,
    receivedAt: ring.at,
    // A text does not ring: it has the usual state of its channel.
    channelState: offer.channel === '999-text' ? null : lineOfCall(call),
    location: null,
    call,
  };
}
