import type { Welcome } from '../../shared/contract/queue-link.ts';
import type { Realm } from '../../shared/contract/realm.ts';
import { SIGN_IN_HOLDS_MS, type SignedIn } from '../../shared/contract/sign-in.ts';
import type { Person } from '../../shared/contract/schemas.ts';
import type { Input, Output, SessionState } from '../../shared/contract/workstation.ts';
import type { DeskStatus } from '../../shared/domain/desk-status.ts';
import type { DeskId, HandlerId } from '../../shared/domain/ids.ts';
import { asInstant, later, MINUTE, type Clock, type Instant, type Timers } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { SqliteFault } from '../../platform/sqlite.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import { type KeptSession, type KeptSignIn, type KnownPerson } from '../cache/kept-session.ts';
import { KnownPeople } from './known-people.ts';
import type { PinHasher } from './pin-hash.ts';
import type { Presence } from './request-access.ts';
import { SignInDoor } from './sign-in.ts';
import type { SignInClient } from './sign-in-client.ts';
import { SteadyClock } from './steady-clock.ts';

/** A program that was closed for longer comes up locked (rule A-09). Milliseconds. */
export const IDLE_MS = 10 * MINUTE;
/** The last request of the window, and the end of the sign-in, are written down this precisely. Milliseconds. */
const PRECISION_MS = MINUTE;
/** A queue that greets but does not sign in is asked again after so long. Milliseconds. */
const ASK_AGAIN_MS = 5_000;

/**
 * What has changed about who works here. `renewed`: the same person with another token: the link is to begin again.
 */
export type SessionChange =
  'signed-in' | 'signed-out' | 'locked' | 'unlocked' | 'status' | 'renewed' | 'person';

export interface SessionOptions {
  readonly deskId: DeskId;
  readonly realm: Realm;
  readonly store: DeskStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly pins: PinHasher;
  /** Where to sign in; `null` when there is no queue to ask. */
  readonly client: SignInClient | null;
  /** The queue's address as it was typed, for the handler to read. */
  readonly address: string | null;
  readonly demo: Extract<SessionState, { kind: 'signed-out' }>['demo'];
  /** Runs what may meet a bad disk; what the disk refused has been told. */
  readonly guard: (work: () => void) => SqliteFault | null;
  /** The same, and gives up the reserve for it when the disk is full (rule S-14). */
  readonly guardUrgent: (work: () => void) => SqliteFault | null;
  readonly onChanged: (change: SessionChange) => void;
}

/**
 * Who works at this desk, across restarts: signing in at the queue or by what the desk knows of the person, the lock, and
 * the end (rules ). Everything else of the desk asks it who is there.
 */
export class Session implements Disposable {
  readonly #options: SessionOptions;
  /** How long a sign-in holds is judged by it; what the handler is shown is by the desk's clock. */
  readonly #steady: SteadyClock;
  readonly #people: KnownPeople;
  readonly #door: SignInDoor;
  #kept: KeptSession;
  /** Of somebody who signed in without the queue, until the queue has given a token for it. Never kept. */
  #pin: string | null = null;
  /** One PIN at a time: two tries at once would be counted as one. */
  #lastTry: Promise<unknown> = Promise.resolve();
  #seenAt: Instant | null;
  #end: Disposable | null = null;
  #askAgain: Disposable | null = null;
  #isOver = false;

