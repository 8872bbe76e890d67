import type { Output } from '../../shared/contract/workstation.ts';
import type { DeskId } from '../../shared/domain/ids.ts';
import type { Timers } from '../../shared/domain/time.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { FaultList } from './fault-list.ts';
import type { MissedReport } from './missed.ts';
import type { Outbox } from './outbox.ts';
import type { QueueDoor } from './queue-door.ts';
import type { Session } from './session.ts';

/** Somebody who signs off waits at most so long for the queue to receive their last words. Milliseconds. */
const LAST_WORDS_MS = 2_000;

export interface LeavingOptions {
  readonly deskId: DeskId;
  readonly timers: Timers;
  readonly store: DeskStore;
  readonly session: Session;
  readonly outbox: Outbox;
  readonly missed: MissedReport;
  readonly faults: FaultList;
  readonly queue: QueueDoor;
}

/** How a handler's work at this desk ends (rules A-07, S-13). */
export class Leaving implements Disposable {
  readonly #options: LeavingOptions;
  #whenReceived: (() => void)[] = [];

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  [Symbol.dispose](): void {
    this.#goOn();
  }

  async signOff(): Promise<Output<'session.sign-off'>> {
    await this.#lastWords();
    const { session, outbox, queue, missed, store, deskId, faults } = this.#options;
    if (session.person === null) return { kind: 'signed-off', unsent: outbox.unsent };
    const contacts = queue.canBeAsked ? store.ownedBy(deskId) : [];
    if (contacts.length > 0) return { kind: 'still-yours', contacts: [...contacts] };
    queue.signOff();
    missed.forget();
    session.signOff();
    const { unsent } = outbox;
    // What is unsent may need the copy; then it goes with the next sign-off.
    if (unsent === 0) faults.guard(() => store.wipe());
    return { kind: 'signed-off', unsent };
  }

  /** Commands were answered. */
  answered(): void {
    if (this.#options.outbox.unsent === 0) this.#goOn();
  }

  /** With the link up, what was just done is on its way: a moment later it is received. */
  #lastWords(): Promise<void> {
    const { queue, outbox, timers } = this.#options;
    if (!queue.canBeAsked || outbox.unsent === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = timers.after(LAST_WORDS_MS, () => resolve());
      this.#whenReceived.push(() => {
        timer[Symbol.dispose]();
        resolve();
      });
    });
  }

  #goOn(): void {
    for (const goOn of this.#whenReceived.splice(0)) goOn();
  }
}
