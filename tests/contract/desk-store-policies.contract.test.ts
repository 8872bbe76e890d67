import { afterEach, describe, expect, it } from 'vitest';
import { later } from '../../src/shared/domain/time.ts';
import { testStart } from '../harness/builders.ts';
import { cleanUpDeskStores, deskStoreKinds } from '../harness/desk-stores.ts';

const triage = { name: 'triage', version: 'triage-2026-11-1', digest: 'a1'.repeat(32), fetchedAt: testStart };
const places = { ...triage, name: 'places', version: 'places-2026-11-1', digest: 'b2'.repeat(32) };

afterEach(cleanUpDeskStores);

describe.each(deskStoreKinds)('the policies in a desk’s store ($name)', ({ open }) => {
  it('Y-06: each is kept once, with its text, and a newer one takes its place', () => {
    const { store, reopen } = open();
    const before = [store.policies(), store.policyText('triage')];
    store.keepPolicy(triage, '{"a":"é\\u0000"}');
    store.keepPolicy(places, '{}');
    const newer = { ...triage, version: 'triage-2026-12-1', fetchedAt: later(testStart, 5) };
    store.keepPolicy(newer, '{"a":2}');
    const again = reopen?.() ?? store;
    expect([before, again.policies(), again.policyText('triage'), again.policyText('places')]).toEqual([
      [[], null],
      [places, newer],
      '{"a":2}',
      '{}',
    ]);
  });

  it('Y-06: one that cannot be used is forgotten, and no other', () => {
    const { store } = open();
    store.keepPolicy(triage, '{}');
    store.keepPolicy(places, '{}');
    store.forgetPolicy('triage');
    store.forgetPolicy('triage');
    expect([store.policies(), store.policyText('triage')]).toEqual([[places], null]);
  });

  it('Y-06: they are nobody’s work: a sign-off, which takes the copy away, leaves them', () => {
    const { store } = open();
    store.keepPolicy(triage, '{"a":1}');
    store.wipe();
    expect([store.policies(), store.policyText('triage')]).toEqual([[triage], '{"a":1}']);
  });
});
