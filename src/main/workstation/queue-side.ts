import {
  closeCodes,
  type Evt,
  type Hello,
  type Realm,
  type Res,
  type Welcome,
} from '../../shared/contract/queue-link.ts';
import type { LinkStatus } from '../../shared/contract/workstation.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import {
  asIncarnation,
  type DeskId,
  type HandlerId,
  type NewId,
  type StoreEpoch,
} from '../../shared/domain/ids.ts';
import type { Clock, Timers } from '../../shared/domain/time.ts';
import { errorCode, type Logger } from '../../platform/log.ts';
import { asSqliteFault, SqliteFault } from '../../platform/sqlite.ts';
import type { DeskStore, Greeting } from '../cache/desk-store.ts';
import type { ConnectSocket } from '../link/link-socket.ts';
import { QueueLink, type LinkOwner } from '../link/queue-link.ts';
import type { FaultList } from './fault-list.ts';
import type { Inbox } from './inbox.ts';
import type { Answer, Outbox } from './outbox.ts';
import { SnapshotText } from './snapshot-text.ts';

export interface QueueSideOptions {
  readonly deskId: DeskId;
  readonly handler: HandlerId;
  readonly realm: Realm;
  readonly appVersion: string;
  readonly url: string;
  readonly connect: ConnectSocket;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: NewId;
  readonly log: Logger;
  readonly store: DeskStore;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly faults: FaultList;
  /** The queue has greeted this desk: its number and policy. Comes before anything else of the connection. */
  readonly onGreeted: (greeting: Greeting) => void;
  /** Commands were answered, or taken back. */
  readonly onAnswers: (answers: readonly Answer[]) => void;
  /** The link's state, or how far the copy is behind, has changed. */
  readonly onStatus: () => void;
}

/** The same close code so often within so long is told to the handler. */
const UNSTEADY_TIMES = 3;
const UNSTEADY_MS = 60_000;

/** Runs the task once, after everything that has already arrived has been read. */
const endOfTurn = (task: () => void): void => void setImmediate(task);

/**
 * The desk's dealings with the central queue: what each frame means for the store, the inbox and the outbox, and what is
 * said back. The wire itself is the link's.
 */
export class QueueSide implements Disposable {
  readonly #options: QueueSideOptions;
  readonly #link: QueueLink;
  /** The time line of the queue that the present connection speaks of. */
  #storeEpoch: StoreEpoch | null = null;
  #head = 0;
  #snapshot: SnapshotText | null = null;
  #incoming: Evt[] = [];
  /** Flashes of this connection that the snapshot on its way may be too old to contain; `null` when none is to come. */
  #aheadOfSnapshot: ContactSummary[] | null = null;
  #wasDown = false;
  /** How often the queue has ended the link for the same reason lately. */
  #closed: { readonly code: number; readonly since: number; readonly times: number } | null = null;

  constructor(options: QueueSideOptions) {
    this.#options = options;
    this.#link = new QueueLink({ ...options, owner: this.#linkOwner() });
  }

  /** Begins to connect. */
  start(): void {
    this.#link.start();
  }

  [Symbol.dispose](): void {
    this.#link.stop();
  }

  /** This desk's clock against the queue's. */
  get offset(): { readonly ms: number; readonly errorMs: number } {
    return this.#link.offset;
  }

  /** A claim needs the queue's answer soon: not with the link red, and not before it first stood (rule X-08). */
  get canBeAsked(): boolean {
    const { kind } = this.#link.status();
    return kind === 'live' || kind === 'suspect';
  }

