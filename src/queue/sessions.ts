import { errorCode, type Logger } from '../platform/log.ts';
import { closeCodes } from '../shared/contract/queue-link.ts';
import type { DeskId, Lsn, NewId } from '../shared/domain/ids.ts';
import { SECOND, type Timers } from '../shared/domain/time.ts';
import type { SignIns } from './accounts/sign-ins.ts';
import type { DeskSocket } from './desk-outlet.ts';
import { eventText, flashText, policyText, translationText } from './down-frames.ts';
import type { HelloRefusal } from './hello-check.ts';
import { LookUpLimits } from './look-up-limits.ts';
import type { LogTail } from './log-tail.ts';
import type { QueueService } from './service.ts';
import { Session, type SessionContext } from './session.ts';
import { SnapshotTexts } from './snapshot-text.ts';
import type { CommittedEntry } from './store/queue-store.ts';

/** How often sign-ins are looked at: as often as the log at least (rule A-12). Milliseconds. */
const REVIEW_EVERY_MS = SECOND / 2;

/** Desks come back within this after a drain, spread at random. */
const DRAIN_WINDOW_MS = 10 * SECOND;

export interface SessionsOptions {
  readonly service: QueueService;
  readonly signIns: SignIns;
  readonly tail: LogTail;
  readonly timers: Timers;
  readonly log: Logger;
  readonly newId: NewId;
  readonly nextTurn: () => Promise<void>;
}

/** Every desk connected to this node: one link per desk, flashes to all at once, the log to those that are live. */
export class Sessions implements Disposable {
  readonly #context: SessionContext;
  readonly #all = new Set<Session>();
  readonly #byDesk = new Map<DeskId, Session>();
  /** Links that have ended while a command of theirs was on its way to the store. */
  readonly #settling = new Set<Session>();
  /** Positions already flashed on commit and not yet come by in the log: those need no second flash. */
  readonly #flashed = new Set<Lsn>();
  /** Moving on the sign-ins of links that have ended. */
  readonly #farewells = new Set<Promise<void>>();
  readonly #subscriptions: readonly Disposable[];
  #nextReview: Disposable | null = null;
  #isDraining = false;
  #isDisposed = false;

