import type { UpFrame, Welcome } from '../../shared/contract/queue-link.ts';
import type { ToldEvent } from '../../shared/contract/salvage.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { DeskId, StoreEpoch } from '../../shared/domain/ids.ts';
import type { Clock, Timers } from '../../shared/domain/time.ts';
import { errorCode, type Logger } from '../../platform/log.ts';
import { asSqliteFault, SqliteFault } from '../../platform/sqlite.ts';
import type { Committed, DeskStore } from '../cache/desk-store.ts';
import type { FaultList } from './fault-list.ts';
import type { Inbox } from './inbox.ts';
import type { MissedReport } from './missed.ts';
import type { Answer, Outbox } from './outbox.ts';
import { SnapshotText } from './snapshot-text.ts';

/** What of the link is used here. */
export interface IntakeLink {
  readonly isUp: boolean;
  send(frame: UpFrame): void;
  takenIn(): void;
  resume(why: string): void;
}

export interface LogIntakeOptions {
  readonly deskId: DeskId;
  readonly store: DeskStore;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly faults: FaultList;
  readonly missed: MissedReport;
  readonly log: Logger;
  readonly link: IntakeLink;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Commands were answered by what came in. */
  readonly onAnswers: (answers: readonly Answer[]) => void;
  /** The log went on about contacts that are not here, and some of them should be (rule L-24). */
  readonly onUnseen: (committed: Pick<Committed, 'unseen' | 'lacking'>) => void;
  /** Something was taken in. `caughtUp`: and now nothing is outstanding. */
  readonly onTaken: (taken: { readonly caughtUp: boolean }) => void;
}

/**
 * Ordinary events are taken in at most so often while they keep coming: each time costs a sync of the disk, and an emergency
 * has to wait for it. Milliseconds; too short for anybody to see in what others do.
 */
const PACE_MS = 100;
/** The same while a command of this desk is under way: its answer may be among them. */
const PACE_ASKED_MS = 40;

/** The same for what somebody says to the person who works here: they are waiting for each other. */
const PACE_TALK_MS = 20;

/**
 * So many events in one commit, at most. Between two commits the socket is read, so that a flash waits for one of them and
 * not for all that came before it.
 */
export const EVENTS_AT_ONCE = 10;

/** Runs the task once, after everything that has already arrived has been read. */
const endOfTurn = (task: () => void): void => void setImmediate(task);

/**
 * What the queue sends of its log: flashes, events and snapshots on their way into the copy, in the order and with the
 * acknowledgements that the link's rules ask for.
 */
export class LogIntake {
  readonly #options: LogIntakeOptions;
  /** The time line of the queue that the present connection speaks of. */
  #storeEpoch: StoreEpoch | null = null;
  #head = 0;
  #snapshot: SnapshotText | null = null;
  #incoming: ToldEvent[] = [];
  /** When events were last taken in, by the monotonic clock. */
  #takenAt = -PACE_MS;
  #gathering: Disposable | null = null;
  /** What came is about to be taken in, at the end of this turn. */
  #isDue = false;
  /** Among what came are words to the person who works here. */
  #isTalk = false;
  /** More of what came is about to be taken in. */
  #isTaking = false;
  /** Flashes of this connection that the snapshot on its way may be too old to contain; `null` when none is to come. */
  #aheadOfSnapshot: ContactSummary[] | null = null;

  constructor(options: LogIntakeOptions) {
    this.#options = options;
  }

  get storeEpoch(): StoreEpoch | null {
    return this.#storeEpoch;
  }

  /** Another connection begins: what was half-way of the last one is void. */
  begins({ head, resumed }: Pick<Welcome, 'head' | 'resumed'>): void {
    this.#incoming = [];
    this.#isTaking = false;
    this.#isTalk = false;
    this.#gathering?.[Symbol.dispose]();
    this.#snapshot = null;
    this.#head = head;
    this.#aheadOfSnapshot = resumed ? null : [];
  }

  speaksOf(storeEpoch: StoreEpoch): void {
    this.#storeEpoch = storeEpoch;
  }

  /** Events still to come. */
  get behind(): number {
    const cursor = this.#options.store.cursor();
    return this.#behind(cursor?.storeEpoch === this.#storeEpoch ? (cursor?.lsn ?? 0) : 0);
  }

  /** Whether the copy has everything that the queue had when it greeted. */
  get isWhole(): boolean {
    return this.behind === 0 && this.#snapshot === null && this.#aheadOfSnapshot === null;
  }

  get isTakingSnapshot(): boolean {
    return this.#snapshot !== null;
  }

  flash(summary: ContactSummary): void {
    this.#aheadOfSnapshot?.push(summary);
    const { faults, inbox, missed } = this.#options;
    faults.guard(() => {
      missed.changes([summary.id]);
      inbox.flash(summary);
      missed.secure();
    });
  }

