import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode, type Logger } from '../../platform/log.ts';
import { signInRequestSchema, type SignInRefusal } from '../../shared/contract/sign-in.ts';
import { SECOND, type Timers } from '../../shared/domain/time.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { bearerOf, readBody, saysJson, sendAnswer, type Answer } from '../http-exchange.ts';
import { isCleanText } from '../storable-text.ts';
import { StoreUnavailable } from '../store/queue-store.ts';
import type { SignIns } from './sign-ins.ts';
import { Turns } from './turns.ts';

/** The largest body. Bytes. */
export const SIGN_IN_BODY_LIMIT = 4 * 1024;
/** Being signed in at once: each takes a core for a tenth of a second and 32 MiB. The others wait their turn. */
const AT_ONCE_LIMIT = 8;
/** Who has waited so long for their turn is asked to come again. Milliseconds. */
const TURN_WAIT_MS = 5 * SECOND;

const sentences: Readonly<Record<SignInRefusal['code'], string>> = {
  wrong: 'The number or the PIN is wrong.',
  'too-many': 'Too many tries: wait, then try again.',
  'other-realm': 'This queue is of another realm.',
  'bad-request': 'This is not a request to sign in.',
};

/** One handler of requests for a path of the queue's server. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** `POST /sign-in` and `POST /sign-off`: before the link, and after it (rules ). */
export function createHttpSignIn(options: {
  readonly signIns: SignIns;
  readonly timers: Timers;
  readonly log: Logger;
}): {
  readonly signIn: HttpHandler;
  readonly signOff: HttpHandler;
} {
  const { signIns, timers, log } = options;
  const turns = new Turns({ timers, places: AT_ONCE_LIMIT, waitMs: TURN_WAIT_MS });

  async function signIn(request: IncomingMessage): Promise<Answer> {
    const wrong = wrongHead(request) ?? (saysJson(request) ? null : refused({ code: 'bad-request' }, 415));
    if (wrong !== null) return wrong;
    const body = await readBody(request, SIGN_IN_BODY_LIMIT);
    if (body.kind === 'too-large') return refused({ code: 'bad-request' }, 413);
    const parsed = body.kind === 'json' ? signInRequestSchema.safeParse(body.json) : null;
    if (parsed?.success !== true || !isCleanText(parsed.data.handler))
      return refused({ code: 'bad-request' });
    // Only from here on: a body that is slow in coming must not take anybody's turn.
    const outcome = await turns.take(() => signIns.signIn(parsed.data, addressOf(request)));
    if (outcome?.kind === 'signed-in') return { status: 200, body: outcome.signedIn };
    const refusal = outcome?.refusal ?? { code: 'too-many', retryAfterMs: SECOND };
    log.info('a sign-in was refused', { desk: parsed.data.desk, code: refusal.code });
    return refused(refusal);
  }

  async function signOff(request: IncomingMessage): Promise<Answer> {
    const wrong = wrongHead(request);
    if (wrong !== null) return wrong;
    const token = bearerOf(request);
    const isKnown = token !== null && token.length <= 200 && (await signIns.signOff(token));
    return isKnown ? { status: 204, body: null } : refused({ code: 'bad-request' }, 401);
  }

  const answering =
    (answerTo: (request: IncomingMessage) => Promise<Answer>): HttpHandler =>
    async (request, response) => {
      try {
        sendAnswer(request, response, await answerTo(request));
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        log.warn('nobody can sign in or off: the store is away', { error: errorCode(error.cause) });
        const sentence = 'The queue cannot look at accounts at this moment.';
        sendAnswer(request, response, { status: 503, body: { sentence }, headers: { 'retry-after': '1' } });
      }
    };
  return { signIn: answering(signIn), signOff: answering(signOff) };
}

/** Rule L-18: a web page open on the desk's machine must not be able to try PINs. */
function wrongHead({ method, headers }: IncomingMessage): Answer | null {
  if (method !== 'POST') return { ...refused({ code: 'bad-request' }, 405), headers: { allow: 'POST' } };
  return headers.origin === undefined ? null : refused({ code: 'bad-request' }, 403);
}

/** `error` for the program, `sentence` for whoever reads it. */
function refused(error: SignInRefusal, status = statusOf(error)): Answer {
  const headers: Readonly<Record<string, string>> =
    error.code === 'too-many' ? { 'retry-after': String(Math.ceil(error.retryAfterMs / SECOND)) } : {};
  return { status, body: { error, sentence: sentences[error.code] }, headers };
}

function statusOf({ code }: SignInRefusal): number {
  switch (code) {
    case 'wrong':
      return 401;
    case 'other-realm':
      return 403;
    case 'too-many':
      return 429;
    case 'bad-request':
      return 400;
    default:
      return unreachable(code);
  }
}

/** An IPv4 address is the same whichever family the socket is of. */
function addressOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
}