  constructor(options: SessionOptions) {
    const { store, clock } = options;
    this.#options = options;
    this.#steady = new SteadyClock(options);
    this.#people = new KnownPeople({ ...options, clock: this.#steady });
    this.#door = new SignInDoor({ ...options, people: this.#people });
    this.#kept = store.session();
    this.#seenAt = store.seenAt();
    if (this.#kept.kind === 'signed-out') return;
    if (this.#kept.until <= this.#steady.now()) this.#keep(signedOut(this.#kept, 'expired'));
    else if (this.#seenAt !== null && Math.abs(clock.now() - this.#seenAt) > IDLE_MS)
      this.#keep(this.#locked(this.#kept));
    this.#watchEnd();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#steady[Symbol.dispose]();
    this.#end?.[Symbol.dispose]();
    this.#askAgain?.[Symbol.dispose]();
    this.#pin = null;
  }

  get presence(): Presence {
    if (this.#kept.kind === 'signed-out') return 'nobody';
    return this.#kept.locked ? 'locked' : 'there';
  }

  get person(): Person | null {
    return this.#kept.kind === 'signed-in' ? this.#kept.person : null;
  }

  /** Whether the last one here signed off: nothing of the work is needed any more (rule A-07). */
  get isSignedOff(): boolean {
    return this.#kept.kind === 'signed-out' && this.#kept.because === null && this.#kept.last !== null;
  }

  /** Whose half-typed words come from the window: who is signed in, or was until a moment ago. */
  get writer(): HandlerId | null {
    return this.#kept.kind === 'signed-in' ? this.#kept.person.handler : this.#kept.last;
  }

  get status(): DeskStatus | null {
    return this.#kept.kind === 'signed-in' ? this.#kept.status : null;
  }

  /** What HELLO carries; `null` while nobody is signed in. A sign-in without the queue has no token yet, and is asked for one. */
  get signIn(): { readonly handler: HandlerId; readonly token: string } | null {
    if (this.#kept.kind === 'signed-out') return null;
    return { handler: this.#kept.person.handler, token: this.#kept.token ?? '' };
  }

  /** The session as the window shows it. */
  state(unsent: number): SessionState {
    const kept = this.#kept;
    if (kept.kind === 'signed-out') {
      const { demo } = this.#options;
      return {
        kind: 'signed-out',
        because: kept.because,
        knownHere: this.#people.now(),
        unsent,
        demo: [...demo],
      };
    }
    return { kind: 'signed-in', person: kept.person, locked: kept.locked, until: kept.until };
  }

  /** The window has asked for something: somebody may be there. */
  seen(): void {
    const now = this.#options.clock.now();
    if (this.#seenAt !== null && Math.abs(now - this.#seenAt) < PRECISION_MS) return;
    this.#seenAt = now;
    this.#options.guard(() => this.#options.store.keepSeenAt(now));
  }

  signInHere(input: Input<'session.sign-in'>): Promise<Output<'session.sign-in'>> {
    return this.#oneAtATime(() => this.#signIn(input));
  }

  async #signIn({ handler, pin }: Input<'session.sign-in'>): Promise<Output<'session.sign-in'>> {
    if (this.#kept.kind === 'signed-in') {
      if (this.#kept.person.handler === handler.trim()) return { kind: 'signed-in' };
      throw new Error('somebody else is signed in here');
    }
    const outcome = await this.#door.comeIn({ handler, pin });
    if (outcome.kind === 'told') return outcome.answer;
    const { known, token } = outcome;
    this.#pin = token === null ? pin : null;
    return this.#begin(known, token);
  }

  #begin(known: KnownPerson, token: string | null): Output<'session.sign-in'> {
    if (this.#isOver) throw new Error('the desk was stopped');
    const { store, clock, guardUrgent, onChanged } = this.#options;
    const { person, until } = known;
    const status = { kind: 'available', reason: null, since: clock.now() } as const;
    const next: KeptSession = {
      kind: 'signed-in',
      person,
      token,
      until,
      locked: false,
      status,
      statusBefore: null,
    };
    const fault = guardUrgent(() => store.keepSignIn(next, known));
    // A chair with a full disk still sees every emergency: the sign-in holds for this run, and what the disk refused has
    // been told. A broken file ends the run.
    if (fault?.kind === 'damaged' || fault?.kind === 'not-this-key')
      return { kind: 'not-kept', code: fault.kind };
    this.#kept = next;
    this.#seenAt = null;
    this.seen();
    this.#watchEnd();
    onChanged('signed-in');
    return { kind: 'signed-in' };
  }

  /** Ends the session here; what it means for contacts and link is the workstation's. The token is ended as far as the queue can be reached. */
  signOff(): void {
    if (this.#kept.kind === 'signed-out') return;
    const { token } = this.#kept;
    // Best effort: a token that is not ended runs out by itself (rule A-07).
    if (token !== null) void this.#options.client?.signOff(token);
    this.#leave(null);
  }

  /** The queue does not take this sign-in any more: its time is over, or somebody ended it (rules ). */
  refusedByQueue(because: 'expired' | 'revoked'): void {
    if (this.#kept.kind === 'signed-out') return;
    const { handler } = this.#kept.person;
    if (because === 'revoked') this.#people.forget(handler);
    else if (this.#pin !== null) return void this.#oneAtATime(() => this.#renew());
    this.#leave(because);
  }

  /** Somebody who signed in without the queue gets their token when it is back, without being asked again. */
  async #renew(): Promise<void> {
    const pin = this.#pin;
    if (this.#kept.kind === 'signed-out' || pin === null) return;
    const reply = await this.#door.ask(this.#kept.person.handler, pin);
    if (this.#isOver || this.#kept.kind !== 'signed-in') return;
    if (reply.kind === 'signed-in') {
      this.#pin = null;
      this.#keep({ ...this.#kept, ...freshly(reply.signedIn, this.#steady.now()) });
      return this.#options.onChanged('renewed');
    }
    if (reply.kind === 'refused' && reply.refusal.code !== 'too-many') return this.#leave('expired');
    this.#askAgain = this.#options.timers.after(ASK_AGAIN_MS, () => this.#options.onChanged('renewed'));
  }

  /** The queue has greeted this desk: the role in force, and a new twelve hours (rules ). */
  greeted({ signedIn, serverTime }: Pick<Welcome, 'signedIn' | 'serverTime'>): void {
    if (this.#kept.kind === 'signed-out') return;
    this.#pin = null;
    const now = this.#steady.now();
    // By this desk's clock: the queue's instants are its own (rule L-17).
    const until = asInstant(now + Math.max(0, signedIn.until - serverTime));
    const before = this.#kept.person;
    const { person } = signedIn;
    this.#keep({ ...this.#kept, person, until });
    this.#people.extend(person, until);
    this.#watchEnd();
    if (before.role !== person.role || before.name !== person.name) this.#options.onChanged('person');
  }

  /** The link stands: the queue sees the desk with this sign-in. */
  heard(): void {
    if (this.#kept.kind === 'signed-out') return;
    const until = later(this.#steady.now(), SIGN_IN_HOLDS_MS);
    if (until - this.#kept.until < PRECISION_MS) return;
    this.#keep({ ...this.#kept, until });
    this.#people.extend(this.#kept.person, until);
    this.#watchEnd();
  }

  lock(): void {
    if (this.#kept.kind === 'signed-out' || this.#kept.locked) return;
    this.#keep(this.#locked(this.#kept));
    this.#options.onChanged('locked');
  }

  unlock({ pin }: Input<'session.unlock'>): Promise<Output<'session.unlock'>> {
    return this.#oneAtATime(async () => {
      const { person } = this;
      if (person === null) throw new Error('nobody is signed in');
      const tried = await this.#people.tryPin(person.handler, pin);
      if (tried.kind !== 'right') return tried;
      if (this.#kept.kind === 'signed-out' || !this.#kept.locked) return { kind: 'unlocked' };
      const { statusBefore, status } = this.#kept;
      const now = this.#options.clock.now();
      const back = statusBefore === null ? status : { ...statusBefore, since: now };
      this.#keep({ ...this.#kept, locked: false, status: back, statusBefore: null });
      this.#options.onChanged('unlocked');
      return { kind: 'unlocked' };
    });
  }

  /** Said by the handler, also behind the lock: then it stays when the lock is gone (rules ). */
  setStatus(status: DeskStatus): void {
    if (this.#kept.kind === 'signed-out') return;
    this.#keep({ ...this.#kept, status, statusBefore: null });
    this.#options.onChanged('status');
  }

  #locked(kept: KeptSignIn): KeptSignIn {
    const since = this.#options.clock.now();
    const away: DeskStatus = { kind: 'away', reason: 'locked', since };
    return kept.locked ? kept : { ...kept, locked: true, status: away, statusBefore: kept.status };
  }

  #leave(because: 'expired' | 'revoked' | null): void {
    if (this.#kept.kind === 'signed-out') return;
    this.#pin = null;
    this.#end?.[Symbol.dispose]();
    this.#askAgain?.[Symbol.dispose]();
    this.#keep(signedOut(this.#kept, because));
    this.#options.onChanged('signed-out');
  }

  /** What the disk refuses is told, and holds for this run. */
  #keep(next: KeptSession): void {
    this.#kept = next;
    this.#options.guard(() => this.#options.store.keepSession(next));
  }

  /** One timer at the end of the sign-in; when it fires, what was heard meanwhile has moved it on. */
  #watchEnd(): void {
    this.#end?.[Symbol.dispose]();
    this.#end = null;
    if (this.#kept.kind === 'signed-out') return;
    const { timers } = this.#options;
    const leftMs = this.#kept.until - this.#steady.now();
    if (leftMs <= 0) return this.#leave('expired');
    this.#end = timers.after(leftMs, () => this.#watchEnd());
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#lastTry.then(work);
    this.#lastTry = mine.catch(() => undefined);
    return mine;
  }
}

const signedOut = (kept: KeptSignIn, because: 'expired' | 'revoked' | null): KeptSession => ({
  kind: 'signed-out',
  because,
  last: kept.person.handler,
});

/** What a sign-in at the queue changes about a session that goes on. */
const freshly = ({ person, token }: SignedIn, now: Instant) => ({
  person,
  token: must(token, 'token'),
  until: later(now, SIGN_IN_HOLDS_MS),
});
