import { createHash } from 'node:crypto';
import { closeCodes, type Hello, type Welcome } from '../../shared/contract/queue-link.ts';
import { SIGN_IN_HOLDS_MS, type SignedIn, type SignInRefusal } from '../../shared/contract/sign-in.ts';
import type { SignInRequest } from '../../shared/contract/sign-in.ts';
import type { Person } from '../../shared/contract/schemas.ts';
import type { Actor } from '../../shared/domain/contact.ts';
import { toldToOthers, type DeskStatus } from '../../shared/domain/desk-status.ts';
import type { DeskId, HandlerId } from '../../shared/domain/ids.ts';
import { HOUR, later, type Clock, type Instant } from '../../shared/domain/time.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import type { HelloRefusal } from '../hello-check.ts';
import type { Account, Attempts, Standing } from '../store/account-store.ts';
import { digestOf } from '../store/canonical-json.ts';
import type { QueueStore, StoreTransaction } from '../store/queue-store.ts';
import type { StatusTold } from '../exchange/agent-teller.ts';
import { decoyHash, isPinOf, productionCost, type RandomBytes, type ScryptCost } from './pin-hash.ts';
import {
  ADDRESS_LIMIT,
  attemptsLeft,
  DESK_LIMIT,
  forgetAt,
  NUMBER_LIMIT,
  waitOf,
  withdrawn,
  withWrong,
} from './sign-in-limit.ts';

const TOKEN_BYTES = 32;

/** How often a sign-in is moved on while its desk is connected (rule A-06). Milliseconds. */
export const SEEN_EVERY_MS = HOUR;

/** Under which key wrong PINs are counted, and how many. */
interface Limit {
  readonly key: string;
  readonly limit: number;
  /** Forgotten with the right PIN: it was that person's own. */
  readonly isTheirs: boolean;
}

/** In the order in which every transaction takes them. */
function limitsOf({ handler, desk }: SignInRequest, address: string): readonly Limit[] {
  return [
    { key: `address ${address}`, limit: ADDRESS_LIMIT, isTheirs: false },
    { key: `address ${address} desk ${desk}`, limit: DESK_LIMIT, isTheirs: false },
    { key: `number ${handler}`, limit: NUMBER_LIMIT, isTheirs: true },
  ];
}

/** What the queue keeps of a token (rule A-02). */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Why a sign-in does not hold, as the link is closed with it; `null` when it does (rules ). */
export function lapseOf({ signIn, account }: Standing, now: Instant): HelloRefusal | null {
  if (!account.isActive) return { code: closeCodes.revoked, why: 'this account is closed' };
  if (signIn.endedAt !== null) return { code: closeCodes.signInNeeded, why: 'this sign-in has ended' };
  if (now - signIn.lastSeen > SIGN_IN_HOLDS_MS)
    return { code: closeCodes.signInNeeded, why: 'this sign-in has run out' };
  return null;
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly signedIn: SignedIn }
  | { readonly kind: 'refused'; readonly refusal: SignInRefusal };

/**
 * Who has signed in where (rules ). Everything is kept in the store, so that a restart or another
 * node changes nothing. Methods reject with `StoreUnavailable` when the database is away.
 */
export class SignIns {
  readonly #store: QueueStore;
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #cost: ScryptCost;
  /** What each desk's person is doing, as it was told at this node and kept; told after the commit (rule TE-11). */
  readonly statuses = new Emitter<StatusTold>();

  constructor(options: {
    readonly store: QueueStore;
    readonly clock: Clock;
    readonly random: RandomBytes;
    /** What an unknown number costs: the same as the accounts' own. */
    readonly cost?: ScryptCost;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#cost = options.cost ?? productionCost;
  }

  /** `address`: where the request comes from, as the limit counts it. */
  async signIn(request: SignInRequest, address: string): Promise<SignInOutcome> {
    const { realm } = this.#store;
    if (request.realm !== realm) return { kind: 'refused', refusal: { code: 'other-realm', realm } };
    const limits = limitsOf(request, address);
    // Counted as wrong before it is looked at, so that many at once are no more guesses than one after the other.
    const counted = await this.#store.transact((tx) => this.#count(tx, request, limits));
    if (counted.kind === 'wait')
      return { kind: 'refused', refusal: { code: 'too-many', retryAfterMs: counted.ms } };
    const { account, at, left } = counted;
    const isRight = await isPinOf(request.pin, account?.pin ?? decoyHash(this.#cost));
    if (!isRight || account?.isActive !== true)
      return { kind: 'refused', refusal: { code: 'wrong', attemptsLeft: left } };
    return { kind: 'signed-in', signedIn: await this.#keep(request, account, limits, at) };
  }

  async #count(
    tx: StoreTransaction,
    { handler }: SignInRequest,
    limits: readonly Limit[],
  ): Promise<
    | { readonly kind: 'wait'; readonly ms: number }
    | {
        readonly kind: 'counted';
        readonly account: Account | null;
        readonly at: Instant;
        readonly left: number;
      }
  > {
    const now = this.#clock.now();
    const counted: { readonly limit: Limit; readonly attempts: Attempts }[] = [];
    // Whoever must wait anyway is asked no further: a guess from there leaves no row of a desk or a number.
    for (const limit of limits) {
      const attempts = await tx.attempts(limit.key);
      const ms = waitOf(attempts, now);
      if (ms > 0) return { kind: 'wait', ms };
      counted.push({ limit, attempts: withWrong(attempts, limit.limit, now) });
    }
    for (const { limit, attempts } of counted) await tx.keepAttempts(limit.key, attempts, forgetAt(attempts));
    const left = Math.min(...counted.map(({ limit, attempts }) => attemptsLeft(attempts, limit.limit)));
    return { kind: 'counted', account: await tx.account(handler), at: now, left };
  }

  async #keep(
    { desk, handler }: SignInRequest,
    account: Account,
    limits: readonly Limit[],
    countedAt: Instant,
  ): Promise<SignedIn> {
    const token = this.#random(TOKEN_BYTES).toString('base64url');
    const now = this.#clock.now();
    const digest = tokenDigest(token);
    await this.#store.transact(async (tx) => {
      for (const { key, isTheirs } of limits) {
        if (isTheirs) await tx.dropAttempts(key);
        else {
          const attempts = withdrawn(await tx.attempts(key), countedAt);
          await tx.keepAttempts(key, attempts, forgetAt(attempts));
        }
      }
      await tx.keepSignIn({ digest, handler, desk, at: now, lastSeen: now, endedAt: null });
      await tx.putDeskStatus(desk, handler, null);
      const deskNumber = await tx.deskNumber(desk);
      await this.#audit(tx, { desk, deskNumber, handler }, 'sign-in');
    });
    return { token, person: personOf(account), until: later(now, SIGN_IN_HOLDS_MS) };
  }

