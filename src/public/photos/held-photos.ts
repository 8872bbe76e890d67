import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  photoKindOf,
  photoKinds,
  PHOTO_BYTES_LIMIT,
  PHOTO_HEAD,
  PHOTOS_LIMIT,
} from '../../shared/domain/record/photo.ts';

/** A photo that somebody has added to a report: where it lies sealed, and the key that opens it. No name of a file. */
export const heldPhotoSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(photoKinds),
  bytes: z.number(),
});
export type HeldPhoto = Readonly<z.infer<typeof heldPhotoSchema>>;

/** Why a file was not taken. `busy`: too much lies here already. */
export type PhotoTrouble = 'too-large' | 'not-a-photo' | 'none-chosen' | 'busy' | 'too-many';

/** How much may lie here. Bytes. */
export interface PhotoRoom {
  /** All of them together: a disk that is full keeps no reports. */
  readonly all: number;
  /** Of one address: a school or a refuge has room for a hundred people at once, and nobody can fill it for the others. */
  readonly ofAddress: number;
  /** Of one visit: two reports with as many and as large photos as they take. */
  readonly ofVisit: number;
}
const usualRoom: PhotoRoom = {
  all: 2 * 1024 * 1024 * 1024,
  ofAddress: 512 * 1024 * 1024,
  ofVisit: 2 * PHOTOS_LIMIT * PHOTO_BYTES_LIMIT,
};

/** Whose photo it is: names that tell nothing about them. */
export interface PhotoOwner {
  readonly address: string;
  readonly visit: string;
}

interface Lying {
  readonly bytes: number;
  /** `null`: sent before this run of the program, and of nobody any more. */
  readonly owner: PhotoOwner | null;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A photo as it comes in. */
export interface IncomingFile {
  add(bytes: Buffer): Promise<void>;
  end(): Promise<HeldPhoto | PhotoTrouble>;
  /** Whatever has come of it is not wanted. Safe at any time. */
  drop(): Promise<void>;
}

/**
 * Photos between the person and the queue (rule WP-55): each a file of its own, sealed under a key that is only in memory until the report is sent and
 * then in the sealed file of what is kept. Without its key a file is nothing; files without a key are removed.
 */
export class HeldPhotos {
  readonly #folder: string;
  readonly #room: PhotoRoom;
  readonly #lying = new Map<string, Lying>();
  /** Coming in at this moment, or not in a report yet. */
  readonly #coming = new Set<string>();

  /** `wanted`: what was sent before the program ended, and is still to be handed over. The rest was nobody’s any more. */
  constructor(options: {
    readonly dir: string;
    readonly wanted: readonly HeldPhoto[];
    /** Another than the usual; for tests. */
    readonly room?: PhotoRoom | undefined;
  }) {
    this.#room = options.room ?? usualRoom;
    this.#folder = join(options.dir, 'photos');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const { id, bytes } of options.wanted) this.#lying.set(id, { bytes, owner: null });
    for (const name of readdirSync(this.#folder))
      if (!this.#lying.has(name)) rmSync(join(this.#folder, name), { force: true });
  }

  /** Where there is no room for more of this owner, or of anybody, the file is read to its end and not kept. */
  begin(owner: PhotoOwner): IncomingFile {
    const id = randomBytes(16).toString('hex');
    const key = randomBytes(32);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    let file: FileHandle | null = null;
    let head = Buffer.alloc(0);
    let bytes = 0;
    let trouble: PhotoTrouble | null = this.#hasRoom(owner) ? null : 'busy';
    this.#coming.add(id);
    const drop = async (): Promise<void> => {
      await file?.close().catch(() => undefined);
      file = null;
      this.#coming.delete(id);
      await this.remove(id);
    };
    return {
      drop,
      add: async (part) => {
        bytes += part.length;
        if (bytes > PHOTO_BYTES_LIMIT) trouble ??= 'too-large';
        if (head.length < PHOTO_HEAD) {
          head = Buffer.concat([head, part.subarray(0, PHOTO_HEAD)]);
          if (head.length >= PHOTO_HEAD && photoKindOf(head) === null) trouble ??= 'not-a-photo';
        }
        // Read to its end, so that the page can say why; not kept.
        if (trouble !== null) return;
        if (file === null) {
          file = await open(this.#path(id), 'wx', 0o600);
          // All of it, or an error: a disk that is nearly full takes a part of a write.
          await file.appendFile(iv);
        }
        this.#lying.set(id, { bytes, owner });
        await file.appendFile(cipher.update(part));
      },
      end: async () => {
        const kind = photoKindOf(head);
        const why = bytes === 0 ? 'none-chosen' : kind === null ? 'not-a-photo' : trouble;
        if (why !== null || kind === null || file === null) {
          await drop();
          return why ?? 'not-a-photo';
        }
        await file.appendFile(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
        await file.datasync();
        await file.close();
        file = null;
        return { id, key: key.toString('hex'), kind, bytes };
      },
    };
  }

  /** It is in a report from now on, or in none. */
  settled(id: string): void {
    this.#coming.delete(id);
  }

  /** The photo as it was sent; `null` when it is not there any more, or was changed. */
  async read({ id, key }: HeldPhoto): Promise<Buffer | null> {
    try {
      const sealed = await readFile(this.#path(id));
      const decipher = createDecipheriv(
        'aes-256-gcm',
        Buffer.from(key, 'hex'),
        sealed.subarray(0, IV_BYTES),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      return null;
    }
  }

  async remove(id: string): Promise<void> {
    this.#lying.delete(id);
    await rm(this.#path(id), { force: true }).catch(() => undefined);
  }

  /** Removes what is in nobody’s report any more: its visit was forgotten, or was left in a hurry. */
  async keepOnly(wanted: ReadonlySet<string>): Promise<void> {
    // As it stands now: what comes in while the first is removed may be in a report by the time it is looked at, of which `wanted` does not know.
    const nobodys = [...this.#lying.keys()].filter((id) => !wanted.has(id) && !this.#coming.has(id));
    for (const id of nobodys) await this.remove(id);
  }

  /** A photo that has begun may come to its end, so that by as many as come at once each of these may be passed. */
  #hasRoom({ address, visit }: PhotoOwner): boolean {
    const sum = (isCounted: (owner: PhotoOwner | null) => boolean): number =>
      [...this.#lying.values()].reduce((all, { bytes, owner }) => all + (isCounted(owner) ? bytes : 0), 0);
    const { all, ofAddress, ofVisit } = this.#room;
    return (
      sum(() => true) < all &&
      sum((owner) => owner?.address === address) < ofAddress &&
      sum((owner) => owner?.visit === visit) < ofVisit
    );
  }

  #path(id: string): string {
    return join(this.#folder, id);
  }
}
