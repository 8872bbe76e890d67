import type { RelatedContacts, Suggestion, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';

/** As many suggestions as have a digit of their own. */
export const SUGGESTED = 4;

/** What may belong together with a contact. `null`: asked for, no answer yet. */
export type RelatedView = {
  /** Suggestion 1 stands first. One keeps its number for as long as it is suggested: the next key may be meant for it. */
  readonly slots: readonly (Suggestion | null)[];
  readonly repeats: RelatedContacts['repeats'];
  readonly year: RelatedContacts['year'];
  readonly older: RelatedContacts['older'];
  readonly trouble: string | null;
} | null;

/** After something new has come, what belongs together is asked again this much later, once for everything that came. Milliseconds. */
const AGAIN_MS = 1_000;

/**
 * What may belong together with the contacts that are on screen (rules AS-10, AS-19): asked for each revision that is shown, and again when others have
 * arrived or changed.
 */
export class Related {
  readonly #bridge: WorkstationBridge;
  readonly #after: (ms: number, task: () => void) => void;
  readonly #isShown: (id: ContactId) => boolean;
  readonly #cells = new Map<ContactId, Cell<RelatedView>>();
  /** For which revision it was last asked. */
  readonly #revs = new Map<ContactId, number>();
  /** The number of the latest question: an overtaken answer is dropped. */
  readonly #asked = new Map<ContactId, number>();
  #isWaiting = false;

  constructor({
    bridge,
    after,
    isShown,
  }: {
    readonly bridge: WorkstationBridge;
    readonly after: (ms: number, task: () => void) => void;
    readonly isShown: (id: ContactId) => boolean;
  }) {
    this.#bridge = bridge;
    this.#after = after;
    this.#isShown = isShown;
  }

  of(id: ContactId): Cell<RelatedView> {
    const cell = this.#cells.get(id) ?? new Cell<RelatedView>(null);
    this.#cells.set(id, cell);
    return cell;
  }

  /** Asks for each revision of the contact once. */
  read(id: ContactId, rev: number): void {
    if (this.#revs.get(id) === rev) return;
    this.#revs.set(id, rev);
    this.#ask(id);
  }

  /** Other contacts have arrived or changed: what is on screen may belong to them. */
  changed(): void {
    if (this.#isWaiting || this.#revs.size === 0) return;
    this.#isWaiting = true;
    this.#after(AGAIN_MS, () => {
      this.#isWaiting = false;
      for (const id of this.#revs.keys()) {
        if (this.#isShown(id)) this.#ask(id);
        // Asked when it is shown again.
        else this.#revs.set(id, -1);
      }
    });
  }

  close(id: ContactId): void {
    this.#cells.delete(id);
    this.#revs.delete(id);
    this.#asked.delete(id);
  }

  forget(): void {
    this.#cells.clear();
    this.#revs.clear();
    this.#asked.clear();
  }

  #ask(id: ContactId): void {
    const number = (this.#asked.get(id) ?? 0) + 1;
    this.#asked.set(id, number);
    const isLatest = (): boolean => this.#asked.get(id) === number;
    this.#bridge.request('contact.related', { contact: id }).then(
      ({ suggestions, repeats, year, older, trouble }) => {
        if (!isLatest()) return;
        const slots = slotted(this.of(id).read()?.slots ?? [], suggestions);
        this.of(id).set({ slots, repeats, year, older, trouble });
      },
      () => {
        // What was there stays; it is asked for again with the next change.
        if (isLatest()) this.#revs.set(id, -1);
      },
    );
  }
}

/** The suggestions in their places: who has a number keeps it, and new ones take what is free, the strongest first. */
export function slotted(
  before: readonly (Suggestion | null)[],
  suggestions: readonly Suggestion[],
): readonly (Suggestion | null)[] {
  const slots = Array.from({ length: SUGGESTED }, (_, at): Suggestion | null => {
    const id = before[at]?.summary.id;
    return suggestions.find(({ summary }) => summary.id === id) ?? null;
  });
  const placed = new Set(slots.map((slot) => slot?.summary.id));
  const rest = suggestions.filter(({ summary }) => !placed.has(summary.id));
  return slots.map((slot) => slot ?? rest.shift() ?? null);
}
