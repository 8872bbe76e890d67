import { errorCode, type Logger } from '../platform/log.ts';
import {
  closeCodes,
  IN_FLIGHT_LIMIT,
  parseFrame,
  upFrameSchema,
  type Cmd,
  type Hello,
  type UpFrame,
} from '../shared/contract/queue-link.ts';
import type { Actor } from '../shared/domain/contact.ts';
import { asLsn, type DeskId, type HandlerId, type Lsn } from '../shared/domain/ids.ts';
import { SECOND, type Timers } from '../shared/domain/time.ts';
import { unreachable } from '../shared/lib/assert.ts';
import { Answering } from './answering.ts';
import { DeskOutlet, type DeskSocket } from './desk-outlet.ts';
import { eventText, flashText, resultFrame } from './down-frames.ts';
import { lapseOf, SEEN_EVERY_MS, signedInAt, type SignIns } from './accounts/sign-ins.ts';
import { earlyRefusal, helloRefusal, type HelloRefusal } from './hello-check.ts';
import type { LookUpLimits } from './look-up-limits.ts';
import type { LogTail } from './log-tail.ts';
import type { QueueService } from './service.ts';
import type { SnapshotTexts } from './snapshot-text.ts';
import type { Standing } from './store/account-store.ts';
import { StoreUnavailable, type CommittedEntry } from './store/queue-store.ts';
import { fencedFrames, welcomeText } from './welcome.ts';

/** A desk says HELLO within this (rule L-01). */
export const HELLO_WITHIN_MS = 5 * SECOND;
/** A desk that says nothing for this long is gone. */
export const SILENCE_LIMIT_MS = 15 * SECOND;
/** A desk further behind gets a snapshot (rule L-10). Events. */
const REPLAY_LIMIT = 5_000;
/** Events read at a time for a replay. */
const REPLAY_BATCH = 200;

/** What every session of a node shares. */
export interface SessionContext {
  readonly service: QueueService;
  readonly signIns: SignIns;
  readonly tail: LogTail;
  readonly snapshots: SnapshotTexts;
  readonly limits: LookUpLimits;
  readonly timers: Timers;
  readonly log: Logger;
  readonly newId: () => string;
  /** Lets everything else that is due happen first. */
  readonly nextTurn: () => Promise<void>;
  /**
   * Registers a session under its desk, at once; the one that was there before is displaced (rule L-15). Resolves when
   * no command of the desk's earlier links is on its way to the store any more, and none of them starts another. While
   * somebody else is signed in there over a link that is up, it is not let in, and why is the answer (rule A-02).
   */
  readonly enter: (desk: DeskId, session: Session) => Promise<HelloRefusal | null>;
  /** Called once, when the link has ended. */
  readonly leave: (session: Session) => void;
}

type SessionState =
  /** Connected; only HELLO may come. */
  | { readonly kind: 'greeting' }
  /** HELLO was taken; flashes are held until WELCOME has gone out. */
  | { readonly kind: 'welcoming'; readonly held: string[] }
  /** Replay or snapshot is on its way. */
  | { readonly kind: 'catching-up'; readonly actor: Actor }
  /** Events go out as they are committed. */
  | { readonly kind: 'live'; readonly actor: Actor }
  | { readonly kind: 'ended' };

/**
 * One desk's link: greeting → welcoming → catching up → live. Whatever state it is in, an emergency is flashed in the
 * turn of its commit (rule L-09), and a command's result goes out only after its commit.
 */
export class Session {
  readonly #context: SessionContext;
  readonly #outlet: DeskOutlet;
  readonly #answering: Answering;
  readonly #id: string;
  #state: SessionState = { kind: 'greeting' };
  /** The last position sent: what the next event names as `prev` (rule L-06). */
  #sent: Lsn = asLsn(0);
  #hello: Hello | null = null;
  /** Who was let in, as WELCOME said it. */
  #standing: Standing | null = null;
  #seenAgain: Disposable | null = null;
  #deadline: Disposable;
  #unanswered = 0;
  /** Commands in the order they came; each starts when the one before has been answered. */
  #commands: Promise<void> = Promise.resolve();

