import { createHash } from 'node:crypto';
import { errorCode, type Logger } from '../../platform/log.ts';
import type { Actor } from '../../shared/domain/contact.ts';
import type { NewId } from '../../shared/domain/ids.ts';
import { asPhotoId, type Photo, type PhotoId, type PhotoKind } from '../../shared/domain/record/photo.ts';
import { MINUTE, SECOND, type Clock, type Timers } from '../../shared/domain/time.ts';
import type { Emitter } from '../../shared/lib/emitter.ts';
import { digestOf } from '../store/canonical-json.ts';
import type { KeptPhoto, LookedAt } from '../store/photo-store.ts';
import { StoreUnavailable, type CommittedEntry, type QueueStore } from '../store/queue-store.ts';
import { acceptPhoto, keepLook, type PhotoAcceptance, type PhotoHandover } from './accept-photo.ts';
import type { PhotoKeys } from './photo-keys.ts';
import { BREAKS_LIMIT, TRIES_LIMIT } from './photo-limits.ts';
import type { Look, PhotoOpener } from './photo-opener.ts';
import { seal, sealing, unseal, unsealing } from './sealed-bytes.ts';

/** Another node may have ended before it had looked at what it took. Milliseconds. */
const LOOK_AGAIN_MS = MINUTE;
/** After something went wrong with one, or with the database. Milliseconds. */
const TRY_AGAIN_MS = 5 * SECOND;
/** So much of a sealed photo is read at once. Bytes. */
const PIECE = 512 * 1024;
const AT_ONCE = 16;

export interface PhotosOptions {
  readonly store: QueueStore;
  readonly keys: PhotoKeys;
  readonly opener: PhotoOpener;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly newId: NewId;
  /** Hears of what was committed here, as of any other event. */
  readonly committed: Emitter<CommittedEntry>;
}

/** A photo while it comes in: sealed and counted as its bytes come. */
export interface IncomingPhoto {
  add(bytes: Buffer): void;
  end(kind: PhotoKind): PhotoHandover['photo'];
}

/**
 * The photos of the public at the queue (rules PH): takes them in sealed, has each opened beside the queue, one at a time, tells desks, and hands
 * desks what may be seen of them. What nobody has looked at yet is looked at by whichever node starts or has a minute.
 */
export class Photos implements AsyncDisposable {
  readonly #options: PhotosOptions;
  #work: Promise<void> | null = null;
  #isWanted = false;
  #isOver = false;
  #later: Disposable | null = null;
  /** Sealed under a key that this program was not given: they wait for a start that has it, and nothing waits for them. */
  readonly #shut = new Set<PhotoId>();
  /** How often each has broken the program, in this run. */
  readonly #breaks = new Map<PhotoId, number>();

  constructor(options: PhotosOptions) {
    this.#options = options;
    this.#look();
  }

  /** Waits for the photo that is being looked at; the rest is there for the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#later?.[Symbol.dispose]();
    await this.#work;
  }

  begin(): IncomingPhoto {
    const id = asPhotoId(this.#options.newId());
    const { key, sealedKey } = this.#options.keys.newKey(id);
    const hash = createHash('sha256');
    const cipher = sealing(key, `original ${id}`);
    let bytes = 0;
    return {
      add(part) {
        bytes += part.length;
        hash.update(part);
        cipher.add(part);
      },
      end: (kind) => ({ id, kind, bytes, digest: hash.digest('hex'), sealedKey, original: cipher.end() }),
    };
  }

  /** Keeps one, once per source and key. Rejects with `StoreUnavailable`. */
  async accept(handover: PhotoHandover): Promise<PhotoAcceptance> {
    const { store, clock } = this.#options;
    const acceptance = await store.transact((tx) => acceptPhoto(tx, handover, clock.now()), 'other-sources');
    if (acceptance.kind === 'accepted') this.#look();
    return acceptance;
  }

