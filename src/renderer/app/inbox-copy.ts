import type { Input, Output, Payload, WorkstationBridge } from '../../shared/contract/workstation.ts';
import { isOpenEmergency } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { isSameRow } from './same-row.ts';

/**
 * What a patch did to one contact of the window's copy. `row` is `null` when it has left, and the very object that was
 * there when it says nothing new: then only what stands behind the row has changed.
 */
export interface RowChange {
  readonly id: ContactId;
  readonly row: InboxRow | null;
  /** True when a patch brought a contact that was not in the copy: it has just arrived. */
  readonly arrived?: boolean;
}

type Patch = Payload<'inbox.changed'>;
type Page = Output<'inbox.read'>;

/**
 * Rows asked for at once. The first page fills the tallest screen; the others follow in slices so small that no key and
 * no emergency waits behind one, in the window or in the process that reads them.
 */
const FIRST_PAGE = 100;
const PAGE = 250;
/** Rows of the old copy looked through at once for those that have left. */
const SLICE = 5_000;

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
  /**
   * Behind the lock only emergencies are told: then what is not told is still there, and is kept for when the desk is open
   * again.
   */
  readonly isLocked: () => boolean;
  readonly changed: (changes: readonly RowChange[]) => void;
  /** Asks for `load`, again until it succeeds. */
  readonly reload: () => void;
  /** Resolves when what has been read so far is painted, and keys pressed meanwhile are answered. */
  readonly rest: () => Promise<void>;
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
    const wasEmpty = this.rows.size === 0;
    this.#revision = null;
    this.#meanwhile = null;
    this.#readAt = new Map();
    let floor: number | null = null;
    let last = 0;
    let after: Page['next'] = null;
    do {
      if (after !== null) await this.#options.rest();
      const page: Page | null = await this.#page(generation, {
        after,
        limit: floor === null ? FIRST_PAGE : PAGE,
      });
      if (page === null) return;
      floor ??= page.revision;
      last = Math.max(last, page.revision);
      this.#putPage(page);
      after = page.next;
    } while (after !== null);
    if (!wasEmpty && !(await this.#dropGone(generation))) return;
    this.#settle(floor, last);
  }

  /** A page brings every row but those of which a patch has told something newer. */
  #putPage({ rows, revision }: Page): void {
    for (const { summary } of rows) this.#readAt.set(summary.id, revision);
    const told = this.#meanwhile?.changes;
    const newer = rows.filter(({ summary }) => (told?.get(summary.id)?.revision ?? 0) <= revision);
    this.#put(newer.map((row) => ({ id: row.summary.id, row })));
  }

  /** What is in the copy, and neither on a page nor told of since, has left. False when overtaken. */
  async #dropGone(generation: number): Promise<boolean> {
    let looked = 0;
    let gone: RowChange[] = [];
    const locked = this.#options.isLocked();
    for (const [id, { summary }] of this.rows) {
      const isTold = !locked || isOpenEmergency(summary);
      if (isTold && !this.#readAt.has(id) && !this.#meanwhile?.changes.has(id)) gone.push({ id, row: null });
      looked += 1;
      if (looked % SLICE !== 0) continue;
      this.#put(gone);
      gone = [];
      await this.#options.rest();
      if (generation !== this.#generation) return false;
    }
    this.#put(gone);
    return true;
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

  /** Forgets everything: whoever worked here has gone. A reading under way is overtaken. */
  clear(): void {
    this.#generation += 1;
    this.#revision = null;
    this.#meanwhile = null;
    this.#readAt = new Map();
    this.#put([...this.rows.keys()].map((id) => ({ id, row: null })));
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

  /** The reading is complete, and so are the patches that came meanwhile, or it begins again. */
  #settle(floor: number, last: number): void {
    const meanwhile = this.#meanwhile;
    this.#meanwhile = null;
    this.#revision = Math.max(floor, meanwhile?.last ?? 0);
    // No patch that may still come is as old as any page.
    if (last <= this.#revision) this.#readAt = new Map();
    if (meanwhile === null || meanwhile.last <= floor) return;
    if (!meanwhile.whole || meanwhile.first > floor + 1) this.#options.reload();
  }

  #put(changes: readonly RowChange[]): void {
    if (changes.length === 0) return;
    this.#options.changed(
      changes.map((change) => {
        const { id, row } = change;
        const before = this.rows.get(id);
        // A flash and its event tell the same: nothing is painted twice.
        if (row !== null && before !== undefined && isSameRow(before, row)) return { ...change, row: before };
        if (row === null) this.rows.delete(id);
        else this.rows.set(id, row);
        return change;
      }),
    );
  }
}

function changesOf(patch: Patch): readonly RowChange[] {
  return [
    ...patch.removals.map((id) => ({ id, row: null })),
    ...patch.upserts.map((row) => ({ id: row.summary.id, row })),
  ];
}
