import type { Output, Payload, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';

/** What a patch did to one contact of the window's copy. `row` is `null` when it has left. */
export interface RowChange {
  readonly id: ContactId;
  readonly row: InboxRow | null;
}

type Patch = Payload<'inbox.changed'>;
type Page = Output<'inbox.read'>;

/** Rows asked for at once: the first page paints the screen, the others follow without holding it up. */
const FIRST_PAGE = 200;
const PAGE = 2_000;

/**
 * The window's copy of the inbox: read in pages, then kept by patches of growing revision. A missed revision or a reset
 * reads it afresh; until then the old rows stay, and patches are still shown, so that an emergency never waits for it.
 */
export class InboxCopy {
  readonly #bridge: WorkstationBridge;
  readonly #changed: (changes: readonly RowChange[]) => void;
  readonly rows = new Map<ContactId, InboxRow>();
  /** The last patch taken in; `null` while the inbox is being read. */
  #revision: number | null = null;
  /** Patches that came during a reading, in order. */
  #waiting: Patch[] = [];
  /** For rows of pages that were read later than `#revision`: patches up to this bring nothing new for them. */
  #readAt = new Map<ContactId, number>();
  #generation = 0;

  constructor(bridge: WorkstationBridge, changed: (changes: readonly RowChange[]) => void) {
    this.#bridge = bridge;
    this.#changed = changed;
  }

  /** Reads the whole inbox afresh. A later call overtakes an earlier one. */
  async load(): Promise<void> {
    const generation = (this.#generation += 1);
    const first = this.rows.size === 0;
    this.#revision = null;
    this.#waiting = [];
    this.#readAt = new Map();
    const fresh = new Map<ContactId, InboxRow>();
    let floor: number | null = null;
    let after: Page['next'] = null;
    do {
      const page: Page = await this.#bridge.request('inbox.read', {
        after,
        limit: floor === null ? FIRST_PAGE : PAGE,
      });
      if (generation !== this.#generation) return;
      floor ??= page.revision;
      for (const row of page.rows) {
        fresh.set(row.summary.id, row);
        this.#readAt.set(row.summary.id, page.revision);
      }
      if (first) this.#put(page.rows.map((row) => ({ id: row.summary.id, row })));
      after = page.next;
    } while (after !== null);
    this.#settle(fresh, floor);
  }

  /** Takes in a patch. */
  patch(patch: Patch): void {
    if (patch.reset) {
      void this.load();
      return;
    }
    if (this.#revision === null) {
      this.#waiting.push(patch);
      this.#put(this.#newIn(patch));
      return;
    }
    if (patch.revision <= this.#revision) return;
    if (patch.revision !== this.#revision + 1) {
      void this.load();
      return;
    }
    this.#revision = patch.revision;
    this.#put(this.#newIn(patch));
  }

  /** What a patch brings that no page has brought already. */
  #newIn(patch: Patch): readonly RowChange[] {
    return changesOf(patch).filter(({ id }) => (this.#readAt.get(id) ?? 0) < patch.revision);
  }

  /** The reading is complete: what it holds replaces the copy, then the patches that came meanwhile. */
  #settle(fresh: ReadonlyMap<ContactId, InboxRow>, floor: number): void {
    const gone = [...this.rows.keys()].filter((id) => !fresh.has(id)).map((id) => ({ id, row: null }));
    this.#put([...gone, ...[...fresh].map(([id, row]) => ({ id, row }))]);
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#revision = floor;
    for (const patch of waiting) this.patch(patch);
  }

  #put(changes: readonly RowChange[]): void {
    if (changes.length === 0) return;
    for (const { id, row } of changes) {
      if (row === null) this.rows.delete(id);
      else this.rows.set(id, row);
    }
    this.#changed(changes);
  }
}

function changesOf(patch: Patch): readonly RowChange[] {
  return [
    ...patch.removals.map((id) => ({ id, row: null })),
    ...patch.upserts.map((row) => ({ id: row.summary.id, row })),
  ];
}
