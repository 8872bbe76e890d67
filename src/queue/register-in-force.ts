import type { Logger } from '../platform/log.ts';
import type { Register } from '../shared/domain/assist/on-record.ts';
import type { MarkerKindsPolicy } from '../shared/domain/policy/markers.ts';
import { MINUTE, type Timers } from '../shared/domain/time.ts';
import { writtenAt } from './policy/load-policy.ts';
import { readRegister } from './register-files.ts';

/** How often the folder is looked at. Milliseconds. */
export const LOOK_EVERY_MS = MINUTE;

/**
 * What the force has on record, of a running queue: read at the start, and again when its files have changed, as policies are. A folder that cannot
 * be used is refused whole with its sentence in the log, and what is in force stays (rule AS-22).
 */
export class RegisterInForce implements Register, Disposable {
  readonly #folder: string;
  readonly #kinds: () => MarkerKindsPolicy;
  readonly #timers: Timers;
  readonly #log: Logger;
  #register: Register;
  /** How the files stood when they were last read, also if they were refused. */
  #seen: string;
  #next: Disposable;

  /** @throws Error with one sentence when the folder cannot be used: the queue does not start. */
  constructor(options: {
    readonly folder: string;
    /** The kinds of markers in force now. */
    readonly kinds: () => MarkerKindsPolicy;
    readonly timers: Timers;
    readonly log: Logger;
  }) {
    this.#folder = options.folder;
    this.#kinds = options.kinds;
    this.#timers = options.timers;
    this.#log = options.log;
    this.#seen = writtenAt(this.#folder);
    this.#register = readRegister(this.#folder, this.#kinds());
    this.#next = this.#look();
  }

  [Symbol.dispose](): void {
    this.#next[Symbol.dispose]();
  }

  get markers(): Register['markers'] {
    return this.#register.markers;
  }

  get plans(): Register['plans'] {
    return this.#register.plans;
  }

  /** Reads the files now, whether they look changed or not. */
  reread(): void {
    this.#seen = writtenAt(this.#folder);
    try {
      this.#register = readRegister(this.#folder, this.#kinds());
    } catch (error) {
      this.#log.error(`register refused: ${(error as Error).message}`);
      return;
    }
    const { markers, plans } = this.#register;
    this.#log.info('register in force', { markers: markers.length, plans: plans.length });
  }

  #look(): Disposable {
    return this.#timers.after(LOOK_EVERY_MS, () => {
      this.#next = this.#look();
      if (writtenAt(this.#folder) !== this.#seen) this.reread();
    });
  }
}
