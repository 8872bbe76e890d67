import type { Output } from '../../shared/contract/workstation.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { DeskId, HandlerId } from '../../shared/domain/ids.ts';
import type { Timers } from '../../shared/domain/time.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { FaultList } from './fault-list.ts';
import type { Inbox } from './inbox.ts';
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
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly faults: FaultList;
  readonly queue: QueueDoor;
}

/** How a handler's work at this desk ends (rules A-07, S-13). */
export class Leaving implements Disposable {
  readonly #options: LeavingOptions;
  #whenReceived: (() => void)[] = [];
  #isOver = false;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#goOn();
  }

  async signOff(): Promise<Output<'session.sign-off'>> {
    await this.#lastWords();
    // Ended while it waited: whoever works here still does, as the file says.
    if (this.#isOver) throw new Error('the desk was stopped');
    const { session, outbox, queue } = this.#options;
    if (session.person === null) return { kind: 'signed-off', unsent: outbox.unsent };
    const contacts = queue.canBeAsked ? this.#owned(session.person.handler) : [];
    if (contacts.length > 0) return { kind: 'still-yours', contacts };
    queue.signOff();
    session.signOff();
    this.tidyUp();
    return { kind: 'signed-off', unsent: outbox.unsent };
  }

  /** What is unsent may need the copy: it goes as soon as nothing is, also in a later run (rule A-07). */
  tidyUp(): void {
    const { session, inbox, outbox, store, faults } = this.#options;
    if (!session.isSignedOff || outbox.unsent > 0) return;
    faults.guard(() => {
      store.wipe();
      inbox.wiped();
    });
  }

  /** Commands were answered. */
  answered(): void {
    if (this.#options.outbox.isSettled) this.#goOn();
    this.tidyUp();
  }

  /**
   * What this desk has by the copy, and what it will have by what it did last (rule A-07). A contact that the queue has
   * refused to take in is nobody's: nothing could ever give it back.
   */
  #owned(handler: HandlerId): ContactSummary[] {
    const { deskId, store, inbox, outbox } = this.#options;
    const owned = new Map(store.ownedBy(deskId).map((summary) => [summary.id, summary]));
    for (const id of outbox.becoming(handler)) {
      const summary = inbox.held(id)?.summary;
      if (summary !== undefined) owned.set(id, summary);
    }
    return [...owned.values()].filter(({ id, rev }) => rev > 0 || !outbox.isLogRefused(id));
  }

  /** With the link up, what was just done is on its way: a moment later it is received, and in the copy. */
  #lastWords(): Promise<void> {
    const { queue, outbox, timers } = this.#options;
    if (!queue.canBeAsked || outbox.isSettled) return Promise.resolve();
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
