import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import type { KeptSignIn, KnownPerson } from '../../src/main/cache/kept-session.ts';
import { SIGN_IN_HOLDS_MS } from '../../src/shared/contract/sign-in.ts';
import { later } from '../../src/shared/domain/time.ts';
import { aPerson, testStart } from './builders.ts';

/** The PIN of `aKnownPerson`, hashed as `quickPins` does. */
export const knownPin = '471147';
/** The token of `aSignIn`. */
export const keptToken = 'the token of a sign-in of the tests';

/** Somebody who has signed in at the desk at the start of the test. */
export function aKnownPerson(over: Partial<KnownPerson> = {}): KnownPerson {
  return {
    person: aPerson(),
    until: later(testStart, SIGN_IN_HOLDS_MS),
    pin: { salt: '', hash: `hash of ${knownPin}`, cost: 1, blockSize: 1, parallel: 1 },
    wrong: { at: [], waits: 0, waitUntil: null },
    ...over,
  };
}

/** The session of somebody who has signed in at the start of the test. */
export function aSignIn(over: Partial<KeptSignIn> = {}): KeptSignIn {
  return {
    kind: 'signed-in',
    person: aPerson(),
    token: keptToken,
    until: later(testStart, SIGN_IN_HOLDS_MS),
    locked: false,
    status: { kind: 'available', reason: null, since: testStart },
    statusBefore: null,
    ...over,
  };
}

/** Lets a store know of a sign-in, as if it had happened in an earlier run. */
export function keepSignIn(store: DeskStore, over: Partial<KeptSignIn> = {}): void {
  const session = aSignIn(over);
  store.keepSignIn(session, aKnownPerson({ person: session.person, until: session.until }));
}
