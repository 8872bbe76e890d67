import { afterEach, describe, expect, it } from 'vitest';
import type { SealedHistory } from '../../src/main/cache/history-rows.ts';
import { asContactId } from '../../src/shared/domain/ids.ts';
import { later } from '../../src/shared/domain/time.ts';
import { anId, testStart } from '../harness/builders.ts';
import { cleanUpDeskStores, deskStoreKinds as kinds } from '../harness/desk-stores.ts';

afterEach(cleanUpDeskStores);

const row = (n: number, over: Partial<SealedHistory> = {}): SealedHistory => ({
  contact: asContactId(anId(0x9000 + n)),
  closedAt: later(testStart, n),
  receivedAt: later(testStart, n - 100),
  keys: { number: 'n', address: null, name: null },
  sealed: Buffer.from(`sealed ${n}`),
  ...over,
});
const nobody = { number: null, address: null, name: null };
const key = 'a1'.repeat(32);

describe.each(kinds)('the index of twelve months in the desk’s store ($name)', ({ open }) => {
  it('AS-23, S-11: gives what shares a number, an address or a name, the newest of each, each row once', () => {
    const { store, reopen } = open();
    store.keepHistoryKey(key, 'one');
    const both = row(4, { keys: { number: 'n', address: 'a', name: null } });
    store.keepHistory([row(1), row(2), row(3, { keys: { ...nobody, name: 'm' } }), both], row(4));
    const again = reopen?.() ?? store;
    const ids = (keys: SealedHistory['keys'], limit = 9) =>
      again
        .historyOf(keys, limit)
        .map(({ contact }) => contact)
        .toSorted();
    expect([
      ids({ number: 'n', address: 'a', name: 'm' }),
      ids({ ...nobody, number: 'n' }, 2),
      ids(nobody),
      again.historyOf({ ...nobody, address: 'a' }, 9).map((one) => ({ ...one, sealed: String(one.sealed) })),
      again.historyEnd(),
      again.historyKey(),
    ]).toEqual([
      [1, 2, 3, 4].map((n) => row(n).contact),
      [2, 4].map((n) => row(n).contact),
      [],
      [{ ...both, sealed: 'sealed 4' }],
      { closedAt: both.closedAt, contact: both.contact },
      key,
    ]);
  });

  it('AS-23: what ended anew takes its own place, and what is older than twelve months goes', () => {
    const { store } = open();
    store.keepHistoryKey(key, 'one');
    store.keepHistory([row(1), row(2)], row(2));
    store.keepHistory([{ ...row(1), closedAt: later(testStart, 9) }], {
      ...row(1),
      closedAt: later(testStart, 9),
    });
    store.forgetHistory(later(testStart, 5));
    expect(store.historyOf(row(1).keys, 9).map(({ contact, closedAt }) => [contact, closedAt])).toEqual([
      [row(1).contact, later(testStart, 9)],
    ]);
  });

  it('AS-23, S-13: a sign-off takes the key and leaves what nobody can read without it; under another key it begins anew', () => {
    const { store } = open();
    store.keepHistoryKey(key, 'one');
    store.keepHistory([row(1)], row(1));
    store.wipe();
    const after = [store.historyKey(), store.historyEnd() !== null];
    store.keepHistoryKey(key, 'one');
    const same = [store.historyKey(), store.historyOf(row(1).keys, 9).length];
    store.keepHistoryKey('b2'.repeat(32), 'other');
    expect([after, same, store.historyOf(row(1).keys, 9), store.historyEnd()]).toEqual([
      [null, true],
      [key, 1],
      [],
      null,
    ]);
  });
});
