import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode, type Logger } from '../../platform/log.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import type { Acceptance } from '../accept-contact.ts';
import type { UpdateAcceptance } from '../accept-update.ts';
import { UnreadableByDesks } from '../append-event.ts';
import { bearerOf, readBody, saysJson, sendAnswer, type Answer } from '../http-exchange.ts';
import type { QueueService } from '../service.ts';
import { TooManyWaiting } from '../../shared/lib/turns.ts';
import { StoreUnavailable } from '../store/queue-store.ts';
import type { BodyRefusal } from './body-fields.ts';
import { parseContactBody } from './contact-body.ts';
import type { SourceKeys } from './source-keys.ts';
import { parseTextBody } from './text-body.ts';
import { parseUpdateBody } from './update-body.ts';

/** The largest body. Bytes. */
export const BODY_LIMIT = 64 * 1024;
/** Contacts and updates being accepted at once; more are asked to come again. An emergency is not among them, and never is (rule C-38). */
export const AT_ONCE_LIMIT = 64;
/** Of them, what one source may have: one that floods leaves room for the others. */
export const AT_ONCE_OF_SOURCE = 48;
/** Bodies on their way here at once: only until they are read is it not known what they are. */
const READING_LIMIT = 512;

const CONTACTS = '/intake/contacts';
const TEXTS = '/intake/texts';

/** Where a request of the intake goes: a new contact, or more about one that the source has handed over. */
type Target =
  | { readonly kind: 'contact' }
  /** `contactKey` is `null` when the path holds none that can be read. */
  | { readonly kind: 'update'; readonly contactKey: string | null }
  /** Words of somebody who named this reference (rule MX-13). */
  | { readonly kind: 'answer'; readonly ref: string }
  /** A text message from a gateway (rule MX-14). */
  | { readonly kind: 'text' };

