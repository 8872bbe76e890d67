import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import {
  LINK_VERSION,
  downFrameSchema,
  parseFrame,
  type Cursor,
  type DownFrame,
  type Welcome,
} from '../../src/shared/contract/queue-link.ts';
import type { Realm } from '../../src/shared/contract/realm.ts';
import { signedInSchema } from '../../src/shared/contract/sign-in.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { testPin } from './test-pin.ts';

type FrameOf<T extends DownFrame['t']> = Extract<DownFrame, { t: T }>;

export interface DeskClientOptions {
  readonly deskId?: string;
  readonly incarnation?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly handler?: string;
  readonly pin?: string;
  readonly realm?: Realm;
  /** The token that HELLO carries. Without one the client signs in first, at the same address. */
  readonly token?: string;
  /** Give back credit for bulk as it comes. */
  readonly givesCredit?: boolean;
}

/** Signs in at the queue that serves a link's address, as a desk does, and returns the token. */
export async function signInAt(
  deskUrl: string,
  who: { readonly desk: string; readonly handler: string; readonly pin?: string; readonly realm?: Realm },
): Promise<string> {
  const { desk, handler, pin = testPin, realm = 'demo' } = who;
  const url = new URL(deskUrl.replace(/^ws/, 'http'));
  url.pathname = '/sign-in';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ desk, handler, pin, realm }),
  });
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`signing in: ${response.status} ${JSON.stringify(body)}`);
  return signedInSchema.parse(body).token;
}

/** A desk's end of the wire, by hand: a real websocket that keeps every frame it got, in order, each parsed. */
export class DeskClient implements AsyncDisposable {
  readonly socket: WebSocket;
  readonly frames: DownFrame[] = [];
  readonly deskId: string;
  readonly incarnation: string;
  readonly handler: string;
  readonly realm: Realm;
  readonly token: string;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  #cmdSeq = 0;
  #changed: (() => void)[] = [];
  #isClosed = false;

  private constructor(
    url: string,
    options: DeskClientOptions & { readonly deskId: string; readonly token: string },
  ) {
    this.deskId = options.deskId;
    this.handler = options.handler ?? '4711';
    this.realm = options.realm ?? 'demo';
    this.token = options.token;
    this.incarnation = options.incarnation ?? randomUUID();
    this.socket = new WebSocket(url, { headers: { ...options.headers }, perMessageDeflate: false });
    this.socket.on('message', (data) => {
      const text = (data as Buffer).toString('utf8');
      const parsed = parseFrame(downFrameSchema, text);
      if (!parsed.ok) throw new Error(`the queue sent a broken frame: ${parsed.why}`);
      this.frames.push(parsed.frame);
      if (options.givesCredit !== false && ['EVT', 'SNAP', 'SNAPEND'].includes(parsed.frame.t)) {
        this.send({ t: 'CREDIT', bytes: Buffer.byteLength(text) });
      }
      this.#tell();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        this.#isClosed = true;
        this.#tell();
        resolve({ code, reason: reason.toString('utf8') });
      });
    });
    this.socket.on('error', () => undefined);
  }

  static async connect(url: string, options: DeskClientOptions = {}): Promise<DeskClient> {
    const { deskId = randomUUID(), handler = '4711', pin, realm } = options;
    const who = {
      desk: deskId,
      handler,
      ...(pin === undefined ? {} : { pin }),
      ...(realm === undefined ? {} : { realm }),
    };
    const token = options.token ?? (await signInAt(url, who));
    const client = new DeskClient(url, { ...options, deskId, token });
    await once(client.socket, 'open');
    return client;
  }

  /** Connects, says HELLO and waits for WELCOME. */
  static async welcomed(
    url: string,
    options: DeskClientOptions & { readonly cursor?: Cursor | null } = {},
  ): Promise<DeskClient> {
    const client = await DeskClient.connect(url, options);
    const { cursor = null } = options;
    client.hello({ cursor });
    await client.first('WELCOME');
    return client;
  }

  send(frame: unknown): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  hello(
    over: Readonly<Record<string, unknown>> & {
      readonly cursor?: Cursor | null;
      readonly handler?: string;
      readonly realm?: Realm;
      readonly token?: string;
    } = {},
  ): void {
    const { cursor = null, handler = this.handler, realm = this.realm, token = this.token, ...rest } = over;
    this.send({
      t: 'HELLO',
      v: LINK_VERSION,
      appVersion: 'test',
      realm,
      signIn: { handler, token },
      resume: { cursor, lastCmdAcked: 0 },
      owns: [],
      ...rest,
      deskId: this.deskId,
      incarnation: this.incarnation,
    });
  }

  /** Sends a command under the next number, or under the one given, and returns its id. */
  command(
    contact: ContactId,
    body: Act,
    over: {
      readonly cmdSeq?: number;
      readonly cmdId?: string;
      readonly fence?: number;
      readonly by?: string;
    } = {},
  ): string {
    const cmdId = over.cmdId ?? randomUUID();
    const cmdSeq = over.cmdSeq ?? (this.#cmdSeq += 1);
    const at = { mono: 1.5, wall: 1_700_000_000_000, offset: 0, err: 0.5 };
    const { fence = 0, by = this.handler } = over;
    this.send({ t: 'CMD', cmdSeq, cmdId, contact, fence, baseRev: 1, by, body, at });
    return cmdId;
  }

  /** Waits for the first frame, past or future, that fits. */
  async until<F extends DownFrame>(fits: (frame: DownFrame) => frame is F): Promise<F>;
  async until(fits: (frame: DownFrame) => boolean): Promise<DownFrame>;
  async until(fits: (frame: DownFrame) => boolean): Promise<DownFrame> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      if (this.#isClosed)
        throw new Error(`the link closed; it had said ${this.frames.map(({ t }) => t).join(', ')}`);
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  first<T extends DownFrame['t']>(t: T): Promise<FrameOf<T>> {
    return this.until((frame): frame is FrameOf<T> => frame.t === t);
  }

  answer(cmdId: string): Promise<FrameOf<'RES'>> {
    return this.until((frame): frame is FrameOf<'RES'> => frame.t === 'RES' && frame.cmdId === cmdId);
  }

  event(lsn: number): Promise<FrameOf<'EVT'>> {
    return this.until((frame): frame is FrameOf<'EVT'> => frame.t === 'EVT' && frame.lsn === lsn);
  }

  all<T extends DownFrame['t']>(t: T): FrameOf<T>[] {
    return this.frames.filter((frame): frame is FrameOf<T> => frame.t === t);
  }

  get welcome(): Welcome {
    const [welcome] = this.all('WELCOME');
    if (welcome === undefined) throw new Error('not welcomed');
    return welcome;
  }

  /** Cuts the wire, without a word. */
  async cut(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
  }

  #tell(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }
}
