import type { DeskStatus } from '../../shared/domain/desk-status.ts';
import type { ContactId, DeskId, HandlerId } from '../../shared/domain/ids.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { assert, must } from '../../shared/lib/assert.ts';
import type { Account, AccountTransaction, Attempts, SignIn, Standing } from './account-store.ts';

/** Accounts, sign-ins and names of contacts as the memory store has them. Values are replaced, never changed. */
export interface AccountState {
  readonly accounts: Map<HandlerId, Account>;
  readonly signIns: Map<string, SignIn>;
  readonly attempts: Map<string, { readonly attempts: Attempts; readonly forgetAt: Instant }>;
  readonly statuses: Map<DeskId, { readonly handler: HandlerId; readonly status: DeskStatus }>;
  readonly aliases: Map<string, ContactId>;
}

export const emptyAccountState = (): AccountState => ({
  accounts: new Map(),
  signIns: new Map(),
  attempts: new Map(),
  statuses: new Map(),
  aliases: new Map(),
});

/** How a transaction changes a map so that it can be undone. */
export interface Hands {
  readonly put: <K, V>(map: Map<K, V>, key: K, value: V) => void;
  readonly drop: <K, V>(map: Map<K, V>, key: K) => void;
}

export function standingOf(state: AccountState, digest: string): Standing | null {
  const signIn = state.signIns.get(digest);
  if (signIn === undefined) return null;
  return { signIn, account: must(state.accounts.get(signIn.handler), `account of a sign-in`) };
}

export function desksSignedIn(state: AccountState, seenSince: Instant): number {
  const isOpen = ({ handler, lastSeen, endedAt }: SignIn): boolean =>
    endedAt === null && lastSeen >= seenSince && state.accounts.get(handler)?.isActive === true;
  return new Set([...state.signIns.values()].filter(isOpen).map(({ desk }) => desk)).size;
}

export function accountsOn(
  state: AccountState,
  { put, drop }: Hands,
): Omit<AccountTransaction, 'colleagues'> {
  const aliasKey = (kind: string, name: string): string => JSON.stringify([kind, name]);
  return {
    account: async (handler) => state.accounts.get(handler) ?? null,
    putAccount: async (account) => put(state.accounts, account.handler, account),
    standing: async (digest) => standingOf(state, digest),
    async keepSignIn(signIn) {
      assert(!state.signIns.has(signIn.digest), 'a token was given twice');
      put(state.signIns, signIn.digest, signIn);
    },
    async seeSignIn(digest, at) {
      const signIn = state.signIns.get(digest);
      if (signIn !== undefined && signIn.lastSeen < at)
        put(state.signIns, digest, { ...signIn, lastSeen: at });
    },
    async endSignIns(which, at) {
      for (const signIn of [...state.signIns.values()]) {
        const fits =
          'digest' in which
            ? signIn.digest === which.digest
            : 'handler' in which
              ? signIn.handler === which.handler
              : signIn.desk === which.desk &&
                signIn.handler !== which.except &&
                signIn.lastSeen < which.seenBefore;
        if (fits && signIn.endedAt === null) put(state.signIns, signIn.digest, { ...signIn, endedAt: at });
      }
    },
    async lastSeenAt(handler, desk) {
      const there = [...state.signIns.values()].filter((one) => one.handler === handler && one.desk === desk);
      return there.length === 0 ? null : asInstant(Math.max(...there.map(({ lastSeen }) => lastSeen)));
    },
    attempts: async (key) =>
      state.attempts.get(key)?.attempts ?? { recent: [], waits: 0, until: asInstant(0) },
    keepAttempts: async (key, attempts, forgetAt) => put(state.attempts, key, { attempts, forgetAt }),
    dropAttempts: async (key) => drop(state.attempts, key),
    async dropAttemptsBefore(now) {
      for (const [key, { forgetAt }] of [...state.attempts]) if (forgetAt < now) drop(state.attempts, key);
    },
    async putDeskStatus(desk, handler, status) {
      if (status === null) drop(state.statuses, desk);
      else put(state.statuses, desk, { handler, status });
    },
    deskStatus: async (desk) => state.statuses.get(desk)?.status ?? null,
    contactOfPaperLog: async (name) => state.aliases.get(aliasKey('paper', name)) ?? null,
    async keepAlias(kind, name, contact) {
      const key = kind === 'paper' ? aliasKey(kind, name) : aliasKey(kind, `${name} ${contact}`);
      assert(!state.aliases.has(key), `contact ${contact} has the name of another`);
      put(state.aliases, key, contact);
    },
  };
}
