import { errorCode, type Logger } from '../../platform/log.ts';
import { asPhotoId } from '../../shared/domain/record/photo.ts';
import type { HttpHandler } from '../accounts/http-sign-in.ts';
import type { SignIns } from '../accounts/sign-ins.ts';
import { bearerOf, sendAnswer, type Answer } from '../http-exchange.ts';
import type { QueueService } from '../service.ts';
import { StoreUnavailable } from '../store/queue-store.ts';
import type { Photos } from './photos.ts';

/** The photo’s id in a path, or `null`. */
export function photoTarget(path: string): string | null {
  return /^\/photos\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(path)?.[1] ?? null;
}

/**
 * `GET /photos/ID`: what a desk is shown of a photo, for whoever is signed in there, audited (rule PH-07). Never on the desk’s websocket, where it
 * would stand before an emergency.
 */
export function createHttpPhotos(options: {
  readonly photos: Photos;
  readonly service: QueueService;
  readonly signIns: SignIns;
  readonly log: Logger;
}): (id: string) => HttpHandler {
  const { photos, service, signIns, log } = options;
  return (id) => async (request, response) => {
    const { method, headers } = request;
    const refuse = (status: number, sentence: string, more: Answer['headers'] = {}): void =>
      sendAnswer(request, response, { status, body: { sentence }, headers: more });
    if (method !== 'GET') return refuse(405, 'Photos are only read.', { allow: 'GET' });
    // Rule L-18: no web page that is open on the desk's machine.
    if (headers.origin !== undefined) return refuse(403, 'Not for web pages.');
    const token = bearerOf(request);
    try {
      const who = token === null || token.length > 200 ? null : await signIns.whose(token);
      if (who === null) return refuse(401, 'This needs the token of a sign-in that holds.');
      const by = await service.actorAt(who.desk, who.handler);
      const jpeg = await photos.handTo(by, asPhotoId(id));
      if (jpeg === null) return refuse(404, 'There is no such photo here.');
      response.writeHead(200, {
        'content-type': 'image/jpeg',
        'content-length': jpeg.length,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      response.end(jpeg);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn('no photo can be handed out: the store is away', { error: errorCode(error.cause) });
      refuse(503, 'The queue cannot look at sign-ins at this moment.', { 'retry-after': '1' });
    }
  };
}
