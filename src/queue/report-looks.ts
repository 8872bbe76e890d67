import type { ContactId } from '../shared/domain/ids.ts';
import { HOUR, MINUTE } from '../shared/domain/time.ts';
import type { LogTail } from './log-tail.ts';
import type { QueueService } from './service.ts';

/** What was looked at lately tells how long it takes now. Milliseconds. */
const LATELY_MS = 3 * HOUR;
/** Fewer tell nothing. */
const ENOUGH = 3;
const REMEMBERED = 200;

interface Look {
  readonly at: number;
  readonly tookMs: number;
}

/**
 * How long online reports have waited lately until somebody took or graded them, so that the public’s pages promise nothing that is not so (rule CH-02).
 * In memory, from the log: a node that has just begun knows nothing of it yet.
 */
export class ReportLooks implements Disposable {
  readonly #service: Pick<QueueService, 'contacts' | 'now'>;
  readonly #entries: Disposable;
  /** By report: only the first look counts. */
  readonly #looks = new Map<ContactId, Look>();

  constructor(options: {
    readonly service: Pick<QueueService, 'contacts' | 'now'>;
    readonly tail: Pick<LogTail, 'entries'>;
  }) {
    this.#service = options.service;
    this.#entries = options.tail.entries.subscribe(({ contact, at, what: { kind }, flash }) => {
      // A flash is of an emergency, which was none of these.
      if (flash === null && (kind === 'claimed' || kind === 'graded')) this.#look(contact, at);
    });
  }

  [Symbol.dispose](): void {
    this.#entries[Symbol.dispose]();
  }

  /** The middle of those of the last hours, in whole minutes; `null` where there are too few to say. Milliseconds. */
  medianMs(): number | null {
    const since = this.#service.now() - LATELY_MS;
    const took = [...this.#looks.values()]
      .filter(({ at }) => at >= since)
      .map(({ tookMs }) => tookMs)
      .sort((a, b) => a - b);
    const middle = took[took.length >> 1];
    return middle === undefined || took.length < ENOUGH ? null : Math.ceil(middle / MINUTE) * MINUTE;
  }

  #look(id: ContactId, at: number): void {
    if (this.#looks.has(id)) return;
    this.#service
      .contacts([id])
      .then(([contact]) => {
        if (contact?.channel !== 'online-report' || this.#looks.has(id)) return;
        this.#looks.set(id, { at, tookMs: Math.max(0, at - contact.receivedAt) });
        const [oldest] = this.#looks.keys();
        if (this.#looks.size > REMEMBERED && oldest !== undefined) this.#looks.delete(oldest);
      })
      // One report fewer to count.
      .catch(() => undefined);
  }
}
