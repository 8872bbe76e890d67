import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HOUR, type Clock } from '../../shared/domain/time.ts';
import { heldPhotoSchema } from '../photos/held-photos.ts';
import { promised, type Promised } from '../promised.ts';
import type { Parcel } from './queue-door.ts';
import { openKey, openLine, sealLine } from './sealed-lines.ts';

/** What became of a parcel. `code`: what the person was given to quote; `null` when nothing was. */
export type Standing =
  | { readonly kind: 'kept'; readonly code: string | null; readonly at: number }
  | { readonly kind: 'received'; readonly code: string | null; readonly at: number; readonly ref: string }
  /** The queue would not take it: a person must look. It is still kept. */
  | { readonly kind: 'refused'; readonly code: string | null; readonly at: number };

/** What the queue has is known here for so long, for whoever sends the same again or reloads. Milliseconds. */
const REMEMBERED_MS = 24 * HOUR;
/** A file larger than this is written anew without what is over. Bytes. */
const ROOMY = 8 * 1024 * 1024;

const parcel = z.object({
  key: z.string(),
  contact: z.string().nullable(),
  body: z.string(),
  photo: heldPhotoSchema.optional(),
});
const recordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('kept'), parcel, code: z.string().nullable(), at: z.number() }),
  z.object({
    kind: z.literal('received'),
    key: z.string(),
    code: z.string().nullable(),
    at: z.number(),
    ref: z.string(),
  }),
  z.object({ kind: z.literal('refused'), key: z.string(), at: z.number() }),
]);
type Entry = z.infer<typeof recordSchema>;

/**
 * What the public has sent and the queue has not said that it has: a file that is only added to, each line sealed, each addition on the
 * disk before anybody is told "we have it" (rule WP-10). One program has it open at a time.
 */
export class KeptParcels {
  readonly #file: string;
  readonly #key: Buffer;
  readonly #clock: Clock;
  #handle: FileHandle;
  #size: number;
  readonly #waiting = new Map<string, Parcel>();
  readonly #standings = new Map<string, Standing>();
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
    readonly size: number;
    readonly entries: readonly Entry[];
    readonly unreadable: number;
  }) {
    this.#file = at.file;
    this.#key = at.key;
    this.#clock = at.clock;
    this.#handle = at.handle;
    this.#size = at.size;
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
    const size = writeAnew(file, needed, key);
    const handle = await open(file, 'a', 0o600);
    return new KeptParcels({ file, key, clock, handle, size, entries: needed, unreadable });
  }

  /** Those the queue has not said that it has, in the order in which they came. Refused ones are not among them. */
  get waiting(): readonly Parcel[] {
    return [...this.#waiting.values()];
  }

  standing(key: string): Standing | null {
    return this.#standings.get(key) ?? null;
  }

  /** Resolves when it is on the disk; rejects when it is not, and then nobody may be told that it is. The same key again changes nothing. */
  async keep(what: Parcel, code: string | null = null): Promise<'new' | 'known'> {
    if (this.#standings.has(what.key)) {
      await this.#writing;
      return 'known';
    }
    const at = this.#clock.now();
    const entry: Entry = { kind: 'kept', parcel: what, code, at };
    this.#take(entry);
    try {
      await this.#write(entry);
    } catch (error) {
      this.#waiting.delete(what.key);
      this.#standings.delete(what.key);
      throw error;
    }
    return 'new';
  }

  async received(key: string, ref: string): Promise<void> {
    const code = this.standing(key)?.code ?? null;
    await this.#settle({ kind: 'received', key, code, ref, at: this.#clock.now() });
  }

  async refused(key: string): Promise<void> {
    await this.#settle({ kind: 'refused', key, at: this.#clock.now() });
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }

  async #settle(entry: Entry): Promise<void> {
    this.#take(entry);
    await this.#write(entry);
    if (this.#size > ROOMY) this.#rewrite();
  }

  #take(entry: Entry): void {
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
  #write(entry: Entry): Promise<void> {
    const line = sealLine(entry, this.#key);
    if (this.#next !== null) {
      this.#next.lines += line;
      return this.#next.done.promise;
    }
    const next = { lines: line, done: promised() };
    this.#next = next;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        this.#next = null;
        await this.#handle.appendFile(next.lines);
        await this.#handle.datasync();
        this.#size += next.lines.length;
      });
    this.#writing.then(next.done.resolve, next.done.reject);
    return next.done.promise;
  }

  #rewrite(): void {
    this.#size = 0;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        const now = this.#clock.now();
        for (const [key, { kind, at }] of this.#standings)
          if (kind === 'received' && now - at > REMEMBERED_MS) this.#standings.delete(key);
        const entries = [...this.#standings].flatMap(([key, standing]) => this.#entriesOf(key, standing));
        this.#size = writeAnew(this.#file, entries, this.#key);
        await this.#handle.close();
        this.#handle = await open(this.#file, 'a', 0o600);
      })
      // A disk without room for a second one: the file that is there goes on, and it is tried again when it has grown as much.
      .catch(() => undefined);
  }

  #entriesOf(key: string, standing: Standing): readonly Entry[] {
    if (standing.kind === 'received') return [{ ...standing, key }];
    const what = this.#waiting.get(key);
    if (what === undefined) return [];
    const kept: Entry = { kind: 'kept', parcel: what, code: standing.code, at: standing.at };
    return standing.kind === 'kept' ? [kept] : [kept, { kind: 'refused', key, at: standing.at }];
  }
}

function readEntries(
  file: string,
  key: Buffer,
): { readonly entries: readonly Entry[]; readonly unreadable: number } {
  const lines = textOf(file).split('\n');
  const entries: Entry[] = [];
  let unreadable = 0;
  for (const [n, line] of lines.entries()) {
    if (line === '') continue;
    const parsed = recordSchema.safeParse(openLine(line, key));
    if (parsed.success) entries.push(parsed.data);
    // The last line without its end was torn before anybody was told that it is kept.
    else if (n < lines.length - 1) unreadable += 1;
  }
  return { entries, unreadable };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function stillNeeded(entries: readonly Entry[], now: number): readonly Entry[] {
  const received = new Map(
    entries.flatMap((each) => (each.kind === 'received' ? [[each.key, each] as const] : [])),
  );
  return entries.filter((each) => {
    if (each.kind === 'kept') return !received.has(each.parcel.key);
    if (each.kind === 'received') return now - each.at <= REMEMBERED_MS;
    return !received.has(each.key);
  });
}

/** Puts a whole new file in the place of the old one; at no moment is there none. Returns its length. */
function writeAnew(file: string, entries: readonly Entry[], key: Buffer): number {
  const text = entries.map((entry) => sealLine(entry, key)).join('');
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  return text.length;
}
