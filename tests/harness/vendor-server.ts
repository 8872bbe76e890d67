import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface VendorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the vendor answers: JSON (a string is sent as it is), nothing at all, or a connection cut in the middle. */
export type VendorAnswer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'silence'
  | 'cut';

/** A server on this machine that plays a vendor's documented answers, and remembers what it was asked. */
export interface VendorServer {
  readonly url: string;
  readonly asked: readonly VendorRequest[];
  /** What it answers from now on. */
  answer(how: (request: VendorRequest) => VendorAnswer): void;
  /** Resolves when so many requests have come in all. */
  came(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startVendorServer(): Promise<VendorServer> {
  const asked: VendorRequest[] = [];
  let waiting: { readonly count: number; readonly go: () => void }[] = [];
  let how: (request: VendorRequest) => VendorAnswer = () => ({ status: 404, body: {} });
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://vendor');
      const seen: VendorRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      };
      asked.push(seen);
      const answer = how(seen);
      for (const { count, go } of waiting) if (asked.length >= count) go();
      waiting = waiting.filter(({ count }) => asked.length < count);
      if (answer === 'silence') return;
      if (answer === 'cut') {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer(next) {
      how = next;
    },
    came: (count) =>
      asked.length >= count
        ? Promise.resolve()
        : new Promise<void>((go) => {
            waiting.push({ count, go });
          }),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
