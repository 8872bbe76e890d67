import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';
import type { Strip } from './strip.ts';

/**
 * Half-typed reasons, one for each contact and kind of act, for as long as the window lives: whatever closes the strip,
 * they are there when it opens again, until they have been sent (rule W-06).
 */
export class Reasons {
  readonly #cells = new Map<string, Cell<string>>();

  of(contact: ContactId, kind: Strip['kind']): Cell<string> {
    const key = `${contact} ${kind}`;
    const cell = this.#cells.get(key) ?? new Cell('');
    this.#cells.set(key, cell);
    return cell;
  }

  /** The reason was kept with its act. What has been typed instead meanwhile stays. */
  sent(contact: ContactId, kind: Strip['kind'], reason: string): void {
    const cell = this.of(contact, kind);
    if (cell.read().trim() === reason) cell.set('');
  }

  /** Somebody else sits here now. */
  forget(): void {
    this.#cells.clear();
  }
}
