import type { Fault } from '../../shared/contract/fault.ts';
import type { Evt, Hello, Realm, Res, Welcome } from '../../shared/contract/queue-link.ts';
import {
  type DeskState,
  type Draft,
  type Input,
  type Output,
  type Payload,
  type RequestHandlers,
} from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import type { Act, Command } from '../../shared/domain/command.ts';
import type { Actor, ContactSummary } from '../../shared/domain/contact.ts';
import {
  asCommandId,
  asIncarnation,
  type ContactId,
  type DeskId,
  type HandlerId,
  type NewId,
  type StoreEpoch,
} from '../../shared/domain/ids.ts';
import { later, type Clock, type Timers } from '../../shared/domain/time.ts';
import { errorCode, type Logger } from '../../platform/log.ts';
import { asSqliteFault, SqliteFault } from '../../platform/sqlite.ts';
import type { DeskStore, Greeting } from '../cache/desk-store.ts';
import { KEEP_CLOSED_MS } from '../../shared/domain/retention.ts';
import type { ConnectSocket } from '../link/link-socket.ts';
import { QueueLink, type LinkOwner } from '../link/queue-link.ts';
import { ConsultationLog } from './consultation-log.ts';
import { Inbox } from './inbox.ts';
import { Outbox, type Answer } from './outbox.ts';
import { SnapshotText } from './snapshot-text.ts';
import { refusalBeforehand } from './submission.ts';

export interface WorkstationOptions {
  readonly deskId: DeskId;
  readonly handler: HandlerId;
  readonly realm: Realm;
  readonly profile: string;
  readonly appVersion: string;
  readonly store: DeskStore;
  /** The queue's socket address; `null` when there is none to connect to (`faults` says why). */
  readonly queueUrl: string | null;
  readonly connect: ConnectSocket;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: NewId;
  readonly log: Logger;
  /** What opening the store, or reading the settings, had to tell. */
  readonly faults: readonly Fault[];
  readonly push: <N extends PushName>(name: N, payload: Payload<N>) => void;
  /** The store broke while in use: the process ends and begins again, which sets the file aside (rule S-06). */
  readonly onStoreBroken: (fault: SqliteFault) => void;
}

/** Runs the task once, at the end of this turn's input. Passed in by the entry point. */
const endOfTurn = (task: () => void): void => void setImmediate(task);

/**
 * The desk without its window: store, link, inbox and outbox wired together behind the window's contract. A window, a
 * headless desk of a load test and an integration test all use this.
 */
export class Workstation implements Disposable {
  readonly #options: WorkstationOptions;
  readonly #store: DeskStore;
  readonly #link: QueueLink | null;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #consultations: ConsultationLog;
  #greeting: Greeting | null;
  /** The time line of the queue that the present connection speaks of. */
  #storeEpoch: StoreEpoch | null = null;
  #head = 0;
  #snapshot: SnapshotText | null = null;
  #incoming: Evt[] = [];
  /** Flashes of this connection that the snapshot on its way may be too old to contain; `null` when none is to come. */
  #aheadOfSnapshot: ContactSummary[] | null = null;
  #hourly: Disposable | null = null;
  #wasDown = false;
  #faults: { readonly id: number; readonly fault: Fault }[] = [];
  #nextFaultId = 1;