  constructor(options: SessionsOptions) {
    const { service, tail } = options;
    this.#context = {
      ...options,
      snapshots: new SnapshotTexts({ service, clock: service.clock, timers: options.timers }),
      limits: new LookUpLimits(service.clock),
      enter: (desk, session) => this.#enter(desk, session),
      leave: (session) => this.#leave(session),
    };
    this.#subscriptions = [
      service.committed.subscribe((entry) => this.#onCommitted(entry)),
      tail.entries.subscribe((entry) => this.#onEntry(entry)),
      service.policies.changed.subscribe(() => this.#onPolicies()),
      service.translationTold.subscribe((state) => this.#tellAll(translationText(state))),
      tail.broken.subscribe(() =>
        this.#closeAll(closeCodes.epochChanged, 'the log does not go on where it stopped'),
      ),
    ];
    this.#armReview();
  }

  /** How many desks are connected and welcomed. */
  get deskCount(): number {
    return [...this.#all].filter((session) => session.isWelcomed).length;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Takes a new connection. The caller feeds the session what the socket receives, and `ended` at its end. */
  open(socket: DeskSocket): Session {
    const session = new Session(this.#context, socket);
    this.#all.add(session);
    if (this.#isDraining) session.close(closeCodes.draining, 'this queue is going down');
    return session;
  }

  /** A frame outside the order of the log to one desk, if it is connected here. */
  tellDesk(desk: DeskId, text: string): void {
    this.#byDesk.get(desk)?.tell(text);
  }

  /** Tells every desk to come back elsewhere or later, answers what has been asked, and closes the links. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    for (const session of [...this.#all]) session.announceDrain(DRAIN_WINDOW_MS);
    await Promise.all([...this.#all].map((session) => session.settled()));
    this.#closeAll(closeCodes.draining, 'this queue is going down');
    await this.farewell();
  }

  /** Resolves when the sign-ins of the links that have ended are moved on. */
  async farewell(): Promise<void> {
    await Promise.all(this.#farewells);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#nextReview?.[Symbol.dispose]();
    for (const subscription of this.#subscriptions) subscription[Symbol.dispose]();
    this.#context.snapshots[Symbol.dispose]();
  }

  async #enter(desk: DeskId, session: Session): Promise<HelloRefusal | null> {
    const older = this.#byDesk.get(desk);
    // To be tried again: a link that nobody is at the other end of is up for some seconds yet.
    if (older !== undefined && older.handler !== session.handler)
      return { code: closeCodes.tryLater, why: 'somebody else is signed in at this desk' };
    this.#byDesk.set(desk, session);
    older?.close(closeCodes.displaced, 'the same desk has connected again');
    const earlier = [...this.#settling].filter(({ deskId }) => deskId === desk);
    await Promise.all(earlier.map((one) => one.settled()));
    return null;
  }

  #leave(session: Session): void {
    this.#all.delete(session);
    this.#settling.add(session);
    // Never rejects: a session ends its link on a failure of its own.
    const farewell = session.settled().then(async () => {
      this.#settling.delete(session);
      await this.#seen(session);
    });
    this.#farewells.add(farewell);
    void farewell.finally(() => this.#farewells.delete(farewell));
    const desk = session.deskId;
    if (desk !== null && this.#byDesk.get(desk) === session) this.#byDesk.delete(desk);
  }

  /** At the end of a link its sign-in begins to run out (rule A-06). */
  async #seen({ signInDigest }: Session): Promise<void> {
    const { signIns, log } = this.#context;
    if (signInDigest === null) return;
    await signIns.seen(signInDigest).catch((error: unknown) => {
      log.warn('a sign-in could not be moved on', { error: errorCode(error) });
    });
  }

  #armReview(): void {
    if (this.#isDisposed) return;
    this.#nextReview = this.#context.timers.after(REVIEW_EVERY_MS, () => {
      void this.#review().finally(() => this.#armReview());
    });
  }

  /** What was changed at any node or by a command reaches every link within half a second (rule A-12). Never rejects. */
  async #review(): Promise<void> {
    const { signIns, log } = this.#context;
    const byDigest = new Map(
      [...this.#all].flatMap((session) =>
        session.signInDigest === null ? [] : [[session.signInDigest, session] as const],
      ),
    );
    if (byDigest.size === 0) return;
    try {
      for (const standing of await signIns.standings([...byDigest.keys()]))
        byDigest.get(standing.signIn.digest)?.review(standing);
    } catch (error) {
      log.warn('sign-ins could not be looked at', { error: errorCode(error) });
    }
  }

  /** In the turn of the commit, before anybody reads the log (rule L-09). */
  #onCommitted(entry: CommittedEntry): void {
    if (entry.flash === null || entry.lsn <= this.#context.tail.position) return;
    this.#flashed.add(entry.lsn);
    this.#flash(entry.lsn, entry.flash);
  }

  #onEntry(entry: CommittedEntry): void {
    // Committed by another node: this is the first that this node hears of it.
    if (entry.flash !== null && !this.#flashed.delete(entry.lsn)) this.#flash(entry.lsn, entry.flash);
    // Everybody live has everything before it, so one text serves all.
    const text = eventText((entry.lsn - 1) as Lsn, entry);
    for (const session of [...this.#all]) session.deliver(entry, text);
  }

  /** Whoever is connected learns at once that other rules count (rule Y-05). */
  #onPolicies(): void {
    this.#tellAll(policyText(this.#context.service));
  }

  #tellAll(text: string): void {
    for (const session of [...this.#all]) session.tell(text);
  }

  #flash(lsn: Lsn, summary: NonNullable<CommittedEntry['flash']>): void {
    const text = flashText(lsn, summary);
    for (const session of [...this.#all]) session.flash(text);
  }

  #closeAll(code: number, why: string): void {
    for (const session of [...this.#all]) session.close(code, why);
  }
}
