import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode, type Logger } from '../../platform/log.ts';
import type { QueueService } from '../service.ts';
import { StoreUnavailable } from '../store/queue-store.ts';
import { parseContactBody, type BodyRefusal } from './contact-body.ts';
import type { SourceKeys } from './source-keys.ts';

/** The largest body. Bytes. */
export const BODY_LIMIT = 64 * 1024;
/** How much more of an oversized body is read and thrown away, so that its sender can still hear the answer. Bytes. */
const LINGER_LIMIT = 1024 * 1024;
/** Contacts being accepted at once; more are asked to come again. */
const AT_ONCE_LIMIT = 64;

/** An answer before it is written. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const refused = (
  status: number,
  error: BodyRefusal,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  body: { error },
  headers,
});

const comeAgain = (status: 429 | 503, problem: string): Answer =>
  refused(
    status,
    {
      field: 'request',
      problem,
      whatToDo: 'Send the contact again under the same key after the time in Retry-After.',
    },
    { 'retry-after': '1' },
  );

/**
 * `POST /intake/contacts`: one contact from one source. 201 only after the commit (rule C-01); until a source has it, it
 * sends again under the same `Idempotency-Key`, and that makes one contact however often it comes (rule C-02).
 */
export function createHttpIntake(options: {
  readonly service: QueueService;
  readonly keys: SourceKeys;
  readonly log: Logger;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { service, keys, log } = options;
  let atOnce = 0;

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const head = readHead(request, keys);
    if ('status' in head) return head;
    const text = await readBody(request);
    if (typeof text !== 'string') return text;
    const json = jsonOf(text);
    if (json === undefined) {
      return refused(400, {
        field: 'body',
        problem: 'is not JSON',
        whatToDo: 'Send one JSON object in UTF-8.',
      });
    }
    const parsed = parseContactBody(json);
    if (!parsed.ok) return refused(422, parsed.refusal);
    return accept(head.source, head.key, parsed);
  }

  async function accept(
    source: string,
    key: string,
    body: Extract<ReturnType<typeof parseContactBody>, { ok: true }>,
  ): Promise<Answer> {
    try {
      const acceptance = await service.accept({ source, key, arrival: body.arrival });
      if (acceptance.kind === 'key-reused') {
        return refused(409, {
          field: 'Idempotency-Key',
          problem: 'stands for another contact of this source',
          whatToDo: 'Give each contact a key of its own.',
        });
      }
      const { contact, ref, warnings } = acceptance.receipt;
      const status = acceptance.kind === 'accepted' ? 201 : 200;
      return { status, body: { id: contact, ref, warnings: [...warnings, ...body.warnings] } };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn('a contact could not be kept; its source was asked to come again', {
        error: errorCode(error.cause),
      });
      return comeAgain(503, 'the queue cannot keep contacts at this moment');
    }
  }

  return async (request, response) => {
    if (atOnce >= AT_ONCE_LIMIT)
      return send(request, response, comeAgain(429, 'came while too many others did'));
    atOnce += 1;
    try {
      send(request, response, await answerTo(request));
    } finally {
      atOnce -= 1;
    }
  };
}

/** Who sends, under which key; or why not. Decided before a byte of the body is read. */
function readHead(
  request: IncomingMessage,
  keys: SourceKeys,
): { readonly source: string; readonly key: string } | Answer {
  const { method, headers } = request;
  if (method !== 'POST') {
    return refused(
      405,
      { field: 'method', problem: 'is not POST', whatToDo: 'POST the contact.' },
      { allow: 'POST' },
    );
  }
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const source = bearer === undefined ? null : keys.sourceOf(bearer);
  if (source === null) {
    const whatToDo = 'Send “Authorization: Bearer” and this source’s key.';
    const error = { field: 'Authorization', problem: 'is missing or not a key of this queue', whatToDo };
    return refused(401, error, { 'www-authenticate': 'Bearer' });
  }
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(headers['content-type'] ?? '')) {
    return refused(415, {
      field: 'Content-Type',
      problem: 'is not application/json',
      whatToDo: 'Send JSON in UTF-8.',
    });
  }
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,200}$/.test(key)) {
    const problem = 'is missing, or not 1 to 200 printable ASCII characters';
    return refused(400, {
      field: 'Idempotency-Key',
      problem,
      whatToDo: 'Give each contact a key of its own.',
    });
  }
  return { source, key };
}

const tooLarge: Answer = refused(413, {
  field: 'body',
  problem: `is larger than ${BODY_LIMIT} bytes`,
  whatToDo: 'Send a shorter account, and attach the rest another way.',
});

/** The body as text, or why not. Stops keeping what comes as soon as it is too much. */
async function readBody(request: IncomingMessage): Promise<string | Answer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return tooLarge;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_LIMIT) return tooLarge;
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    return refused(400, {
      field: 'body',
      problem: 'is not UTF-8',
      whatToDo: 'Send one JSON object in UTF-8.',
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const isUnread = !request.complete;
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...answer.headers,
    ...(isUnread ? { connection: 'close' } : {}),
  });
  response.end(JSON.stringify(answer.body));
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
