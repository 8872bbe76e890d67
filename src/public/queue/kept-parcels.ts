import { mkdirSync, renameSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, MINUTE, type Clock } from '../../shared/domain/time.ts';
import { promised, type Promised } from '../promised.ts';
import { readEntries, REMEMBERED_MS, stillNeeded, writeAnew, type ParcelEntry } from './parcel-file.ts';
import type { Parcel } from './queue-door.ts';
import { openKey, sealLine } from './sealed-lines.ts';

/** What became of a parcel. `code`: what the person was given to quote; `null` when nothing was. */
export type Standing =
  | { readonly kind: 'kept'; readonly code: string | null; readonly at: number }
  | { readonly kind: 'received'; readonly code: string | null; readonly at: number; readonly ref: string }
  /** The queue would not take it: a person must look. It is still kept. */
  | { readonly kind: 'refused'; readonly code: string | null; readonly at: number };

/** A file that has grown by this is written anew without what is over. Bytes. */
const ROOMY = 8 * 1024 * 1024;
/** And one in which words stand that the queue has had for so long. Milliseconds. */
const WORDS_STAY_MS = HOUR;
/** Where there was no room for that it is tried again after this. Milliseconds. */
const TRIED_AGAIN_MS = 10 * MINUTE;

/** A parcel to be kept, and what the person is given to quote. */
export interface ToKeep {
  readonly parcel: Parcel;
  readonly code: string | null;
}

/**
 * What the public has sent and the queue has not said that it has: a file that is only added to, each line sealed, each addition on the
 * disk before anybody is told "we have it" (rule WP-10). One program has it open at a time.
 */
export class KeptParcels {
  readonly #file: string;
  readonly #key: Buffer;
  readonly #clock: Clock;
  #handle: FileHandle;
  /** Of the file. Bytes. */
  #length: number;
  /** Since it was written anew, or that was tried. Bytes. */
  #grown = 0;
  /** The end of a write that failed could not be taken away: the next line begins a line of its own. */
  #isTorn = false;
  /** Since when words stand in the file that the queue has; `null`: there are none. */
  #wordsSince: number | null = null;
  #rewriteNotBefore = 0;
  readonly #waiting = new Map<string, Parcel>();
  readonly #standings = new Map<string, Standing>();
  /** By key: what is on its way to the disk. */
  readonly #keeping = new Map<string, Promise<void>>();
  /** Lines to be written with the next turn of the disk, and who waits for them. */
  #next: { lines: string; done: Promised } | null = null;
  #writing: Promise<void> = Promise.resolve();
  /** Lines that could not be read: torn by a crash, or changed. */
  readonly unreadable: number;

  private constructor(at: {
    readonly file: string;
    readonly key: Buffer;
    readonly clock: Clock;
    readonly handle: FileHandle;
    readonly length: number;
    readonly entries: readonly ParcelEntry[];
    readonly unreadable: number;
  }) {
    this.#file = at.file;
    this.#key = at.key;
    this.#clock = at.clock;
    this.#handle = at.handle;
    this.#length = at.length;
    this.unreadable = at.unreadable;
    for (const entry of at.entries) this.#take(entry);
  }

  /** Opens the folder's file, making both if need be. Throws the system's error when it cannot. */
  static async open(options: { readonly dir: string; readonly clock: Clock }): Promise<KeptParcels> {
    const { dir, clock } = options;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const key = openKey(join(dir, 'parcels.key'));
    const file = join(dir, 'parcels.log');
    const { entries, unreadable } = readEntries(file, key);
    const old = unreadable > 0 ? `${file}.${clock.now()}.damaged` : null;
    if (old !== null) renameSync(file, old);
    const needed = stillNeeded(entries, clock.now());
    const { handle, length } = await writeAnew(file, needed, key);
    return new KeptParcels({ file, key, clock, handle, length, entries: needed, unreadable });
  }

