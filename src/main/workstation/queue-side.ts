import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import {
  closeCodes,
  type Asked,
  type Hello,
  type Res,
  type Welcome,
} from '../../shared/contract/queue-link.ts';
import type { Realm } from '../../shared/contract/realm.ts';
import type { LinkStatus } from '../../shared/contract/workstation.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import { toldToOthers, type DeskStatus } from '../../shared/domain/desk-status.ts';
import type { ServiceState } from '../../shared/domain/language/translation.ts';
import { asIncarnation, type ContactId, type DeskId, type NewId } from '../../shared/domain/ids.ts';
import { asInstant, type Clock, type Instant, type Timers } from '../../shared/domain/time.ts';
import type { Logger } from '../../platform/log.ts';
import type { DeskStore, Greeting } from '../cache/desk-store.ts';
import type { ConnectSocket } from '../link/link-socket.ts';
import { QueueLink, type LinkOwner } from '../link/queue-link.ts';
import type { FaultList } from './fault-list.ts';
import type { HistoryIndex } from './history-index.ts';
import type { Inbox } from './inbox.ts';
import { LogIntake } from './log-intake.ts';
import { LookUps, type LookedUp } from './look-ups.ts';
import type { MissedReport } from './missed.ts';
import type { Answer, Outbox } from './outbox.ts';

export interface QueueSideOptions {
  readonly deskId: DeskId;
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
  readonly missed: MissedReport;
  readonly history: HistoryIndex;
  /** Who works here and the token of their sign-in, asked anew for each connection. */
  readonly signIn: () => Hello['signIn'];
  /** What the person here is doing; `null` when that is not known. */
  readonly status: () => DeskStatus | null;
  /** The queue has greeted this desk. Comes before anything else of the connection. */
  readonly onGreeted: (greeting: Greeting, welcome: Welcome) => void;
  /** The queue has said which policies are in force: behind each greeting, and when that changes. */
  readonly onPolicies: (told: Pick<Welcome, 'policy' | 'policies'>) => void;
  /** The queue has said how its translation service stands: in each greeting, and when that changes. */
  readonly onTranslation: (state: ServiceState | null) => void;
  /** The queue does not take the sign-in any more. The desk's dealings with it are over. */
  readonly onSignInRefused: (because: 'expired' | 'revoked') => void;
  /** Commands were answered, or taken back. */
  readonly onAnswers: (answers: readonly Answer[]) => void;
  /** The public is typing in a chat of this desk. */
  readonly onTyping: (contact: ContactId) => void;
  /** The link's state, or how far the copy is behind, has changed. */
  readonly onStatus: () => void;
}

/** The same close code so often within so long is told to the handler. */
const UNSTEADY_TIMES = 3;
const UNSTEADY_MS = 60_000;

/** Close codes that end the sign-in and not the desk (rules ). */
const signInEnds: ReadonlyMap<number, 'expired' | 'revoked'> = new Map([
  [closeCodes.signInNeeded, 'expired'],
  [closeCodes.revoked, 'revoked'],
]);

/**
 * The desk's dealings with the central queue while somebody is signed in: what each frame means for the store, the inbox
 * and the outbox, and what is said back. The wire itself is the link's.
 */
export class QueueSide implements Disposable {
  readonly #options: QueueSideOptions;
  readonly #link: QueueLink;
  readonly #intake: LogIntake;
  readonly #lookUps: LookUps;
  #wasUp = false;
  #wasDown = false;
  /** How often the queue has ended the link for the same reason lately. */
  #closed: { readonly code: number; readonly since: number; readonly times: number } | null = null;

