import { SIGN_IN_HOLDS_MS } from '../../shared/contract/sign-in.ts';
import type { Person } from '../../shared/contract/schemas.ts';
import type { HandlerId } from '../../shared/domain/ids.ts';
import { later, type Clock, type Instant } from '../../shared/domain/time.ts';
import type { SqliteFault } from '../../platform/sqlite.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { KnownPerson, PinHash } from '../cache/kept-session.ts';
import { attemptsLeft, noWrongPins, oneMoreWrong, waitMs } from './pin-limit.ts';
import type { PinHasher } from './pin-hash.ts';

export interface KnownPeopleOptions {
  readonly store: DeskStore;
  readonly clock: Clock;
  readonly pins: PinHasher;
  readonly guard: (work: () => void) => SqliteFault | null;
}

export type TriedPin =
  | { readonly kind: 'right'; readonly known: KnownPerson }
  | { readonly kind: 'wrong'; readonly attemptsLeft: number }
  | { readonly kind: 'too-many'; readonly retryAfterMs: number };

/** Those who have signed in at this desk, and may do so again without the queue for a while (rule A-06). */
export class KnownPeople {
  readonly #options: KnownPeopleOptions;
  /** What the disk would not take holds for this run. */
  #people: ReadonlyMap<HandlerId, KnownPerson>;

  constructor(options: KnownPeopleOptions) {
    this.#options = options;
    this.#people = new Map(options.store.people().map((known) => [known.person.handler, known]));
  }

  /** Whose time is not over. */
  now(): HandlerId[] {
    return [...this.#people.keys()].filter((handler) => this.find(handler) !== null);
  }

  find(handler: HandlerId): KnownPerson | null {
    const known = this.#people.get(handler);
    return known !== undefined && known.until > this.#options.clock.now() ? known : null;
  }

  /** Somebody has signed in at the queue: what is to be kept of them, with the session. */
  signedIn(person: Person, pin: PinHash): KnownPerson {
    const until = later(this.#options.clock.now(), SIGN_IN_HOLDS_MS);
    const known = { person, until, pin, wrong: noWrongPins };
    this.#people = new Map([...this.#people, [person.handler, known]]);
    return known;
  }

  /** The queue has seen them here: their time runs anew, and they are who it says they are. */
  extend(person: Person, until: Instant): void {
    const known = this.#people.get(person.handler);
    if (known !== undefined) this.#keep({ ...known, person, until });
  }

  forget(handler: HandlerId): void {
    this.#people = new Map([...this.#people].filter(([each]) => each !== handler));
    this.#options.guard(() => this.#options.store.forgetPerson(handler));
  }

  /** Whether it is the PIN with which they signed in here; counts nothing. */
  async isRight(handler: HandlerId, pin: string): Promise<boolean> {
    const known = this.#people.get(handler);
    return known !== undefined && (await this.#options.pins.isRight(pin, known.pin));
  }

  /**
   * Tries a PIN on what this desk knows. Counted as wrong before it is looked at, so that ending the program in between
   * wins no try.
   */
  async tryPin(handler: HandlerId, pin: string): Promise<TriedPin> {
    const known = this.#people.get(handler);
    if (known === undefined) return { kind: 'wrong', attemptsLeft: 0 };
    const now = this.#options.clock.now();
    const retryAfterMs = waitMs(known.wrong, now);
    if (retryAfterMs > 0) return { kind: 'too-many', retryAfterMs };
    const counted = { ...known, wrong: oneMoreWrong(known.wrong, now) };
    this.#keep(counted);
    if (!(await this.#options.pins.isRight(pin, known.pin)))
      return { kind: 'wrong', attemptsLeft: attemptsLeft(counted.wrong) };
    const right = { ...known, wrong: noWrongPins };
    this.#keep(right);
    return { kind: 'right', known: right };
  }

  #keep(known: KnownPerson): void {
    this.#people = new Map([...this.#people, [known.person.handler, known]]);
    this.#options.guard(() => this.#options.store.keepPerson(known));
  }
}
