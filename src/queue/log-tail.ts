import { errorCode, type Logger } from '../platform/log.ts';
import { asLsn, type Lsn } from '../shared/domain/ids.ts';
import { SECOND, type Timers } from '../shared/domain/time.ts';
import { Emitter } from '../shared/lib/emitter.ts';
import type { QueueService } from './service.ts';
import type { CommittedEntry } from './store/queue-store.ts';

/** Entries read at a time. */
const BATCH = 500;
/** The safety net under the wake-ups. Milliseconds. */
const POLL_MS = 500;
/** A reading without an answer is given up after this and tried again; the store gives up before. Milliseconds. */
const READ_LIMIT_MS = 15 * SECOND;

/**
 * Reads the log in order as it grows, whoever wrote it: woken after a commit of this node, by the database for those
 * of other nodes, and every half second besides. Nothing is skipped: an entry that does not follow the last one stops
 * the tail for good, because a log with a hole is not the log the desks were told of.
 */
export class LogTail implements Disposable {
  readonly #service: QueueService;
  readonly #timers: Timers;
  readonly #log: Logger;
  #position: Lsn = asLsn(0);
  #wanted = false;
  #reading = false;
  #state: 'idle' | 'running' | 'broken' | 'stopped' = 'idle';
  #woken: Disposable | null = null;
  #poll: Disposable | null = null;
  /** When the end of the log was last reached, by the clock that never goes back. */
  #caughtUpAt = 0;

  /** Each entry once, in order. */
  readonly entries = new Emitter<CommittedEntry>();
  /** The log does not go on where it stopped. Said once; no entry follows. */
  readonly broken = new Emitter<{ readonly expected: Lsn; readonly found: Lsn }>();

  constructor(options: { readonly service: QueueService; readonly timers: Timers; readonly log: Logger }) {
    this.#service = options.service;
    this.#timers = options.timers;
    this.#log = options.log;
  }

  /** The last entry handed out. */
  get position(): Lsn {
    return this.#position;
  }

  /** How long ago the end of the log was last reached: about half a second at most when all is well. Milliseconds. */
  get sinceCaughtUpMs(): number {
    return this.#service.clock.monotonic() - this.#caughtUpAt;
  }

  get isBroken(): boolean {
    return this.#state === 'broken';
  }

  /** Begins at the log's present end. */
  async start(): Promise<void> {
    this.#position = await this.#service.head();
    this.#caughtUpAt = this.#service.clock.monotonic();
    this.#state = 'running';
    this.#woken = this.#service.onLogGrown(() => this.#wake());
    this.#armPoll();
    this.#wake();
  }

  [Symbol.dispose](): void {
    if (this.#state !== 'broken') this.#state = 'stopped';
    this.#woken?.[Symbol.dispose]();
    this.#poll?.[Symbol.dispose]();
  }

  #armPoll(): void {
    this.#poll = this.#timers.after(POLL_MS, () => {
      this.#wake();
      if (this.#state === 'running') this.#armPoll();
    });
  }

  #wake(): void {
    this.#wanted = true;
    if (this.#reading || this.#state !== 'running') return;
    this.#reading = true;
    // The reading never rejects: its failures are logged, and the poll comes back to it.
    void this.#readOn().finally(() => {
      this.#reading = false;
    });
  }

  async #readOn(): Promise<void> {
    while (this.#wanted && this.#state === 'running') {
      this.#wanted = false;
      try {
        const entries = await this.#read();
        for (const entry of entries) {
          if (!this.#take(entry)) return;
        }
        if (entries.length === BATCH) this.#wanted = true;
        else this.#caughtUpAt = this.#service.clock.monotonic();
      } catch (error) {
        this.#log.warn('the log could not be read; trying again', { error: errorCode(error) });
        return;
      }
    }
  }

  /** The next entries; rejects when they do not come in time, whatever becomes of the question. */
  async #read(): Promise<readonly CommittedEntry[]> {
    let giveUp = (): void => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(new Error('the log was not read in time'));
    });
    using _ = this.#timers.after(READ_LIMIT_MS, () => giveUp());
    return await Promise.race([this.#service.entriesAfter(this.#position, BATCH), late]);
  }

  #take(entry: CommittedEntry): boolean {
    if (this.#state !== 'running') return false;
    const expected = asLsn(this.#position + 1);
    if (entry.lsn !== expected) {
      this.#state = 'broken';
      this.#log.error('the log has a hole', { expected, found: entry.lsn });
      this.broken.emit({ expected, found: entry.lsn });
      return false;
    }
    this.#position = entry.lsn;
    this.entries.emit(entry);
    return true;
  }
}
