import type { ContactReading, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';

/** What is known of an opened contact's details. `null`: asked for, no answer yet. */
export type Reading = ContactReading | null;

export interface ReadingsOptions {
  readonly bridge: WorkstationBridge;
  readonly after: (ms: number, task: () => void) => void;
  /** Whether the contact is on screen: the open tab in front, or the look beside it. */
  readonly isShown: (id: ContactId) => boolean;
  /** Told of each reading before it is shown. */
  readonly onRead: (id: ContactId, reading: ContactReading) => void;
}

/** A reading on screen that failed is asked for again after this long. Milliseconds. */
const RETRY_MS = 1_000;

/**
 * The details of the contacts that are open in this window, read again when something about them has changed. Reading is
 * a logged consultation (rule C-12): only what the handler looks at is read; a tab behind is read when it is shown.
 */
export class Readings {
  readonly #options: ReadingsOptions;
  readonly #cells = new Map<ContactId, Cell<Reading>>();
  /** The number of the latest question per contact: an overtaken answer is dropped. */
  readonly #asked = new Map<ContactId, number>();
  readonly #kept = new Set<ContactId>();
  /** Kept, and changed since they were read. */
  readonly #stale = new Set<ContactId>();

  constructor(options: ReadingsOptions) {
    this.#options = options;
  }

  of(id: ContactId): Cell<Reading> {
    const cell = this.#cells.get(id) ?? new Cell<Reading>(null);
    this.#cells.set(id, cell);
    return cell;
  }

  /** From now on the contact is kept: read now if it is on screen, otherwise when it is. */
  keep(id: ContactId): void {
    if (this.#kept.has(id)) return;
    this.#kept.add(id);
    this.#stale.add(id);
    this.shown(id);
  }

  /** From now on the contact is kept, and it is read now. Resolves when its details are here. */
  async open(id: ContactId): Promise<void> {
    this.#kept.add(id);
    await this.#read(id);
  }

  /** The details as they stand now, with every act of this desk that was kept before: for a key that must not be refused by older ones. */
  async fresh(id: ContactId): Promise<ContactReading> {
    return this.#read(id);
  }

  /** Nobody shows it any more. */
  close(id: ContactId): void {
    this.#kept.delete(id);
    this.#stale.delete(id);
    this.#cells.delete(id);
    this.#asked.delete(id);
  }

  /** Somebody else sits here now: nothing of what was read stays. */
  forget(): void {
    for (const id of [...this.#kept]) this.close(id);
    this.#cells.clear();
    this.#asked.clear();
  }

  /** The contact is on screen now: read if something about it has changed since. */
  shown(id: ContactId | null): void {
    if (id !== null && this.#stale.has(id)) this.refresh([id]);
  }

  /** Something about these contacts has changed. */
  refresh(ids: Iterable<ContactId>): void {
    for (const id of new Set(ids)) {
      if (!this.#kept.has(id)) continue;
      // A reading that failed leaves the last one on screen; the link's own state says that something is wrong.
      if (this.#options.isShown(id)) void this.#read(id).catch(() => undefined);
      else this.#stale.add(id);
    }
  }

  refreshAll(): void {
    this.refresh(this.#kept);
  }

  async #read(id: ContactId): Promise<ContactReading> {
    const number = (this.#asked.get(id) ?? 0) + 1;
    this.#asked.set(id, number);
    this.#stale.delete(id);
    const isLatest = () => this.#asked.get(id) === number && this.#kept.has(id);
    try {
      const reading = await this.#options.bridge.request('contact.read', { contact: id });
      if (!isLatest()) return reading;
      this.#options.onRead(id, reading);
      this.of(id).set(reading);
      return reading;
    } catch (error) {
      if (isLatest()) {
        this.#stale.add(id);
        this.#options.after(RETRY_MS, () => {
          if (isLatest() && this.#options.isShown(id)) this.shown(id);
        });
      }
      throw error;
    }
  }
}
