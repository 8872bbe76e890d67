import type { ContactReading, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';

/** What is known of an opened contact's details. `null`: asked for, no answer yet. */
export type Reading = ContactReading | null;

/**
 * The details of the contacts that are open in this window, read again whenever something about them has changed.
 * Reading is a logged consultation (rule C-12): only what the handler has opened or looks at is ever read.
 */
export class Readings {
  readonly #bridge: WorkstationBridge;
  readonly #cells = new Map<ContactId, Cell<Reading>>();
  /** The number of the latest question per contact: an overtaken answer is dropped. */
  readonly #asked = new Map<ContactId, number>();
  readonly #kept = new Set<ContactId>();

  constructor(bridge: WorkstationBridge) {
    this.#bridge = bridge;
  }

  of(id: ContactId): Cell<Reading> {
    const cell = this.#cells.get(id) ?? new Cell<Reading>(null);
    this.#cells.set(id, cell);
    return cell;
  }

  /** From now on the contact is kept up to date. Resolves when its details are here. */
  async open(id: ContactId): Promise<Reading> {
    this.#kept.add(id);
    return this.#read(id);
  }

  /** Nobody shows it any more. */
  close(id: ContactId): void {
    this.#kept.delete(id);
    this.#cells.delete(id);
    this.#asked.delete(id);
  }

  /** Something about these contacts has changed. */
  refresh(ids: Iterable<ContactId>): void {
    // A reading that failed leaves the last one on screen; the link's own state says that something is wrong.
    for (const id of new Set(ids)) if (this.#kept.has(id)) void this.#read(id).catch(() => undefined);
  }

  refreshAll(): void {
    this.refresh(this.#kept);
  }

  async #read(id: ContactId): Promise<Reading> {
    const number = (this.#asked.get(id) ?? 0) + 1;
    this.#asked.set(id, number);
    const reading = await this.#bridge.request('contact.read', { contact: id });
    if (this.#asked.get(id) === number && this.#kept.has(id)) this.of(id).set(reading);
    return reading;
  }
}
