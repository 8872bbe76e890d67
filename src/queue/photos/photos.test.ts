import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { aContact, testStart } from '../../../tests/harness/builders.ts';
import { systemClock, systemTimers } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/log.ts';
import { asPhotoId } from '../../shared/domain/record/photo.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { CommittedEntry } from '../store/queue-store.ts';
import { photoKeys } from './photo-keys.ts';
import type { PhotoOpener } from './photo-opener.ts';
import { Photos } from './photos.ts';
import { seal } from './sealed-bytes.ts';

it('PH-04, PH-05: photos whose key is not here, or whose bytes were changed, hold up no other, however many they are', async () => {
  const store = createMemoryStore({ realm: 'demo', newId: randomUUID });
  const [ours, theirs] = [photoKeys([randomBytes(32)]), photoKeys([randomBytes(32)])];
  const isOurs = (n: number): boolean => n >= 20;
  for (let n = 1; n <= 21; n += 1) {
    const contact = aContact({ seq: n, channel: 'online-report' });
    const id = asPhotoId(randomUUID());
    const { key, sealedKey } = (isOurs(n) ? ours : theirs).newKey(id);
    // The last but one cannot be unsealed as what it is.
    const original = seal(Buffer.from('photo'), key, n === 20 ? 'something else' : `original ${id}`);
    const photo = { id, contact: contact.id, n: 1, receivedAt: testStart, kind: 'jpeg' } as const;
    await store.transact(async (tx) => {
      await tx.insertContact(contact);
      await tx.insertPhoto({ ...photo, bytes: 5, digest: 'ab'.repeat(32), sealedKey, original });
    });
  }
  const opener: PhotoOpener = {
    async open(_kind, pieces) {
      const parts: Buffer[] = [];
      for await (const piece of pieces) parts.push(piece);
      return { kind: 'picture', width: 1, height: 1, jpeg: Buffer.concat(parts) };
    },
  };
  const around = { clock: systemClock, timers: systemTimers, log: silentLogger, newId: randomUUID };
  const committed = new Emitter<CommittedEntry>();
  const seen: CommittedEntry['what'][] = [];
  committed.subscribe(({ what }) => seen.push(what));
  await using _ = new Photos({ store, keys: ours, opener, committed, ...around });
  await vi.waitFor(() => expect(seen).toMatchObject([{ photo: { seen: { kind: 'picture' } } }]));
  // Nothing was counted against those that wait for their key.
  const waiting = await store.photosToRead(30);
  expect(waiting.map(({ tries }) => tries).toSorted((a, b) => a - b)).toEqual([...Array(19).fill(0), 1]);
});