export const refused = (
  status: number,
  error: BodyRefusal,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({ status, body: { error }, headers });

export const comeAgain = (status: 429 | 503, problem: string): Answer =>
  refused(
    status,
    {
      field: 'request',
      problem,
      whatToDo: 'Send it again under the same key after the time in Retry-After.',
    },
    { 'retry-after': '1' },
  );

/** What of the intake a path means, or `null`. */
export function intakeTarget(path: string): Target | null {
  if (path === CONTACTS) return { kind: 'contact' };
  if (path === TEXTS) return { kind: 'text' };
  const ref = /^\/intake\/references\/((?:CON|TRN)-\d{8}-\d{6})\/messages$/.exec(path)?.[1];
  if (ref !== undefined) return { kind: 'answer', ref };
  const encoded = /^\/intake\/contacts\/([^/]+)\/updates$/.exec(path)?.[1];
  return encoded === undefined ? null : { kind: 'update', contactKey: decodedKey(encoded) };
}

/** A key as it stands in a path; `null`: none that can be one. */
export function decodedKey(encoded: string): string | null {
  try {
    const key = decodeURIComponent(encoded);
    return isKey(key) ? key : null;
  } catch {
    return null;
  }
}

/**
 * `POST /intake/contacts`: one contact from one source. 201 only after the commit (rule C-01); until a source has it, it
 * sends again under the same `Idempotency-Key`, and that makes one contact however often it comes (rule C-02).
 * `POST /intake/contacts/{its key}/updates`: what the source learns of it later, in the same way (rules C-16, C-17).
 */
export function createHttpIntake(options: {
  readonly service: QueueService;
  readonly keys: SourceKeys;
  readonly log: Logger;
}): HttpIntake {
  const { service, keys, log } = options;
  let reading = 0;
  const atOnce = new Map<string, number>();
  const turnedAway = new Map<string, number>();

  /** Runs it unless too much is under way already. */
  async function amongOthers(source: string, work: () => Promise<Answer>): Promise<Answer> {
    const own = atOnce.get(source) ?? 0;
    const all = [...atOnce.values()].reduce((sum, each) => sum + each, 0);
    if (all >= AT_ONCE_LIMIT || own >= AT_ONCE_OF_SOURCE) {
      turnedAway.set(source, (turnedAway.get(source) ?? 0) + 1);
      return comeAgain(429, 'came while too many others did');
    }
    atOnce.set(source, own + 1);
    try {
      return await work();
    } finally {
      const left = (atOnce.get(source) ?? 1) - 1;
      if (left > 0) atOnce.set(source, left);
      else atOnce.delete(source);
    }
  }

  async function answerTo(target: Target, request: IncomingMessage): Promise<Answer> {
    const head = readHead(request, keys, { namedByBody: target.kind === 'text' });
    if ('status' in head) return head;
    const body = await readBody(request, BODY_LIMIT);
    if (body.kind === 'too-large') return tooLarge;
    if (body.kind !== 'json') return notJson(body.kind === 'not-utf8' ? 'is not UTF-8' : 'is not JSON');
    const { source } = head;
    switch (target.kind) {
      case 'contact':
        return acceptContact(head, body.json);
      case 'update':
        return amongOthers(source, () => acceptUpdate(head, target.contactKey, body.json));
      case 'answer':
        return amongOthers(source, () => acceptAnswer(head, target.ref, body.json));
      case 'text':
        return amongOthers(source, () => acceptText(head, body.json));
      default:
        return unreachable(target);
    }
  }

  async function acceptContact({ source, key }: Head, json: unknown): Promise<Answer> {
    const body = parseContactBody(json);
    if (!body.ok) return refused(422, body.refusal);
    const { arrival, warnings: told } = body;
    // An emergency stands behind no chat and no report, by whichever door it came (rules C-33, C-38).
    return channelFacts[arrival.channel].emergency
      ? contactAnswer(await service.accept({ source, key, arrival }), told)
      : amongOthers(source, async () =>
          contactAnswer(await service.accept({ source, key, arrival }, 'other-sources'), told),
        );
  }

  function contactAnswer(acceptance: Acceptance, told: readonly string[]): Answer {
    if (acceptance.kind === 'key-reused') {
      return refused(409, {
        field: 'Idempotency-Key',
        problem: 'stands for another contact of this source',
        whatToDo: 'Give each contact a key of its own.',
      });
    }
    const { contact, ref, warnings } = acceptance.receipt;
    const status = acceptance.kind === 'accepted' ? 201 : 200;
    return { status, body: { id: contact, ref, warnings: [...warnings, ...told] } };
  }

  async function acceptUpdate(
    { source, key }: Head,
    contactKey: string | null,
    json: unknown,
  ): Promise<Answer> {
    const body = parseUpdateBody(json);
    if (!body.ok) return refused(422, body.refusal);
    if (contactKey === null) return unknownContact;
    const { tiding, warnings } = body;
    if (tiding.kind === 'typing') {
      await service.publicTypes({ source, contactKey });
      return { status: 202, body: { warnings } };
    }
    return updateAnswer(await service.update({ source, contactKey, key, tiding }, 'other-sources'), warnings);
  }

  /** More of a contact that somebody names by its reference: their words, and nothing else of it (rule MX-13). */
  async function acceptAnswer({ source, key }: Head, ref: string, json: unknown): Promise<Answer> {
    const body = parseUpdateBody(json);
    if (!body.ok) return refused(422, body.refusal);
    const { tiding, warnings } = body;
    if (tiding.kind !== 'message')
      return refused(422, {
        field: 'kind',
        problem: 'is not message',
        whatToDo: 'By a reference only words are taken.',
      });
    const acceptance = await service.update(
      { source, contactKey: ref, key, tiding, isReference: true },
      'other-sources',
    );
    return updateAnswer(acceptance, warnings);
  }

  /** One text message, known by its gateway’s own id (rule MX-14). */
  async function acceptText({ source }: Head, json: unknown): Promise<Answer> {
    const text = parseTextBody(json, service.now());
    if (!text.ok) return refused(422, text.refusal);
    const { key, answers, message, arrival, warnings } = text;
    if (answers !== null) {
      const handover = { source, contactKey: answers, key, tiding: message, isReference: true } as const;
      const acceptance = await service.update(handover, 'other-sources');
      // One that is closed, full or not here takes nothing more: the words are a contact of their own then.
      if (acceptance.kind === 'accepted' || acceptance.kind === 'known' || acceptance.kind === 'key-reused')
        return updateAnswer(acceptance, warnings);
    }
    const acceptance = await service.accept({ source, key, arrival }, 'other-sources');
    if (acceptance.kind === 'key-reused') return idReused;
    const { contact, ref, warnings: kept } = acceptance.receipt;
    const status = acceptance.kind === 'accepted' ? 201 : 200;
    return { status, body: { id: contact, ref, warnings: [...kept, ...warnings] } };
  }

  const answer: HttpIntake['answer'] = async (target, request, response) => {
    if (reading >= READING_LIMIT)
      return sendAnswer(request, response, comeAgain(429, 'came while too many others did'));
    reading += 1;
    try {
      sendAnswer(request, response, await answerTo(target, request));
    } catch (error) {
      if (error instanceof UnreadableByDesks) {
        log.error('something was refused that desks could not read', { field: error.field });
        return sendAnswer(request, response, unreadable);
      }
      if (error instanceof TooManyWaiting)
        return sendAnswer(request, response, comeAgain(429, 'came while too much of this contact waited'));
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn('something could not be kept; its source was asked to come again', {
        target: target.kind,
        error: errorCode(error.cause),
      });
      sendAnswer(request, response, comeAgain(503, 'the queue cannot keep anything at this moment'));
    } finally {
      reading -= 1;
    }
  };
  return { answer, turnedAway: () => Object.fromEntries(turnedAway) };
}

export interface HttpIntake {
  answer(target: Target, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** How often each source was asked to come again because too much was under way, since the start. */
  turnedAway(): Readonly<Record<string, number>>;
}

interface Head {
  readonly source: string;
  readonly key: string;
}

/** Who sends, under which key; or why not. Decided before a byte of the body is read. */
function readHead(
  request: IncomingMessage,
  keys: SourceKeys,
  { namedByBody }: { readonly namedByBody: boolean },
): Head | Answer {
  const { method, headers } = request;
  if (method !== 'POST') {
    const error = { field: 'method', problem: 'is not POST', whatToDo: 'POST the contact.' };
    return refused(405, error, { allow: 'POST' });
  }
  const bearer = bearerOf(request);
  const source = bearer === null ? null : keys.sourceOf(bearer);
  if (source === null) {
    const whatToDo = 'Send “Authorization: Bearer” and this source’s key.';
    const error = { field: 'Authorization', problem: 'is missing or not a key of this queue', whatToDo };
    return refused(401, error, { 'www-authenticate': 'Bearer' });
  }
  if (!saysJson(request)) {
    return refused(415, {
      field: 'Content-Type',
      problem: 'is not application/json',
      whatToDo: 'Send JSON in UTF-8.',
    });
  }
  // A gateway has an id for each text, and no header for it.
  if (namedByBody) return { source, key: '' };
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !isKey(key)) {
    return refused(400, {
      field: 'Idempotency-Key',
      problem: 'is missing, or not 1 to 200 printable ASCII characters',
      whatToDo: 'Give each contact, and each update of one, a key of its own.',
    });
  }
  return { source, key };
}

export function isKey(key: string): boolean {
  return /^[\x20-\x7e]{1,200}$/.test(key);
}

function updateAnswer(acceptance: UpdateAcceptance, warnings: readonly string[]): Answer {
  switch (acceptance.kind) {
    case 'accepted':
    case 'known':
    case 'without-effect': {
      const { contact: id, ref } = acceptance.receipt;
      return { status: acceptance.kind === 'accepted' ? 201 : 200, body: { id, ref, warnings } };
    }
    case 'key-reused':
      return refused(409, {
        field: 'Idempotency-Key',
        problem: 'stands for another update of this source',
        whatToDo: 'Give each update a key of its own.',
      });
    case 'unknown-contact':
      return unknownContact;
    case 'closed':
      return refused(409, {
        field: 'contact',
        problem: 'is closed',
        whatToDo: 'Hand the words over as a new contact.',
      });
    case 'left-by-exit':
      return refused(409, {
        field: 'contact',
        problem: 'was left by the safety exit',
        whatToDo: 'Begin a new chat, and show nothing of this one.',
      });
    case 'full':
      return refused(413, {
        field: 'contact',
        problem: 'holds as much as a desk can be told of',
        whatToDo: 'Hand the words over as a new contact.',
      });
    default:
      return unreachable(acceptance);
  }
}

export const unknownContact: Answer = refused(404, {
  field: 'contact key',
  problem: 'is of no contact that this source has handed over',
  whatToDo: 'Name the contact by the Idempotency-Key it was handed over with, URI-encoded.',
});

const idReused: Answer = refused(409, {
  field: 'id',
  problem: 'stands for another text of this source',
  whatToDo: 'Give each text an id of its own.',
});

/** Said of the body as a whole: the field's name is one of ours and helps no source. */
export const unreadable: Answer = refused(422, {
  field: 'body',
  problem: 'cannot be shown at desks',
  whatToDo: 'Shorten it, and tell whoever runs the queue: its log says which field it was.',
});

export const tooLarge: Answer = refused(413, {
  field: 'body',
  problem: `is larger than ${BODY_LIMIT} bytes`,
  whatToDo: 'Send a shorter account, and attach the rest another way.',
});

export const notJson = (problem: string): Answer =>
  refused(400, { field: 'body', problem, whatToDo: 'Send one JSON object in UTF-8.' });
