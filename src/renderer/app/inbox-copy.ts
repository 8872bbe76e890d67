import type { Input, Output, Payload, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';

/** What a patch did to one contact of the window's copy. `row` is `null` when it has left. */
export interface RowChange {
  readonly id: ContactId;
  readonly row: InboxRow | null;
  /** True when a patch brought a contact that was not in the copy: it has just arrived. */
  readonly arrived?: boolean;
}

type Patch = Payload<'inbox.changed'>;
type Page = Output<'inbox.read'>;

/** Rows asked for at once: the first page paints the screen, the others follow without holding it up. */
const FIRST_PAGE = 200;
const PAGE = 2_000;

/** Patches that came during a reading, laid together: never more than one change for each contact. */
interface Meanwhile {
  readonly first: number;
  last: number;
  /** False when one between the first and the last was missed. */
  whole: boolean;
  readonly changes: Map<ContactId, { readonly row: InboxRow | null; readonly revision: number }>;
}

export interface InboxCopyOptions {
  readonly bridge: WorkstationBridge;
  readonly changed: (changes: readonly RowChange[]) => void;
  /** Asks for `load`, again until it succeeds. */
  readonly reload: () => void;
}

/**
 * The window's copy of the inbox: read in pages, then kept by patches of growing revision. A missed revision or a reset
 * reads it afresh; until then the old rows stay, and patches are still shown, so that an emergency never waits for it.
 */
export class InboxCopy {
  readonly #options: InboxCopyOptions;
  readonly rows = new Map<ContactId, InboxRow>();
  /** The last patch taken in; `null` while the inbox is being read. */
  #revision: number | null = null;
  #meanwhile: Meanwhile | null = null;
  /** For rows of pages that were read later than `#revision`: patches up to this bring nothing new for them. */
  #readAt = new Map<ContactId, number>();
  #generation = 0;

  constructor(options: InboxCopyOptions) {
    this.#options = options;
  }

  /** Reads the whole inbox afresh. A later call overtakes an earlier one. Fails when the workstation does. */
  async load(): Promise<void> {
    const generation = (this.#generation += 1);
    const first = this.rows.size === 0;
    this.#revision = null;
    this.#meanwhile = null;
    this.#readAt = new Map();
    const fresh = new Map<ContactId, InboxRow>();
    let floor: number | null = null;
    let after: Page['next'] = null;
    do {
      const page: Page | null = await this.#page(generation, {
        after,
        limit: floor === null ? FIRST_PAGE : PAGE,
      });
      if (page === null) return;
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

  /** `null`: a later reading has overtaken this one, whatever became of it. */
  async #page(generation: number, input: Input<'inbox.read'>): Promise<Page | null> {
    try {
      const page = await this.#options.bridge.request('inbox.read', input);
      return generation === this.#generation ? page : null;
    } catch (error) {
      if (generation !== this.#generation) return null;
      throw error;
    }
  }

  /** Takes in a patch. */
  patch(patch: Patch): void {
    if (patch.reset) {
      this.#options.reload();
      return;
    }
    if (this.#revision === null) {
      this.#keep(patch);
      this.#put(this.#newIn(patch));
      return;
    }
    if (patch.revision <= this.#revision) return;
    if (patch.revision !== this.#revision + 1) {
      this.#options.reload();
      return;
    }
    this.#revision = patch.revision;
    this.#put(this.#newIn(patch));
  }

  #keep(patch: Patch): void {
    const { revision } = patch;
    const meanwhile = (this.#meanwhile ??= {
      first: revision,
      last: revision - 1,
      whole: true,
      changes: new Map(),
    });
    if (revision <= meanwhile.last) return;
    if (revision !== meanwhile.last + 1) meanwhile.whole = false;
    meanwhile.last = revision;
    for (const { id, row } of changesOf(patch)) meanwhile.changes.set(id, { row, revision });
  }

  /** What a patch brings that no page has brought already. */
  #newIn(patch: Patch): readonly RowChange[] {
    return changesOf(patch)
      .filter(({ id }) => (this.#readAt.get(id) ?? 0) < patch.revision)
      .map((change) => ({
        ...change,
        arrived: this.#revision !== null && change.row !== null && !this.rows.has(change.id),
      }));
  }

  /** The reading is complete: what it holds replaces the copy, then the patches that came meanwhile. */
  #settle(fresh: ReadonlyMap<ContactId, InboxRow>, floor: number): void {
    const meanwhile = this.#meanwhile;
    this.#meanwhile = null;
    const gone = [...this.rows.keys()].filter((id) => !fresh.has(id)).map((id) => ({ id, row: null }));
    this.#put([...gone, ...[...fresh].map(([id, row]) => ({ id, row }))]);
    this.#revision = Math.max(floor, meanwhile?.last ?? 0);
    if (meanwhile === null || meanwhile.last <= floor) return;
    const newer = [...meanwhile.changes].filter(
      ([id, { revision }]) => revision > Math.max(floor, this.#readAt.get(id) ?? 0),
    );
    this.#put(newer.map(([id, { row }]) => ({ id, row })));
    if (!meanwhile.whole || meanwhile.first > floor + 1) this.#options.reload();
  }

  #put(changes: readonly RowChange[]): void {
    if (changes.length === 0) return;
    for (const { id, row } of changes) {
      if (row === null) this.rows.delete(id);
      else this.rows.set(id, row);
    }
    this.#options.changed(changes);
  }
}

function changesOf(patch: Patch): readonly RowChange[] {
  return [
    ...patch.removals.map((id) => ({ id, row: null })),
    ...patch.upserts.map((row) => ({ id: row.summary.id, row })),
  ];
}
