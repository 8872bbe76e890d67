import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';

/**
 * What can be laid over the record of the open contact, by the handler's own key: a form or a finder that needs the room. The note
 * below it stays in reach.
 */
export const sheetKinds = [
  'triage',
  'place',
  'call-back',
  'listen',
  'link',
  'incident',
  'grade',
  'close',
  'pass',
  'major',
] as const;
export type SheetKind = (typeof sheetKinds)[number];

/** Which sheet lies open, for each contact: another tab does not close it. */
export class Sheets {
  readonly #cells = new Map<ContactId, Cell<SheetKind | null>>();

  of(contact: ContactId): Cell<SheetKind | null> {
    const cell = this.#cells.get(contact) ?? new Cell<SheetKind | null>(null);
    this.#cells.set(contact, cell);
    return cell;
  }

  /** Somebody else sits here now. */
  forget(): void {
    for (const cell of this.#cells.values()) cell.set(null);
    this.#cells.clear();
  }
}
