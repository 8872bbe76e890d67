import type { SqliteFault } from '../../platform/sqlite.ts';
import type { Logger } from '../../platform/log.ts';
import type { Fault } from '../../shared/contract/fault.ts';
import type { Realm } from '../../shared/contract/queue-link.ts';
import type {
  DeskState,
  Draft,
  Input,
  LinkStatus,
  Output,
  Payload,
  RequestHandlers,
} from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { Actor } from '../../shared/domain/contact.ts';
import {
  asCommandId,
  type ContactId,
  type DeskId,
  type HandlerId,
  type NewId,
} from '../../shared/domain/ids.ts';
import { KEEP_CLOSED_MS } from '../../shared/domain/retention.ts';
import { asInstant, HOUR, later, type Clock, type Timers } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { DeskStore, Greeting } from '../cache/desk-store.ts';
import type { ConnectSocket } from '../link/link-socket.ts';
import { ConsultationLog } from './consultation-log.ts';
import { FaultList } from './fault-list.ts';
import { Inbox } from './inbox.ts';
import { Outbox, type Answer } from './outbox.ts';
import { QueueSide } from './queue-side.ts';
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

/** The link of a desk that has no queue to connect to: `faults` says why. */
const noLink: LinkStatus = {
  kind: 'refused',
  confirmedAt: null,
  roundTripMs: null,
  behind: 0,
  retryAt: null,
  offsetMs: 0,
};

/**
 * The desk without its window: store, inbox, outbox and the queue's side wired together behind the window's contract. A
 * window, a headless desk of a load test and an integration test all use this.
 */
export class Workstation implements Disposable {
  readonly #options: WorkstationOptions;
  readonly #store: DeskStore;
  readonly #queue: QueueSide | null;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #faults: FaultList;
  readonly #consultations: ConsultationLog;
  #greeting: Greeting | null;
  #hourly: Disposable | null = null;

  constructor(options: WorkstationOptions) {
    const { store, clock, queueUrl, log } = options;
    this.#options = options;
    this.#store = store;
    this.#greeting = store.greeting();
    this.#faults = new FaultList({
      log,
      known: options.faults,
      onChanged: () => this.#pushDesk(),
      onStoreBroken: options.onStoreBroken,
    });
    this.#outbox = new Outbox({ store, clock, offset: () => this.#queue?.offset ?? { ms: 0, errorMs: 0 } });
    this.#inbox = new Inbox({
      store,
      undecided: (contact) => this.#outbox.undecided(contact),
      me: () => this.#me(),
      publish: (patch) => options.push('inbox.changed', patch),
    });
    this.#consultations = new ConsultationLog(clock);
    this.#queue = queueUrl === null ? null : this.#queueSide(queueUrl);
    this.#forgetOld();
    this.#queue?.start();
  }

  #queueSide(url: string): QueueSide {
    return new QueueSide({
      ...this.#options,
      url,
      inbox: this.#inbox,
      outbox: this.#outbox,
      faults: this.#faults,
      onGreeted: (greeting) => {
        this.#greeting = greeting;
      },
      onAnswers: (answers) => this.#tell(answers),
      onStatus: () => this.#pushDesk(),
    });
  }

  /** One function per request of the window's contract (settings are the shell's). */
  readonly handlers: Omit<RequestHandlers, 'settings.read' | 'settings.save'> = {
    'desk.read': async () => this.#served(() => this.#deskState()),
    'inbox.read': async (input) => this.#served(() => this.#inbox.read(input)),
    'contact.read': async ({ contact }) => this.#served(() => this.#read(contact)),
    'command.submit': async (input) => this.#served(() => this.#submit(input)),
    'draft.save': async ({ contact, draft }) => this.#saveDraft(contact, draft),
    'outbox.read': async () => this.#served(() => this.#outboxState()),
    'outbox.dismiss': async ({ id }) => {
      this.#faults.guard(() => this.#outbox.dismiss(id));
      this.#pushOutbox();
      return {};
    },
    'fault.dismiss': async ({ id }) => {
      this.#faults.dismiss(id);
      return {};
    },
  };

  /** Hangs up and closes the store. Everything kept is already on disk. */
  [Symbol.dispose](): void {
    this.#queue?.[Symbol.dispose]();
    this.#hourly?.[Symbol.dispose]();
    this.#store.close();
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

  #read(contact: ContactId): Output<'contact.read'> {
    const reading = this.#inbox.contact(contact);
    if (reading.kind === 'here' && this.#consultations.isDue(contact, this.#options.handler)) {
      const { fence, rev } = reading.contact;
      const id = asCommandId(this.#options.newId());
      this.#faults.guard(() => this.#keep({ id, contact, fence, baseRev: rev, act: { kind: 'consult' } }));
    }
    return reading;
  }

  #submit({ id, contact, act }: Input<'command.submit'>): Output<'command.submit'> {
    // Asked again, because the answer to the first asking was lost on its way to the window.
    if (this.#outbox.hasKept(id)) return { kind: 'kept', id };
    const mine = this.#me();
    const held = this.#inbox.held(contact);
    if (mine === null || held === null) return { kind: 'refused', refusal: { code: 'unknown-contact' } };
    if (act.kind === 'claim' && this.#queue?.canBeAsked !== true)
      return { kind: 'refused', refusal: { code: 'link-down' } };
    const undecided = this.#outbox.undecided(contact);
    const { refusal, fence, rev } = refusalBeforehand({ held, undecided, act, ...mine });
    if (refusal !== null) return { kind: 'refused', refusal };
    const fault = this.#faults.guard(() => this.#keep({ id, contact, fence, baseRev: rev, act }));
    if (fault !== null) return { kind: 'not-kept', code: fault.kind };
    this.#inbox.changed([contact]);
    this.#pushOutbox();
    return { kind: 'kept', id };
  }

  #keep(command: Command): void {
    this.#outbox.keep(command);
    this.#queue?.pump();
  }

  #saveDraft(contact: ContactId, draft: Draft | null): Output<'draft.save'> {
    const at = this.#options.clock.now();
    const fault = this.#faults.guard(() => this.#store.saveDraft(contact, draft, at));
    return fault === null ? { kind: 'kept', at } : { kind: 'not-kept', code: fault.kind };
  }

  #me(): { readonly actor: Actor; readonly policy: Greeting['policy'] } | null {
    if (this.#greeting === null) return null;
    const { deskNumber, policy } = this.#greeting;
    return { actor: { desk: this.#options.deskId, deskNumber, handler: this.#options.handler }, policy };
  }

  #tell(answers: readonly Answer[]): void {
    for (const answer of answers) {
      this.#inbox.changed([answer.contact]);
      if (answer.kind !== 'consult') this.#options.push('command.answered', answer);
    }
    if (answers.some((answer) => answer.kind !== 'consult')) this.#pushOutbox();
  }

  #deskState(): DeskState {
    const { realm, profile, appVersion } = this.#options;
    return {
      realm,
      profile,
      appVersion,
      me: this.#me()?.actor ?? null,
      link: this.#queue?.status() ?? noLink,
      storage: this.#store.kind,
      faults: this.#faults.all,
    };
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

  #forgetOld(): void {
    const { clock, timers } = this.#options;
    // By the queue's time, which is what `closed since` is in (rule L-17).
    const now = asInstant(clock.now() + (this.#queue?.offset.ms ?? 0));
    this.#faults.guard(() => void this.#store.forgetClosed(later(now, -KEEP_CLOSED_MS)));
    this.#hourly = timers.after(HOUR, () => this.#forgetOld());
  }
}
