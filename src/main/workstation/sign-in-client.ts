import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import {
  signedInSchema,
  signInRefusalSchema,
  type SignedIn,
  type SignInRefusal,
  type SignInRequest,
} from '../../shared/contract/sign-in.ts';

/** What the queue says to somebody who signs in. */
export type SignInReply =
  | { readonly kind: 'signed-in'; readonly signedIn: SignedIn }
  | { readonly kind: 'refused'; readonly refusal: SignInRefusal }
  /** No answer in time, or none that a queue gives. */
  | { readonly kind: 'unreachable' };

/** Signing in and off at the queue. Never throws: what does not come about is `unreachable`. */
export interface SignInClient {
  signIn(request: SignInRequest): Promise<SignInReply>;
  /** Whether a queue is there to sign in at. */
  answers(): Promise<boolean>;
  /** Ends a token, if the queue can be reached. */
  signOff(token: string): Promise<void>;
}

/** For the queue behind a desk's socket address. */
export type ConnectSignIn = (queueUrl: string) => SignInClient;

/** The whole exchange takes at most so long. Milliseconds. */
const ANSWER_MS = 5_000;
/** More than any answer of a queue. Characters. */
const LONGEST_ANSWER = 16_384;

/** Where the queue of a socket address is signed in at: same host and port, `http` for `ws`, `https` for `wss`. */
export function signInUrl(queueUrl: string, path: '/sign-in' | '/sign-off'): URL {
  const url = new URL(queueUrl);
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  url.pathname = path;
  url.search = '';
  return url;
}

/** Over HTTP, a connection for each question. */
export const httpSignIn: ConnectSignIn = (queueUrl) => ({
  async signIn(asked) {
    const answer = await ask(signInUrl(queueUrl, '/sign-in'), {
      method: 'POST',
      body: JSON.stringify(asked),
    });
    return answer === null ? { kind: 'unreachable' } : replyOf(answer);
  },
  async answers() {
    // Asked in a way that tries nothing: any answer at all says that it is there.
    return (await ask(signInUrl(queueUrl, '/sign-in'), { method: 'GET', body: '' })) !== null;
  },
  async signOff(token) {
    const authorization = `Bearer ${token}`;
    await ask(signInUrl(queueUrl, '/sign-off'), { method: 'POST', authorization, body: '' });
  },
});

/** Beside the reason stands a sentence for people. */
const refusalSchema = z.object({ error: signInRefusalSchema });

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

function replyOf({ status, text }: HttpAnswer): SignInReply {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unreachable' };
  }
  if (status === 200) {
    const signedIn = signedInSchema.safeParse(json);
    return signedIn.success ? { kind: 'signed-in', signedIn: signedIn.data } : { kind: 'unreachable' };
  }
  const refusal = refusalSchema.safeParse(json);
  return refusal.success ? { kind: 'refused', refusal: refusal.data.error } : { kind: 'unreachable' };
}

function ask(
  url: URL,
  question: { readonly method: 'GET' | 'POST'; readonly body: string; readonly authorization?: string },
): Promise<HttpAnswer | null> {
  return new Promise((resolve) => {
    const { method, body, authorization } = question;
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = open(url, {
      method,
      agent: false,
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(authorization === undefined ? {} : { authorization }),
      },
    });
    const give = (answer: HttpAnswer | null): void => {
      resolve(answer);
      request.destroy();
    };
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > LONGEST_ANSWER) give(null);
      });
      response.on('end', () => give({ status: response.statusCode ?? 0, text }));
      response.on('error', () => give(null));
    });
    request.on('error', () => give(null));
    request.end(body);
  });
}
