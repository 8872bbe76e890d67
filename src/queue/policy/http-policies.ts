import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode, type Logger } from '../../platform/log.ts';
import type { PolicyManifest } from '../../shared/contract/policy/manifest.ts';
import type { HttpHandler } from '../accounts/http-sign-in.ts';
import type { SignIns } from '../accounts/sign-ins.ts';
import { bearerOf, sendAnswer, type Answer } from '../http-exchange.ts';
import { StoreUnavailable } from '../store/queue-store.ts';
import type { PolicySource } from './policy-source.ts';

/** What a path under `/policies` asks for; `null`: nothing of it. `name` is `null` for the manifest. */
export function policyTarget(path: string): { readonly name: string | null } | null {
  if (path === '/policies') return { name: null };
  const name = /^\/policies\/([a-z][a-z-]{0,59})$/.exec(path)?.[1];
  return name === undefined ? null : { name };
}

/** `GET /policies` and `GET /policies/NAME`, for desks where somebody is signed in (rule Y-04). */
export function createHttpPolicies(options: {
  readonly policies: PolicySource;
  readonly signIns: SignIns;
  readonly log: Logger;
}): (target: { readonly name: string | null }) => HttpHandler {
  const { policies, signIns, log } = options;

  async function refusalOf(request: IncomingMessage): Promise<Answer | null> {
    const { method, headers } = request;
    if (method !== 'GET') return { ...refused(405, 'Policies are only read.'), headers: { allow: 'GET' } };
    // Rule L-18: no web page that is open on the desk's machine.
    if (headers.origin !== undefined) return refused(403, 'Not for web pages.');
    const token = bearerOf(request);
    const isSignedIn = token !== null && token.length <= 200 && (await signIns.holds(token));
    return isSignedIn ? null : refused(401, 'This needs the token of a sign-in that holds.');
  }

  function sendPolicy(name: string, request: IncomingMessage, response: ServerResponse): void {
    const policy = policies.textOf(name);
    if (policy === null)
      return sendAnswer(request, response, refused(404, 'There is no policy of this name here.'));
    const etag = `"${policy.digest}"`;
    const headers = { etag, 'cache-control': 'no-store' };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers);
      response.end();
      return;
    }
    // The text itself, not the value again: the digest is of these bytes.
    response.writeHead(200, { ...headers, 'content-type': 'application/json' });
    response.end(policy.text);
  }

  return ({ name }) =>
    async (request, response) => {
      try {
        const refusal = await refusalOf(request);
        if (refusal !== null) return sendAnswer(request, response, refusal);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        log.warn('no policy can be served: the store is away', { error: errorCode(error.cause) });
        const answer = refused(503, 'The queue cannot look at sign-ins at this moment.');
        return sendAnswer(request, response, { ...answer, headers: { 'retry-after': '1' } });
      }
      if (name !== null) return sendPolicy(name, request, response);
      const manifest: PolicyManifest = { policies: policies.manifest };
      sendAnswer(request, response, { status: 200, body: manifest });
    };
}

const refused = (status: number, sentence: string): Answer => ({ status, body: { sentence } });
