import { z } from 'zod';
import {
  signedInSchema,
  signInRefusalSchema,
  type SignedIn,
  type SignInRefusal,
  type SignInRequest,
} from '../../shared/contract/sign-in.ts';
import { askQueue, queueHttpUrl, type HttpAnswer } from './queue-http.ts';

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

/** More than any answer of a queue. Characters. */
const LONGEST_ANSWER = 16_384;

/** Where the queue of a socket address is signed in at. */
export const signInUrl = (queueUrl: string, path: '/sign-in' | '/sign-off'): URL =>
  queueHttpUrl(queueUrl, path);

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

const ask = (url: URL, question: Parameters<typeof askQueue>[1]): Promise<HttpAnswer | null> =>
  askQueue(url, question, LONGEST_ANSWER);
