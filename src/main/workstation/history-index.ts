import { keyedHash, type KeyedHash } from '../../platform/keyed-hash.ts';
import type { Logger } from '../../platform/log.ts';
import { historyRowSchema } from '../../shared/contract/history.ts';
import { HISTORY_PAGE, type Asked, type Welcome } from '../../shared/contract/queue-link.ts';
import {
  hashedKeys,
  HISTORY_MS,
  yearOf,
  type EarlierInYear,
  type HistoryRow,
  type YearOfCaller,
} from '../../shared/domain/history.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { sameCaller, type SameBecause } from '../../shared/domain/same-caller.ts';
import { HOUR, later, type Instant, type Timers } from '../../shared/domain/time.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { FaultList } from './fault-list.ts';

export interface HistoryIndexOptions {
  readonly store: Pick<
    DeskStore,
    'historyKey' | 'keepHistoryKey' | 'historyEnd' | 'keepHistory' | 'historyOf' | 'forgetHistory'
  >;
  readonly faults: Pick<FaultList, 'guard'>;
  readonly timers: Timers;
  readonly log: Logger;
  readonly queueTime: () => Instant;
}

/** The lines of an answer; `null` when it has not come. */
type AskLines = (asked: Asked) => Promise<readonly string[] | null>;

/** Between two pages, so that filling never fills the wire or the disk. Milliseconds. */
const BETWEEN_PAGES_MS = 50;
/** Rows of each key of the caller that are read. */
const OF_KEY = 100;
/** Older contacts that are shown beside one. */
const SHOWN = 20;

export interface OlderContact extends Omit<HistoryRow, 'keys' | 'closedAt'> {
  readonly because: readonly SameBecause[];
}

export interface Year {
  readonly year: readonly YearOfCaller[];
  /** What ended longer ago than this desk holds, newest first. */
  readonly older: readonly OlderContact[];
}

/**
 * The index of twelve months (rule AS-23): filled page by page from where it ended, again every hour, and read without the queue. Its rows are sealed
 * with a key that the queue hands to who is signed in; a sign-off takes the key, and with it everything.
 */
export class HistoryIndex {
  readonly #options: HistoryIndexOptions;
  #opened: { readonly key: string; readonly with: KeyedHash } | null = null;
  #next: Disposable | null = null;
  #ask: AskLines | null = null;

  constructor(options: HistoryIndexOptions) {
    this.#options = options;
  }

  /** The queue has greeted this desk; `ask` gives the lines of an answer, or `null` when it did not come. */
  begins({ historyKey }: Pick<Welcome, 'historyKey'>, ask: AskLines): void {
    this.ends();
    if (historyKey === undefined) return;
    const fault = this.#options.faults.guard(() =>
      this.#options.store.keepHistoryKey(historyKey, keyedHash(historyKey).hash('print')),
    );
    if (fault !== null) return;
    this.#ask = ask;
    this.#after(BETWEEN_PAGES_MS);
  }

  /** The link is gone. */
  ends(): void {
    this.#ask = null;
    this.#next?.[Symbol.dispose]();
    this.#next = null;
  }

  /**
   * What twelve months know of the caller, together with the contacts of theirs that this desk holds; `isHeld`: those of the index that are
   * among them. Keys are as `same-caller.ts` writes them.
   */
  of(one: EarlierInYear, held: readonly EarlierInYear[], isHeld: (id: ContactId) => boolean): Year {
    const kept = this.#key();
    if (kept === null) return { year: [], older: [] };
    const hashed = (of: EarlierInYear) => ({ ...of, keys: hashedKeys(of.keys, kept.hash) });
    const mine = hashed(one);
    const rows = this.#options.store
      .historyOf(mine.keys, OF_KEY)
      .filter(({ contact }) => contact !== one.contact && !isHeld(contact))
      .flatMap(({ sealed }) => this.#row(sealed, kept) ?? []);
    if (rows.length === 0) return { year: [], older: [] };
    const older = rows
      .filter(({ receivedAt }) => receivedAt <= one.receivedAt)
      .sort((a, b) => b.receivedAt - a.receivedAt)
      .slice(0, SHOWN)
      .map(({ keys, closedAt: _closedAt, ...row }) => ({ ...row, because: sameCaller(mine.keys, keys) }));
    return { year: yearOf(mine, [...rows, ...held.map(hashed)]), older };
  }

  #key(): KeyedHash | null {
    const key = this.#options.store.historyKey();
    if (key === null) return null;
    if (this.#opened?.key !== key) this.#opened = { key, with: keyedHash(key) };
    return this.#opened.with;
  }

  /** A row that cannot be read is as good as none: the next filling of a new file brings it. */
  #row(sealed: Buffer, kept: KeyedHash): HistoryRow | null {
    try {
      return historyRowSchema.parse(JSON.parse(kept.unseal(sealed)));
    } catch {
      this.#options.log.warn('a row of the history cannot be read', {});
      return null;
    }
  }

  #after(ms: number): void {
    this.#next?.[Symbol.dispose]();
    this.#next = this.#options.timers.after(ms, () => void this.#fill());
  }

  /** One page. Never rejects. */
  async #fill(): Promise<void> {
    const ask = this.#ask;
    if (ask === null) return;
    const { store, faults, queueTime } = this.#options;
    const from = later(queueTime(), -HISTORY_MS);
    const lines = await ask({ kind: 'history', after: store.historyEnd(), since: from });
    // Another connection has begun, or none.
    if (this.#ask !== ask) return;
    const fault = faults.guard(() => {
      if (lines === null) return;
      const kept = this.#key();
      if (kept === null) return this.ends();
      const rows = lines.map((line) => historyRowSchema.parse(JSON.parse(line)));
      const last = rows.at(-1);
      store.keepHistory(
        rows.map((row) => ({ ...row, sealed: kept.seal(JSON.stringify(row)) })),
        last === undefined ? null : { closedAt: last.closedAt, contact: last.contact },
      );
      store.forgetHistory(from);
    });
    if (this.#ask !== ask) return;
    const isMore = fault === null && lines !== null && lines.length >= HISTORY_PAGE;
    this.#after(isMore ? BETWEEN_PAGES_MS : HOUR);
  }
}