  /** Sends what waits, if anything may go. */
  pump(): void {
    if (!this.#link.isUp) return;
    for (const command of this.#options.outbox.toSend()) this.#link.send({ t: 'CMD', ...command });
  }

  status(): LinkStatus {
    const status = this.#link.status();
    const cursor = this.#options.store.cursor();
    const behind = this.#behind(cursor?.storeEpoch === this.#storeEpoch ? (cursor?.lsn ?? 0) : 0);
    const catchingUp = status.kind === 'live' && (behind > 0 || this.#snapshot !== null);
    return { ...status, kind: catchingUp ? 'catching-up' : status.kind, behind };
  }

  #behind(lsn: number): number {
    return Math.max(0, this.#head - lsn);
  }

  #linkOwner(): LinkOwner {
    const { deskId, appVersion, realm, handler } = this.#options;
    return {
      hello: () => ({
        deskId,
        incarnation: this.#options.store.incarnation(),
        appVersion,
        realm,
        signIn: { handler, token: null },
        resume: { cursor: this.#options.store.cursor(), lastCmdAcked: this.#options.outbox.lastAcknowledged },
        owns: this.#owned(),
      }),
      position: () => ({ cursor: this.#options.store.cursor(), cmdSeq: this.#options.store.lastSeq() }),
      onWelcome: (welcome) => {
        if (this.#options.faults.guard(() => this.#onWelcome(welcome)) !== null)
          this.#link.resume('store fault');
      },
      onFrame: (frame) => {
        switch (frame.t) {
          case 'FLASH':
            return this.#onFlash(frame.summary);
          case 'EVT':
            return this.#onEvent(frame);
          case 'SNAP':
            this.#snapshot ??= new SnapshotText(frame.id);
            this.#snapshot.add(frame);
            return this.#link.takenIn();
          case 'SNAPEND':
            return this.#onSnapshotEnd(frame);
          case 'RES':
            return this.#onAnswer(frame);
          case 'FENCED':
          case 'BYE':
          case 'RECONNECT':
            return;
        }
      },
      onStatus: () => this.#onLinkStatus(),
      onClosed: (code, why) => this.#onClosed(code, why),
      isUrgent: () =>
        this.#options.store.ownedBy(deskId).some((contact) => channelFacts[contact.channel].live),
    };
  }

  #owned(): Hello['owns'] {
    return this.#options.store.ownedBy(this.#options.deskId).map(({ id, fence, rev, ownership }) => ({
      contact: id,
      fence,
      rev,
      state: ownership.kind,
    }));
  }

  #onWelcome(welcome: Welcome): void {
    this.#incoming = [];
    this.#snapshot = null;
    this.#head = welcome.head;
    this.#aheadOfSnapshot = welcome.resumed ? null : [];
    const known = this.#options.store.cursor()?.storeEpoch ?? this.#storeEpoch;
    const isAnother = known === null ? this.#options.outbox.hasApplied : known !== welcome.storeEpoch;
    if (isAnother && this.#storeEpoch !== welcome.storeEpoch) {
      // The queue's past may have changed: what it once called applied is sent again, and its ids keep it from happening twice.
      this.#renewLife();
      // A position of one time line says nothing on another (rule L-02).
      this.#options.store.forgetCursor();
      this.#storeEpoch = welcome.storeEpoch;
      return this.#link.resume('another store epoch');
    }
    const { store, outbox } = this.#options;
    if (welcome.lastCmdSeq > store.lastSeq() || welcome.lastCmdSeq < outbox.lastAcknowledged) {
      // One of the two has forgotten something: this file is an older copy, or the queue's database is, or the desk is not
      // the one it was. In another life the numbers begin again, and ids keep anything from happening twice (rule L-16).
      this.#renewLife();
      return this.#link.resume('command numbers do not meet');
    }
    this.#storeEpoch = welcome.storeEpoch;
    const greeting = { deskNumber: welcome.deskNumber, policy: welcome.policy };
    this.#options.onGreeted(greeting);
    // Neither the greeting nor an emergency waits for a disk that refuses.
    this.#options.faults.guard(() => this.#options.store.keepGreeting(greeting));
    for (const emergency of welcome.emergencies) this.#onFlash(emergency);
    this.#options.onAnswers(this.#options.outbox.connected(welcome.lastCmdSeq));
    this.pump();
  }

  #renewLife(): void {
    this.#options.store.renewIncarnation(asIncarnation(this.#options.newId()));
    this.#options.outbox.reread();
  }

