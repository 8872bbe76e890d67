import type { SqliteFault } from '../../platform/sqlite.ts';
import type { Logger } from '../../platform/log.ts';
import type { Fault } from '../../shared/contract/fault.ts';
import type { Realm } from '../../shared/contract/realm.ts';
import type { DeskState, Output, Payload } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';
import type { Act } from '../../shared/domain/command.ts';
import type { DeskId, NewId } from '../../shared/domain/ids.ts';
import type { PolicyVersions } from '../../shared/domain/policy/policies.ts';
import { KEEP_CLOSED_MS } from '../../shared/domain/retention.ts';
import {
  asInstant,
  HOUR,
  later,
  SECOND,
  type Clock,
  type Instant,
  type Timers,
} from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { DeskStore, Greeting } from '../cache/desk-store.ts';
import type { ConnectSocket } from '../link/link-socket.ts';
import { Acts } from './acts.ts';
import type { Disk } from './disk.ts';
import { DiskSpace } from './disk-space.ts';
import { FaultList } from './fault-list.ts';
import { HistoryIndex } from './history-index.ts';
import { Inbox } from './inbox.ts';
import { Leaving } from './leaving.ts';
import { MissedReport } from './missed.ts';
import { Outbox, type Answer } from './outbox.ts';
import type { PinHasher } from './pin-hash.ts';
import type { ConnectPhotos } from './photo-client.ts';
import { Photos } from './photos.ts';
import { Policies } from './policies.ts';
import type { ConnectPolicies } from './policy-client.ts';
import { bundledSeed } from './policy-seed.ts';
import { QueueDoor } from './queue-door.ts';
import type { QueueSideOptions } from './queue-side.ts';
import { Related } from './related.ts';
import { requestHandlers, type DeskHandlers } from './request-handlers.ts';
import { SearchIndexing } from './search.ts';
import { Session, type SessionChange, type SessionOptions } from './session.ts';
import type { ConnectSignIn, SignInClient } from './sign-in-client.ts';
import type { Acting } from './submission.ts';

export interface WorkstationOptions {
  readonly deskId: DeskId;
  readonly realm: Realm;
  readonly profile: string;
  readonly appVersion: string;
  readonly store: DeskStore;
  /** The queue's socket address; `null` when there is none to connect to (`faults` says why). */
  readonly queueUrl: string | null;
  readonly connect: ConnectSocket;
  readonly connectSignIn: ConnectSignIn;
  readonly connectPolicies: ConnectPolicies;
  readonly connectPhotos: ConnectPhotos;
  readonly pins: PinHasher;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: NewId;
  readonly log: Logger;
  /** The demonstration's accounts; none in another realm. */
  readonly demo: SessionOptions['demo'];
  /** Where the file is; none when everything is in memory. */
  readonly disk?: Disk;
  /** What opening the store, or reading the settings, had to tell. */
  readonly faults: readonly Fault[];
  readonly push: <N extends PushName>(name: N, payload: Payload<N>) => void;
  /** The store broke while in use: the process ends and begins again, which sets the file aside (rule S-06). */
  readonly onStoreBroken: (fault: SqliteFault) => void;
}

/** When the first forgetting of old contacts is due, after the start. Milliseconds. */
const FORGET_AFTER_MS = 5 * SECOND;

/**
 * The desk without its window: session, store, inbox, outbox and the queue's side wired together behind the window's
 * contract. A window, a headless desk of a load test and an integration test all use this.
 */
export class Workstation implements Disposable {
  readonly #options: WorkstationOptions;
  readonly #store: DeskStore;
  /** Where people sign in; `null` when there is no queue to ask. */
  readonly #client: SignInClient | null;
  readonly #session: Session;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #acts: Acts;
  readonly #missed: MissedReport;
  readonly #history: HistoryIndex;
  readonly #policies: Policies;
  readonly #faults: FaultList;
  readonly #disk: DiskSpace;
  readonly #indexing: SearchIndexing;
  readonly #queue: QueueDoor;
  readonly #leaving: Leaving;
  #greeting: Greeting | null;
  #translation: DeskState['translation'] = null;
  #hourly: Disposable;
  /** Everything is joined: from here on the window hears of changes. */
  #isReady = false;
  /** One function per request of the window's contract (settings and printing are the shell's). */
  readonly handlers: DeskHandlers;

