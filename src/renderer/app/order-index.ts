import { compareKeys, type OrderKey } from '../../shared/domain/ordering.ts';

/** Chunks are cut in two when they outgrow `CHUNK_LIMIT`, so an insertion moves at most that many entries. */
const CHUNK_LIMIT = 1_024;

/** An entry of the index: where it stands, and what stands there. */
export interface Placed<T> {
  readonly key: OrderKey;
  readonly value: T;
}

/**
 * A sorted list that stays quick at a hundred thousand entries: sorted chunks of 512 to 1,024, found by halving. It
 * lives outside React; painting reads only the few entries in sight. Ids are those of the keys.
 */
export class OrderIndex<T> {
  #chunks: Placed<T>[][] = [];
  readonly #keys = new Map<string, OrderKey>();

  get size(): number {
    return this.#keys.size;
  }

  has(id: string): boolean {
    return this.#keys.has(id);
  }

  keyOf(id: string): OrderKey | undefined {
    return this.#keys.get(id);
  }

  /** Puts an entry in its place, or gives the one with this id a new value or place. */
  set(key: OrderKey, value: T): void {
    const before = this.#keys.get(key.id);
    if (before !== undefined && compareKeys(before, key) === 0) {
      const { chunk, at } = this.#find(key);
      const entries = this.#chunks[chunk];
      if (entries !== undefined) entries[at] = { key, value };
      return;
    }
    if (before !== undefined) this.delete(key.id);
    this.#keys.set(key.id, key);
    const { chunk, at } = this.#find(key);
    const entries = this.#chunks[chunk];
    if (entries === undefined) {
      this.#chunks.push([{ key, value }]);
      return;
    }
    entries.splice(at, 0, { key, value });
    if (entries.length > CHUNK_LIMIT) this.#chunks.splice(chunk + 1, 0, entries.splice(entries.length >> 1));
  }

  delete(id: string): boolean {
    const key = this.#keys.get(id);
    if (key === undefined) return false;
    this.#keys.delete(id);
    const { chunk, at } = this.#find(key);
    const entries = this.#chunks[chunk];
    entries?.splice(at, 1);
    if (entries?.length === 0) this.#chunks.splice(chunk, 1);
    return true;
  }

  clear(): void {
    this.#chunks = [];
    this.#keys.clear();
  }

  /** The entry at a place, counted from 0. */
  at(index: number): Placed<T> | undefined {
    let rest = index;
    for (const entries of this.#chunks) {
      if (rest < entries.length) return entries[rest];
      rest -= entries.length;
    }
    return undefined;
  }

  get(id: string): T | undefined {
    const key = this.#keys.get(id);
    if (key === undefined) return undefined;
    const { chunk, at } = this.#find(key);
    return this.#chunks[chunk]?.[at]?.value;
  }

  /** The place of an entry, or -1. */
  indexOf(id: string): number {
    const key = this.#keys.get(id);
    return key === undefined ? -1 : this.countBefore(key);
  }

  /** How many entries stand before a key. */
  countBefore(key: OrderKey): number {
    const { chunk, at } = this.#find(key);
    let before = at;
    for (let i = 0; i < chunk; i += 1) before += this.#chunks[i]?.length ?? 0;
    return before;
  }

  /** The entries from `start` up to, not including, `end`. */
  slice(start: number, end: number): readonly Placed<T>[] {
    const found: Placed<T>[] = [];
    let skip = Math.max(0, start);
    let wanted = end - skip;
    for (const entries of this.#chunks) {
      if (wanted <= 0) break;
      if (skip >= entries.length) {
        skip -= entries.length;
        continue;
      }
      const part = entries.slice(skip, skip + wanted);
      found.push(...part);
      wanted -= part.length;
      skip = 0;
    }
    return found;
  }

  /** Fills an empty index from any order at once. */
  fill(entries: readonly Placed<T>[]): void {
    this.clear();
    const sorted = [...entries].sort((a, b) => compareKeys(a.key, b.key));
    for (let i = 0; i < sorted.length; i += CHUNK_LIMIT >> 1)
      this.#chunks.push(sorted.slice(i, i + (CHUNK_LIMIT >> 1)));
    for (const { key } of sorted) this.#keys.set(key.id, key);
  }

  /** Where a key stands, or would stand: the chunk, and the place in it. */
  #find(key: OrderKey): { readonly chunk: number; readonly at: number } {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.#chunks[middle]?.at(-1);
      if (last !== undefined && compareKeys(last.key, key) < 0) low = middle + 1;
      else high = middle;
    }
    const entries = this.#chunks[low] ?? [];
    let from = 0;
    let to = entries.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const entry = entries[middle];
      if (entry !== undefined && compareKeys(entry.key, key) < 0) from = middle + 1;
      else to = middle;
    }
    return { chunk: low, at: from };
  }
}