  constructor(options: QueueSideOptions) {
    this.#options = options;
    this.#link = new QueueLink({ ...options, owner: this.#linkOwner() });
    this.#intake = new LogIntake({
      ...options,
      link: this.#link,
      onAnswers: (answers) => this.#tell(answers),
      onUnseen: ({ unseen, lacking }) => {
        // A queue that cannot be asked for one contact gives the whole copy.
        if (lacking.length > 0 && !this.#lookUps.canAsk) return this.#intake.askSnapshot();
        this.#lookUps.unseen(unseen);
      },
      onTaken: ({ caughtUp }) => {
        if (caughtUp) this.#options.onStatus();
        this.pump();
        this.#maybeWhole();
      },
    });
    this.#lookUps = new LookUps({
      ...options,
      link: this.#link,
      queueTime: () => this.#queueTime(),
      onTaken: () => {
        this.#maybeWhole();
        this.#options.onStatus();
      },
    });
  }

  /** Begins to connect. A copy from before is as old as the queue's last word on it (rule X-11). */
  start(): void {
    const { store, missed } = this.#options;
    const heardAt = store.heardAt();
    if (store.cursor() !== null && heardAt !== null) missed.begins(heardAt);
    this.#link.start();
  }

  /** Says good-bye, so that the queue does not wait for this desk. */
  signOff(): void {
    this.#link.send({ t: 'BYE', code: 'sign-off', resumable: false });
  }

  /** Whoever works here is to be another, or nobody: a claim of theirs must not be sent hours later (rule X-08). */
  end(): void {
    this.#options.faults.guard(() => this.#tell(this.#options.outbox.expire()));
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#link.stop();
    this.#lookUps.ends();
    this.#options.history.ends();
    this.#options.outbox.disconnected();
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

  /** Whether the copy has everything that the queue had when it greeted. */
  get isWhole(): boolean {
    return this.#link.isUp && this.#intake.isWhole && !this.#lookUps.isLacking;
  }

  /** Asks the queue for what this desk does not hold (rule L-24). */
  lookUp(asked: Asked): Promise<LookedUp> {
    return this.#lookUps.ask(asked);
  }

  /** Who is signed in at other desks (rule CH-16); `null`: the queue cannot be asked. */
  colleagues(): Promise<readonly Colleague[] | null> {
    return this.#lookUps.colleagues();
  }

  /** Sends what waits, if anything may go. */
  pump(): void {
    if (!this.#link.isUp) return;
    for (const command of this.#options.outbox.toSend()) this.#link.send({ t: 'CMD', ...command });
  }

  /** Tells what the person here is doing; what cannot be told now is told after the next greeting (rule A-10). */
  tellStatus(): void {
    const status = this.#options.status();
    // What they are away for is nobody's business: it does not leave the desk (rule A-11).
    if (status !== null) this.#link.send({ t: 'DESK', status: toldToOthers(status) });
  }

  /** Of no use later: what cannot be told now is not told. */
  tellTyping(contact: ContactId): void {
    if (this.#link.isUp) this.#link.send({ t: 'TYPING', contact });
  }

  status(): LinkStatus {
    const status = this.#link.status();
    const { behind, isTakingSnapshot } = this.#intake;
    const catchingUp = status.kind === 'live' && (behind > 0 || isTakingSnapshot);
    return { ...status, kind: catchingUp ? 'catching-up' : status.kind, behind };
  }

  #linkOwner(): LinkOwner {
    const { deskId, appVersion, realm, store, outbox } = this.#options;
    return {
      hello: () => ({
        deskId,
        incarnation: store.incarnation(),
        appVersion,
        realm,
        signIn: this.#options.signIn(),
        resume: { cursor: store.cursor(), lastCmdAcked: outbox.lastAcknowledged },
        owns: this.#owned(),
      }),
      position: () => ({ cursor: store.cursor(), cmdSeq: store.lastSeq() }),
      onWelcome: (welcome) => {
        if (this.#options.faults.guard(() => this.#onWelcome(welcome)) !== null)
          this.#link.resume('store fault');
      },
      onFrame: (frame) => {
        switch (frame.t) {
          case 'POLICY':
            return this.#options.onPolicies(frame);
          case 'TRANSLATION':
            return this.#options.onTranslation(frame.state);
          case 'FLASH':
            return this.#intake.flash(frame.summary);
          case 'EVT':
            return this.#intake.event(frame);
          case 'SNAP':
            return this.#intake.snapshotPart(frame);
          case 'SNAPEND':
            return this.#intake.snapshotEnd(frame);
          case 'WRITING':
            return this.#options.onTyping(frame.contact);
          case 'FOUND':
            return this.#lookUps.found(frame);
          case 'ANSWER':
            return this.#lookUps.answered(frame);
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
      isUrgent: () => store.ownedBy(deskId).some((contact) => channelFacts[contact.channel].live),
    };
  }

  /** What the queue knows this desk has. What only this desk has written down so far is none of it. */
  #owned(): Hello['owns'] {
    const { store, deskId } = this.#options;
    return store
      .ownedBy(deskId)
      .filter(({ rev }) => rev > 0)
      .map(({ id, fence, rev, ownership }) => ({ contact: id, fence, rev, state: ownership.kind }));
  }

  #onWelcome(welcome: Welcome): void {
    const { store, outbox, missed } = this.#options;
    const intake = this.#intake;
    intake.begins(welcome);
    const known = store.cursor()?.storeEpoch ?? intake.storeEpoch;
    const isAnother = known === null ? outbox.hasApplied : known !== welcome.storeEpoch;
    if (isAnother && intake.storeEpoch !== welcome.storeEpoch) {
      // The queue's past may have changed: what it once called applied is sent again, and its ids keep it from happening twice.
      this.#renewLife();
      // A position of one time line says nothing on another (rule L-02).
      store.forgetCursor();
      intake.speaksOf(welcome.storeEpoch);
      return this.#link.resume('another store epoch');
    }
    if (welcome.lastCmdSeq > store.lastSeq() || welcome.lastCmdSeq < outbox.lastAcknowledged) {
      // One of the two has forgotten something: this file is an older copy, or the queue's database is, or the desk is not
      // the one it was. In another life the numbers begin again, and ids keep anything from happening twice (rule L-16).
      this.#renewLife();
      return this.#link.resume('command numbers do not meet');
    }
    intake.speaksOf(welcome.storeEpoch);
    const greeting = { deskNumber: welcome.deskNumber, policy: welcome.policy };
    this.#options.onGreeted(greeting, welcome);
    // Neither the greeting nor an emergency waits for a disk that refuses.
    this.#options.faults.guard(() => store.keepGreeting(greeting));
    this.#options.onPolicies(welcome);
    this.#options.onTranslation(welcome.translation ?? null);
    missed.greeted(outbox.waitingOf(this.#options.signIn().handler));
    for (const emergency of welcome.emergencies) intake.flash(emergency);
    this.#lookUps.begins(welcome);
    this.#options.history.begins(welcome, (asked) => this.#lookUps.lines(asked));
    this.#tell(outbox.connected(welcome.lastCmdSeq));
    this.tellStatus();
    this.pump();
    this.#maybeWhole();
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

  #onAnswer(res: Res): void {
    this.#options.faults.guard(() => {
      const answer = this.#options.outbox.answered(res);
      if (answer !== null) this.#tell([answer]);
      this.pump();
      this.#maybeWhole();
    });
  }

  #tell(answers: readonly Answer[]): void {
    this.#options.missed.answered(answers);
    this.#options.onAnswers(answers);
  }

  /** What was missed is told when the copy has caught up, and not before. */
  #maybeWhole(): void {
    if (!this.isWhole) return;
    this.#options.faults.guard(() => this.#options.missed.isWhole(this.#queueTime()));
  }

  #queueTime(at: Instant = this.#options.clock.now()): Instant {
    return asInstant(at + this.#link.offset.ms);
  }

  #onLinkStatus(): void {
    const link = this.#link;
    const { outbox, faults, missed, store } = this.#options;
    if (!link.isUp) {
      outbox.disconnected();
      this.#lookUps.ends();
      this.#options.history.ends();
    }
    const { kind, confirmedAt } = link.status();
    const down = kind === 'down' || kind === 'refused';
    const from = confirmedAt === null || store.cursor() === null ? null : this.#queueTime(confirmedAt);
    if (this.#wasUp && !link.isUp && from !== null) missed.breaks(from);
    this.#wasUp = link.isUp;
    if (down && !this.#wasDown) {
      if (from !== null) missed.begins(from);
      faults.guard(() => this.#tell(outbox.expire()));
    }
    this.#wasDown = down;
    const { refusal } = link;
    const signInEnd = refusal === null ? undefined : signInEnds.get(refusal.code);
    if (signInEnd !== undefined) return this.#options.onSignInRefused(signInEnd);
    if (refusal !== null) faults.add({ kind: 'queue-refused', code: refusal.code, why: refusal.why });
    this.#options.onStatus();
  }
}
