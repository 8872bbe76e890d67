import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode, type Logger } from '../../../platform/log.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { UnreadableByDesks } from '../../append-event.ts';
import { bearerOf, readBody, saysJson, sendAnswer, type Answer } from '../../http-exchange.ts';
import { StoreUnavailable } from '../../store/queue-store.ts';
import {
  AT_ONCE_LIMIT,
  BODY_LIMIT,
  comeAgain,
  notJson,
  refused,
  tooLarge,
  unreadable,
} from '../http-intake.ts';
import { TooManyWaiting } from '../../../shared/lib/turns.ts';
import type { SourceKeys } from '../source-keys.ts';
import type { TelephonyAdapter, TelephonyAnswer } from './telephony-adapter.ts';
import { parseTelephonyEvent } from './telephony-event.ts';

export const TELEPHONY_EVENTS = '/intake/telephony/events';

/**
 * `POST /intake/telephony/events`: one event of one call, or of one telephone, as `docs/telephony-contract.md` describes it. 201 only
 * after the commit; until a connector has an answer it sends the same again (rules C-01, TE-04). The call's id and the event's
 * number in the body are its key: there is no header for it.
 */
export function createHttpTelephony(options: {
  readonly adapter: TelephonyAdapter;
  readonly keys: SourceKeys;
  readonly log: Logger;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { adapter, keys, log } = options;
  let atOnce = 0;

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const head = readHead(request, keys);
    if (typeof head !== 'string') return head;
    const body = await readBody(request, BODY_LIMIT);
    if (body.kind === 'too-large') return tooLarge;
    if (body.kind !== 'json') return notJson(body.kind === 'not-utf8' ? 'is not UTF-8' : 'is not JSON');
    const parsed = parseTelephonyEvent(body.json);
    if (!parsed.ok) return refused(422, parsed.refusal);
    return answerOf(await adapter.tell(head, parsed.event), parsed.warnings);
  }

  return async (request, response) => {
    if (atOnce >= AT_ONCE_LIMIT)
      return sendAnswer(request, response, comeAgain(429, 'came while too many others did'));
    atOnce += 1;
    try {
      sendAnswer(request, response, await answerTo(request));
    } catch (error) {
      if (error instanceof UnreadableByDesks) {
        log.error('an event of a call was refused that desks could not read', { field: error.field });
        return sendAnswer(request, response, unreadable);
      }
      if (error instanceof TooManyWaiting)
        return sendAnswer(request, response, comeAgain(429, 'came while too much of this call waited'));
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn('an event of a call could not be kept; its exchange was asked to come again', {
        error: errorCode(error.cause),
      });
      sendAnswer(request, response, comeAgain(503, 'the queue cannot keep anything at this moment'));
    } finally {
      atOnce -= 1;
    }
  };
}

/** Which source sends; or why not. Decided before a byte of the body is read. */
function readHead(request: IncomingMessage, keys: SourceKeys): string | Answer {
  if (request.method !== 'POST') {
    const error = { field: 'method', problem: 'is not POST', whatToDo: 'POST the event.' };
    return refused(405, error, { allow: 'POST' });
  }
  const bearer = bearerOf(request);
  const source = bearer === null ? null : keys.sourceOf(bearer);
  if (source === null) {
    const whatToDo = 'Send “Authorization: Bearer” and this source’s key.';
    const error = { field: 'Authorization', problem: 'is missing or not a key of this queue', whatToDo };
    return refused(401, error, { 'www-authenticate': 'Bearer' });
  }
  if (saysJson(request)) return source;
  const whatToDo = 'Send JSON in UTF-8.';
  return refused(415, { field: 'Content-Type', problem: 'is not application/json', whatToDo });
}

function answerOf(answer: TelephonyAnswer, warnings: readonly string[]): Answer {
  switch (answer.kind) {
    case 'kept':
    case 'known': {
      const { receipt } = answer;
      const contact = receipt === null ? {} : { id: receipt.contact, ref: receipt.ref };
      const status = answer.kind === 'kept' && receipt !== null ? 201 : 200;
      return { status, body: { ...contact, warnings: [...answer.warnings, ...warnings] } };
    }
    case 'key-reused':
      return refused(409, {
        field: 'n',
        problem: 'stands for another event of this call',
        whatToDo:
          'Give each event of a call a number of its own, and each call an id that is never used again.',
      });
    case 'unknown-call':
      return refused(404, {
        field: 'callId',
        problem: 'is of no call that this source has told the first ring of',
        whatToDo: 'Tell the ring of the call with n 1, then this again.',
      });
    default:
      return unreachable(answer);
  }
}
