import type { Instant } from '../time.ts';

/** One photo, for ever. A UUID that nobody can guess. */
export type PhotoId = string & { readonly photoBrand: 'PhotoId' };
export const asPhotoId = (value: string): PhotoId => value as PhotoId;

/** What one contact takes (rule PH-01). */
export const PHOTOS_LIMIT = 5;
/** One photo as the public sends it. Bytes (rule PH-01). */
export const PHOTO_BYTES_LIMIT = 10 * 1024 * 1024;
/** The longer side of what desks are shown. Pixels (rule PH-03). */
export const PICTURE_SIDE = 2_048;
/** The largest that desks are handed: a picture of that size that is all noise. Bytes. */
export const PICTURE_BYTES_LIMIT = 6 * 1024 * 1024;

export const photoKinds = ['jpeg', 'png', 'webp'] as const;
/** What a photo was when it came, by its content. */
export type PhotoKind = (typeof photoKinds)[number];

/**
 * Why a photo cannot be shown.
 * - `damaged`: cut off, or not what it says it is
 * - `too-large`: more pixels, or more pictures in one, than are opened here
 * - `failed`: the program that opens pictures broke down over it, or took too long
 */
export const photoTroubles = ['damaged', 'too-large', 'failed'] as const;
export type PhotoTrouble = (typeof photoTroubles)[number];

/** What desks are shown of a photo: made anew from its pixels, always a JPEG, with nothing else of the file in it (rule PH-03). */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** SHA-256 of those bytes in hexadecimal: a desk believes no others. */
  readonly digest: string;
}

/** A photo that somebody has sent with their report. The picture itself stands elsewhere: an event never carries it (rule PH-06). */
export interface Photo {
  readonly id: PhotoId;
  /** Its place among the photos of the contact, from 1, in the order in which they came. */
  readonly n: number;
  readonly receivedAt: Instant;
  readonly kind: PhotoKind;
  /** Of what was sent. */
  readonly bytes: number;
  readonly seen:
    | ({ readonly kind: 'picture' } & Picture)
    /** Told, never lost in silence (rule PH-04). */
    | { readonly kind: 'unreadable'; readonly trouble: PhotoTrouble };
}

/** So many bytes tell what a file is. */
export const PHOTO_HEAD = 12;

/** What a file is by its first bytes, whatever it is called; `null`: no photo that is taken here (rule PH-02). */
export function photoKindOf(head: Uint8Array): PhotoKind | null {
  if (begins(head, 0, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (begins(head, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  const isWebp = begins(head, 0, [0x52, 0x49, 0x46, 0x46]) && begins(head, 8, [0x57, 0x45, 0x42, 0x50]);
  return isWebp ? 'webp' : null;
}

const begins = (bytes: Uint8Array, at: number, signature: readonly number[]): boolean =>
  signature.every((byte, n) => bytes[at + n] === byte);
