import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { memoryStore } from '../../src/main/cache/memory-store.ts';
import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import type { KeptSignIn } from '../../src/main/cache/kept-session.ts';
import type { SignInReply } from '../../src/main/workstation/sign-in-client.ts';
import { EVENTS_AT_ONCE } from '../../src/main/workstation/log-intake.ts';
import { Workstation, type WorkstationOptions } from '../../src/main/workstation/workstation.ts';
import { silentLogger } from '../../src/platform/log.ts';
import { SqliteFault } from '../../src/platform/sqlite.ts';
import type { Cmd, Res, Welcome } from '../../src/shared/contract/queue-link.ts';
import { serve } from '../../src/shared/contract/serve.ts';
import type { SignInRequest } from '../../src/shared/contract/sign-in.ts';
import { pushes, type Input, type Output, type Payload } from '../../src/shared/contract/workstation.ts';
import type { PushName, RequestName } from '../../src/shared/contract/workstation-names.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { asCommandId, asIncarnation, type ContactId } from '../../src/shared/domain/ids.ts';
import { anActor, anId } from './builders.ts';
import { aWelcome, FakeNetwork } from './fake-socket.ts';
import { keepSignIn } from './kept-sign-in.ts';
import { asFrame, LogScript } from './log-script.ts';
import { quickPins } from './quick-pins.ts';
import { TestClock } from './test-clock.ts';

/** What the disk does now. */
export interface Refusing {
  readonly kind: 'io' | 'damaged';
  readonly calls: ReadonlySet<string>;
  /** It is full: what the system says. */
  readonly isFull?: true;
}

/** Everything of the store that writes. */
export const everyWrite: ReadonlySet<string> = new Set([
  'keep',
  'saveDraft',
  'commitEvents',
  'commitFlash',
  'installSnapshot',
  'answer',
  'dismiss',
  'withdraw',
  'keepGreeting',
  'keepHeardAt',
  'keepLatestAt',
  'keepOutage',
  'endOutage',
  'keepMissed',
  'keepPerson',
  'keepPolicy',
  'keepSeenAt',
  'keepSession',
  'keepSignIn',
  'keepTabs',
  'renewIncarnation',
  'reservePaper',
  'takeInAsked',
  'keepHistoryKey',
  'keepHistory',
  'forgetHistory',
  'unwant',
  'forgetCursor',
  'forgetClosed',
  'forgetPerson',
  'forgetPolicy',
  'wipe',
]);

/**
 * A whole desk without window, network or disk, in time that a test steps: a queue that says what the test lets it say, at
 * both of its doors, and a store on a disk that can refuse. The first run begins with handler 1 signed in.
 */
export class SteppedDesk {
  readonly clock = new TestClock();
  readonly network = new FakeNetwork();
  readonly log = new LogScript();
  readonly store: DeskStore;
  readonly said: { readonly name: PushName; readonly payload: unknown }[] = [];
  readonly broken: SqliteFault[] = [];
  refuse: Refusing | null = null;
  /** What the queue says to somebody who signs in. */
  signInReply: SignInReply | Promise<SignInReply> = { kind: 'unreachable' };
  /** What the queue serves under the names of policies; nothing: it does not answer. */
  readonly served = new Map<string, string>();
  /** Policies that the queue was asked for. */
  readonly fetched: string[] = [];
  /** Whether the queue is there to sign in at. */
  answers = true;
  readonly asked: SignInRequest[] = [];
  /** Tokens that the queue was asked to end. */
  readonly ended: string[] = [];
  #ids = 0xf0000;
  #workstation: Workstation | null = null;

  constructor({ signIn = {} }: { readonly signIn?: Partial<KeptSignIn> | null } = {}) {
    this.store = this.#onDisk(memoryStore(asIncarnation(anId(0x1111))));
    if (signIn !== null) keepSignIn(this.store, signIn);
    this.begin();
  }

