import type { IncomingMessage } from 'node:http';
import { PHOTO_BYTES_LIMIT, PHOTOS_LIMIT } from '../../shared/domain/record/photo.ts';
import type { FormBody } from '../http/exchange.ts';
import type { HeldPhoto, HeldPhotos, IncomingFile, PhotoOwner, PhotoTrouble } from './held-photos.ts';
import { boundaryOf, readMultipart, type FieldHead, type FieldSink } from './multipart.ts';

/** Forms of ours whose photos are being written at one moment. Of more nothing is kept, and people go on without, or try again. */
const AT_ONCE = 32;
/** A small field, such as the token. Bytes. */
const FIELD_LIMIT = 1_024;
/** A browser sends all that were chosen; those that are too many are told, as is one that is too large. */
const LIMIT = (PHOTOS_LIMIT + 1) * PHOTO_BYTES_LIMIT;

export interface Upload {
  readonly photos: readonly HeldPhoto[];
  /** The first thing that was wrong. */
  readonly trouble: PhotoTrouble | null;
}

export type UploadBody =
  /** `upload`: `null` for a form that brings no files. */
  | (Extract<FormBody, { kind: 'form' }> & { readonly upload: Upload | null })
  | { readonly kind: 'too-large' | 'unreadable' };

/** Reads forms with photos (rule WP-55). What does not belong to a form of ours is not kept: the token comes before the first file. */
export class Uploads {
  readonly #held: HeldPhotos;
  #atOnce = 0;

  constructor(held: HeldPhotos) {
    this.#held = held;
  }

  /** `room`: how many more the report takes. */
  async read(
    request: IncomingMessage,
    {
      isToken,
      room,
      owner,
    }: { readonly isToken: (token: string) => boolean; readonly room: number; readonly owner: PhotoOwner },
  ): Promise<UploadBody> {
    const boundary = boundaryOf(request.headers['content-type']);
    if (boundary === null) return { kind: 'unreadable' };
    if (Number(request.headers['content-length'] ?? 0) > LIMIT) return { kind: 'too-large' };
    const photos: HeldPhoto[] = [];
    const coming: IncomingFile[] = [];
    const fields = new Map<string, string[]>();
    let trouble: PhotoTrouble | null = null;
    let hasPlace = false;

    const nowhere: FieldSink = { add: () => undefined, end: () => undefined };
    const isOurs = (): boolean => isToken(fields.get('token')?.[0] ?? '');
    const sinkFor = ({ name, isFile }: FieldHead): FieldSink => {
      if (!isFile) return textInto(fields, name);
      if (name !== 'photo' || !isOurs()) return nowhere;
      if (photos.length >= room) {
        // Choosing nothing sends an empty file.
        return { add: () => void (trouble ??= 'too-many'), end: () => undefined };
      }
      if (!hasPlace && this.#atOnce >= AT_ONCE)
        return { add: () => void (trouble ??= 'busy'), end: () => undefined };
      // Only what is ours takes a place: not whoever sends without a visit.
      if (!hasPlace) this.#atOnce += 1;
      hasPlace = true;
      const file = this.#held.begin(owner);
      coming.push(file);
      return {
        add: (bytes) => file.add(bytes),
        end: async () => {
          const came = await file.end();
          if (typeof came !== 'string') photos.push(came);
          else trouble ??= came;
        },
      };
    };
    try {
      const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      const isWhole = await readMultipart(chunks, { boundary, limit: LIMIT, fields: 12, sinkFor });
      if (isWhole) return { kind: 'form', fields, upload: { photos, trouble } };
      for (const file of coming) await file.drop();
      return { kind: 'too-large' };
    } catch (error) {
      for (const file of coming) await file.drop();
      throw error;
    } finally {
      if (hasPlace) this.#atOnce -= 1;
    }
  }
}

function textInto(fields: Map<string, string[]>, name: string): FieldSink {
  let text = Buffer.alloc(0);
  return {
    add: (bytes) => void (text = Buffer.concat([text, bytes]).subarray(0, FIELD_LIMIT)),
    end: () => void fields.set(name, [...(fields.get(name) ?? []), text.toString('utf8')]),
  };
}
