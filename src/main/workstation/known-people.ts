import { SIGN_IN_HOLDS_MS } from '../../shared/contract/sign-in.ts';
import type { Person } from '../../shared/contract/schemas.ts';
import type { HandlerId } from '../../shared/domain/ids.ts';
import { later, SECOND, type Instant } from '../../shared/domain/time.ts';
import type { SqliteFault } from '../../platform/sqlite.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { KnownPerson, PinHash } from '../cache/kept-session.ts';
import { attemptsLeft, noWrongPins, oneMoreWrong, waitMs } from './pin-limit.ts';
import type { PinHasher } from './pin-hash.ts';
import type { SteadyClock } from './steady-clock.ts';

/** How long somebody waits whose try could not be counted. Milliseconds. */
const NOT_COUNTED_MS = 30 * SECOND;

export interface KnownPeopleOptions {
  readonly store: DeskStore;
  /** Nobody gains tries or time by setting the desk's clock. */
  readonly clock: SteadyClock;
  readonly pins: PinHasher;
  readonly guard: (work: () => void) => SqliteFault | null;
  /** The same, and gives up the reserve for it: who cannot come in sees no emergency (rule S-14). */
  readonly guardUrgent: (work: () => void) => SqliteFault | null;
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
  /** Until when a wait of this run lasts by the monotonic clock, which nobody can set forward either. */
  readonly #waits = new Map<HandlerId, number>();

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
    this.#know(known);
    this.#waits.delete(person.handler);
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
   * wins no try; where it cannot be counted it is not looked at, for the same reason.
   */
  async tryPin(handler: HandlerId, pin: string): Promise<TriedPin> {
    const known = this.#people.get(handler);
    if (known === undefined) return { kind: 'wrong', attemptsLeft: 0 };
    const { clock, guardUrgent, store } = this.#options;
    const now = clock.now();
    const leftMs = (this.#waits.get(handler) ?? 0) - clock.monotonic();
    const retryAfterMs = Math.max(waitMs(known.wrong, now), Math.ceil(leftMs));
    if (retryAfterMs > 0) return { kind: 'too-many', retryAfterMs };
    const counted = { ...known, wrong: oneMoreWrong(known.wrong, now) };
    if (guardUrgent(() => store.keepPerson(counted)) !== null)
      return { kind: 'too-many', retryAfterMs: NOT_COUNTED_MS };
    this.#know(counted);
    this.#waits.set(handler, clock.monotonic() + waitMs(counted.wrong, now));
    if (!(await this.#options.pins.isRight(pin, known.pin)))
      return { kind: 'wrong', attemptsLeft: attemptsLeft(counted.wrong) };
    const right = { ...known, wrong: noWrongPins };
    this.#waits.delete(handler);
    this.#keep(right);
    return { kind: 'right', known: right };
  }

  #know(known: KnownPerson): void {
    this.#people = new Map([...this.#people, [known.person.handler, known]]);
  }

  #keep(known: KnownPerson): void {
    this.#know(known);
    this.#options.guard(() => this.#options.store.keepPerson(known));
  }
}
