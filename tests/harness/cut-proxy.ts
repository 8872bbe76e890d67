import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { DownFrame, UpFrame } from '../../src/shared/contract/queue-link.ts';

/** `up`: from the desk to the queue. `down`: the other way. */
export type Way = 'up' | 'down';
export type Frame = UpFrame | DownFrame;

interface Rule {
  readonly way: Way;
  readonly fits: (frame: Frame) => boolean;
  /** Whether the frame itself still passes. */
  readonly passes: boolean;
  readonly done: () => void;
}

/**
 * A wire between a desk and a queue that breaks where a test says: before or after a named frame, once per rule. Both
 * ends see a connection that ended without a word.
 */
export interface CutProxy extends AsyncDisposable {
  readonly deskUrl: string;
  /** Every frame that passed, in order, over all connections. */
  readonly passed: readonly { readonly way: Way; readonly frame: Frame }[];
  /** How many connections desks have made. */
  readonly connections: number;
  /** Cuts the wire instead of passing the first frame that fits. Resolves when that has happened. */
  cutBefore(way: Way, fits: (frame: Frame) => boolean): Promise<void>;
  /** Cuts the wire when the first frame that fits has reached the other end. */
  cutAfter(way: Way, fits: (frame: Frame) => boolean): Promise<void>;
  /** Refuses connections, and cuts those there are, until `mend`. */
  cut(): void;
  mend(): void;
}

export async function startCutProxy(queueUrl: string): Promise<CutProxy> {
  // Signing in goes the same way as the link, and is cut with it.
  const http = createServer((asked, answer) => {
    if (isCut) return void asked.destroy();
    const { method, url = '/', headers } = asked;
    const to = new URL(url, queueUrl.replace(/^ws/, 'http'));
    const forwarded = request(to, { method, headers, agent: false }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    forwarded.on('error', () => answer.destroy());
    asked.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  const passed: { way: Way; frame: Frame }[] = [];
  const pairs = new Set<() => void>();
  let rules: Rule[] = [];
  let isCut = false;
  let connections = 0;

  server.on('connection', (desk) => {
    if (isCut) return desk.terminate();
    connections += 1;
    const queue = new WebSocket(queueUrl, { perMessageDeflate: false });
    const early: string[] = [];
    const breakPair = (): void => {
      pairs.delete(breakPair);
      desk.terminate();
      queue.terminate();
    };
    pairs.add(breakPair);
    const pass = (way: Way, to: WebSocket, text: string): void => {
      if (!pairs.has(breakPair)) return;
      const frame = JSON.parse(text) as Frame;
      const rule = rules.find((one) => one.way === way && one.fits(frame));
      rules = rules.filter((one) => one !== rule);
      if (rule === undefined || rule.passes) {
        passed.push({ way, frame });
        to.send(text, () => {
          if (rule === undefined) return;
          // The far end has it when it answers a ping that was sent behind it.
          to.once('pong', () => {
            breakPair();
            rule.done();
          });
          to.ping();
        });
      } else {
        breakPair();
        rule.done();
      }
    };
    desk.on('message', (data: Buffer) => {
      if (queue.readyState === WebSocket.OPEN) pass('up', queue, data.toString());
      else early.push(data.toString());
    });
    queue.on('open', () => {
      for (const text of early.splice(0)) pass('up', queue, text);
    });
    queue.on('message', (data: Buffer) => pass('down', desk, data.toString()));
    desk.on('close', () => {
      pairs.delete(breakPair);
      queue.terminate();
    });
    queue.on('close', (code, reason) => {
      pairs.delete(breakPair);
      if (code >= 4000) desk.close(code, reason);
      else desk.terminate();
    });
    for (const socket of [desk, queue]) socket.on('error', () => undefined);
  });

  const rule = (way: Way, fits: (frame: Frame) => boolean, passes: boolean): Promise<void> =>
    new Promise((done) => rules.push({ way, fits, passes, done }));
  return {
    deskUrl: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/desk`,
    passed,
    get connections() {
      return connections;
    },
    cutBefore: (way, fits) => rule(way, fits, false),
    cutAfter: (way, fits) => rule(way, fits, true),
    cut() {
      isCut = true;
      for (const breakPair of [...pairs]) breakPair();
    },
    mend() {
      isCut = false;
    },
    async [Symbol.asyncDispose]() {
      for (const breakPair of [...pairs]) breakPair();
      for (const client of server.clients) client.terminate();
      server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