  constructor(options: WorkstationOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#greeting = options.store.greeting();
    for (const fault of options.faults) this.#addFault(fault);
    this.#outbox = new Outbox({
      store: options.store,
      clock: options.clock,
      offset: () => this.#link?.offset ?? { ms: 0, errorMs: 0 },
    });
    this.#inbox = new Inbox({
      store: options.store,
      undecided: (contact) => this.#outbox.undecided(contact),
      me: () => this.#me(),
      publish: (patch) => options.push('inbox.changed', patch),
    });
    this.#consultations = new ConsultationLog(options.clock);
    this.#link =
      options.queueUrl === null
        ? null
        : new QueueLink({ ...options, url: options.queueUrl, owner: this.#linkOwner() });
    this.#forgetOld();
    this.#link?.start();
  }

  /** One function per request of the window's contract (settings are the shell's). */
  readonly handlers: Omit<RequestHandlers, 'settings.read' | 'settings.save'> = {
    'desk.read': async () => this.#deskState(),
    'inbox.read': async (input) => this.#inbox.read(input),
    'contact.read': async ({ contact }) => this.#read(contact),
    'command.submit': async (input) => this.#submit(input),
    'draft.save': async ({ contact, draft }) => this.#saveDraft(contact, draft),
    'outbox.read': async () => this.#outboxState(),
    'outbox.dismiss': async ({ id }) => {
      this.#guarded(() => this.#outbox.dismiss(id));
      this.#pushOutbox();
      return {};
    },
    'fault.dismiss': async ({ id }) => {
      this.#faults = this.#faults.filter((fault) => fault.id !== id);
      this.#pushDesk();
      return {};
    },
  };

  /** Hangs up and closes the store. Everything kept is already on disk. */
  [Symbol.dispose](): void {
    this.#link?.stop();
    this.#hourly?.[Symbol.dispose]();
    this.#store.close();
  }

  // ---- the window's side ----

  #read(contact: ContactId): Output<'contact.read'> {
    const reading = this.#inbox.contact(contact);
    if (reading.kind === 'here' && this.#consultations.isDue(contact, this.#options.handler)) {
      this.#guarded(() =>
        this.#keep(contact, { kind: 'consult' }, reading.contact.fence, reading.contact.rev),
      );
    }
    return reading;
  }

  #submit({ contact, act }: Input<'command.submit'>): Output<'command.submit'> {
    const mine = this.#me();
    const held = this.#store.held(contact);
    if (mine === null || held === null) return { kind: 'refused', refusal: { code: 'unknown-contact' } };
    if (act.kind === 'claim' && !this.#canAskQueue())
      return { kind: 'refused', refusal: { code: 'link-down' } };
    const undecided = this.#outbox.undecided(contact);
    const { refusal, fence, rev } = refusalBeforehand({ held, undecided, act, ...mine });
    if (refusal !== null) return { kind: 'refused', refusal };
    let kept: Command | null = null;
    const fault = this.#guarded(() => {
      kept = this.#keep(contact, act, fence, rev);
    });
    if (fault !== null || kept === null) return { kind: 'not-kept', code: fault?.kind ?? 'io' };
    const { id } = kept as Command;
    this.#inbox.changed([contact]);
    this.#pushOutbox();
    return { kind: 'kept', id };
  }

  #keep(contact: ContactId, act: Act, fence: Command['fence'], baseRev: number): Command {
    const command: Command = { id: asCommandId(this.#options.newId()), contact, fence, baseRev, act };
    this.#outbox.keep(command);
    this.#pump();
    return command;
  }

  #saveDraft(contact: ContactId, draft: Draft | null): Output<'draft.save'> {
    const at = this.#options.clock.now();
    const fault = this.#guarded(() => this.#store.saveDraft(contact, draft, at));
    return fault === null ? { kind: 'kept', at } : { kind: 'not-kept', code: fault.kind };
  }

  #me(): { readonly actor: Actor; readonly policy: Greeting['policy'] } | null {
    if (this.#greeting === null) return null;
    const { deskNumber, policy } = this.#greeting;
    return { actor: { desk: this.#options.deskId, deskNumber, handler: this.#options.handler }, policy };
  }

  /** A claim needs the queue's answer soon: not with the link red, and not before it first stood. */
  #canAskQueue(): boolean {
    const kind = this.#link?.status().kind;
    return kind === 'live' || kind === 'suspect';
  }

  // ---- the queue's side ----

  #linkOwner(): LinkOwner {
    const { deskId, appVersion, realm, handler } = this.#options;
    return {
      hello: () => ({
        deskId,
        incarnation: this.#store.incarnation(),
        appVersion,
        realm,
        signIn: { handler, token: null },
        resume: { cursor: this.#store.cursor(), lastCmdAcked: this.#outbox.lastAcknowledged },
        owns: this.#owned(),
      }),
      position: () => ({ cursor: this.#store.cursor(), cmdSeq: this.#store.lastSeq() }),
      onWelcome: (welcome) => {
        if (this.#guarded(() => this.#onWelcome(welcome)) !== null) this.#link?.resume('store fault');
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
            return this.#link?.takenIn();
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
      isUrgent: () => this.#store.ownedBy(deskId).some((contact) => channelFacts[contact.channel].live),
    };
  }

  #owned(): Hello['owns'] {
    return this.#store.ownedBy(this.#options.deskId).map(({ id, fence, rev, ownership }) => ({
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
    const known = this.#store.cursor()?.storeEpoch ?? this.#storeEpoch;
    const isAnother = known === null ? this.#outbox.hasApplied : known !== welcome.storeEpoch;
    if (isAnother && this.#storeEpoch !== welcome.storeEpoch) {
      // The queue's past may have changed: what it once called applied is sent again, and its ids keep it from happening twice.
      this.#store.renewIncarnation(asIncarnation(this.#options.newId()));
      this.#outbox.reread();
      // A position of one time line says nothing on another (rule L-02).
      this.#store.forgetCursor();
      this.#storeEpoch = welcome.storeEpoch;
      return this.#link?.resume('another store epoch');
    }
    if (welcome.lastCmdSeq > this.#store.lastSeq()) {
      // The queue has seen more of this desk than its file knows: the file is an older copy.
      this.#store.renewIncarnation(asIncarnation(this.#options.newId()));
      this.#outbox.reread();
      return this.#link?.resume('desk file is an older copy');
    }
    this.#storeEpoch = welcome.storeEpoch;
    const greeting = { deskNumber: welcome.deskNumber, policy: welcome.policy };
    this.#greeting = greeting;
    // Neither the greeting nor an emergency waits for a disk that refuses.
    this.#guarded(() => this.#store.keepGreeting(greeting));
    for (const emergency of welcome.emergencies) this.#onFlash(emergency);
    this.#tell(this.#outbox.connected(welcome.lastCmdSeq));
    this.#pump();
  }

  #onFlash(summary: ContactSummary): void {
    this.#aheadOfSnapshot?.push(summary);
    this.#guarded(() => this.#inbox.flash(summary));
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
    if (events.length === 0 || storeEpoch === null || this.#link?.isUp !== true) return;
    const fault = this.#guarded(() => {
      const received = this.#inbox.receive(events, storeEpoch);
      if (received.kind === 'gap') return this.#link?.resume('gap in the log');
      if (received.kind === 'incomplete') return this.#askSnapshot();
      this.#link?.send({ t: 'ACK', cursor: received.cursor });
      this.#link?.takenIn();
      const caughtUp =
        this.#behind(received.cursor.lsn - events.length) > 0 && this.#behind(received.cursor.lsn) === 0;
      const answers = this.#outbox.settled(received.settled);
      this.#inbox.publishReceived();
      this.#tell(answers);
      this.#head = Math.max(this.#head, received.cursor.lsn);
      if (caughtUp) this.#pushDesk();
      this.#pump();
    });
    // What was not written comes again.
    if (fault !== null) this.#link?.resume('store fault');
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
    const fault = this.#guarded(() => {
      const settled = this.#inbox.install(contacts, cursor);
      // An emergency that came meanwhile is not hidden until the log brings it again (rule O-04).
      for (const summary of flashes) this.#store.commitFlash(summary);
      this.#link?.send({ t: 'ACK', cursor });
      this.#link?.takenIn();
      const answers = this.#outbox.settled(settled);
      this.#inbox.reset();
      this.#tell(answers);
      this.#pushDesk();
    });
    if (fault !== null) this.#link?.resume('store fault');
  }

  /** Gives the place in the log up, so that the next connection brings the whole copy. */
  #askSnapshot(): void {
    this.#store.forgetCursor();
    this.#link?.resume('copy incomplete');
  }

  #onAnswer(res: Res): void {
    this.#guarded(() => {
      const answer = this.#outbox.answered(res);
      if (answer !== null) this.#tell([answer]);
      this.#pump();
    });
  }

  #onLinkStatus(): void {
    const link = this.#link;
    if (link === null) return;
    if (!link.isUp) this.#outbox.disconnected();
    const { kind } = link.status();
    const down = kind === 'down' || kind === 'refused';
    if (down && !this.#wasDown) this.#guarded(() => this.#tell(this.#outbox.wentRed()));
    this.#wasDown = down;
    const { refusal } = link;
    if (refusal !== null && !this.#faults.some(({ fault }) => fault.kind === 'queue-refused')) {
      this.#addFault({ kind: 'queue-refused', code: refusal.code, why: refusal.why });
    }
    this.#pushDesk();
  }

  /** Sends what waits, if anything may go. */
  #pump(): void {
    if (this.#link?.isUp !== true) return;
    for (const command of this.#outbox.toSend()) this.#link.send({ t: 'CMD', ...command });
  }

  #tell(answers: readonly Answer[]): void {
    for (const answer of answers) {
      this.#inbox.changed([answer.contact]);
      if (answer.kind !== 'consult') this.#options.push('command.answered', answer);
    }
    if (answers.some((answer) => answer.kind !== 'consult')) this.#pushOutbox();
  }

  // ---- what both sides are shown ----

  #deskState(): DeskState {
    const { realm, profile, appVersion } = this.#options;
    return {
      realm,
      profile,
      appVersion,
      me: this.#me()?.actor ?? null,
      link: this.#linkStatus(),
      storage: this.#store.kind,
      faults: this.#faults,
    };
  }

  #linkStatus(): DeskState['link'] {
    if (this.#link === null) {
      return { kind: 'refused', confirmedAt: null, roundTripMs: null, behind: 0, retryAt: null, offsetMs: 0 };
    }
    const status = this.#link.status();
    const cursor = this.#store.cursor();
    const behind = this.#behind(cursor?.storeEpoch === this.#storeEpoch ? (cursor?.lsn ?? 0) : 0);
    const catchingUp = status.kind === 'live' && (behind > 0 || this.#snapshot !== null);
    return { ...status, kind: catchingUp ? 'catching-up' : status.kind, behind };
  }

  #behind(lsn: number): number {
    return Math.max(0, this.#head - lsn);
  }

  #outboxState(): Output<'outbox.read'> {
    return this.#outbox.state((contact) => this.#store.held(contact)?.summary.ref ?? null);
  }

  #pushOutbox(): void {
    this.#options.push('outbox.changed', this.#outboxState());
  }

  #pushDesk(): void {
    this.#options.push('desk.changed', this.#deskState());
  }

  #addFault(fault: Fault): void {
    this.#faults = [...this.#faults, { id: this.#nextFaultId++, fault }];
  }

  /**
   * Runs what may meet a bad disk. A write the disk refused is told to the handler and reported to the caller; a file
   * found damaged ends this process, so that the next start sets it aside.
   */
  #guarded(work: () => void): SqliteFault | null {
    try {
      work();
      return null;
    } catch (error) {
      const fault = asSqliteFault(error);
      if (!(fault instanceof SqliteFault)) throw error;
      this.#options.log.error('store fault', { kind: fault.kind, code: errorCode(fault.cause) });
      if (fault.kind === 'damaged' || fault.kind === 'not-this-key') this.#options.onStoreBroken(fault);
      else if (!this.#faults.some((known) => known.fault.kind === 'cache-write-failed')) {
        this.#addFault({ kind: 'cache-write-failed', code: errorCode(fault.cause) });
        this.#pushDesk();
      }
      return fault;
    }
  }

  #forgetOld(): void {
    const { clock, timers } = this.#options;
    this.#guarded(() => void this.#store.forgetClosed(later(clock.now(), -KEEP_CLOSED_MS)));
    this.#hourly = timers.after(3_600_000, () => this.#forgetOld());
  }
}
