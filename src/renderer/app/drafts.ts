import type { Draft, Output, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { Cell } from './cell.ts';
import type { WindowClock } from './window-clock.ts';

/** A draft as the composer shows it. */
export interface DraftState {
  readonly draft: Draft;
  readonly kept:
    | { readonly kind: 'nothing' }
    | { readonly kind: 'saving' }
    | { readonly kind: 'saved'; readonly at: Instant }
    | { readonly kind: 'not-kept' };
}

/** A draft that the desk keeps. */
export type StoredDraft = Output<'drafts.read'>['drafts'][number];

interface Change {
  /** Numbers of the last change and the last change that was sent to be kept. */
  typed: number;
  sent: number;
  /** A saving is due that no further key puts off. */
  due: boolean;
}

export interface DraftsOptions {
  readonly bridge: WorkstationBridge;
  readonly after: (ms: number, task: () => void) => void;
  /** Times are shown as the queue counts them. */
  readonly clock: Pick<WindowClock, 'toQueueTime'>;
}

/** Words are durable this long after the last key (rule X-09). Milliseconds. */
export const AUTOSAVE_MS = 300;
/** … and while the keys never pause, this long after the first that is not kept yet. Milliseconds. */
export const LONGEST_UNKEPT_MS = 1_000;

/** Nothing half-written at all. */
const isBlank = ({ text, sheets }: Draft): boolean =>
  text === '' && (sheets === undefined || Object.keys(sheets).length === 0);

const empty: DraftState = { draft: { text: '', caret: 0 }, kept: { kind: 'nothing' } };

/** Half-typed words of every open contact: kept in this window as typed, and on the desk's disk shortly after. */
export class Drafts {
  readonly #options: DraftsOptions;
  readonly #cells = new Map<ContactId, Cell<DraftState>>();
  readonly #changes = new Map<ContactId, Change>();
  /** Contacts whose stored words are on their way here, and those whose words are: then this window's are the newest. */
  readonly #awaited = new Set<ContactId>();
  readonly #restored = new Set<ContactId>();
  /** What the desk keeps of the handler's words, as last asked: without the words themselves. */
  readonly stored = new Cell<readonly StoredDraft[]>([]);
  /** A number for each handler who came. */
  #turn = 0;

  constructor(options: DraftsOptions) {
    this.#options = options;
  }

  of(id: ContactId): Cell<DraftState> {
    const cell = this.#cells.get(id) ?? new Cell(empty);
    this.#cells.set(id, cell);
    return cell;
  }

  /** The desk is asked what it had kept from before. Until it answers nothing is kept over it. */
  expectStored(id: ContactId): void {
    if (!this.#restored.has(id)) this.#awaited.add(id);
  }

  /**
   * What the desk had kept from before. Words that were typed while it was on its way stand on a line of their own below
   * it, and the caret stays behind its letter; nothing is lost.
   */
  restore(id: ContactId, stored: Draft | null): void {
    const awaited = this.#awaited.delete(id);
    const first = !this.#restored.has(id);
    this.#restored.add(id);
    const typed = this.#changes.has(id);
    if (stored !== null && !isBlank(stored)) {
      const { draft } = this.of(id).read();
      if (!typed || isBlank(draft)) {
        if (first || !typed) this.of(id).set({ draft: stored, kept: { kind: 'nothing' } });
      } else if (awaited && (draft.text !== stored.text || draft.sheets !== undefined)) {
        const joined = stored.text === '' || draft.text === '' ? '' : '\n';
        const text = `${stored.text}${joined}${draft.text}`;
        const caret = stored.text.length + joined.length + draft.caret;
        const sheets = { ...stored.sheets, ...draft.sheets };
        const isNote = Object.keys(sheets).length === 0;
        this.typed(id, isNote ? { text, caret } : { text, caret, sheets });
      }
    }
    if (awaited && typed) void this.save(id);
  }

  /** The note as it stands now; half-filled sheets stay beside it. */
  typed(id: ContactId, draft: Draft): void {
    const sheets = draft.sheets ?? this.of(id).read().draft.sheets;
    this.of(id).set({
      draft: sheets === undefined ? draft : { ...draft, sheets },
      kept: { kind: 'saving' },
    });
    this.#changed(id);
  }

  /** What a sheet has written so far, in its own form; empty when nothing. */
  sheet(id: ContactId, name: string): string {
    return this.of(id).read().draft.sheets?.[name] ?? '';
  }

  /** A sheet has written this; empty when it was kept, or given up. Durable like the note (rule X-09). */
  writeSheet(id: ContactId, name: string, words: string): void {
    const { draft } = this.of(id).read();
    const { [name]: _before, ...others } = draft.sheets ?? {};
    const sheets = words === '' ? others : { ...others, [name]: words };
    this.typed(id, { ...draft, sheets });
  }

  /** Keeps what has changed after a pause, and at the latest after a second. */
  #changed(id: ContactId): void {
    const change = this.#changes.get(id) ?? { typed: 0, sent: 0, due: false };
    change.typed += 1;
    this.#changes.set(id, change);
    const number = change.typed;
    this.#options.after(AUTOSAVE_MS, () => {
      if (change.typed === number) void this.save(id);
    });
    if (change.due) return;
    change.due = true;
    this.#options.after(LONGEST_UNKEPT_MS, () => {
      change.due = false;
      void this.save(id);
    });
  }

  /** The caret moved without a word typed: kept with the words, after the same pause. */
  caret(id: ContactId, caret: number): void {
    const { draft, kept } = this.of(id).read();
    if (draft.caret === caret) return;
    this.of(id).set({ draft: { ...draft, caret }, kept });
    if (draft.text !== '') this.#changed(id);
  }

  /** Keeps what is not kept yet: on a pause, on leaving the field, when an emergency arrives. */
  async save(id: ContactId): Promise<void> {
    const change = this.#changes.get(id);
    if (change === undefined || change.sent === change.typed || this.#awaited.has(id)) return;
    change.sent = change.typed;
    const number = change.typed;
    const { draft } = this.of(id).read();
    const answer = await this.#options.bridge
      .request('draft.save', { contact: id, draft: isBlank(draft) ? null : draft })
      .catch(() => ({ kind: 'not-kept', code: 'no-answer' }) as const);
    if (answer.kind === 'not-kept') change.sent = 0;
    if (change.typed !== number || this.#changes.get(id) !== change) return;
    const now = this.of(id).read();
    if (isBlank(now.draft) && answer.kind === 'kept') this.of(id).set(empty);
    else
      this.of(id).set({
        ...now,
        kept:
          answer.kind === 'kept'
            ? { kind: 'saved', at: this.#options.clock.toQueueTime(answer.at) }
            : { kind: 'not-kept' },
      });
  }

  /** Keeps everything that is not kept yet, and waits for it: before the desk is locked or the handler leaves. */
  async allSaved(): Promise<void> {
    await Promise.all([...this.#changes.keys()].map(async (id) => this.save(id)));
  }

  saveAll(): void {
    for (const id of this.#changes.keys()) void this.save(id);
  }

  /** Asks the desk which of the handler's words it keeps: also for contacts that are not open. */
  async readStored(): Promise<void> {
    const turn = this.#turn;
    const answer = await this.#options.bridge.request('drafts.read', {}).catch(() => null);
    if (answer !== null && turn === this.#turn) this.stored.set(answer.drafts);
  }

  /** Somebody else sits here now: drafts wait at the desk for who wrote them (rule A-08). */
  forget(): void {
    this.#turn += 1;
    this.stored.set([]);
    this.#cells.clear();
    this.#changes.clear();
    this.#awaited.clear();
    this.#restored.clear();
  }

  /** The words went out as a note. What was typed behind them meanwhile stays. */
  sent(id: ContactId, text: string): void {
    const { draft } = this.of(id).read();
    const rest = draft.text.startsWith(text) ? draft.text.slice(text.length).trimStart() : draft.text;
    this.typed(id, { text: rest, caret: rest.length });
    void this.save(id);
  }
}
