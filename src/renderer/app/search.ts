import type { Output, WorkstationBridge } from '../../shared/contract/workstation.ts';
import { Cell } from './cell.ts';

/** What has been found. `text` is what it was found for. */
export interface Found extends Output<'search.read'> {
  readonly text: string;
}

export interface SearchState {
  /** As typed. */
  readonly text: string;
  /** The newest answer; it may still be that for fewer letters. */
  readonly found: Found | null;
  /** The last question got no answer. */
  readonly failed: boolean;
  /** The place of the chosen hit, from 0. */
  readonly chosen: number;
}

/** More than a handler looks through: another word narrows it sooner. */
export const SEARCH_LIMIT = 50;
const TEXT_LIMIT = 200;
const empty: SearchState = { text: '', found: null, failed: false, chosen: 0 };

/**
 * Search through everything that this desk holds (rule W-20). One question at a time: the next is asked when the last is
 * answered, for what is typed by then, so that answers never overtake each other and typing is never waited for.
 */
export class Search {
  readonly state = new Cell<SearchState>(empty);
  readonly #bridge: WorkstationBridge;
  #asking = false;
  /** A number for each handler who came: an answer for somebody else is dropped. */
  #turn = 0;

  constructor(bridge: WorkstationBridge) {
    this.#bridge = bridge;
  }

  type(text: string): void {
    const cut = text.slice(0, TEXT_LIMIT);
    this.state.set({ ...this.state.read(), text: cut, chosen: 0 });
    void this.#ask();
  }

  /** True while what is shown was not found for what is typed. */
  get isBehind(): boolean {
    const { text, found } = this.state.read();
    return text.trim() !== (found?.text ?? '');
  }

  choose(step: 1 | -1): void {
    const state = this.state.read();
    const last = Math.max(0, (state.found?.hits.length ?? 0) - 1);
    this.state.set({ ...state, chosen: Math.min(last, Math.max(0, state.chosen + step)) });
  }

  /** The same words once more: contacts have come and gone since. */
  again(): void {
    if (this.state.read().text.trim() !== '') void this.#ask();
  }

  forget(): void {
    this.#turn += 1;
    this.state.set(empty);
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      for (;;) {
        const turn = this.#turn;
        const text = this.state.read().text.trim();
        const answer = await this.#read(text);
        if (turn !== this.#turn) return;
        const now = this.state.read();
        // Only what is typed now is shown as failed; an older answer is still better than none.
        if (answer === null) this.state.set({ ...now, failed: true });
        else this.state.set({ ...now, found: text === '' ? null : { ...answer, text }, failed: false });
        if (now.text.trim() === text) return;
      }
    } finally {
      this.#asking = false;
    }
  }

  async #read(text: string): Promise<Output<'search.read'> | null> {
    if (text === '') return { hits: [], complete: true, searched: 0 };
    return this.#bridge.request('search.read', { text, limit: SEARCH_LIMIT }).catch(() => null);
  }
}
