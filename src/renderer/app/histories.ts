import type { HistoryItem, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';

/** Earlier contacts of a caller. `null`: asked for, no answer yet. */
export type History = readonly HistoryItem[] | null;

/** The earlier contacts of the callers that are on screen (rule W-21), asked for when one is shown. */
export class Histories {
  readonly #bridge: WorkstationBridge;
  readonly #cells = new Map<ContactId, Cell<History>>();
  /** For which revision it was last asked. */
  readonly #asked = new Map<ContactId, number>();

  constructor(bridge: WorkstationBridge) {
    this.#bridge = bridge;
  }

  of(id: ContactId): Cell<History> {
    const cell = this.#cells.get(id) ?? new Cell<History>(null);
    this.#cells.set(id, cell);
    return cell;
  }

  /** Asks for each revision of the contact once; an answer that was overtaken is dropped, and without one the last stays. */
  read(id: ContactId, rev: number): void {
    if (this.#asked.get(id) === rev) return;
    this.#asked.set(id, rev);
    this.#bridge.request('history.read', { contact: id }).then(
      ({ items }) => {
        if (this.#asked.get(id) === rev) this.of(id).set(items);
      },
      () => {
        if (this.#asked.get(id) === rev) this.#asked.delete(id);
      },
    );
  }

  close(id: ContactId): void {
    this.#cells.delete(id);
    this.#asked.delete(id);
  }

  forget(): void {
    this.#cells.clear();
    this.#asked.clear();
  }
}
