import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode, type Logger } from '../../platform/log.ts';
import {
  photoKindOf,
  PHOTO_BYTES_LIMIT,
  PHOTO_HEAD,
  PHOTOS_LIMIT,
} from '../../shared/domain/record/photo.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { bearerOf, sendAnswer, type Answer } from '../http-exchange.ts';
import type { PhotoAcceptance, PhotoHandover } from '../photos/accept-photo.ts';
import type { Photos } from '../photos/photos.ts';
import { StoreUnavailable } from '../store/queue-store.ts';
import { comeAgain, decodedKey, isKey, refused, unknownContact } from './http-intake.ts';
import type { SourceKeys } from './source-keys.ts';

/** Photos being taken in at once: each is in memory until it is kept. Of more, their sources are asked to come again. */
const PHOTOS_AT_ONCE = 4;

const types = /^(?:image\/(?:jpeg|png|webp)|application\/octet-stream)$/i;

/** The contact’s key in a path of attachments, `null` inside when it cannot be read; `null` for any other path. */
export function attachmentTarget(path: string): { readonly contactKey: string | null } | null {
  const encoded = /^\/intake\/contacts\/([^/]+)\/attachments$/.exec(path)?.[1];
  return encoded === undefined ? null : { contactKey: decodedKey(encoded) };
}

/**
 * `POST /intake/contacts/{its key}/attachments`: one photo of a contact that the source has handed over, its bytes and nothing else, under a key
 * of its own (rules PH-01, PH-02). 201 only after the commit; the same again makes one.
 */
export function createHttpAttachments(options: {
  readonly photos: Photos;
  readonly keys: SourceKeys;
  readonly log: Logger;
}): (
  target: { readonly contactKey: string | null },
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> {
  const { photos, keys, log } = options;
  let atOnce = 0;

  async function answerTo(contactKey: string | null, request: IncomingMessage): Promise<Answer> {
    const head = readHead(request, keys);
    if ('status' in head) return head;
    if (contactKey === null) return unknownContact;
    if (Number(request.headers['content-length'] ?? 0) > PHOTO_BYTES_LIMIT) return tooLarge;
    const photo = await readPhoto(request, photos);
    if ('status' in photo) return photo;
    return answerOf(await photos.accept({ ...head, contactKey, photo }));
  }

  return async ({ contactKey }, request, response) => {
    if (atOnce >= PHOTOS_AT_ONCE)
      return sendAnswer(request, response, comeAgain(429, 'came while too many photos did'));
    atOnce += 1;
    try {
      sendAnswer(request, response, await answerTo(contactKey, request));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn('a photo could not be kept; its source was asked to come again', {
        error: errorCode(error.cause),
      });
      sendAnswer(request, response, comeAgain(503, 'the queue cannot keep anything at this moment'));
    } finally {
      atOnce -= 1;
    }
  };
}

function readHead(
  request: IncomingMessage,
  keys: SourceKeys,
): { readonly source: string; readonly key: string } | Answer {
  const { method, headers } = request;
  if (method !== 'POST') {
    const error = { field: 'method', problem: 'is not POST', whatToDo: 'POST the photo.' };
    return refused(405, error, { allow: 'POST' });
  }
  const bearer = bearerOf(request);
  const source = bearer === null ? null : keys.sourceOf(bearer);
  if (source === null) {
    const whatToDo = 'Send “Authorization: Bearer” and this source’s key.';
    const error = { field: 'Authorization', problem: 'is missing or not a key of this queue', whatToDo };
    return refused(401, error, { 'www-authenticate': 'Bearer' });
  }
  if (!types.test(headers['content-type'] ?? '')) return notAPhoto(415, 'Content-Type');
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !isKey(key)) {
    return refused(400, {
      field: 'Idempotency-Key',
      problem: 'is missing, or not 1 to 200 printable ASCII characters',
      whatToDo: 'Give each photo a key of its own.',
    });
  }
  return { source, key };
}

/** Sealed as it comes; what is no photo, or too large, is not read to its end. */
async function readPhoto(request: IncomingMessage, photos: Photos): Promise<PhotoHandover['photo'] | Answer> {
  const incoming = photos.begin();
  let head = Buffer.alloc(0);
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > PHOTO_BYTES_LIMIT) return tooLarge;
    if (head.length < PHOTO_HEAD) {
      head = Buffer.concat([head, part.subarray(0, PHOTO_HEAD)]);
      if (head.length >= PHOTO_HEAD && photoKindOf(head) === null) return notAPhoto(422, 'body');
    }
    incoming.add(part);
  }
  const kind = photoKindOf(head);
  return kind === null ? notAPhoto(422, 'body') : incoming.end(kind);
}

function answerOf(acceptance: PhotoAcceptance): Answer {
  switch (acceptance.kind) {
    case 'accepted':
    case 'known': {
      const { contact: id, ref, warnings } = acceptance.receipt;
      return { status: acceptance.kind === 'accepted' ? 201 : 200, body: { id, ref, warnings } };
    }
    case 'key-reused':
      return refused(409, {
        field: 'Idempotency-Key',
        problem: 'stands for something else of this source',
        whatToDo: 'Give each photo a key of its own.',
      });
    case 'unknown-contact':
      return unknownContact;
    case 'full':
      return refused(413, {
        field: 'contact',
        problem: `has ${PHOTOS_LIMIT} photos already`,
        whatToDo: 'Leave this photo out.',
      });
    default:
      return unreachable(acceptance);
  }
}

const tooLarge: Answer = refused(413, {
  field: 'body',
  problem: `is larger than ${PHOTO_BYTES_LIMIT} bytes`,
  whatToDo: 'Send a smaller photo.',
});

const notAPhoto = (status: 415 | 422, field: string): Answer =>
  refused(status, {
    field,
    problem: 'is no JPEG, PNG or WebP',
    whatToDo: 'Send a photo of one of these kinds.',
  });
