import {
  DOWN_FRAME_LIMIT,
  IN_FLIGHT_LIMIT,
  LINK_VERSION,
  UP_FRAME_LIMIT,
  WELCOME_EMERGENCIES,
  type DownFrame,
  type Hello,
  type Welcome,
} from '../shared/contract/queue-link.ts';
import { ownerOf, type Actor } from '../shared/domain/contact.ts';
import type { ContactId } from '../shared/domain/ids.ts';
import { SECOND } from '../shared/domain/time.ts';
import { BULK_WINDOW } from './desk-outlet.ts';
import { stampsOf } from './down-frames.ts';
import type { QueueService } from './service.ts';
import type { Greeting } from './store/queue-store.ts';

/** The interval of heart-beats that desks are told (rule L-12). */
const HEARTBEAT_MS = 5 * SECOND;
/** Told to desks; nothing hangs on it until the queue re-offers what an unreachable desk owns. */
const LEASE_MS = 20 * SECOND;
/** The cap of the desks' back-off (rule L-13). */
const RETRY_CAP_MS = 2 * SECOND;

/**
 * The WELCOME frame, with as many open emergencies as it has room for; `carried` says how many those are, and the
 * rest must follow as FLASH (rule L-08).
 */
export function welcomeText(facts: {
  readonly session: string;
  readonly service: QueueService;
  readonly actor: Actor;
  readonly signedIn: Welcome['signedIn'];
  readonly greeting: Greeting;
  /** True when events follow from the desk's cursor; false when a snapshot does (rule L-10). */
  readonly resumed: boolean;
}): { readonly text: string; readonly carried: number } {
  const { session, service, actor, signedIn, greeting, resumed } = facts;
  const { head, lastCmdSeq, emergencies, owned } = greeting;
  const base: Omit<Welcome, 'emergencies'> = {
    t: 'WELCOME',
    v: LINK_VERSION,
    session,
    storeEpoch: service.storeEpoch,
    head,
    resumed,
    lastCmdSeq,
    serverTime: service.now(),
    historyKey: service.historyKey,
    hbMs: HEARTBEAT_MS,
    leaseMs: LEASE_MS,
    credits: BULK_WINDOW,
    retryCapMs: RETRY_CAP_MS,
    limits: { frame: UP_FRAME_LIMIT, inFlight: IN_FLIGHT_LIMIT },
    deskNumber: actor.deskNumber,
    signedIn,
    policy: service.policy,
    policies: stampsOf(service),
    translation: service.translation,
    emergencyCount: emergencies.length,
    owned: [...owned],
  };
  for (let carried = Math.min(WELCOME_EMERGENCIES, emergencies.length); ; carried = Math.floor(carried / 2)) {
    const text = JSON.stringify({ ...base, emergencies: emergencies.slice(0, carried) });
    if (carried === 0 || Buffer.byteLength(text) <= DOWN_FRAME_LIMIT) return { text, carried };
  }
}

/**
 * What a desk that came back believes to own and does not, or not under that fence any more (rule C-06). A HELLO of
 * 64 KiB names fewer than 800 contacts, so the answer stays below 300 KiB; it is sent at the pace of the wire.
 */
export async function fencedFrames(service: QueueService, hello: Hello): Promise<readonly DownFrame[]> {
  if (hello.owns.length === 0) return [];
  const fences = new Map<ContactId, number>(hello.owns.map(({ contact, fence }) => [contact, fence]));
  const contacts = await service.contacts([...fences.keys()]);
  return contacts.flatMap((contact): readonly DownFrame[] => {
    const owner = ownerOf(contact);
    if (owner?.desk === hello.deskId && contact.fence === fences.get(contact.id)) return [];
    const named = owner === null ? null : { deskNumber: owner.deskNumber, handler: owner.handler };
    const { id, fence, ownership } = contact;
    return [{ t: 'FENCED', contact: id, fence, owner: named, why: ownership.kind }];
  });
}
