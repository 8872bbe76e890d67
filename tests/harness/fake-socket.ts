import type { ConnectSocket, LinkSocketListener } from '../../src/main/link/link-socket.ts';
import {
  LINK_VERSION,
  upFrameSchema,
  type DownFrame,
  type UpFrame,
  type Welcome,
} from '../../src/shared/contract/queue-link.ts';
import { SIGN_IN_HOLDS_MS } from '../../src/shared/contract/sign-in.ts';
import { asLsn, asStoreEpoch } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { later } from '../../src/shared/domain/time.ts';
import { aPerson, aPolicy, anId, testStart } from './builders.ts';

/** One connection as the far side of it sees it. It behaves as a socket promises: nothing is told after its end. */
export class FakeSocket {
  readonly url: string;
  readonly sent: UpFrame[] = [];
  readonly #listener: LinkSocketListener;
  #isOver = false;
  #isDropped = false;

  constructor(url: string, listener: LinkSocketListener) {
    this.url = url;
    this.#listener = listener;
  }

  opens(): void {
    if (!this.#isOver) this.#listener.onOpen();
  }

  says(frame: DownFrame): void {
    this.saysText(JSON.stringify(frame));
  }

  saysText(text: string): void {
    if (!this.#isOver) this.#listener.onText(text);
  }

  closes(code: number, why = ''): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.onClose(code, why);
  }

  /** Sent by the desk; every frame must be one of the protocol. */
  take(text: string): void {
    if (this.#isOver) throw new Error('a frame was sent on a socket that is over');
    this.sent.push(upFrameSchema.parse(JSON.parse(text)));
  }

  drop(): void {
    this.#isOver = true;
    this.#isDropped = true;
  }

  get isDropped(): boolean {
    return this.#isDropped;
  }

  /** Neither dropped by the desk nor closed by the queue. */
  get isOpen(): boolean {
    return !this.#isOver;
  }

  sentOf<T extends UpFrame['t']>(t: T): Extract<UpFrame, { t: T }>[] {
    return this.sent.filter((frame): frame is Extract<UpFrame, { t: T }> => frame.t === t);
  }
}

/** Every connection that a link made, oldest first. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];

  readonly connect: ConnectSocket = (url, listener) => {
    const socket = new FakeSocket(url, listener);
    this.sockets.push(socket);
    return { send: (text) => socket.take(text), drop: () => socket.drop() };
  };

  get last(): FakeSocket {
    return must(this.sockets.at(-1), 'connection');
  }

  /** Connections that nobody has ended: suites assert that this ends at 0. */
  get open(): number {
    return this.sockets.filter((socket) => socket.isOpen).length;
  }
}

/** WELCOME of a queue on which nothing has happened yet. */
export function aWelcome(over: Partial<Welcome> = {}): Welcome {
  return {
    t: 'WELCOME',
    v: LINK_VERSION,
    session: 'session-1',
    storeEpoch: asStoreEpoch(anId(0xe0001)),
    head: asLsn(0),
    resumed: true,
    lastCmdSeq: 0,
    serverTime: testStart,
    hbMs: 5_000,
    leaseMs: 20_000,
    credits: 262_144,
    retryCapMs: 2_000,
    limits: { frame: 65_536, inFlight: 32 },
    deskNumber: 1,
    signedIn: { person: aPerson(), until: later(testStart, SIGN_IN_HOLDS_MS) },
    policy: aPolicy(),
    policies: [],
    emergencies: [],
    emergencyCount: 0,
    owned: [],
    ...over,
  };
}
