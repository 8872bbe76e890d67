import type { Timers } from '../../shared/domain/time.ts';
import { troubled, type Trouble } from './provider.ts';

/** More than any answer to a line of a chat. Bytes. */
const ANSWER_LIMIT = 1024 * 1024;

/** How a provider reaches its service. */
export interface ServicePlace {
  /** Without a slash at the end. */
  readonly url: string;
  readonly timers: Timers;
  /** After this long a line is not waited for. Milliseconds. */
  readonly timeoutMs: number;
}

export interface ServiceCall {
  readonly method: 'GET' | 'POST';
  /** Begins with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface ServiceAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** `undefined` when it is no JSON. */
  readonly json: unknown;
  readonly headers: Headers;
}

/**
 * One question to a translation service. Slow, out of reach and broken off are values. A redirection is not followed: the key and the words go where they
 * were sent and nowhere else (rule LG-14).
 */
export async function callService(place: ServicePlace, call: ServiceCall): Promise<ServiceAnswer | Trouble> {
  const first = await tryOnce(place, call);
  // A service that restarted has closed the connection we kept: one new one tells whether it is there.
  const wasCut = first.kind === 'trouble' && first.trouble.kind === 'down' && !call.signal.aborted;
  return wasCut ? tryOnce(place, call) : first;
}

async function tryOnce(
  { url, timers, timeoutMs }: ServicePlace,
  { method, path, headers = {}, body, signal }: ServiceCall,
): Promise<ServiceAnswer | Trouble> {
  const late = new AbortController();
  using _ = timers.after(timeoutMs, () => late.abort());
  try {
    const response = await fetch(url + path, {
      method,
      headers: { accept: 'application/json', ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, late.signal]),
    });
    const text = await readText(response);
    return { kind: 'answer', status: response.status, json: jsonOf(text), headers: response.headers };
  } catch {
    // What was thrown may quote the address or the words: only its kind is of use.
    if (signal.aborted) return troubled({ kind: 'cancelled' });
    return troubled(late.signal.aborted ? { kind: 'slow', afterMs: timeoutMs } : { kind: 'down' });
  }
}

async function readText(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let size = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > ANSWER_LIMIT) return null;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

function jsonOf(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `Retry-After` in milliseconds, when it is a number of seconds; a date would need a clock that two machines agree on. */
export function retryAfterMs({ headers }: Pick<ServiceAnswer, 'headers'>): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** What every service means by these, whatever else it says. `null`: the provider has to look closer. */
export function troubleOfStatus(answer: ServiceAnswer): Trouble | null {
  const { status } = answer;
  if (status === 401) return troubled({ kind: 'wrong-key' });
  if (status === 429) return troubled({ kind: 'over-quota' }, retryAfterMs(answer));
  if (status === 408 || status >= 500) return troubled({ kind: 'down' }, retryAfterMs(answer));
  // A redirection: the address that was set up is not the service’s.
  if (status >= 300 && status < 400) return troubled({ kind: 'down' });
  return null;
}
