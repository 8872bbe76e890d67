import { afterEach, describe, expect, it } from 'vitest';
import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import { asLsn, asStoreEpoch } from '../../src/shared/domain/ids.ts';
import { asPhotoId } from '../../src/shared/domain/record/photo.ts';
import { later } from '../../src/shared/domain/time.ts';
import { aContact, anActor, anId, testStart } from '../harness/builders.ts';
import { cleanUpDeskStores, deskStoreKinds } from '../harness/desk-stores.ts';

afterEach(cleanUpDeskStores);

const open1 = aContact({ seq: 1 });
const closed = aContact({ seq: 2, ownership: { kind: 'closed', by: anActor(), since: testStart } });
const first = asPhotoId(anId(0xf1));
const second = asPhotoId(anId(0xf2));
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 1, 2, 0]);
const at = (lsn: number) => ({ storeEpoch: asStoreEpoch(anId(0xe1)), lsn: asLsn(lsn) });

describe.each(deskStoreKinds)('the photos in a desk’s store ($name)', ({ open }) => {
  const filled = () => {
    const opened = open();
    opened.store.installSnapshot([open1, closed], at(1));
    opened.store.keepPhoto(open1.id, first, jpeg);
    opened.store.keepPhoto(closed.id, second, jpeg);
    return opened;
  };
  const held = (store: DeskStore) => [store.photo(first)?.equals(jpeg), store.photo(second)?.equals(jpeg)];

  it('PH-09: each is kept as it came, across restarts, and never without its contact', () => {
    const { store, reopen } = filled();
    const stray = asPhotoId(anId(0xf3));
    store.keepPhoto(aContact({ seq: 9 }).id, stray, jpeg);
    const again = reopen?.() ?? store;
    expect([...held(again), again.photo(stray)]).toEqual([true, true, null]);
  });

  it('PH-09: it goes with its contact: when that is forgotten, is in no snapshot any more, or its handler signs off', () => {
    const forgotten = filled().store;
    forgotten.forgetClosed(later(testStart, 1));
    const replaced = filled().store;
    replaced.installSnapshot([closed], at(2));
    const wiped = filled().store;
    wiped.wipe();
    expect([held(forgotten), held(replaced), held(wiped)]).toEqual([
      [true, undefined],
      [undefined, true],
      [undefined, undefined],
    ]);
  });
});