  /** What a desk is shown of a photo, audited as it is handed over (rule PH-07); `null` when there is no such picture. */
  async handTo(by: Actor, id: PhotoId): Promise<Buffer | null> {
    const { store, clock, keys } = this.#options;
    const photo = await store.transact(async (tx) => {
      const found = await tx.photo(id);
      if (found?.state !== 'picture') return null;
      await tx.append(null, null, {
        ...by,
        at: clock.now(),
        contact: found.contact,
        source: null,
        act: 'see-photo',
        outcome: 'applied',
        command: null,
        actDigest: digestOf({ photo: id }),
      });
      return found;
    }, 'other-sources');
    if (photo === null) return null;
    const pieces: Buffer[] = [];
    for await (const piece of this.#pieces(id, 'picture')) pieces.push(piece);
    return unseal(Buffer.concat(pieces), keys.open(id, photo.sealedKey), `picture ${id}`);
  }

  /** One at a time, and never in the turn of whoever brought one. */
  #look(): void {
    this.#isWanted = true;
    if (this.#isOver || this.#work !== null) return;
    this.#later?.[Symbol.dispose]();
    this.#work = this.#lookAtAll().then((wait) => {
      this.#work = null;
      if (this.#isOver) return;
      if (this.#isWanted) return this.#look();
      this.#later = this.#options.timers.after(wait, () => this.#look());
    });
  }

  /** How long to wait before the next time. Never rejects. */
  async #lookAtAll(): Promise<number> {
    this.#isWanted = false;
    try {
      const found = await this.#options.store.photosToRead(AT_ONCE + this.#shut.size);
      const photos = found.filter(({ id }) => !this.#shut.has(id)).slice(0, AT_ONCE);
      let isWhole = true;
      for (const photo of photos) {
        if (this.#isOver) return 0;
        isWhole = (await this.#lookedAt(photo)) && isWhole;
      }
      if (photos.length === AT_ONCE && isWhole) this.#isWanted = true;
      return isWhole ? LOOK_AGAIN_MS : TRY_AGAIN_MS;
    } catch (error) {
      this.#options.log.warn('photos could not be looked at; they wait', { error: errorCode(error) });
      return TRY_AGAIN_MS;
    }
  }

  /** False when it must be tried again. What is wrong with one holds up no other; with the database, all wait. */
  async #lookedAt(photo: KeptPhoto): Promise<boolean> {
    try {
      return await this.#lookAt(photo);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      this.#options.log.error('a photo could not be looked at', { photo: photo.id, error: errorCode(error) });
      return false;
    }
  }

  async #lookAt(photo: KeptPhoto): Promise<boolean> {
    const { store, opener, clock, log, committed } = this.#options;
    const { id } = photo;
    const key = this.#keyOf(photo);
    if (key === null) return true;
    // Counted before: a photo that takes the whole program down with it is not tried for ever.
    const tries = await store.transact((tx) => tx.countTry(id), 'other-sources');
    const look: Look =
      tries > TRIES_LIMIT
        ? { kind: 'broke', why: 'ended' }
        : await opener.open(photo.kind, this.#opened(id, key));
    if (look.kind === 'broke') {
      const breaks = (this.#breaks.get(id) ?? 0) + 1;
      log.error('a photo could not be opened', { photo: id, why: look.why, tries, breaks });
      this.#breaks.set(id, breaks);
      if (breaks < BREAKS_LIMIT && tries <= TRIES_LIMIT) return false;
    }
    this.#breaks.delete(id);
    const { seen, kept } = resultOf(look, (jpeg) => seal(jpeg, key, `picture ${id}`));
    const entry = await store.transact(
      (tx) => keepLook(tx, photo, { seen, kept }, clock.now()),
      'other-sources',
    );
    if (entry !== null) committed.emit(entry);
    return true;
  }

  #keyOf({ id, sealedKey }: KeptPhoto): Buffer | null {
    try {
      return this.#options.keys.open(id, sealedKey);
    } catch (error) {
      this.#shut.add(id);
      this.#options.log.error('a photo cannot be opened with the photo keys that are here; it waits', {
        photo: id,
        error: errorCode(error),
      });
      return null;
    }
  }

  async *#opened(id: PhotoId, key: Buffer): AsyncIterable<Buffer> {
    const decipher = unsealing(key, `original ${id}`);
    for await (const piece of this.#pieces(id, 'original')) yield decipher.add(piece);
    decipher.end();
  }

  async *#pieces(id: PhotoId, of: 'original' | 'picture'): AsyncIterable<Buffer> {
    for (let from = 0; ; from += PIECE) {
      const piece = await this.#options.store.photoPiece(id, { of, from, length: PIECE });
      if (piece !== null && piece.length > 0) yield piece;
      if (piece === null || piece.length < PIECE) return;
    }
  }
}

function resultOf(
  look: Look,
  sealed: (jpeg: Buffer) => Buffer,
): { readonly seen: Photo['seen']; readonly kept: LookedAt } {
  if (look.kind !== 'picture') {
    const trouble = look.kind === 'broke' ? 'failed' : look.trouble;
    return { seen: { kind: 'unreadable', trouble }, kept: { kind: 'unreadable' } };
  }
  const { width, height, jpeg } = look;
  const digest = createHash('sha256').update(jpeg).digest('hex');
  return {
    seen: { kind: 'picture', width, height, bytes: jpeg.length, digest },
    kept: { kind: 'picture', sealed: sealed(jpeg) },
  };
}
