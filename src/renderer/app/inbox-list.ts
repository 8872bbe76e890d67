import { isOpenEmergency } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import type { RowChange } from './inbox-copy.ts';
import type { Scope } from './inbox-scope.ts';
import { bringIntoView, inSight, keepRow, pinnedCount, type Measures, type Place } from './list-geometry.ts';
import { FADE_MS, ListLanes } from './list-lanes.ts';
import { sameOr, withPartsOf, type ListSnapshot } from './list-snapshot.ts';

export interface InboxListOptions {
  readonly rows: ReadonlyMap<ContactId, InboxRow>;
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
  /** Calls back when what nobody waits for is painted. At once if it is left out. */
  readonly calmly?: (task: () => void) => void;
}

/** After a key or pointer move the order stands still for this long, so that no row slips from under a click. */
export const HOLD_MS = 1_500;

/** Rows that have faded may stay this much longer, to leave together. */
const SWEEP_MS = 400;

/** Pinned rows are all painted: more than this many would fill any screen. */
const PINNED_LIMIT = 40;

/**
 * The list of the inbox outside React: its lanes, which row is selected, and where it is scrolled to, because a row
 * inserted above must move the scroll and not the selected row (rule W-03).
 */
export class InboxList {
  readonly #options: InboxListOptions;
  readonly #lanes: ListLanes;
  readonly #listeners = new Set<() => void>();
  #holdUntil = 0;
  #pointerDown = false;
  #sweepAsked = false;
  /** What follows an emergency has been asked for. */
  #restAsked = false;
  /** The top was in sight when rows had to keep their place under the pointer: it comes back at a quiet moment. */
  #owesTop = false;
  #selected: ContactId | null = null;
  #place: Place = { scrollTop: 0, lead: 0 };
  #measures: Measures = { rowHeight: 36, viewport: 720 };
  #snapshot: ListSnapshot;

  constructor(options: InboxListOptions) {
    this.#options = options;
    const { rows, monotonic } = options;
    this.#lanes = new ListLanes({ rows, monotonic, fading: () => this.#sweepIn(FADE_MS) });
    this.#snapshot = this.#take();
  }

