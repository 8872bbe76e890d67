import { createHash } from 'node:crypto';
import type { Logger } from '../../platform/log.ts';
import type { Output } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Photo, PhotoId } from '../../shared/domain/record/photo.ts';
import { Turns } from '../../shared/lib/turns.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { PhotoClient } from './photo-client.ts';

/** Photos of a contact and of its neighbours; whoever asks for more asks again. */
const WAITING_LIMIT = 32;

export interface PhotosOptions {
  readonly store: Pick<DeskStore, 'held' | 'photo' | 'keepPhoto'>;
  /** `null` when there is no queue to ask. */
  readonly client: PhotoClient | null;
  /** Of whoever is signed in; `null` while nobody is, or nobody whom the queue has let in. */
  readonly token: () => string | null;
  readonly log: Logger;
  /** Runs what writes to the file; a disk that refuses is told the handler elsewhere. */
  readonly guard: (work: () => void) => void;
  /** Runs what reads the file: damage may show wherever it is read (rule S-06). */
  readonly served: <T>(work: () => T) => T;
}

/**
 * The photos of the contacts that are looked at here (rules PH-07 to PH-09): from this desk’s file, or fetched from the queue on a connection of
 * their own, one at a time, checked by the digest that the log told, and kept with their contact.
 */
export class Photos {
  readonly #options: PhotosOptions;
  readonly #turns = new Turns({ atOnce: 1, waiting: WAITING_LIMIT });

  constructor(options: PhotosOptions) {
    this.#options = options;
  }

  /** Asked for twice at once, it is fetched once: the second finds it kept. */
  async read(contact: ContactId, id: PhotoId): Promise<Output<'photo.read'>> {
    return this.#kept(contact, id) ?? this.#turns.run('all', () => this.#fetched(contact, id));
  }

  /** As far as this desk can answer by itself. */
  #kept(contact: ContactId, id: PhotoId): Output<'photo.read'> | null {
    const { store, served, client, token } = this.#options;
    if (this.#pictureOf(contact, id) === null) return { kind: 'not-there' };
    const jpeg = served(() => store.photo(id));
    if (jpeg !== null) return { kind: 'here', jpeg: jpeg.toString('base64') };
    return client === null || token() === null ? { kind: 'not-fetched' } : null;
  }

  async #fetched(contact: ContactId, id: PhotoId): Promise<Output<'photo.read'>> {
    const { store, client, token, log, guard } = this.#options;
    // Somebody before this one may have fetched it.
    const kept = this.#kept(contact, id);
    const bearer = token();
    if (kept !== null || client === null || bearer === null) return kept ?? { kind: 'not-fetched' };
    const jpeg = await client.read(id, bearer);
    const picture = this.#pictureOf(contact, id);
    // The contact may have gone meanwhile, or whoever asked.
    if (jpeg === null || picture === null || token() === null) return { kind: 'not-fetched' };
    if (createHash('sha256').update(jpeg).digest('hex') !== picture.digest) {
      log.warn('a photo is not the one that the queue told of', { photo: id });
      return { kind: 'not-fetched' };
    }
    guard(() => store.keepPhoto(contact, id, jpeg));
    return { kind: 'here', jpeg: jpeg.toString('base64') };
  }

  #pictureOf(contact: ContactId, id: PhotoId): Extract<Photo['seen'], { kind: 'picture' }> | null {
    const { store, served } = this.#options;
    const photos = served(() => store.held(contact))?.contact?.photos ?? [];
    const seen = photos.find((photo) => photo.id === id)?.seen;
    return seen?.kind === 'picture' ? seen : null;
  }
}