  /** The memory store, on a disk that can refuse. */
  #onDisk(inner: DeskStore): DeskStore {
    return new Proxy(inner, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return (...given: unknown[]): unknown => {
          if (this.refuse?.calls.has(String(name)) === true) throw refusalOf(this.refuse);
          return Reflect.apply(method, target, given);
        };
      },
    });
  }

  /** Starts the program, on what an earlier run has left. */
  begin(over: Partial<WorkstationOptions> = {}): void {
    this.#workstation = new Workstation({
      deskId: anActor().desk,
      realm: 'demo',
      profile: 'test',
      appVersion: '1',
      store: this.store,
      queueUrl: 'ws://127.0.0.1/desk',
      connect: this.network.connect,
      connectSignIn: () => ({
        signIn: async (request) => {
          this.asked.push(request);
          return this.signInReply;
        },
        answers: async () => this.answers,
        signOff: async (token) => void this.ended.push(token),
      }),
      connectPhotos: () => ({ read: async () => null }),
      connectPolicies: () => ({
        read: async (name) => {
          this.fetched.push(name);
          return this.served.get(name) ?? null;
        },
      }),
      pins: quickPins,
      clock: this.clock,
      timers: this.clock,
      random: () => 0.5,
      newId: () => anId((this.#ids += 1)),
      log: silentLogger,
      demo: [],
      faults: [],
      push: (name, payload) => void this.said.push({ name, payload: pushes[name].parse(payload) }),
      onStoreBroken: (fault) => void this.broken.push(fault),
      ...over,
    });
  }

  /** Ends the program; the store stays as it is. */
  stop(): void {
    this.#workstation?.[Symbol.dispose]();
  }

  beginAgain(over: Partial<WorkstationOptions> = {}): void {
    this.stop();
    this.begin(over);
  }

  /** The end of a test: nothing may be left over. */
  async end(): Promise<void> {
    this.refuse = null;
    this.stop();
    await turn();
    const left = { timers: this.clock.pending, connections: this.network.open };
    if (left.timers + left.connections > 0) throw new Error(`left over: ${JSON.stringify(left)}`);
  }

  async request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
    const envelope = await serve(this.#workstation?.handlers ?? {}, name, input);
    if (!envelope.ok) throw new Error(envelope.why);
    return envelope.value as Output<N>;
  }

  submit(contact: ContactId, act: Act, id = asCommandId(randomUUID())): Promise<Output<'command.submit'>> {
    return this.request('command.submit', { id, contact, act });
  }

  payloads<N extends PushName>(name: N): Payload<N>[] {
    return this.said.filter((push) => push.name === name).map(({ payload }) => payload as Payload<N>);
  }

  state(): Promise<Output<'desk.read'>> {
    return this.request('desk.read', {});
  }

  async linkKind(): Promise<string> {
    return (await this.state()).link.kind;
  }

  async faults(): Promise<string[]> {
    return (await this.state()).faults.map(({ fault }) => fault.kind);
  }

  async rows(): Promise<Output<'inbox.read'>['rows']> {
    return (await this.request('inbox.read', { after: null, limit: 100 })).rows;
  }

  /** Commands sent on the present connection. */
  commands(): Cmd[] {
    return this.network.last.sentOf('CMD');
  }

  welcome(over: Partial<Welcome> = {}): Welcome {
    const { storeEpoch, head } = this.log;
    return aWelcome({ storeEpoch, head, serverTime: this.clock.now(), ...over });
  }

  /** The next connection is tried and opens. */
  open(): void {
    const before = this.network.sockets.length;
    for (let tries = 0; this.network.sockets.length === before; tries += 1) {
      if (tries > 1_000) throw new Error('the desk does not connect');
      this.clock.advance(100);
    }
    this.network.last.opens();
  }

  /** … and is welcomed. */
  connect(over: Partial<Welcome> = {}): void {
    this.open();
    this.network.last.says(this.welcome(over));
  }

  snapshot(contacts: readonly Contact[] = this.log.contacts, lsn = this.log.head): void {
    const data = contacts.map((contact) => `${JSON.stringify(contact)}\n`).join('');
    const sha256 = createHash('sha256').update(data).digest('hex');
    this.network.last.says({ t: 'SNAP', id: 's', part: 1, of: 1, asOf: lsn, data });
    this.network.last.says({ t: 'SNAPEND', id: 's', asOf: lsn, count: contacts.length, sha256 });
  }

  /** Tells the desk everything after position `from`, and lets it take that in. */
  async tell(from: number): Promise<void> {
    const entries = this.log.entries.slice(from);
    for (const entry of entries) this.network.last.says(asFrame(entry));
    // One commit in each turn.
    for (let taken = 0; taken === 0 || taken < entries.length; taken += EVENTS_AT_ONCE) await turn();
  }

  /** The usual state: one contact in the copy, everything received. */
  async live(over: Partial<Contact> = {}): Promise<ContactId> {
    const { contact } = this.log.arrives(over);
    this.connect({ resumed: false });
    this.snapshot();
    await turn();
    return contact;
  }
}

const refusalOf = ({ kind, isFull }: Refusing): SqliteFault =>
  isFull === true
    ? new SqliteFault(kind, { cause: Object.assign(new Error('no room'), { code: 'SQLITE_FULL' }) })
    : new SqliteFault(kind);

/** The queue's answer to a command. */
export function resTo(command: Cmd | undefined, over: Partial<Res> = {}): Res {
  if (command === undefined) throw new Error('no command was sent');
  return {
    t: 'RES',
    cmdSeq: command.cmdSeq,
    cmdId: command.cmdId,
    status: 'applied',
    refusal: null,
    lsn: null,
    rev: 1,
    ...over,
  };
}
