import type { ContactId } from '../../shared/domain/ids.ts';
import type { PhotoId, PhotoKind } from '../../shared/domain/record/photo.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** A photo as the queue keeps it, without the picture. */
export interface KeptPhoto {
  readonly id: PhotoId;
  readonly contact: ContactId;
  /** Its place among the photos of the contact, from 1. */
  readonly n: number;
  readonly receivedAt: Instant;
  readonly kind: PhotoKind;
  /** Of what was sent. */
  readonly bytes: number;
  /** SHA-256 of what was sent, in hexadecimal: by which the original can be shown to be the one that came. */
  readonly digest: string;
  /** Its own key, sealed under the queue's. */
  readonly sealedKey: string;
  /** `received`: nobody has looked at it yet. */
  readonly state: 'received' | 'picture' | 'unreadable';
  /** How often somebody began to look at it. */
  readonly tries: number;
}

/** A new one, with what was sent, sealed. */
export interface ReceivedPhoto extends Omit<KeptPhoto, 'state' | 'tries'> {
  readonly original: Buffer;
}

/** What came of looking at it: what desks are shown, sealed; or nothing. */
export type LookedAt =
  { readonly kind: 'picture'; readonly sealed: Buffer } | { readonly kind: 'unreadable' };

/** Photos, inside a transaction. The contact is taken before its photos. */
export interface PhotoTransaction {
  /** How many photos a contact has. */
  photoCount(contact: ContactId): Promise<number>;
  photo(id: PhotoId): Promise<KeptPhoto | null>;
  insertPhoto(photo: ReceivedPhoto): Promise<void>;
  /** Somebody begins to look at it: how often that is now. */
  countTry(id: PhotoId): Promise<number>;
  /** False when it was looked at before: then nothing is changed. */
  keepLookedAt(id: PhotoId, lookedAt: LookedAt): Promise<boolean>;
}

export interface PhotoReads {
  /** What nobody has looked at yet, oldest first, at most `limit`. */
  photosToRead(limit: number): Promise<readonly KeptPhoto[]>;
  /** A piece of what is sealed; shorter, or empty, at its end. `null`: there is none. */
  photoPiece(
    id: PhotoId,
    piece: { readonly of: 'original' | 'picture'; readonly from: number; readonly length: number },
  ): Promise<Buffer | null>;
}