  readonly read = (): ListSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Takes in what the store has painted. */
  change(changes: readonly RowChange[]): void {
    const isUrgent = changes.every(({ row }) => row !== null && isOpenEmergency(row.summary));
    const publish = isUrgent ? () => this.#publishUrgently() : () => this.#publish();
    this.#keepingPlace(publish, () => {
      // What comes to stand below everything in sight moves no row that the handler could be choosing.
      const heldAbove = this.#isHeld() ? inSight(this.#place, this.#measures, this.#lanes.total).end : 0;
      for (const { id, row } of changes) this.#lanes.put(id, row, { heldAbove });
    });
  }

  /** Shows another view. The handler's own act: the list starts at its top, or at the selected row. */
  setScope(scope: Scope): void {
    const { split, text, me, agrees } = this.#lanes.scope;
    const isSame = scope.split === split && scope.text === text && scope.me === me && scope.agrees === agrees;
    if (isSame) return;
    this.#lanes.setScope(scope);
    this.#place = { scrollTop: 0, lead: 0 };
    if (this.#lanes.indexOf(this.#selected) < 0) this.#selected = null;
    else this.#reveal();
    this.#publish();
  }

  /** The handler pressed a key in the list or moved the pointer over it. */
  touched(): void {
    const now = this.#options.monotonic();
    const idle = now >= this.#holdUntil;
    this.#holdUntil = now + HOLD_MS;
    if (idle) this.#options.after(HOLD_MS, () => this.#release());
  }

  pointer(state: 'down' | 'up'): void {
    this.#pointerDown = state === 'down';
    this.touched();
  }

  select(id: ContactId | null): void {
    this.#selected = id;
    this.#owesTop = false;
    this.touched();
    this.#publish();
  }

  /** Selects the row `by` places further, or the first or last one, and brings it into sight. */
  move(by: number | 'first' | 'last'): void {
    const { total } = this.#lanes;
    if (total === 0) return;
    const from = this.#lanes.indexOf(this.#selected);
    const wanted = by === 'first' ? 0 : by === 'last' ? total - 1 : from < 0 ? 0 : from + by;
    const to = Math.min(total - 1, Math.max(0, wanted));
    this.#selected = this.#lanes.at(to)?.row.summary.id ?? null;
    this.#owesTop = false;
    this.touched();
    this.#reveal();
    this.#publish();
  }

  /** A page, for PageUp and PageDown. Rows. */
  get page(): number {
    const { rowHeight, viewport } = this.#measures;
    return Math.max(1, Math.floor(viewport / rowHeight) - this.#snapshot.pinned - 1);
  }

  /** Shows the top, and what has come there. */
  showNew(): void {
    this.#holdUntil = 0;
    this.#lanes.settle();
    this.#place = { scrollTop: 0, lead: 0 };
    this.#lanes.seen();
    this.#publish();
  }

  /** The handler scrolled by wheel or bar. */
  scrolled(scrollTop: number): void {
    if (Math.abs(scrollTop - this.#place.scrollTop) < 1) return;
    this.#place = { scrollTop, lead: this.#place.lead };
    this.#owesTop = false;
    this.#publish();
  }

  measured(measures: Measures): void {
    const { rowHeight, viewport } = this.#measures;
    if (measures.rowHeight === rowHeight && measures.viewport === viewport) return;
    if (measures.rowHeight !== rowHeight) {
      const index = Math.round(this.#place.scrollTop / rowHeight);
      this.#place = { scrollTop: index * measures.rowHeight, lead: 0 };
    }
    this.#measures = measures;
    this.#publish();
  }

  #isHeld(): boolean {
    return this.#pointerDown || this.#options.monotonic() < this.#holdUntil;
  }

  /** At a quiet moment: what was held takes its place, and what has faded leaves. */
  #release(): void {
    if (this.#isHeld()) {
      const wait = Math.max(50, this.#holdUntil - this.#options.monotonic());
      this.#options.after(wait, () => this.#release());
      return;
    }
    if (!this.#lanes.unsettled && !this.#owesTop) return;
    this.#keepingPlace(
      () => this.#publish(),
      () => {
        this.#lanes.settle();
        if (this.#lanes.sweep(this.#selected)) this.#sweepIn(SWEEP_MS);
      },
    );
    if (!this.#owesTop) return;
    this.#owesTop = false;
    this.#place = { scrollTop: 0, lead: 0 };
    this.#publish();
  }

  /** Rows that fade leave together, some times a second at most: each leaving moves what stands below it. */
  #sweepIn(ms: number): void {
    if (this.#sweepAsked) return;
    this.#sweepAsked = true;
    const { after, calmly = (task) => task() } = this.#options;
    after(ms, () =>
      calmly(() => {
        this.#sweepAsked = false;
        this.#release();
      }),
    );
  }

  /** Does something to the rows while the selected row, or else the first in sight, keeps its place on screen. */
  #keepingPlace(publish: () => void, task: () => void): void {
    const anchor = this.#anchor();
    task();
    const to = anchor === null ? -1 : this.#lanes.indexOf(anchor.id);
    if (anchor !== null && to >= 0)
      this.#place = keepRow(this.#place, this.#measures.rowHeight, anchor.index, to);
    publish();
  }

  #anchor(): { readonly id: ContactId; readonly index: number } | null {
    const { rowHeight, viewport } = this.#measures;
    const { lead, scrollTop } = this.#place;
    const selected = this.#lanes.indexOf(this.#selected);
    const top = lead + selected * rowHeight - scrollTop;
    if (this.#selected !== null && selected >= 0 && top > -rowHeight && top < viewport) {
      return { id: this.#selected, index: selected };
    }
    if (scrollTop === 0) {
      // Who reads from the top sees what comes there; who is about to click does not have it slip away.
      if (!this.#isHeld()) return null;
      this.#owesTop = this.#selected === null;
    }
    const index = Math.max(0, Math.ceil((scrollTop - lead) / rowHeight));
    const id = this.#lanes.at(index)?.row.summary.id;
    return id === undefined ? null : { id, index };
  }

  #reveal(): void {
    const index = this.#lanes.indexOf(this.#selected);
    if (index >= 0) this.#place = bringIntoView(this.#place, this.#measures, index, this.#lanes.emergencies);
  }

  #take(): ListSnapshot {
    const lanes = this.#lanes;
    const place = this.#place;
    const measures = this.#measures;
    const { start, end } = inSight(place, measures, lanes.total);
    const selectedIndex = lanes.indexOf(this.#selected);
    const pinned = pinnedCount(place, measures.rowHeight, lanes.emergencies, selectedIndex);
    const firstInSight = Math.max(0, Math.floor((place.scrollTop - place.lead) / measures.rowHeight));
    const from = Math.max(start, pinned);
    return {
      entries: lanes.slice(from, end),
      start: from,
      toldStart: from,
      total: lanes.total,
      emergencies: lanes.slice(0, Math.min(pinned, PINNED_LIMIT)),
      pinned,
      selected: this.#selected,
      selectedIndex,
      place,
      measures,
      newAbove: lanes.newAbove(firstInSight, pinned),
      scope: lanes.scope,
    };
  }

  #publish(): void {
    this.#show(this.#take());
  }

  /**
   * An emergency has come. Rows that it only moves stay the rows they are: the eye sees at once where they stand, and
   * what else each of them says, and the one that has gone out of sight, follow with the calm painting (rule W-24).
   */
  #publishUrgently(): void {
    const before = this.#snapshot;
    const taken = this.#take();
    const { calmly } = this.#options;
    const entries = this.#lanes.slice(taken.start, taken.start + before.entries.length);
    const isOnlyMoved =
      calmly !== undefined &&
      entries.length >= taken.entries.length &&
      sameOr(before.entries, entries) === before.entries;
    if (!isOnlyMoved) {
      this.#show(taken);
      return;
    }
    this.#show({ ...taken, entries, toldStart: before.toldStart });
    if (this.#restAsked) return;
    this.#restAsked = true;
    calmly(() => {
      this.#restAsked = false;
      this.#publish();
    });
  }

  #show(taken: ListSnapshot): void {
    const now = withPartsOf(this.#snapshot, taken);
    if (now === this.#snapshot) return;
    this.#snapshot = now;
    for (const listener of [...this.#listeners]) listener();
  }
}