  /** Those the queue has not said that it has, in the order in which they came. Refused ones are not among them. */
  get waiting(): readonly Parcel[] {
    return [...this.#waiting.values()];
  }

  standing(key: string): Standing | null {
    return this.#standings.get(key) ?? null;
  }

  /** Resolves when it is on the disk; rejects when it is not, and then nobody may be told that it is. The same key again changes nothing. */
  async keep(parcel: Parcel, code: string | null = null): Promise<'new' | 'known'> {
    return (await this.keepTogether([{ parcel, code }])).length > 0 ? 'new' : 'known';
  }

  /**
   * As `keep`, for what belongs together: one line of the file, so that whatever happens to the program or the machine, all of it is there or none.
   * Returns those that were not known.
   */
  async keepTogether(what: readonly ToKeep[]): Promise<readonly Parcel[]> {
    const at = this.#clock.now();
    const entries = what
      .filter(({ parcel }) => !this.#standings.has(parcel.key))
      .map(({ parcel, code }) => ({ kind: 'kept', parcel, code, at }) as const);
    // Whoever sends the same again is told what becomes of its own writing, and of no other.
    if (entries.length === 0)
      await Promise.all(what.map(async ({ parcel }) => this.#keeping.get(parcel.key)));
    else await this.#keep(entries);
    return entries.map(({ parcel }) => parcel);
  }

  async received(key: string, ref: string): Promise<void> {
    const code = this.standing(key)?.code ?? null;
    await this.#settle({ kind: 'received', key, code, ref, at: this.#clock.now() });
  }

  async refused(key: string): Promise<void> {
    await this.#settle({ kind: 'refused', key, at: this.#clock.now() });
  }

  /** Takes off the disk what the queue has had for an hour (rule WP-11). Called every few seconds. */
  sweep(): void {
    const now = this.#clock.now();
    if (this.#wordsSince === null || now - this.#wordsSince < WORDS_STAY_MS) return;
    if (now >= this.#rewriteNotBefore) this.#rewrite();
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }

  async #keep(entries: readonly Extract<ParcelEntry, { kind: 'kept' }>[]): Promise<void> {
    for (const entry of entries) this.#take(entry);
    const written = this.#write(entries);
    for (const { parcel } of entries) this.#keeping.set(parcel.key, written);
    try {
      await written;
    } catch (error) {
      for (const { parcel } of entries) {
        this.#waiting.delete(parcel.key);
        this.#standings.delete(parcel.key);
      }
      throw error;
    } finally {
      for (const { parcel } of entries) this.#keeping.delete(parcel.key);
    }
  }

  async #settle(entry: ParcelEntry): Promise<void> {
    this.#take(entry);
    if (entry.kind === 'received') this.#wordsSince ??= entry.at;
    await this.#write([entry]);
    if (this.#grown > ROOMY) this.#rewrite();
  }

  #take(entry: ParcelEntry): void {
    switch (entry.kind) {
      case 'kept': {
        const { parcel: what, code, at } = entry;
        this.#waiting.set(what.key, what);
        this.#standings.set(what.key, { kind: 'kept', code, at });
        break;
      }
      case 'received': {
        const { key, code, ref, at } = entry;
        this.#waiting.delete(key);
        this.#standings.set(key, { kind: 'received', code, ref, at });
        break;
      }
      case 'refused': {
        const code = this.#standings.get(entry.key)?.code ?? null;
        this.#standings.set(entry.key, { kind: 'refused', code, at: entry.at });
        break;
      }
    }
  }

  /** Many at a time: whatever comes while the disk turns is written with the next turn. */
  #write(entries: readonly ParcelEntry[]): Promise<void> {
    const [first] = entries;
    const line = sealLine(entries.length === 1 ? first : entries, this.#key);
    if (this.#next !== null) {
      this.#next.lines += line;
      return this.#next.done.promise;
    }
    const next = { lines: line, done: promised() };
    this.#next = next;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.#append(next.lines);
      });
    this.#writing.then(next.done.resolve, next.done.reject);
    return next.done.promise;
  }

  /** All of it, or nothing: half of what a full disk took would spoil the line after it, and be read by the next run though nobody was told that it is kept. */
  async #append(lines: string): Promise<void> {
    const text = this.#isTorn ? `\n${lines}` : lines;
    let length = this.#length + text.length;
    try {
      await this.#handle.appendFile(text);
      await this.#handle.datasync();
      // What could not be taken away stands before it.
      if (this.#isTorn) length = (await this.#handle.stat()).size;
    } catch (error) {
      this.#isTorn = await this.#handle.truncate(this.#length).then(
        () => false,
        () => true,
      );
      throw error;
    }
    this.#isTorn = false;
    this.#length = length;
    this.#grown += text.length;
  }

  #rewrite(): void {
    this.#grown = 0;
    this.#rewriteNotBefore = this.#clock.now() + TRIED_AGAIN_MS;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        const now = this.#clock.now();
        for (const [key, { kind, at }] of this.#standings)
          if (kind === 'received' && now - at > REMEMBERED_MS) this.#standings.delete(key);
        const entries = [...this.#standings].flatMap(([key, standing]) => this.#entriesOf(key, standing));
        const wordsSince = this.#wordsSince;
        this.#wordsSince = null;
        const old = this.#handle;
        try {
          ({ handle: this.#handle, length: this.#length } = await writeAnew(this.#file, entries, this.#key));
        } catch {
          // A disk without room for a second one: the file that is there goes on, and it is tried again when it has grown as much, or in a while.
          this.#wordsSince = wordsSince;
          return;
        }
        this.#isTorn = false;
        await old.close();
      })
      .catch(() => undefined);
  }

  #entriesOf(key: string, standing: Standing): readonly ParcelEntry[] {
    if (standing.kind === 'received') return [{ ...standing, key }];
    const what = this.#waiting.get(key);
    if (what === undefined) return [];
    const kept: ParcelEntry = { kind: 'kept', parcel: what, code: standing.code, at: standing.at };
    return standing.kind === 'kept' ? [kept] : [kept, { kind: 'refused', key, at: standing.at }];
  }
}
