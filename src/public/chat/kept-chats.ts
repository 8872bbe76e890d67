import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode, type Logger } from '../../platform/log.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { openKey, openLine, sealLine } from '../queue/sealed-lines.ts';
import type { ChatFacts } from './chat-room.ts';

/** A chat as it goes on when the program was ended in its middle. */
export interface KeptChat extends Readonly<ChatFacts> {
  /** When it was written down. */
  readonly at: Instant;
}

/** Who left in a hurry, by address and browser, and when. */
export type KeptExits = readonly (readonly [caller: string, at: Instant])[];

const instant = z.number().transform(asInstant);
const whole = z.int().nonnegative();
const chatSchema: z.ZodType<KeptChat> = z.strictObject({
  key: z.string(),
  visit: z.string(),
  name: z.string(),
  language: z.string().nullable(),
  isUnsafe: z.boolean(),
  caller: z.string(),
  crowd: z.string().nullable().default(null),
  mayBeBack: z.boolean(),
  entries: z.array(
    z.strictObject({
      s: z.int().positive(),
      id: z.string(),
      from: z.enum(['public', 'assistant', 'handler', 'system']),
      text: z.string(),
      at: instant,
      lang: z.string().nullable(),
    }),
  ),
  standing: z.strictObject({
    stage: z.enum(['assistant', 'handed', 'ended']),
    handler: z.enum(['waiting', 'here', 'away', 'colleague']),
    before: whole.nullable(),
    typing: z.boolean(),
    queueAway: z.boolean(),
    choices: z.array(z.string()),
    keptUpTo: whole,
    receivedUpTo: whole,
    answeredUpTo: whole,
    notTakenFrom: whole.nullable(),
    ended: z.enum(['by-you', 'by-us', 'by-assistant']).nullable(),
  }),
  tier: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ask'), missed: whole }),
    z.strictObject({ kind: z.literal('which'), cards: z.array(z.string()) }),
    z.strictObject({ kind: z.literal('check'), card: z.string(), next: whole }),
    z.strictObject({ kind: z.literal('answered'), card: z.string() }),
  ]),
  lastFromQueue: whole,
  isToldGone: z.boolean(),
  at: instant,
});
const exitsSchema = z.array(z.tuple([z.string(), instant]));

const EXITS = 'exits';

/**
 * Chats on the disk, one sealed file each, so that a program that begins again can go on with them (rule WP-52). What must not be lost is with
 * `KeptParcels`; here is what the person saw. Forgotten is gone from the disk at once.
 */
export class KeptChats {
  readonly #dir: string;
  readonly #key: Buffer;
  readonly #log: Logger;
  /** What is to be written next, by file; only the newest. */
  readonly #next = new Map<string, string>();
  readonly #writing = new Map<string, Promise<void>>();
  /** Who left in a hurry, as they were found at the start. */
  readonly exits: KeptExits;
  /** The chats that were found at the start. */
  readonly chats: readonly KeptChat[];

  /** Throws an `Error` with a sentence when its key cannot be used. */
  constructor(options: { readonly dir: string; readonly log: Logger }) {
    this.#dir = join(options.dir, 'chats');
    this.#log = options.log;
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    this.#key = openKey(join(options.dir, 'chats.key'));
    const chats: KeptChat[] = [];
    for (const file of readdirSync(this.#dir)) {
      if (file === EXITS) continue;
      // What the end of the program cut short has its older self beside it.
      const chat = file.endsWith('.new') ? null : this.#read(file, chatSchema);
      if (chat === null) rmSync(join(this.#dir, file), { force: true });
      else chats.push(chat);
    }
    this.chats = chats;
    this.exits = this.#read(EXITS, exitsSchema) ?? [];
  }

  /** Resolves when this, or something newer of the same chat, is on the disk, or when it cannot be: that is logged, and holds nothing up. */
  keep(chat: KeptChat): Promise<void> {
    return this.#write(fileOf(chat.key), chat);
  }

  keepExits(exits: KeptExits): Promise<void> {
    return this.#write(EXITS, exits);
  }

  forget(key: string): void {
    const file = fileOf(key);
    this.#next.delete(file);
    this.#remove(file);
    // A turn of the disk that had begun could bring it back.
    void this.#writing.get(file)?.then(() => this.#next.has(file) || this.#remove(file));
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  #write(file: string, value: unknown): Promise<void> {
    this.#next.set(file, sealLine(value, this.#key));
    const before = this.#writing.get(file) ?? Promise.resolve();
    const work = before.then(() => this.#writeNext(file));
    this.#writing.set(file, work);
    void work.then(() => this.#writing.get(file) === work && this.#writing.delete(file));
    return work;
  }

  async #writeNext(file: string): Promise<void> {
    const text = this.#next.get(file);
    if (text === undefined) return;
    this.#next.delete(file);
    const path = join(this.#dir, file);
    try {
      {
        await using handle = await open(`${path}.new`, 'w', 0o600);
        await handle.writeFile(text);
        await handle.datasync();
      }
      await rename(`${path}.new`, path);
    } catch (error) {
      this.#log.error('a chat could not be written down; it goes on in memory', { error: errorCode(error) });
    }
  }

  #remove(file: string): void {
    for (const name of [file, `${file}.new`]) rmSync(join(this.#dir, name), { force: true });
  }

  #read<T>(file: string, schema: z.ZodType<T>): T | null {
    try {
      const parsed = schema.safeParse(
        openLine(readFileSync(join(this.#dir, file), 'utf8').trim(), this.#key),
      );
      if (parsed.success) return parsed.data;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    }
    this.#log.error('what was kept of a chat could not be read; it begins anew');
    return null;
  }
}

/** A name that tells nothing of the chat, not even to whoever reads the folder. */
const fileOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 32);
