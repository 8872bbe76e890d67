import { errorCode, type Logger } from '../../platform/log.ts';
import type { SendingFault } from '../../shared/domain/outbound/sending.ts';
import { HOUR, later, MINUTE, SECOND, type Timers } from '../../shared/domain/time.ts';
import type { LogTail } from '../log-tail.ts';
import type { QueueService } from '../service.ts';
import type { DueMessage } from '../store/outbound-store.ts';
import { CARRY_LIMIT_MS, type Carriers, type CarryAnswer } from './carrier.ts';

export interface SenderOptions {
  readonly service: QueueService;
  readonly tail: Pick<LogTail, 'entries'>;
  readonly carriers: Carriers;
  readonly timers: Timers;
  readonly log: Logger;
}

/** How long after each try that came to nothing the next one is made; after the last nobody tries any more: some eight hours in all (rule MX-06). */
export const PAUSES_MS: readonly number[] = [
  10 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
];

/** Longer than any try: a node that died in the middle of one has not answered by then, and none that is alive still tries. Milliseconds. */
const TRY_LIMIT_MS = CARRY_LIMIT_MS + MINUTE;
/** Looked for at least so often, whoever ordered it at whichever node. Milliseconds. */
const LOOK_EVERY_MS = 30 * SECOND;
/** When the database is away. Milliseconds. */
const AFTER_TROUBLE_MS = 2 * SECOND;

/**
 * Sends what handlers have ordered (rules MX-05 to MX-07): one message after the other, each until somebody has taken it, nobody ever will, or it
 * must not go any more. It works behind the commits, from what the database keeps: no command waits for it, and a queue that was ended goes on
 * where it was. A try of which nobody knows how it ended is made again under the same name.
 */
export class Sender implements Disposable {
  readonly #options: SenderOptions;
  readonly #stop = new AbortController();
  #told: Disposable | null = null;
  #timer: Disposable | null = null;
  #wanted = false;
  #isBusy = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#told = this.#options.tail.entries.subscribe(({ what }) => {
      if (what.kind === 'reference-ordered') this.#wake();
    });
    this.#wake();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#told?.[Symbol.dispose]();
    this.#timer?.[Symbol.dispose]();
  }

  #wake(): void {
    this.#wanted = true;
    if (this.#isBusy || this.#stop.signal.aborted) return;
    this.#isBusy = true;
    this.#timer?.[Symbol.dispose]();
    void this.#run().then((waitMs) => {
      this.#isBusy = false;
      if (this.#stop.signal.aborted) return;
      if (this.#wanted) this.#wake();
      else this.#timer = this.#options.timers.after(waitMs, () => this.#wake());
    });
  }

  /** Everything that is due. Returns how long to wait for the next; never rejects. */
  async #run(): Promise<number> {
    const { service } = this.#options;
    this.#wanted = false;
    try {
      while (!this.#stop.signal.aborted) {
        const taken = await service.takeMessage(TRY_LIMIT_MS);
        if (taken === null) break;
        if (taken.kind === 'carry') await this.#carry(taken.message);
      }
      const due = await service.nextMessageDue();
      const waitMs = due === null ? LOOK_EVERY_MS : due - service.now();
      return Math.min(LOOK_EVERY_MS, Math.max(SECOND / 10, waitMs));
    } catch (error) {
      // What was taken is due again by itself.
      this.#options.log.warn('messages to the public wait', { error: errorCode(error) });
      return AFTER_TROUBLE_MS;
    }
  }

  async #carry(message: DueMessage): Promise<void> {
    const { service, carriers, log } = this.#options;
    const carrier = carriers[message.way];
    if (carrier === undefined) return this.#end(message, 'not-set-up', '');
    // Tried to its end, and how that was could not be written down: nobody gets it once more for that.
    if (message.tries > PAUSES_MS.length + 1) return this.#end(message, 'gave-up', '');
    const answer = await carrier.carry(message, this.#stop.signal);
    if (this.#stop.signal.aborted && answer.kind !== 'taken') return;
    const { id, way, tries } = message;
    const { kind, detail } = answer;
    log[kind === 'taken' ? 'info' : 'warn']('a message to the public was tried', {
      id,
      way,
      tries,
      kind,
      detail,
    });
    const pause = PAUSES_MS[tries - 1];
    if (answer.kind === 'later' && pause !== undefined)
      return service.putOffMessage(id, later(service.now(), pause));
    return this.#end(message, faultOf(answer), detail);
  }

  async #end(message: DueMessage, fault: SendingFault | null, detail: string): Promise<void> {
    await this.#options.service.settleMessage(message, { fault, detail });
  }
}

const faultOf = ({ kind }: CarryAnswer): SendingFault | null =>
  kind === 'taken' ? null : kind === 'refused' ? 'refused' : 'gave-up';