  constructor(context: SessionContext, socket: DeskSocket) {
    this.#context = context;
    this.#outlet = new DeskOutlet(socket, context.nextTurn);
    this.#id = context.newId();
    this.#answering = new Answering({
      ...context,
      outlet: this.#outlet,
      onRevoked: () => this.close(closeCodes.revoked, 'this account is closed'),
      onFailure: (error) => this.#onFailure(error),
    });
    this.#deadline = context.timers.after(HELLO_WITHIN_MS, () =>
      this.close(closeCodes.noHello, 'no HELLO within 5 s'),
    );
  }

  get isWelcomed(): boolean {
    return this.#state.kind === 'catching-up' || this.#state.kind === 'live';
  }

  get deskId(): DeskId | null {
    return this.#hello?.deskId ?? null;
  }

  /** Who says that they work there, or `null` before HELLO. */
  get handler(): HandlerId | null {
    return this.#hello?.signIn.handler ?? null;
  }

  /** The digest of the token that let it in, or `null` before. */
  get signInDigest(): string | null {
    return this.#standing?.signIn.digest ?? null;
  }

  /**
   * The sign-in as it stands now: the link ends when it holds no more, and comes back with what changed when the role is
   * another (rules ).
   */
  review(now: Standing): void {
    const lapse = lapseOf(now, this.#context.service.now());
    if (lapse !== null) return this.close(lapse.code, lapse.why);
    if (now.account.role !== this.#standing?.account.role)
      this.close(closeCodes.tryLater, 'the role of this account has changed');
  }

  /** Resolves when every command received so far has been answered, and nothing is looked up any more. */
  async settled(): Promise<void> {
    await this.#commands;
    await this.#answering.settled();
  }

  /** A text frame from the desk. */
  receive(text: string): void {
    if (this.#state.kind === 'ended') return;
    const parsed = parseFrame(upFrameSchema, text);
    if (!parsed.ok) {
      const early = this.#state.kind === 'greeting' ? earlyRefusal(text) : null;
      return this.close(early?.code ?? closeCodes.badFrame, early?.why ?? parsed.why);
    }
    const { frame } = parsed;
    if (frame.t === 'HELLO') return this.#onHello(frame);
    if (this.#state.kind === 'greeting') return this.close(closeCodes.badFrame, 'HELLO must come first');
    this.#listenOn();
    this.#onFrame(frame);
  }

  /** A binary frame: DeskLink has none (rule L-04). */
  receiveBinary(): void {
    this.close(closeCodes.badFrame, 'frames are text');
  }

  /** An emergency, at once, in whatever state the link is (rule L-09). `text` is the FLASH frame. */
  flash(text: string): void {
    this.tell(text);
  }

  /** A frame that does not stand in the order of the log: at once, or right behind WELCOME (rules L-09, Y-05). */
  tell(text: string): void {
    if (this.#state.kind === 'welcoming') this.#state.held.push(text);
    else if (this.isWelcomed) this.#outlet.now(text);
  }

  /** The next entry of the log. `text` is its EVT frame for a desk that has everything before it. */
  deliver(entry: CommittedEntry, text: string): void {
    if (this.#state.kind !== 'live' || entry.lsn <= this.#sent) return;
    if (entry.lsn === this.#sent + 1) {
      this.#sent = entry.lsn;
      this.#outlet.now(text);
    } else {
      this.#catchUp(this.#state.actor, { snapshotFirst: false });
    }
  }

  /** Says that this node goes away (rule L-13: the desk spreads its return over the window). */
  announceDrain(windowMs: number): void {
    if (this.isWelcomed) this.#outlet.frame({ t: 'RECONNECT', notBeforeMs: 0, windowMs, to: null });
  }

  /** Ends the link, telling the desk why. */
  close(code: number, why: string): void {
    if (this.#state.kind === 'ended') return;
    this.#context.log.info('desk closed', { session: this.#id, code });
    this.#outlet.close(code, why);
    this.ended();
  }

  /** The socket is gone, whoever ended it. */
  ended(): void {
    if (this.#state.kind === 'ended') return;
    this.#state = { kind: 'ended' };
    this.#outlet.ended();
    this.#deadline[Symbol.dispose]();
    this.#seenAgain?.[Symbol.dispose]();
    this.#context.leave(this);
  }

  #listenOn(): void {
    this.#deadline[Symbol.dispose]();
    this.#deadline = this.#context.timers.after(SILENCE_LIMIT_MS, () =>
      this.close(closeCodes.tryLater, 'nothing heard for 15 s'),
    );
  }

  #onFrame(frame: Exclude<UpFrame, Hello>): void {
    switch (frame.t) {
      case 'CMD':
        return this.#onCommand(frame);
      case 'HB': {
        const { n } = frame;
        // In turn behind WELCOME and its flashes, so that nothing precedes those (rule L-08).
        if (this.isWelcomed) return this.#answerHeartbeat(n);
        this.#inTurn(async () => this.#answerHeartbeat(n));
        return;
      }
      case 'CREDIT':
        return this.#outlet.grant(frame.bytes);
      case 'DESK': {
        const { status } = frame;
        this.#inTurn(async () => {
          const { actor } = this;
          if (actor !== null) await this.#context.signIns.keepStatus(actor, status);
        });
        return;
      }
      case 'TYPING': {
        const { actor } = this;
        if (actor !== null) this.#context.service.typing.emit({ contact: frame.contact, desk: actor.desk });
        return;
      }
      case 'ASK': {
        const { actor } = this;
        if (actor === null || !this.#answering.take(frame, actor))
          this.close(closeCodes.badFrame, 'questions before WELCOME, or too many at once');
        return;
      }
      case 'ACK':
        return;
      case 'BYE':
        return this.close(1000, 'bye');
      default:
        return unreachable(frame);
    }
  }

  /** Who acts here, once welcomed. */
  get actor(): Actor | null {
    return this.#state.kind === 'live' || this.#state.kind === 'catching-up' ? this.#state.actor : null;
  }

  #answerHeartbeat(n: number): void {
    const { service, tail } = this.#context;
    this.#outlet.frame({ t: 'HBACK', n, serverTime: service.now(), head: tail.position });
  }

  #onHello(hello: Hello): void {
    if (this.#state.kind !== 'greeting') return this.close(closeCodes.badFrame, 'HELLO came twice');
    const refusal = helloRefusal(hello, this.#context.service.realm);
    if (refusal !== null) return this.close(refusal.code, refusal.why);
    const held: string[] = [];
    this.#state = { kind: 'welcoming', held };
    this.#hello = hello;
    this.#listenOn();
    this.#inTurn(async () => {
      // Before it takes the desk's place: nobody is displaced by whom the queue does not let in.
      const standing = await this.#context.signIns.greet(hello);
      if (this.#state.kind !== 'welcoming') return;
      if ('code' in standing) return this.close(standing.code, standing.why);
      const refused = await this.#context.enter(hello.deskId, this);
      if (refused !== null) return this.close(refused.code, refused.why);
      // Ended meanwhile: there is nothing to move on any more.
      if (this.#state.kind !== 'welcoming') return;
      this.#standing = standing;
      this.#seeAgain(standing.signIn.digest);
      if (this.#state.kind === 'welcoming') await this.#welcome(hello, standing, held);
    });
  }

  /** A link may last longer than a sign-in holds by itself. */
  #seeAgain(digest: string): void {
    const { signIns, timers, log } = this.#context;
    this.#seenAgain = timers.after(SEEN_EVERY_MS, () => {
      signIns.seen(digest).catch((error: unknown) => {
        log.warn('a sign-in could not be moved on', { session: this.#id, error: errorCode(error) });
      });
      this.#seeAgain(digest);
    });
  }

  async #welcome(hello: Hello, standing: Standing, held: string[]): Promise<void> {
    const { service, log } = this.#context;
    const actor = await service.actorAt(hello.deskId, hello.signIn.handler);
    const greeting = await service.greeting(hello.deskId, hello.incarnation);
    const { cursor } = hello.resume;
    const behind = cursor === null ? 0 : greeting.head - cursor.lsn;
    const isKnown = cursor !== null && cursor.storeEpoch === service.storeEpoch;
    if (isKnown && behind < 0)
      log.error('a desk is ahead of the log', { desk: hello.deskId, ahead: -behind });
    const resumed = isKnown && behind >= 0 && behind <= REPLAY_LIMIT;

    const signedIn = signedInAt(standing, service.now());
    const { text, carried } = welcomeText({ session: this.#id, service, actor, signedIn, greeting, resumed });
    this.#outlet.now(text);
    for (const summary of greeting.emergencies.slice(carried)) {
      await this.#outlet.paced(flashText(greeting.head, summary));
    }
    for (let flash = held.shift(); flash !== undefined; flash = held.shift()) await this.#outlet.paced(flash);
    if (this.#state.kind !== 'welcoming') return;
    this.#sent = resumed ? cursor.lsn : asLsn(0);
    this.#catchUp(actor, { snapshotFirst: !resumed });
    for (const frame of await fencedFrames(service, hello)) await this.#outlet.paced(JSON.stringify(frame));
    log.info('desk welcomed', { session: this.#id, desk: hello.deskId, number: actor.deskNumber, resumed });
  }

  /** Sends what the desk has missed, then goes live; never two at once, because only `live` and WELCOME start it. */
  #catchUp(actor: Actor, start: { readonly snapshotFirst: boolean }): void {
    this.#state = { kind: 'catching-up', actor };
    this.#sendMissed(actor, start).catch((error: unknown) => this.#onFailure(error));
  }

  async #sendMissed(actor: Actor, { snapshotFirst }: { readonly snapshotFirst: boolean }): Promise<void> {
    const { service, tail } = this.#context;
    if (snapshotFirst) await this.#sendSnapshot();
    while (this.#state.kind === 'catching-up') {
      if (this.#sent >= tail.position) {
        this.#state = { kind: 'live', actor };
        return;
      }
      for (const entry of await service.entriesAfter(this.#sent, REPLAY_BATCH)) {
        await this.#outlet.bulk(eventText(this.#sent, entry));
        this.#sent = entry.lsn;
      }
    }
  }

  async #sendSnapshot(): Promise<void> {
    const { snapshots, newId } = this.#context;
    const { asOf, count, slices, sha256 } = await snapshots.recent();
    const id = newId();
    for (const [index, data] of slices.entries()) {
      const frame = { t: 'SNAP', id, part: index + 1, of: slices.length, asOf, data };
      await this.#outlet.bulk(JSON.stringify(frame));
    }
    await this.#outlet.bulk(JSON.stringify({ t: 'SNAPEND', id, asOf, count, sha256 }));
    this.#sent = asOf;
  }

  #onCommand(frame: Cmd): void {
    this.#unanswered += 1;
    if (this.#unanswered > IN_FLIGHT_LIMIT) {
      return this.close(closeCodes.badFrame, `more than ${IN_FLIGHT_LIMIT} commands unanswered`);
    }
    this.#inTurn(() => this.#execute(frame));
  }

  async #execute(frame: Cmd): Promise<void> {
    const state = this.#state;
    const hello = this.#hello;
    if ((state.kind !== 'live' && state.kind !== 'catching-up') || hello === null) return;
    const { cmdId, cmdSeq, contact, fence, baseRev, by, body, at } = frame;
    const command = { id: cmdId, contact, fence, baseRev, by, act: body };
    const numbered = { incarnation: hello.incarnation, cmdSeq, command, deskTime: at };
    const execution = await this.#context.service.execute(state.actor, numbered);
    this.#unanswered -= 1;
    if (execution.kind === 'protocol-error') return this.close(closeCodes.badFrame, execution.why);
    if (execution.kind === 'revoked') return this.close(closeCodes.revoked, 'this account is closed');
    this.#outlet.frame(resultFrame(cmdSeq, execution));
  }

  #inTurn(work: () => Promise<void>): void {
    this.#commands = this.#commands.then(async () => {
      if (this.#state.kind !== 'ended') await work();
    });
    this.#commands = this.#commands.catch((error: unknown) => this.#onFailure(error));
  }

  /** The desk comes back by itself; what it asked for is in its outbox. */
  #onFailure(error: unknown): void {
    const away = error instanceof StoreUnavailable;
    this.#context.log.error(away ? 'the store is away' : 'session failed', {
      session: this.#id,
      error: errorCode(error),
    });
    this.close(closeCodes.tryLater, away ? 'the queue’s database is away' : 'the queue had a fault');
  }
}