  /** Ends the sign-in of a token (rule A-07). False when there is none of this token. */
  async signOff(token: string): Promise<boolean> {
    const digest = tokenDigest(token);
    const now = this.#clock.now();
    const ended = await this.#store.transact(async (tx) => {
      const standing = await tx.standing(digest);
      if (standing === null) return null;
      const { desk, handler, endedAt } = standing.signIn;
      if (endedAt !== null) return 'before';
      await tx.endSignIns({ digest }, now);
      await tx.putDeskStatus(desk, handler, null);
      const deskNumber = await tx.deskNumber(desk);
      await this.#audit(tx, { desk, deskNumber, handler }, 'sign-off');
      return { deskNumber };
    });
    if (ended !== null && ended !== 'before')
      this.statuses.emit({ deskNumber: ended.deskNumber, status: null, at: now });
    return ended !== null;
  }

  /** Throws away wrong PINs that count no more. */
  forgetWrongPins(): Promise<void> {
    return this.#store.transact((tx) => tx.dropAttemptsBefore(this.#clock.now()));
  }

  /**
   * Whose token HELLO carries, moved on to now; or why the link is closed (rules ). It ends what somebody else left behind
   * at this desk, but nothing that a link may be using, here or at another node.
   */
  async greet({ deskId, signIn }: Hello): Promise<Standing | HelloRefusal> {
    const digest = tokenDigest(signIn.token);
    const now = this.#clock.now();
    return this.#store.transact(async (tx) => {
      const standing = await tx.standing(digest);
      const isTheirs = standing?.signIn.desk === deskId && standing.signIn.handler === signIn.handler;
      if (standing === null || !isTheirs)
        return { code: closeCodes.signInNeeded, why: 'this desk has no sign-in here' };
      const lapse = lapseOf(standing, now);
      if (lapse !== null) return lapse;
      await tx.seeSignIn(digest, now);
      const seenBefore = later(now, -2 * SEEN_EVERY_MS);
      await tx.endSignIns({ desk: deskId, except: signIn.handler, seenBefore }, now);
      return standing;
    });
  }

  /** These sign-ins as they are now, whichever node or command has changed them. */
  standings(digests: readonly string[]): Promise<readonly Standing[]> {
    return this.#store.standings(digests);
  }

  /** Whether a token is one of a sign-in that holds now: what a desk may read besides its link asks for it. */
  async holds(token: string): Promise<boolean> {
    return (await this.whose(token)) !== null;
  }

  /** Who has signed in with a token, and where; `null` when it is of no sign-in that holds now. */
  async whose(token: string): Promise<{ readonly desk: DeskId; readonly handler: HandlerId } | null> {
    const [standing] = await this.standings([tokenDigest(token)]);
    if (standing === undefined || lapseOf(standing, this.#clock.now()) !== null) return null;
    const { desk, handler } = standing.signIn;
    return { desk, handler };
  }

  /** The desk is there with it: from now on it holds for twelve hours again (rule A-06). */
  seen(digest: string): Promise<void> {
    return this.#store.transact((tx) => tx.seeSignIn(digest, this.#clock.now()));
  }

  /** What the person at a desk is doing, the present alone: the audit would be a history of it (rule A-11). */
  async keepStatus({ desk, deskNumber, handler }: Actor, status: DeskStatus): Promise<void> {
    const told = toldToOthers(status);
    await this.#store.transact((tx) => tx.putDeskStatus(desk, handler, told));
    this.statuses.emit({ deskNumber, status: told, at: this.#clock.now() });
  }

  async #audit(
    tx: StoreTransaction,
    { desk, deskNumber, handler }: Actor,
    act: 'sign-in' | 'sign-off',
  ): Promise<void> {
    await tx.append(null, null, {
      at: this.#clock.now(),
      contact: null,
      desk,
      deskNumber,
      handler,
      source: null,
      act,
      outcome: 'applied',
      command: null,
      actDigest: digestOf({ act, desk, handler }),
    });
  }
}

/** Somebody with an account, as a desk shows them. */
export function personOf({ handler, name, role }: Account): Person {
  return { handler, name, role };
}

/** What WELCOME says of who is signed in (rule A-06). */
export function signedInAt({ account }: Standing, now: Instant): Welcome['signedIn'] {
  return { person: personOf(account), until: later(now, SIGN_IN_HOLDS_MS) };
}