  /**
   * Events of one turn are taken in together, at once when none came lately; while they keep coming, and the desk is not
   * catching up, they are gathered for a moment.
   */
  event(event: ToldEvent): void {
    this.#incoming.push(event);
    const isTalk = this.#isToUs(event);
    this.#isTalk ||= isTalk;
    if ((this.#incoming.length === 1 || isTalk) && !this.#isTaking) this.#gather();
  }

  /** A line of somebody whose contact is this desk's, or its translation. */
  #isToUs({ contact, what }: ToldEvent): boolean {
    if (what.kind !== 'said' && what.kind !== 'translated') return false;
    const ownership = this.#options.store.held(contact)?.summary.ownership;
    return ownership?.kind === 'owned' && ownership.by.desk === this.#options.deskId;
  }

  #gather(): void {
    if (this.#isDue) return;
    this.#gathering?.[Symbol.dispose]();
    const { clock, outbox, timers } = this.#options;
    const paceMs = this.#isTalk ? PACE_TALK_MS : outbox.isSettled ? PACE_MS : PACE_ASKED_MS;
    const waitMs = this.#takenAt + paceMs - clock.monotonic();
    if (waitMs <= 0 || this.behind > 0) {
      this.#isDue = true;
      endOfTurn(() => this.#takeIn());
    } else this.#gathering = timers.after(waitMs, () => this.#takeIn());
  }

  snapshotPart(part: Parameters<SnapshotText['add']>[0]): void {
    this.#snapshot ??= new SnapshotText(part.id);
    this.#snapshot.add(part);
    this.#options.link.takenIn();
  }

  snapshotEnd(end: Parameters<SnapshotText['finish']>[0]): void {
    const snapshot = this.#snapshot ?? new SnapshotText(end.id);
    this.#snapshot = null;
    const storeEpoch = this.#storeEpoch;
    if (storeEpoch === null) return;
    const contacts = snapshot.finish(end);
    const cursor = { storeEpoch, lsn: end.asOf };
    const flashes = this.#aheadOfSnapshot ?? [];
    this.#aheadOfSnapshot = null;
    const { faults, inbox, link, outbox, missed, onAnswers, onTaken } = this.#options;
    const fault = faults.guard(() => {
      missed.replaces(contacts);
      missed.secure();
      const settled = inbox.install(contacts, cursor);
      // An emergency that came meanwhile is not hidden until the log brings it again (rule O-04).
      for (const summary of flashes) inbox.flash(summary);
      link.send({ t: 'ACK', cursor });
      link.takenIn();
      const answers = outbox.settled(settled);
      inbox.reset();
      onAnswers(answers);
      onTaken({ caughtUp: true });
    });
    if (fault !== null) link.resume('store fault');
  }

  #behind(lsn: number): number {
    return Math.max(0, this.#head - lsn);
  }

  /** What has come so far, in commits of a few events each (rule L-21). */
  #takeIn(): void {
    this.#takenAt = this.#options.clock.monotonic();
    this.#isDue = false;
    this.#isTalk = false;
    this.#takeInSome(this.#incoming.length);
  }

  #takeInSome(left: number): void {
    const count = Math.min(left, EVENTS_AT_ONCE);
    const events = this.#incoming.slice(0, count);
    this.#incoming = this.#incoming.slice(count);
    this.#commit(events);
    const more = Math.min(left - count, this.#incoming.length);
    this.#isTaking = more > 0;
    if (more > 0) endOfTurn(() => this.#takeInSome(more));
    // What came between the commits waits its moment like any other.
    else if (this.#incoming.length > 0) this.#gather();
  }

  #commit(events: readonly ToldEvent[]): void {
    const storeEpoch = this.#storeEpoch;
    const { faults, link, outbox, inbox, missed, onAnswers, onTaken, onUnseen } = this.#options;
    if (events.length === 0 || storeEpoch === null || !link.isUp) return;
    const fault = faults.guard(() => {
      missed.changes(events.map(({ contact }) => contact));
      missed.secure();
      const received = this.#received(events, storeEpoch);
      if (received.kind === 'gap') return link.resume('gap in the log');
      if (received.kind === 'unfit') return this.askSnapshot();
      const { cursor } = received;
      link.send({ t: 'ACK', cursor });
      link.takenIn();
      const caughtUp = this.#behind(cursor.lsn - events.length) > 0 && this.#behind(cursor.lsn) === 0;
      const answers = outbox.settled(received.settled);
      inbox.publishReceived();
      onAnswers(answers);
      onUnseen(received);
      this.#head = Math.max(this.#head, cursor.lsn);
      onTaken({ caughtUp });
    });
    // What was not written comes again.
    if (fault !== null) link.resume('store fault');
  }

  /** Events that do not fit the copy are a bug somewhere: a fresh copy mends it, ending the process would not. */
  #received(
    events: readonly ToldEvent[],
    storeEpoch: StoreEpoch,
  ): ReturnType<Inbox['receive']> | { readonly kind: 'unfit' } {
    try {
      return this.#options.inbox.receive(events, storeEpoch);
    } catch (error) {
      if (asSqliteFault(error) instanceof SqliteFault) throw error;
      this.#options.log.error('events do not fit the copy', { error: errorCode(error) });
      return { kind: 'unfit' };
    }
  }

  /** Gives the place in the log up, so that the next connection brings the whole copy. */
  askSnapshot(): void {
    this.#options.store.forgetCursor();
    this.#options.link.resume('copy incomplete');
  }
}