  constructor(options: WorkstationOptions) {
    const { store, clock, log, queueUrl, connectSignIn } = options;
    this.#options = options;
    this.#client = queueUrl === null ? null : connectSignIn(queueUrl);
    this.#store = store;
    this.#greeting = store.greeting();
    this.#faults = new FaultList({
      log,
      known: options.faults,
      onChanged: () => this.#pushDesk(),
      onStoreBroken: options.onStoreBroken,
      onWriteRefused: (fault) => this.#disk.writeFailed(fault),
    });
    this.#disk = new DiskSpace({
      ...options,
      disk: options.disk ?? null,
      faults: this.#faults,
      onChanged: () => this.#pushDesk(),
    });
    this.#indexing = new SearchIndexing({ ...options, guard: (work) => void this.#faults.guard(work) });
    this.#outbox = new Outbox({ store, clock, offset: () => this.#queue.offset });
    this.#session = this.#openSession();
    this.#inbox = this.#openInbox();
    this.#missed = new MissedReport({
      deskId: options.deskId,
      store,
      actOf: (id) => this.#outbox.actOf(id),
      onChanged: () => this.#pushDesk(),
    });
    this.#history = new HistoryIndex({
      ...options,
      faults: this.#faults,
      queueTime: () => this.#queueTime(),
    });
    this.#policies = this.#openPolicies();
    this.#queue = this.#openQueue();
    this.#leaving = new Leaving({ ...options, ...this.#parts() });
    this.#acts = this.#openActs();
    this.handlers = this.#openHandlers();
    // Whose time ran out while the program was closed, and what a sign-off could not wipe.
    if (this.#session.person === null) this.#forgetMissed();
    this.#leaving.tidyUp();
    this.#isReady = true;
    this.#queue.open();
    // Whoever only listens (the shell's printing) knows from the start who is there.
    this.#pushDesk();
    // Not before the window has been painted: how much there is to forget depends on how long the program was closed.
    this.#hourly = options.timers.after(FORGET_AFTER_MS, () => this.#forgetOld());
  }

  /** Hangs up and closes the store. Everything kept is already on disk. */
  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
    this.#queue[Symbol.dispose]();
    this.#policies[Symbol.dispose]();
    this.#leaving[Symbol.dispose]();
    this.#hourly[Symbol.dispose]();
    this.#disk[Symbol.dispose]();
    this.#indexing[Symbol.dispose]();
    this.#store.close();
  }

  #openSession(): Session {
    const { queueUrl } = this.#options;
    return new Session({
      ...this.#options,
      client: this.#client,
      address: queueUrl,
      guard: (work) => this.#faults.guard(work),
      guardUrgent: (work) => this.#disk.write(work, { urgent: true }),
      onChanged: (change) => this.#onSession(change),
    });
  }

  #openInbox(): Inbox {
    return new Inbox({
      store: this.#store,
      undecided: (contact) =>
        this.#outbox.undecided(contact).filter(({ command }) => command.by === this.#session.person?.handler),
      draft: (contact) => {
        const { person } = this.#session;
        return person === null ? null : this.#store.draft(person.handler, contact);
      },
      scope: () => {
        const { presence } = this.#session;
        return presence === 'there' ? 'everything' : presence === 'locked' ? 'emergencies' : 'nothing';
      },
      me: () => this.#me(),
      publish: (patch) => this.#options.push('inbox.changed', patch),
      keepsUrgently: (work) => this.#disk.write(work, { urgent: true }) === null,
    });
  }

  #openQueue(): QueueDoor {
    return new QueueDoor({
      ...this.#options,
      session: this.#session,
      inbox: this.#inbox,
      outbox: this.#outbox,
      missed: this.#missed,
      history: this.#history,
      faults: this.#faults,
      client: this.#client,
      onGreeted: (greeting) => {
        this.#greeting = greeting;
      },
      onPolicies: (told) => this.#onPolicies(told),
      onTranslation: (state) => {
        this.#translation = state;
        this.#pushDesk();
      },
      onAnswers: (answers) => this.#tell(answers),
      onTyping: (contact) => {
        if (this.#session.presence === 'there') this.#options.push('chat.public-typing', { contact });
      },
      onStatus: () => this.#pushDesk(),
    });
  }

  #openPolicies(): Policies {
    const { queueUrl, connectPolicies } = this.#options;
    return new Policies({
      ...this.#options,
      seed: bundledSeed,
      client: queueUrl === null ? null : connectPolicies(queueUrl),
      token: () => this.#session.signIn?.token || null,
      guard: (work) => void this.#faults.guard(work),
      served: (work) => this.#served(work),
      onChanged: (change) => {
        this.#options.push('policy.changed', change);
        // What is kept here is decided by it from now on, and so it is shown (rule X-04).
        this.#inbox.changed(this.#outbox.contacts);
      },
    });
  }

  #openPhotos(): Photos {
    const { queueUrl, connectPhotos } = this.#options;
    return new Photos({
      ...this.#options,
      client: queueUrl === null ? null : connectPhotos(queueUrl),
      token: () => this.#session.signIn?.token || null,
      guard: (work) => void this.#faults.guard(work),
      served: (work) => this.#served(work),
    });
  }

  /** Which version of each policy counts here now: what stands on a record made at this desk (rule Y-07). */
  versionsInForce(): PolicyVersions {
    return this.#policies.versionsInForce();
  }

  /** Targets may change while the desk is connected; the rest is fetched (rule Y-05). */
  #onPolicies({ policy, policies }: Parameters<QueueSideOptions['onPolicies']>[0]): void {
    const before = this.#greeting;
    if (before !== null && before.policy.version !== policy.version) {
      const greeting = { ...before, policy };
      this.#greeting = greeting;
      this.#faults.guard(() => this.#store.keepGreeting(greeting));
    }
    this.#policies.told(policies);
  }

  /** What the parts that act for the handler have in common. */
  #parts() {
    return {
      session: this.#session,
      inbox: this.#inbox,
      outbox: this.#outbox,
      missed: this.#missed,
      policies: this.#policies,
      faults: this.#faults,
      queue: this.#queue,
    };
  }

  #openActs(): Acts {
    return new Acts({
      ...this.#options,
      ...this.#parts(),
      disk: this.#disk,
      me: () => this.#me(),
      writer: () => this.#session.writer,
      queueTime: () => this.#queueTime(),
      canBeAsked: () => this.#queue.canBeAsked,
      onKept: (act) => this.#onKept(act),
    });
  }

  #openHandlers(): DeskHandlers {
    const related = new Related({
      ...this.#parts(),
      store: this.#store,
      history: this.#history,
      lookUp: (asked) => this.#queue.lookUp(asked),
      queueTime: () => this.#queueTime(),
      served: (work) => this.#served(work),
    });
    return requestHandlers({
      related,
      ...this.#options,
      ...this.#parts(),
      acts: this.#acts,
      photos: this.#openPhotos(),
      served: (work) => this.#served(work),
      deskNumber: () => this.#greeting?.deskNumber ?? null,
      deskState: () => this.#deskState(),
      outboxState: () => this.#outboxState(),
      pushOutbox: () => this.#pushOutbox(),
      colleagues: () => this.#queue.colleagues(),
      tellTyping: (contact) => this.#queue.tellTyping(contact),
      signOff: () => this.#leaving.signOff(),
    });
  }

  /** What one handler missed is nobody else's (rule A-08). */
  #forgetMissed(): void {
    this.#faults.guard(() => this.#missed.forget());
  }

  #onSession(change: SessionChange): void {
    switch (change) {
      case 'signed-in':
        // Work that bore no name is theirs now (rule A-08).
        this.#outbox.reread();
        this.#forgetMissed();
        this.#queue.open();
        break;
      case 'signed-out':
        this.#forgetMissed();
        this.#queue.open();
        break;
      case 'renewed':
        this.#queue.open();
        break;
      case 'locked':
      case 'unlocked':
      case 'status':
        this.#queue.tellStatus();
        break;
      case 'person':
        break;
    }
    this.#pushDesk();
    if (change === 'status' || change === 'person' || change === 'renewed') return;
    // What may be seen is another now: the window reads everything afresh.
    this.#inbox.reset();
    this.#pushOutbox();
  }

  /** Answers a request that reads the file: damage may show wherever it is read (rule S-06). */
  #served<T>(work: () => T): T {
    let answer: { readonly value: T } | null = null;
    const fault = this.#faults.guard(() => {
      answer = { value: work() };
    });
    if (fault !== null) throw fault;
    return must<{ readonly value: T }>(answer, 'answer').value;
  }

  #onKept(act: Act): void {
    this.#queue.pump();
    if (act.kind !== 'consult') this.#pushOutbox();
  }

  #me(): Acting | null {
    const { person } = this.#session;
    if (this.#greeting === null || person === null) return null;
    const { deskNumber, policy } = this.#greeting;
    const actor = { desk: this.#options.deskId, deskNumber, handler: person.handler };
    return { actor, role: person.role, policy: { ...policy, ...this.#policies.decisive() } };
  }

  #tell(answers: readonly Answer[]): void {
    const isThere = this.#session.presence === 'there';
    for (const answer of answers) {
      this.#inbox.changed([answer.contact]);
      if (isThere && answer.kind !== 'consult') this.#options.push('command.answered', answer);
    }
    if (answers.some((answer) => answer.kind !== 'consult')) this.#pushOutbox();
    this.#leaving.answered();
  }

  #queueTime(): Instant {
    return asInstant(this.#options.clock.now() + this.#queue.offset.ms);
  }

  #deskState(): DeskState {
    const { realm, profile, appVersion } = this.#options;
    return {
      realm,
      profile,
      appVersion,
      session: this.#session.state(this.#outbox.unsent),
      status: this.#session.status,
      missed: this.#session.presence === 'there' ? this.#missed.report : null,
      disk: this.#disk.state,
      me: this.#me()?.actor ?? null,
      link: this.#queue.status(),
      storage: this.#store.kind,
      faults: this.#faults.all,
      translation: this.#translation,
    };
  }

  #outboxState(): Output<'outbox.read'> {
    const handler = this.#session.presence === 'there' ? this.#session.person?.handler : undefined;
    return this.#outbox.state(handler ?? null, (contact) => this.#store.held(contact)?.summary.ref ?? null);
  }

  #pushOutbox(): void {
    this.#options.push('outbox.changed', this.#outboxState());
  }

  #pushDesk(): void {
    if (this.#isReady) this.#options.push('desk.changed', this.#deskState());
  }

  #forgetOld(): void {
    // By the queue's time, which is what `closed since` is in (rule L-17).
    const before = later(this.#queueTime(), -KEEP_CLOSED_MS);
    this.#faults.guard(() => void this.#store.forgetClosed(before));
    this.#hourly = this.#options.timers.after(HOUR, () => this.#forgetOld());
  }
}
