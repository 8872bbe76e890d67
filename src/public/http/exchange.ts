import type { IncomingMessage } from 'node:http';
import type { Html } from '../html/html.ts';

/** The largest form. Bytes: the longest report with every field full fits. */
export const FORM_LIMIT = 128 * 1024;

/** What a route answers. Nothing of it may be kept by a browser or a proxy but `file`. */
export type Reply =
  | { readonly kind: 'page'; readonly page: Html; readonly status?: number; readonly retryAfterS?: number }
  /** After a form was taken: the browser asks for `to`, so that a reload does not send it again. */
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number }
  | {
      readonly kind: 'file';
      readonly type: string;
      readonly bytes: Buffer;
      readonly packed: Buffer;
      readonly tag: string;
    }
  | { readonly kind: 'empty'; readonly status: number }
  /** The route holds the answer open itself. */
  | { readonly kind: 'stream'; readonly begin: (stream: EventStream) => void };

/** Events to one browser, until either side ends it. */
export interface EventStream {
  /** `id`: what the browser says it has when it comes back. `null` for what need not be told again. */
  send(event: string, data: unknown, id?: number | null): void;
  end(): void;
  /** Called once when the browser is gone or `end` was called. */
  readonly closed: Promise<void>;
}

/** The fields of a form by name; a name may stand several times. */
export type Fields = ReadonlyMap<string, readonly string[]>;

export const field = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? '';

export type FormBody =
  { readonly kind: 'form'; readonly fields: Fields } | { readonly kind: 'too-large' | 'unreadable' };

/** Reads a form as browsers send it, or one object of JSON with text values as scripts do. */
export async function readForm(request: IncomingMessage): Promise<FormBody> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (Number(request.headers['content-length'] ?? 0) > FORM_LIMIT) return { kind: 'too-large' };
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > FORM_LIMIT) return { kind: 'too-large' };
    parts.push(part);
  }
  // A browser sends halves of characters as U+FFFD; whatever else is not UTF-8 becomes the same.
  const text = Buffer.concat(parts).toString('utf8');
  if (type === 'application/x-www-form-urlencoded')
    return { kind: 'form', fields: fieldsOf(new URLSearchParams(text)) };
  if (type === 'application/json') return jsonFields(text);
  return { kind: 'unreadable' };
}

function fieldsOf(pairs: URLSearchParams): Fields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const list = fields.get(name);
    if (list === undefined) fields.set(name, [value]);
    else if (list.length < 40) list.push(value);
  }
  return fields;
}

function jsonFields(text: string): FormBody {
  try {
    const json = JSON.parse(text) as unknown;
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return { kind: 'unreadable' };
    const texts = Object.entries(json).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    );
    return { kind: 'form', fields: new Map(texts.map(([name, value]) => [name, [value]])) };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** What a cookie of this name holds, or `null`. */
export function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=', 2);
    if (key === name && /^[\w-]{20,100}$/.test(value)) return value;
  }
  return null;
}
