import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  IN_FLIGHT_LIMIT,
  parseFrame,
  UP_FRAME_LIMIT,
  upFrameSchema,
  type Cursor,
  type DownFrame,
  type UpFrame,
  type Welcome,
} from '../../src/shared/contract/queue-link.ts';
import { asInstant } from '../../src/shared/domain/time.ts';
import { greeting, signedIn } from './desk-files.ts';

/** Milliseconds since 1970 with fractions: the one clock that all processes of a machine share. */
export const now = (): number => performance.timeOrigin + performance.now();

/**
 * A queue that says what the bench tells it to, at the very moment, in the protocol's own frames: loads that a real
 * database cannot produce. It greets every desk as one that has everything up to `cursor`, and believes any token.
 */
export class BenchQueue implements AsyncDisposable {
  readonly #server: WebSocketServer;
  readonly #cursor: Cursor;
  #desk: WebSocket | null = null;
  #welcomed: () => void = () => undefined;

  private constructor(server: WebSocketServer, cursor: Cursor) {
    this.#server = server;
    this.#cursor = cursor;
    server.on('connection', (socket) => {
      socket.on('message', (data) => this.#onText(socket, (data as Buffer).toString('utf8')));
      socket.on('error', () => undefined);
    });
  }

  static async start(cursor: Cursor): Promise<BenchQueue> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    return new BenchQueue(server, cursor);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/desk`;
  }

  /** Resolves when the next desk has been greeted. */
  async greeted(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#welcomed = resolve;
    });
  }

  /** Sends a frame to the desk that was greeted last. */
  sendText(text: string): void {
    this.#desk?.send(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #onText(socket: WebSocket, text: string): void {
    // The floor's process says no more than the bench needs, so what it sends may be less than a frame.
    const parsed = parseFrame(upFrameSchema, text);
    const frame = parsed.ok ? parsed.frame : (JSON.parse(text) as UpFrame);
    if (frame.t === 'HELLO') {
      this.#desk = socket;
      this.#say(socket, this.#welcome());
      this.#welcomed();
    } else if (frame.t === 'HB') {
      const head = this.#cursor.lsn;
      this.#say(socket, { t: 'HBACK', n: frame.n, serverTime: asInstant(Date.now()), head });
    }
  }

  #say(socket: WebSocket, frame: DownFrame): void {
    socket.send(JSON.stringify(frame));
  }

  #welcome(): Welcome {
    return {
      t: 'WELCOME',
      session: 'bench',
      storeEpoch: this.#cursor.storeEpoch,
      head: this.#cursor.lsn,
      resumed: true,
      lastCmdSeq: 0,
      serverTime: asInstant(Date.now()),
      hbMs: 5_000,
      leaseMs: 20_000,
      credits: 256 * 1024,
      retryCapMs: 2_000,
      limits: { frame: UP_FRAME_LIMIT, inFlight: IN_FLIGHT_LIMIT },
      ...greeting,
      policies: [],
      signedIn: signedIn(),
      emergencies: [],
      emergencyCount: 0,
      owned: [],
    };
  }
}
