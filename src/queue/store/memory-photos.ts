import type { PhotoId } from '../../shared/domain/record/photo.ts';
import { assert, must } from '../../shared/lib/assert.ts';
import type { KeptPhoto, PhotoReads, PhotoTransaction } from './photo-store.ts';

interface PhotoEntry extends KeptPhoto {
  readonly original: Buffer;
  readonly picture: Buffer | null;
}

export interface PhotoState {
  readonly photos: Map<PhotoId, PhotoEntry>;
}

export const emptyPhotoState = (): PhotoState => ({ photos: new Map() });

const keptOf = ({ original: _o, picture: _p, ...photo }: PhotoEntry): KeptPhoto => photo;

export function photosOn(
  { photos }: PhotoState,
  put: <K, V>(map: Map<K, V>, key: K, value: V) => void,
): PhotoTransaction {
  const entry = (id: PhotoId): PhotoEntry => must(photos.get(id), `photo ${id}`);
  return {
    photoCount: async (contact) => [...photos.values()].filter((photo) => photo.contact === contact).length,
    async photo(id) {
      const photo = photos.get(id);
      return photo === undefined ? null : keptOf(photo);
    },
    async insertPhoto(photo) {
      const isNew = [...photos.values()].every(
        ({ id, contact, n }) => id !== photo.id && (contact !== photo.contact || n !== photo.n),
      );
      assert(isNew, `photo ${photo.id} came twice`);
      put(photos, photo.id, { ...photo, state: 'received', tries: 0, picture: null });
    },
    async countTry(id) {
      const tries = entry(id).tries + 1;
      put(photos, id, { ...entry(id), tries });
      return tries;
    },
    async keepLookedAt(id, lookedAt) {
      const photo = photos.get(id);
      if (photo?.state !== 'received') return false;
      const picture = lookedAt.kind === 'picture' ? lookedAt.sealed : null;
      put(photos, id, { ...photo, state: lookedAt.kind, picture });
      return true;
    },
  };
}

export function photoReadsOf({ photos }: PhotoState, inTurn: <T>(work: () => T) => Promise<T>): PhotoReads {
  return {
    photosToRead: (limit) =>
      inTurn(() =>
        [...photos.values()]
          .filter(({ state }) => state === 'received')
          .sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map(keptOf),
      ),
    photoPiece: (id, { of, from, length }) =>
      inTurn(() => photos.get(id)?.[of]?.subarray(from, from + length) ?? null),
  };
}
