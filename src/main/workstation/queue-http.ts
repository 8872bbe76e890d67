import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** A photo may take longer on a narrow line: nobody’s emergency waits for it. Milliseconds. */
const BYTES_MS = 30_000;

/** The whole exchange takes at most so long. Milliseconds. */
const ANSWER_MS = 5_000;

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST';
  readonly body: string;
  readonly authorization?: string;
}

/** A path at the queue behind a socket address: same host and port, `http` for `ws`, `https` for `wss`. */
export function queueHttpUrl(queueUrl: string, path: string): URL {
  const url = new URL(queueUrl);
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  url.pathname = path;
  url.search = '';
  return url;
}

/**
 * Asks the queue over a connection of its own. Never rejects: `null` when no whole answer comes in time, or one of more than
 * `longest` characters.
 */
export function askQueue(url: URL, question: HttpQuestion, longest: number): Promise<HttpAnswer | null> {
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
        if (text.length > longest) give(null);
      });
      response.on('end', () => give({ status: response.statusCode ?? 0, text }));
      response.on('error', () => give(null));
    });
    request.on('error', () => give(null));
    request.end(body);
  });
}

/** Reads bytes at the queue over a connection of its own. Never rejects: `null` when they do not come whole, or are more than `longest`. */
export function askQueueForBytes(url: URL, authorization: string, longest: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = open(url, {
      agent: false,
      signal: AbortSignal.timeout(BYTES_MS),
      headers: { authorization },
    });
    const give = (bytes: Buffer | null): void => {
      resolve(bytes);
      request.destroy();
    };
    request.on('response', (response) => {
      if (response.statusCode !== 200) return give(null);
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > longest) give(null);
        else parts.push(part);
      });
      response.on('end', () => give(response.complete ? Buffer.concat(parts) : null));
      response.on('error', () => give(null));
    });
    request.on('error', () => give(null));
    request.end();
  });
}
