import type { IncomingMessage, ServerResponse } from 'node:http';

/** How much more of an oversized body is read and thrown away, so that its sender can still hear the answer. Bytes. */
const LINGER_LIMIT = 1024 * 1024;

/** An answer before it is written. `body` is sent as JSON; `null` for none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Body =
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'too-large' | 'not-utf8' | 'not-json' };

/** True when the request says that its body is JSON in UTF-8. */
export function saysJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(headers['content-type'] ?? '');
}

/** What the request carries as `Authorization: Bearer`, or `null`. */
export function bearerOf({ headers }: IncomingMessage): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** The body, or why not. Stops keeping what comes as soon as it is more than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return { kind: 'too-large' };
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) return { kind: 'too-large' };
    parts.push(part);
  }
  const text = textOf(Buffer.concat(parts));
  if (text === null) return { kind: 'not-utf8' };
  try {
    return { kind: 'json', json: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'not-json' };
  }
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Writes an answer, which nobody may keep. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const isUnread = !request.complete;
  response.writeHead(answer.status, {
    ...(answer.body === null ? {} : { 'content-type': 'application/json' }),
    'cache-control': 'no-store',
    ...answer.headers,
    ...(isUnread ? { connection: 'close' } : {}),
  });
  response.end(answer.body === null ? undefined : JSON.stringify(answer.body));
  if (isUnread) discardRest(request);
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
