import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';
import type { SheetPlace } from './sheet-place.ts';

/**
 * What can be laid over the record of the open contact, by the handler's own key: a form or a finder that needs the room. The note
 * below it stays in reach.
 */
export const sheetKinds = [
  'triage',
  'caller',
  'place',
  'call-back',
  'listen',
  'link',
  'incident',
  'grade',
  'close',
  'pass',
  'major',
  'safe-contact',
  'language',
  'hand-over',
] as const;
export type SheetKind = (typeof sheetKinds)[number];

/** Which sheet lies open, for each contact: another tab does not close it. */
export class Sheets {
  readonly #cells = new Map<ContactId, Cell<SheetKind | null>>();
  readonly #places = new Map<ContactId, SheetPlace>();
  readonly #views = new Map<ContactId, Map<string, unknown>>();
  /** What the sheet on screen does by the button at its foot; `null` while there is none, or it has nothing to do. */
  #act: (() => void) | null = null;

  of(contact: ContactId): Cell<SheetKind | null> {
    const cell = this.#cells.get(contact) ?? new Cell<SheetKind | null>(null);
    this.#cells.set(contact, cell);
    return cell;
  }

  /** Lays a sheet over the record, in place of another if one lies there; `null` takes it away. */
  lay(contact: ContactId, sheet: SheetKind | null): void {
    const cell = this.of(contact);
    if (cell.read() === sheet) return;
    this.#places.delete(contact);
    this.#views.delete(contact);
    cell.set(sheet);
  }

  /** The sheet on screen can do this now. Returns what says that it is gone. */
  offer(act: (() => void) | null): () => void {
    this.#act = act;
    return () => {
      if (this.#act === act) this.#act = null;
    };
  }

  /** Does what the sheet on screen is for. The handler's own key. */
  act(): void {
    this.#act?.();
  }

  /** Where the handler was in the sheet that lies there, when they last were in it. */
  placeIn(contact: ContactId): SheetPlace | null {
    return this.of(contact).read() === null ? null : (this.#places.get(contact) ?? null);
  }

  remember(contact: ContactId, place: SheetPlace): void {
    this.#places.set(contact, place);
  }

  /**
   * What is open and what is marked in the sheet of a contact, by name: in this window alone, until another sheet lies there. It outlives
   * the elements, which go with the lock and with another tab.
   */
  viewOf(contact: ContactId): Map<string, unknown> {
    const view = this.#views.get(contact) ?? new Map<string, unknown>();
    this.#views.set(contact, view);
    return view;
  }

  /** Somebody else sits here now. */
  forget(): void {
    for (const cell of this.#cells.values()) cell.set(null);
    this.#cells.clear();
    this.#places.clear();
    this.#views.clear();
  }
}
