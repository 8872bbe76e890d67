import { isOpenEmergency } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { compareKeys, orderKey, type OrderKey } from '../../shared/domain/ordering.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { inScope, type Scope } from './inbox-scope.ts';
import { OrderIndex } from './order-index.ts';

/** A row as the list shows it. `leaving`: it no longer belongs here and fades in its place. */
export interface ListEntry {
  readonly row: InboxRow;
  readonly leaving: 'gone' | 'taken' | null;
}

export interface ListLanesOptions {
  readonly rows: ReadonlyMap<ContactId, InboxRow>;
  readonly monotonic: () => number;
  /** A row began to fade: ask after a while whether it may go. */
  readonly fading: () => void;
}

/** How long a row that others have taken is still seen. */
export const FADE_MS = 2_000;

/**
 * The rows of a view in their order: open emergencies in a lane of their own that is never held back, the rest in a
 * second one that stands still while the handler is choosing. Index 0 is the first emergency.
 */
export class ListLanes {
  readonly #options: ListLanesOptions;
  readonly #emergencies = new OrderIndex<ListEntry>();
  readonly #rest = new OrderIndex<ListEntry>();
  /** Changes of order that wait until the handler has stopped choosing. */
  readonly #held = new Set<ContactId>();
  /** When each leaving row may go. */
  readonly #leaving = new Map<ContactId, number>();
  /** Came since the handler last saw where they stand. */
  readonly #unseen = new Set<ContactId>();
  #scope: Scope = { split: 'all', text: '', me: null };

  constructor(options: ListLanesOptions) {
    this.#options = options;
  }

  get scope(): Scope {
    return this.#scope;
  }

  get emergencies(): number {
    return this.#emergencies.size;
  }

  get total(): number {
    return this.#emergencies.size + this.#rest.size;
  }

  /** True when a quiet moment has something to do. */
  get unsettled(): boolean {
    return this.#held.size > 0 || this.#leaving.size > 0;
  }

  /** Fills the lanes afresh for a view. */
  setScope(scope: Scope): void {
    this.#scope = scope;
    this.#emergencies.clear();
    this.#held.clear();
    this.#leaving.clear();
    this.#unseen.clear();
    const rest = [];
    for (const row of this.#options.rows.values()) {
      const entry: ListEntry = { row, leaving: null };
      if (isOpenEmergency(row.summary)) this.#emergencies.set(orderKey(row.summary), entry);
      else if (inScope(row, scope)) rest.push({ key: orderKey(row.summary), value: entry });
    }
    this.#rest.fill(rest);
  }

