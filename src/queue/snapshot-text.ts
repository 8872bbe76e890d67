import { createHash } from 'node:crypto';
import type { Colleague } from '../shared/domain/chat/colleague.ts';
import type { Contact } from '../shared/domain/contact.ts';
import type { HistoryRow } from '../shared/domain/history.ts';
import type { Lsn } from '../shared/domain/ids.ts';
import { SECOND, type Clock, type Timers } from '../shared/domain/time.ts';
import type { QueueService } from './service.ts';
import type { Snapshot } from './store/queue-store.ts';

/** Size of one slice of a snapshot. Bytes of UTF-8. */
const SLICE_BYTES = 48 * 1024;
/** A snapshot that was read this lately is handed out again: the events since follow it. */
const FRESH_MS = 2 * SECOND;

/** A snapshot as it goes to desks: one JSON contact per line, cut into slices (rule L-11). */
export interface SnapshotText {
  readonly asOf: Lsn;
  readonly count: number;
  readonly slices: readonly string[];
  /** Of the whole text, in UTF-8. Hexadecimal. */
  readonly sha256: string;
}

/** Contacts, or rows about them, as lines of JSON, cut into slices. Slices end between characters, anywhere in a line. Of none there is no slice. */
export function linesText(
  contacts: readonly (Contact | HistoryRow | Colleague)[],
): Omit<SnapshotText, 'asOf'> {
  const bytes = Buffer.from(contacts.map((contact) => `${JSON.stringify(contact)}\n`).join(''), 'utf8');
  const slices: string[] = [];
  for (let from = 0; from < bytes.length;) {
    let to = Math.min(from + SLICE_BYTES, bytes.length);
    // Never between the bytes of one character: those after the first are 10xxxxxx.
    while (to < bytes.length && ((bytes[to] ?? 0) & 0b1100_0000) === 0b1000_0000) to -= 1;
    slices.push(bytes.toString('utf8', from, to));
    from = to;
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { count: contacts.length, slices, sha256 };
}

/** Writes a snapshot out. */
export const snapshotText = ({ asOf, contacts }: Snapshot): SnapshotText => ({
  asOf,
  ...linesText(contacts),
});

/**
 * Snapshots, made once for all desks that ask at about the same time: after a restart, hundreds do. Holds the last one
 * for as long as it is fresh and no longer, because it is large, and lets one be read at a time.
 */
export class SnapshotTexts implements Disposable {
  readonly #service: QueueService;
  readonly #clock: Clock;
  readonly #timers: Timers;
  #last: SnapshotText | null = null;
  #expiry: Disposable | null = null;
  #reading: Promise<SnapshotText> | null = null;
  #isDisposed = false;

  constructor(options: { readonly service: QueueService; readonly clock: Clock; readonly timers: Timers }) {
    this.#service = options.service;
    this.#clock = options.clock;
    this.#timers = options.timers;
  }

  /** Whether one is in memory. */
  get isHolding(): boolean {
    return this.#last !== null;
  }

  /** A snapshot not older than two seconds. */
  async recent(): Promise<SnapshotText> {
    if (this.#last !== null) return this.#last;
    this.#reading ??= this.#read();
    return this.#reading;
  }

  async #read(): Promise<SnapshotText> {
    try {
      const askedAt = this.#clock.monotonic();
      const text = snapshotText(await this.#service.snapshot());
      this.#keep(text, FRESH_MS - (this.#clock.monotonic() - askedAt));
      return text;
    } finally {
      this.#reading = null;
    }
  }

  #keep(text: SnapshotText, ms: number): void {
    if (this.#isDisposed || ms <= 0) return;
    this.#last = text;
    this.#expiry = this.#timers.after(ms, () => this.#drop());
  }

  #drop(): void {
    this.#last = null;
    this.#expiry?.[Symbol.dispose]();
    this.#expiry = null;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#drop();
  }
}