  /**
   * The queue ended the link. The same complaint again and again is told to the handler; if it is about a frame of ours, a
   * new life of the desk sends what waits under new numbers, which is the mend for any confusion about them.
   */
  #onClosed(code: number, why: string): void {
    const now = this.#options.clock.monotonic();
    const isSame =
      this.#closed !== null && this.#closed.code === code && now - this.#closed.since < UNSTEADY_MS;
    this.#closed =
      isSame && this.#closed !== null
        ? { ...this.#closed, times: this.#closed.times + 1 }
        : { code, since: now, times: 1 };
    if (code < 4000 || this.#closed.times < UNSTEADY_TIMES) return;
    this.#options.faults.add({ kind: 'link-unsteady', code, why, times: this.#closed.times });
    if (code !== closeCodes.badFrame || this.#closed.times > UNSTEADY_TIMES) return;
    this.#options.log.warn('a new life after repeated complaints', { code });
    this.#options.faults.guard(() => this.#renewLife());
  }

  #onFlash(summary: ContactSummary): void {
    this.#aheadOfSnapshot?.push(summary);
    this.#options.faults.guard(() => this.#options.inbox.flash(summary));
  }

  /** Events of one turn are committed together: one sync of the disk for a burst, and none delayed beyond the turn. */
  #onEvent(event: Evt): void {
    this.#incoming.push(event);
    if (this.#incoming.length === 1) endOfTurn(() => this.#takeIn());
  }

  #takeIn(): void {
    const events = this.#incoming;
    const storeEpoch = this.#storeEpoch;
    this.#incoming = [];
    if (events.length === 0 || storeEpoch === null || !this.#link.isUp) return;
    const fault = this.#options.faults.guard(() => {
      const received = this.#received(events, storeEpoch);
      if (received.kind === 'gap') return this.#link.resume('gap in the log');
      if (received.kind === 'incomplete') return this.#askSnapshot();
      this.#link.send({ t: 'ACK', cursor: received.cursor });
      this.#link.takenIn();
      const caughtUp =
        this.#behind(received.cursor.lsn - events.length) > 0 && this.#behind(received.cursor.lsn) === 0;
      const answers = this.#options.outbox.settled(received.settled);
      this.#options.inbox.publishReceived();
      this.#options.onAnswers(answers);
      this.#head = Math.max(this.#head, received.cursor.lsn);
      if (caughtUp) this.#options.onStatus();
      this.pump();
    });
    // What was not written comes again.
    if (fault !== null) this.#link.resume('store fault');
  }

  /** Events that do not fit the copy are a bug somewhere: a fresh copy mends it, ending the process would not. */
  #received(events: readonly Evt[], storeEpoch: StoreEpoch): ReturnType<Inbox['receive']> {
    try {
      return this.#options.inbox.receive(events, storeEpoch);
    } catch (error) {
      if (asSqliteFault(error) instanceof SqliteFault) throw error;
      this.#options.log.error('events do not fit the copy', { error: errorCode(error) });
      return { kind: 'incomplete' };
    }
  }

  #onSnapshotEnd(end: Parameters<SnapshotText['finish']>[0]): void {
    const snapshot = this.#snapshot ?? new SnapshotText(end.id);
    this.#snapshot = null;
    const storeEpoch = this.#storeEpoch;
    if (storeEpoch === null) return;
    const contacts = snapshot.finish(end);
    const cursor = { storeEpoch, lsn: end.asOf };
    const flashes = this.#aheadOfSnapshot ?? [];
    this.#aheadOfSnapshot = null;
    const fault = this.#options.faults.guard(() => {
      const settled = this.#options.inbox.install(contacts, cursor);
      // An emergency that came meanwhile is not hidden until the log brings it again (rule O-04).
      for (const summary of flashes) this.#options.store.commitFlash(summary);
      this.#link.send({ t: 'ACK', cursor });
      this.#link.takenIn();
      const answers = this.#options.outbox.settled(settled);
      this.#options.inbox.reset();
      this.#options.onAnswers(answers);
      this.#options.onStatus();
    });
    if (fault !== null) this.#link.resume('store fault');
  }

  /** Gives the place in the log up, so that the next connection brings the whole copy. */
  #askSnapshot(): void {
    this.#options.store.forgetCursor();
    this.#link.resume('copy incomplete');
  }

  #onAnswer(res: Res): void {
    this.#options.faults.guard(() => {
      const answer = this.#options.outbox.answered(res);
      if (answer !== null) this.#options.onAnswers([answer]);
      this.pump();
    });
  }

  #onLinkStatus(): void {
    const link = this.#link;
    if (!link.isUp) this.#options.outbox.disconnected();
    const { kind } = link.status();
    const down = kind === 'down' || kind === 'refused';
    if (down && !this.#wasDown)
      this.#options.faults.guard(() => this.#options.onAnswers(this.#options.outbox.wentRed()));
    this.#wasDown = down;
    const { refusal } = link;
    if (refusal !== null) {
      this.#options.faults.add({ kind: 'queue-refused', code: refusal.code, why: refusal.why });
    }
    this.#options.onStatus();
  }
}