  /** Takes in one change. Above index `heldAbove` the order of what is no emergency stands still. */
  put(id: ContactId, row: InboxRow | null, { heldAbove }: { readonly heldAbove: number }): void {
    if (row !== null && this.#shows(id, row)) return;
    if (row !== null && isOpenEmergency(row.summary)) {
      this.#rest.delete(id);
      this.#held.delete(id);
      this.#leaving.delete(id);
      if (!this.#emergencies.has(id)) this.#unseen.add(id);
      this.#emergencies.set(orderKey(row.summary), { row, leaving: null });
      return;
    }
    const wasEmergency = this.#fromEmergencies(id);
    const here = this.#rest.keyOf(id);
    if (row === null || !inScope(row, this.#scope)) {
      this.#held.delete(id);
      if (here !== undefined) this.#leave(id, row);
      return;
    }
    const stays = here !== undefined && compareKeys(here, orderKey(row.summary)) === 0;
    if (stays || wasEmergency || !this.#moves(heldAbove, here, orderKey(row.summary))) this.#stand(id, row);
    else {
      this.#held.add(id);
      if (here !== undefined) this.#rest.set(here, { row, leaving: null });
    }
  }

  /** What was held takes its place. */
  settle(): void {
    const held = [...this.#held];
    this.#held.clear();
    for (const id of held) {
      const row = this.#options.rows.get(id);
      if (row !== undefined && !isOpenEmergency(row.summary) && inScope(row, this.#scope))
        this.#stand(id, row);
    }
  }

  /**
   * What has faded leaves; never the row that is stood on, which is not exchanged for another. True when others are still
   * fading.
   */
  sweep(selected: ContactId | null): boolean {
    const now = this.#options.monotonic();
    let isMore = false;
    for (const [id, until] of this.#leaving) {
      if (id === selected) continue;
      isMore ||= now < until;
      if (now < until) continue;
      this.#leaving.delete(id);
      this.#rest.delete(id);
      this.#unseen.delete(id);
    }
    return isMore;
  }

  indexOf(id: ContactId | null): number {
    if (id === null) return -1;
    const pinned = this.#emergencies.indexOf(id);
    if (pinned >= 0) return pinned;
    const at = this.#rest.indexOf(id);
    return at < 0 ? -1 : this.#emergencies.size + at;
  }

  at(index: number): ListEntry | undefined {
    const pinned = this.#emergencies.size;
    return (index < pinned ? this.#emergencies.at(index) : this.#rest.at(index - pinned))?.value;
  }

  slice(start: number, end: number): readonly ListEntry[] {
    const pinned = this.#emergencies.size;
    return [
      ...this.#emergencies.slice(start, Math.min(end, pinned)),
      ...this.#rest.slice(start - pinned, end - pinned),
    ].map(({ value }) => value);
  }

  /** Counts what came above the sight and below the pinned rows, and forgets what has been seen. */
  newAbove(firstInSight: number, pinned: number): number {
    let above = 0;
    for (const id of [...this.#unseen]) {
      const index = this.indexOf(id);
      if (index >= pinned && index < firstInSight) above += 1;
      else this.#unseen.delete(id);
    }
    for (const id of this.#held) {
      const row = this.#options.rows.get(id);
      if (row === undefined || this.#rest.has(id)) continue;
      if (this.#emergencies.size + this.#rest.countBefore(orderKey(row.summary)) <= firstInSight) above += 1;
    }
    return above;
  }

  /** The handler has seen the top. */
  seen(): void {
    this.#unseen.clear();
  }

  /**
   * Answered, demoted or closed: it leaves the lane of those that need a person at once. Until it has another place, or
   * has faded, its old key puts it right below the open ones.
   */
  #fromEmergencies(id: ContactId): boolean {
    const entry = this.#emergencies.get(id);
    const key = this.#emergencies.keyOf(id);
    if (entry === undefined || key === undefined) return false;
    this.#emergencies.delete(id);
    this.#rest.set(key, entry);
    return true;
  }

  /** Whether this very row stands here and stays. */
  #shows(id: ContactId, row: InboxRow): boolean {
    const entry = this.#emergencies.get(id) ?? this.#rest.get(id);
    return entry?.row === row && entry.leaving === null;
  }

  /** Whether a row that leaves one place for another moves rows above an index. */
  #moves(above: number, from: OrderKey | undefined, to: OrderKey): boolean {
    if (above === 0) return false;
    const index = (key: OrderKey): number => this.#emergencies.size + this.#rest.countBefore(key);
    return index(to) < above || (from !== undefined && index(from) < above);
  }

  #stand(id: ContactId, row: InboxRow): void {
    if (!this.#rest.has(id)) this.#unseen.add(id);
    this.#held.delete(id);
    this.#leaving.delete(id);
    this.#rest.set(orderKey(row.summary), { row, leaving: null });
  }

  #leave(id: ContactId, row: InboxRow | null): void {
    const key = this.#rest.keyOf(id);
    const entry = this.#rest.get(id);
    if (key === undefined || entry === undefined) return;
    const gone = row === null || row.summary.ownership.kind === 'closed';
    this.#rest.set(key, { row: row ?? entry.row, leaving: gone ? 'gone' : 'taken' });
    if (this.#leaving.has(id)) return;
    this.#leaving.set(id, this.#options.monotonic() + FADE_MS);
    this.#options.fading();
  }
}
