import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import type { Asked } from '../../shared/contract/queue-link.ts';
import type { LinkStatus } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { asInstant, MINUTE, type Instant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { Greeting } from '../cache/desk-store.ts';
import type { LookedUp } from './look-ups.ts';
import { QueueProbe } from './queue-probe.ts';
import { QueueSide, type QueueSideOptions } from './queue-side.ts';
import type { Session } from './session.ts';
import type { SignInClient } from './sign-in-client.ts';

export interface QueueDoorOptions extends Omit<
  QueueSideOptions,
  'url' | 'signIn' | 'status' | 'onSignInRefused' | 'onGreeted'
> {
  /** The queue's socket address; `null` when there is none to connect to. */
  readonly queueUrl: string | null;
  readonly client: SignInClient | null;
  readonly session: Session;
  readonly onGreeted: (greeting: Greeting) => void;
}

/** The link of a desk that has no queue to connect to: the faults say why. */
const noLink: LinkStatus = {
  kind: 'refused',
  confirmedAt: null,
  roundTripMs: null,
  behind: 0,
  retryAt: null,
  offsetMs: 0,
};

/** How precisely it is written down when the queue was last heard. Milliseconds. */
const HEARD_PRECISION_MS = MINUTE;

/** The desk's way to the queue: a link as long as somebody is signed in; until then a look whether it is there (rule W-15). */
export class QueueDoor implements Disposable {
  readonly #options: QueueDoorOptions;
  #side: QueueSide | null = null;
  #probe: QueueProbe | null = null;
  #heardAt: Instant | null;

  constructor(options: QueueDoorOptions) {
    this.#options = options;
    this.#heardAt = options.store.heardAt();
  }

  /** Begins afresh, for whoever is signed in now. */
  open(): void {
    this.#side?.end();
    this[Symbol.dispose]();
    const { queueUrl, client, session, onGreeted, onStatus } = this.#options;
    if (queueUrl === null || client === null) return;
    if (session.person === null) {
      this.#probe = new QueueProbe({ ...this.#options, client, onChanged: onStatus });
      return this.#probe.start();
    }
    this.#side = new QueueSide({
      ...this.#options,
      url: queueUrl,
      signIn: () => must(session.signIn, 'sign-in of a desk that connects'),
      status: () => session.status,
      onGreeted: (greeting, welcome) => {
        onGreeted(greeting);
        session.greeted(welcome);
      },
      onSignInRefused: (because) => session.refusedByQueue(because),
      onStatus: () => {
        if (this.canBeAsked) this.#heard();
        onStatus();
      },
    });
    this.#side.start();
  }

  [Symbol.dispose](): void {
    this.#side?.[Symbol.dispose]();
    this.#side = null;
    this.#probe?.[Symbol.dispose]();
    this.#probe = null;
  }

  /** Says good-bye, if there is a link. */
  signOff(): void {
    this.#side?.signOff();
  }

  /** This desk's clock against the queue's. */
  get offset(): QueueSide['offset'] {
    return this.#side?.offset ?? { ms: 0, errorMs: 0 };
  }

  /** Whether the queue would answer a handler soon (rule X-08). */
  get canBeAsked(): boolean {
    return this.#side?.canBeAsked === true;
  }

  /** Asks the queue for what this desk does not hold (rule L-24). */
  lookUp(asked: Asked): Promise<LookedUp> {
    return this.#side?.lookUp(asked) ?? Promise.resolve({ kind: 'away' });
  }

  status(): LinkStatus {
    return this.#side?.status() ?? this.#probe?.status() ?? noLink;
  }

  /** Something was kept that is to be sent. */
  pump(): void {
    this.#side?.pump();
  }

  tellStatus(): void {
    this.#side?.tellStatus();
  }

  /** Who is signed in at other desks (rule CH-16); `null`: the queue cannot be asked. */
  async colleagues(): Promise<readonly Colleague[] | null> {
    return (await this.#side?.colleagues()) ?? null;
  }

  tellTyping(contact: ContactId): void {
    this.#side?.tellTyping(contact);
  }

  /** The queue sees this desk: its sign-in holds anew, and the copy is as fresh as now (rules ). */
  #heard(): void {
    const { session, clock, store, faults } = this.#options;
    session.heard();
    // While the copy is being brought up to date it is as old as before: what is missing is missed.
    if (this.#side?.isWhole !== true) return;
    const now = asInstant(clock.now() + this.offset.ms);
    if (this.#heardAt !== null && Math.abs(now - this.#heardAt) < HEARD_PRECISION_MS) return;
    this.#heardAt = now;
    faults.guard(() => store.keepHeardAt(now));
  }
}
