import { isOpenEmergency, summaryOf } from '../../shared/domain/contact.ts';
import type { ContactEvent } from '../../shared/domain/event.ts';
import { apply } from '../../shared/domain/lifecycle.ts';
import { PHOTOS_LIMIT, type Photo, type PhotoId, type PhotoKind } from '../../shared/domain/record/photo.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import { appendEvent } from '../append-event.ts';
import type { AuditDraft } from '../store/audit-chain.ts';
import { digestOf } from '../store/canonical-json.ts';
import type { KeptPhoto, LookedAt } from '../store/photo-store.ts';
import type { CommittedEntry, IntakeReceipt, StoreTransaction } from '../store/queue-store.ts';

/** A photo that a source hands over for a contact of its own, under a key of its own. */
export interface PhotoHandover {
  readonly source: string;
  /** The key under which the contact was handed over. */
  readonly contactKey: string;
  readonly key: string;
  readonly photo: {
    readonly id: PhotoId;
    readonly kind: PhotoKind;
    readonly bytes: number;
    /** SHA-256 of what came, in hexadecimal. */
    readonly digest: string;
    readonly sealedKey: string;
    readonly original: Buffer;
  };
}

export type PhotoAcceptance =
  | { readonly kind: 'accepted' | 'known'; readonly receipt: IntakeReceipt }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'unknown-contact' }
  | { readonly kind: 'full' };

/**
 * Keeps a photo as it came, once per source and key, in a transaction: the photo, an audit entry with its digest, and the receipt (rules PH-01,
 * C-17). Desks are told when it has been looked at. A closed contact takes it too: it is evidence, and was on its way when somebody closed.
 */
export async function acceptPhoto(
  tx: StoreTransaction,
  { source, contactKey, key, photo }: PhotoHandover,
  now: Instant,
): Promise<PhotoAcceptance> {
  const digest = digestOf({ contactKey, photo: photo.digest });
  const known = await tx.updateReceiptOf(source, key);
  if (known !== null)
    return known.digest === digest ? { kind: 'known', receipt: known } : { kind: 'key-reused' };
  const arrival = await tx.receiptOf(source, contactKey);
  if (arrival === null) return { kind: 'unknown-contact' };
  const { id: contact, ref } = must(
    await tx.lockContact(arrival.contact),
    `contact ${arrival.contact} of a receipt`,
  );
  const count = await tx.photoCount(contact);
  if (count >= PHOTOS_LIMIT) return { kind: 'full' };
  await tx.insertPhoto({ ...photo, contact, n: count + 1, receivedAt: now });
  const receipt: IntakeReceipt = { source, key, digest, contact, ref, warnings: [] };
  await tx.keepUpdateReceipt(receipt);
  await tx.append(null, null, { ...factOf(contact, now), source, act: 'attach', actDigest: photo.digest });
  return { kind: 'accepted', receipt };
}

/**
 * What came of looking at a photo: kept, and told to desks, in one transaction (rules PH-04, PH-06). `null` when somebody else was first.
 */
export async function keepLook(
  tx: StoreTransaction,
  { id, contact, n, receivedAt, kind, bytes, digest }: KeptPhoto,
  looked: { readonly seen: Photo['seen']; readonly kept: LookedAt },
  now: Instant,
): Promise<CommittedEntry | null> {
  const before = must(await tx.lockContact(contact), `contact ${contact} of a photo`);
  if (!(await tx.keepLookedAt(id, looked.kept))) return null;
  const photo: Photo = { id, n, receivedAt, kind, bytes, seen: looked.seen };
  const event: ContactEvent = {
    contact,
    rev: before.rev + 1,
    at: now,
    by: null,
    what: { kind: 'attached', photo },
  };
  const after = apply(before, event);
  await tx.writeContact(before, after);
  const flash = isOpenEmergency(after) ? summaryOf(after) : null;
  const fact = {
    ...factOf(contact, now),
    source: 'photos',
    act: 'look-at-photo',
    actDigest: digest,
  } as const;
  const lsn = must(await appendEvent(tx, event, flash, fact), `position of photo ${id}`);
  return { ...event, lsn, flash };
}

function factOf(
  contact: KeptPhoto['contact'],
  at: Instant,
): Omit<AuditDraft, 'act' | 'source' | 'actDigest'> {
  return { at, contact, desk: null, deskNumber: null, handler: null, outcome: 'applied', command: null };
}
