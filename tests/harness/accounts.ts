import { asDeskId, asHandlerId } from '../../src/shared/domain/ids.ts';
import type { Account, SignIn } from '../../src/queue/store/account-store.ts';
import { anId, testStart } from './builders.ts';

/** An open account of a handler, whose PIN nobody knows. */
export function anAccount(over: Partial<Account> = {}): Account {
  return {
    handler: asHandlerId('4711'),
    name: 'Robin Ashe',
    role: 'handler',
    isActive: true,
    pin: { n: 16, r: 1, p: 1, salt: 'a5'.repeat(16), hash: '5a'.repeat(32) },
    ...over,
  };
}

/** A sign-in that holds since `testStart`. Its digest shows its number. */
export function aSignIn(over: Partial<SignIn> & { readonly n?: number } = {}): SignIn {
  const { n = 1, ...rest } = over;
  return {
    digest: n.toString(16).padStart(64, '0'),
    handler: asHandlerId('4711'),
    desk: asDeskId(anId(0xd0001)),
    at: testStart,
    lastSeen: testStart,
    endedAt: null,
    ...rest,
  };
}
