import type { Logger } from '../../platform/log.ts';
import type { Lsn } from '../../shared/domain/ids.ts';
import { SECOND, type Timers } from '../../shared/domain/time.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import type { LogTail } from '../log-tail.ts';
import type { QueueService } from '../service.ts';
import type { CommittedEntry } from '../store/queue-store.ts';
import { mayMeanAnAct, toldAct } from './exchange-act.ts';
import type { PostAnswer } from './post-act.ts';

export interface ExchangeTellerOptions {
  /** The source of its calls, as in the key file. */
  readonly source: string;
  readonly service: QueueService;
  readonly tail: Pick<LogTail, 'entries'>;
  readonly timers: Timers;
  readonly log: Logger;
  /** One try. Never rejects. */
  readonly post: (body: string, stop: AbortSignal) => Promise<PostAnswer>;
  /** Which telephone stands on a desk, by the number painted on it; `null` where the queue was not told. */
  readonly extensionOf?: (desk: number) => string | null;
}

/** Entries read at a time. */
const BATCH = 200;
const FIRST_WAIT_MS = SECOND / 4;
const LONGEST_WAIT_MS = 15 * SECOND;

/**
 * Tells one exchange what handlers do with its calls, in the order of the log, each act until the exchange has taken it (rule TE-09). It
 * reads the log behind the commits: a claim never waits for it, and an exchange that is away only makes it stand still. How far it has
 * come is in the database, so that a queue that was ended goes on where it was; what was told just before may then come once more.
 */
export class ExchangeTeller implements Disposable {
  readonly #options: ExchangeTellerOptions;
  readonly #stop = new AbortController();
  readonly #woken = new Emitter<void>();
  #position: Lsn | null = null;
  #wanted = false;
  #isBusy = false;
  #isAway = false;
  #told: Disposable | null = null;

  constructor(options: ExchangeTellerOptions) {
    this.#options = options;
  }

  /** The exchange took nothing at the last try. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** Begins where it stopped; a source that is told for the first time begins at the log's present end. Rejects when the database is away. */
  async start(): Promise<void> {
    const { source, service, tail } = this.#options;
    this.#position = await service.exchangePosition(source);
    this.#told = tail.entries.subscribe((entry) => {
      if (mayMeanAnAct(entry.what)) this.#wake();
    });
    this.#wake();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#told?.[Symbol.dispose]();
    this.#woken.emit();
  }

  #wake(): void {
    this.#wanted = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    void this.#run().finally(() => {
      this.#isBusy = false;
    });
  }

  async #run(): Promise<void> {
    while (this.#wanted && !this.#stop.signal.aborted) {
      this.#wanted = false;
      try {
        await this.#readOn();
      } catch {
        // The database is away: its own log says so. The same again.
        this.#wanted = true;
        await this.#pause(FIRST_WAIT_MS * 4);
      }
    }
  }

  async #readOn(): Promise<void> {
    const { service } = this.#options;
    for (;;) {
      if (this.#position === null || this.#stop.signal.aborted) return;
      const entries = await service.entriesAfter(this.#position, BATCH);
      for (const entry of entries) {
        if (mayMeanAnAct(entry.what) && (await this.#tell(entry)) === 'stopped') return;
        this.#position = entry.lsn;
      }
      if (entries.length < BATCH) return;
    }
  }

  async #tell(entry: CommittedEntry): Promise<'over' | 'stopped'> {
    const { source, service, extensionOf = () => null } = this.#options;
    const [contact] = await service.contacts([entry.contact]);
    const to = { source, epoch: service.storeEpoch, extensionOf };
    const act = contact === undefined ? null : toldAct(entry, contact, to);
    if (act === null) return 'over';
    if (!(await this.#untilTaken(JSON.stringify(act), entry.lsn))) return 'stopped';
    await service.keepExchangePosition(source, entry.lsn);
    return 'over';
  }

  /** False: it was told to stop before. */
  async #untilTaken(body: string, n: Lsn): Promise<boolean> {
    const { source, post, log } = this.#options;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
      const answer = await post(body, this.#stop.signal);
      if (this.#stop.signal.aborted) return false;
      if (answer.kind !== 'later') {
        if (answer.kind === 'refused')
          log.error('an exchange refused an act', { source, n, why: answer.why });
        if (this.#isAway) log.info('an exchange takes acts again', { source, n });
        this.#isAway = false;
        return true;
      }
      if (!this.#isAway)
        log.warn('an exchange does not take acts; they are told when it does', {
          source,
          n,
          why: answer.why,
        });
      this.#isAway = true;
      await this.#pause(wait);
      if (this.#stop.signal.aborted) return false;
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const woken = this.#woken.subscribe(() => done());
      const timer = this.#options.timers.after(ms, () => done());
      const done = () => {
        woken[Symbol.dispose]();
        timer[Symbol.dispose]();
        resolve();
      };
    });
  }
}
