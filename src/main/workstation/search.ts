import type { Input, Output } from '../../shared/contract/workstation.ts';
import { SECOND, type Timers } from '../../shared/domain/time.ts';
import type { DeskStore, Held } from '../cache/desk-store.ts';
import { compareNewest, hitIn } from '../cache/search-match.ts';
import { queryOf } from '../cache/search-query.ts';
import type { Inbox } from './inbox.ts';

export interface SearchOptions {
  readonly store: DeskStore;
  readonly inbox: Inbox;
}

/**
 * Looks through everything this desk holds (rule W-20): the copy, what is kept here and not received yet, and emergencies
 * that the disk has not taken.
 */
export function search(
  { store, inbox }: SearchOptions,
  { text, limit }: Input<'search.read'>,
): Output<'search.read'> {
  const query = queryOf(text);
  const noted = store.outbox().filter(({ command }) => command.act.kind === 'note');
  const newer = new Set([...noted.map(({ command }) => command.contact), ...inbox.unkept]);
  // As many more as may have to make place for what is newer than the copy.
  const found = store.search(text, limit + newer.size);
  const newerHits = [...newer].flatMap((id) => {
    const held = query.length === 0 ? null : asShown(inbox.contact(id));
    return held === null ? [] : (hitIn(held, query) ?? []);
  });
  const hits = [...found.hits.filter(({ summary }) => !newer.has(summary.id)), ...newerHits].sort(
    (one, other) => compareNewest(one.summary, other.summary),
  );
  const onlyFlashed = inbox.unkept.filter((id) => store.revOf(id) === null).length;
  return {
    hits: hits.slice(0, limit),
    complete: found.complete && hits.length <= limit,
    searched: found.searched + onlyFlashed,
  };
}

function asShown(reading: Output<'contact.read'>): Held | null {
  switch (reading.kind) {
    case 'here':
      return { summary: reading.contact, contact: reading.contact };
    case 'flash-only':
      return { summary: reading.summary, contact: null };
    case 'unknown':
      return null;
  }
}

/** So many contacts in one transaction: a slice takes as long as a few commits. */
const SLICE = 50;
/**
 * Between two slices, so that everything else goes first: an emergency that meets one waits for its commit. Milliseconds.
 */
const BETWEEN_SLICES_MS = 80;
/** … and when so many in a row have not been enough, as after a new copy: a search is slower until it is done. */
const HURRIED_AFTER = 500;
const BETWEEN_HURRIED_MS = 20;
/** How often it is asked whether there is something to do. Milliseconds. */
const PAUSE_MS = 2 * SECOND;

export interface SearchIndexingOptions {
  readonly store: DeskStore;
  readonly timers: Timers;
  /** Runs what may meet a bad disk. */
  readonly guard: (work: () => void) => void;
}

/** Keeps the search quick: brings the store's index up to date in slices, while nobody waits for it. */
export class SearchIndexing implements Disposable {
  readonly #options: SearchIndexingOptions;
  #timer: Disposable | null = null;
  #inRow = 0;

  constructor(options: SearchIndexingOptions) {
    this.#options = options;
    // Memory is searched without an index.
    if (options.store.kind === 'file') this.#again(PAUSE_MS);
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  #again(ms: number): void {
    this.#timer = this.#options.timers.after(ms, () => {
      let isMore = false;
      this.#options.guard(() => {
        isMore = this.#options.store.indexSome(SLICE);
      });
      this.#inRow = isMore ? this.#inRow + 1 : 0;
      const between = this.#inRow > HURRIED_AFTER ? BETWEEN_HURRIED_MS : BETWEEN_SLICES_MS;
      this.#again(isMore ? between : PAUSE_MS);
    });
  }
}
