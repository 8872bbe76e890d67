import { Cell } from './cell.ts';
import type { FocusLaw } from './focus-law.ts';
import { paintNow } from './paint-now.ts';

/** What can lie over the inbox, and over the work. `context`: in a narrow window, where it has no pane of its own. */
export interface Covering {
  readonly inbox: 'search' | 'guide' | 'context' | null;
  readonly work: 'missed' | 'outbox' | 'context' | null;
}
export type CoveredPane = keyof Covering;
export type Cover<Pane extends CoveredPane> = NonNullable<Covering[Pane]>;

const nothing: Covering = { inbox: null, work: null };

/**
 * What lies over a pane: opened by the handler's own key, never by itself (rule W-02). The pane below goes on as it was,
 * with its scroll, caret and words, and gets the focus back where it stood (rule W-06). Strip and status stay in sight.
 */
export class Covers {
  readonly over = new Cell<Covering>(nothing);
  readonly #law: FocusLaw;
  readonly #before = new Map<CoveredPane, Element | null>();

  constructor(law: FocusLaw) {
    this.#law = law;
  }

  show<Pane extends CoveredPane>(pane: Pane, cover: Cover<Pane>): void {
    if (this.over.read()[pane] === null) this.#before.set(pane, document.activeElement);
    this.over.set({ ...this.over.read(), [pane]: cover });
  }

  /** Takes the cover away; what had the focus before gets it back. False when it is gone. */
  leave(pane: CoveredPane): boolean {
    this.clear(pane);
    paintNow();
    const before = this.#before.get(pane);
    const kept = before instanceof HTMLElement && before.isConnected && before !== document.body;
    return kept && this.#law.focus(before);
  }

  /** Takes the cover away: the focus goes, or has gone, elsewhere by the same act. */
  clear(pane: CoveredPane): void {
    const over = this.over.read();
    if (over[pane] !== null) this.over.set({ ...over, [pane]: null });
  }

  /** Takes the context away from wherever it lies. */
  clearContext(): void {
    const { inbox, work } = this.over.read();
    if (inbox === 'context') this.clear('inbox');
    if (work === 'context') this.clear('work');
  }

  clearAll(): void {
    this.over.set(nothing);
  }
}
