import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECOND, type Timers } from '../../shared/domain/time.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { promised } from '../promised.ts';
import type { EventStream, Reply } from './exchange.ts';

/** What goes before every answer. */
export interface ReplyHead {
  readonly headers: Readonly<Record<string, string>>;
  /** `Set-Cookie`, or `null`. */
  readonly cookie: string | null;
  readonly timers: Timers;
}

/** How often a held-open answer says that it is still there. Milliseconds. */
const PULSE_MS = 15 * SECOND;
/** A body that nobody reads is read for this long, so that its sender hears the answer. Bytes. */
const LINGER_LIMIT = 1024 * 1024;

/** Writes an answer. Nothing but files may be kept by a browser: Back after leaving shows nothing. */
export function writeReply(
  request: IncomingMessage,
  response: ServerResponse,
  head: ReplyHead,
  reply: Reply,
): void {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    ...head.headers,
    ...(head.cookie === null ? {} : { 'set-cookie': head.cookie }),
    ...(request.complete ? {} : { connection: 'close' }),
  };
  const end = (status: number, type: string | null, body: Buffer | string): void => {
    response.writeHead(status, { ...headers, ...(type === null ? {} : { 'content-type': type }) });
    response.end(request.method === 'HEAD' ? undefined : body);
    if (!request.complete) discardRest(request);
  };
  switch (reply.kind) {
    case 'page':
      if (reply.retryAfterS !== undefined) headers['retry-after'] = String(reply.retryAfterS);
      return end(reply.status ?? 200, 'text/html; charset=utf-8', reply.page.toString());
    case 'json':
      return end(reply.status ?? 200, 'application/json', JSON.stringify(reply.body));
    case 'empty':
      return end(reply.status, null, '');
    case 'go':
      headers['location'] = reply.to;
      return end(303, null, '');
    case 'file':
      return writeFile(request, headers, reply, end);
    case 'stream':
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      return reply.begin(streamOf(response, head.timers));
    default:
      return unreachable(reply);
  }
}

function writeFile(
  request: IncomingMessage,
  headers: Record<string, string>,
  { type, bytes, packed, tag }: Extract<Reply, { kind: 'file' }>,
  end: (status: number, type: string, body: Buffer | string) => void,
): void {
  headers['cache-control'] =
    request.url?.endsWith(`?${tag}`) === true ? 'public, max-age=31536000, immutable' : 'no-cache';
  headers['etag'] = `"${tag}"`;
  headers['vary'] = 'accept-encoding';
  if (request.headers['if-none-match'] === `"${tag}"`) return end(304, type, '');
  const takesPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (takesPacked) headers['content-encoding'] = 'gzip';
  return end(200, type, takesPacked ? packed : bytes);
}

function streamOf(response: ServerResponse, timers: Timers): EventStream {
  const closed = promised();
  // Browsers come back after this by themselves. Milliseconds.
  response.write('retry: 1000\n\n');
  let pulse = pulseLater();
  function pulseLater(): Disposable {
    return timers.after(PULSE_MS, () => {
      response.write(':\n\n');
      pulse = pulseLater();
    });
  }
  response.on('close', () => {
    pulse[Symbol.dispose]();
    closed.resolve();
  });
  return {
    send(event, data, id = null) {
      if (response.writableEnded || response.destroyed) return;
      response.write(`event: ${event}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
    },
    end() {
      response.end();
    },
    closed: closed.promise,
  };
}

/** Closing a socket with unread bytes resets it, and the sender would never see why: read on for a little while. */
function discardRest(request: IncomingMessage): void {
  let size = 0;
  request.on('data', (part: Buffer) => {
    size += part.length;
    if (size > LINGER_LIMIT) request.destroy();
  });
  request.on('error', () => undefined);
}
