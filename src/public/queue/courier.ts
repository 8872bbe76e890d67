import type { Logger } from '../../platform/log.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import { Turns } from '../../shared/lib/turns.ts';
import { promised } from '../promised.ts';
import type { KeptParcels, ToKeep } from './kept-parcels.ts';
import type { Handed, Parcel, QueueDoor } from './queue-door.ts';

/** Requests at one moment: fewer than the queue takes at once, so that others come through too. */
const ON_THE_WIRE_LIMIT = 24;
/** Photos besides, as many as the queue takes in at once: they are long on their way, and no line of a chat stands behind them. */
const PHOTOS_LIMIT = 4;

export interface CourierOptions {
  readonly door: Pick<QueueDoor, 'hand'>;
  readonly kept: KeptParcels;
  readonly log: Logger;
  readonly pause: (ms: number, stop: AbortSignal) => Promise<void>;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** A parcel's fate, once there is one. */
export interface Settled {
  readonly parcel: Parcel;
  readonly handed: Exclude<Handed, { readonly kind: 'later' }>;
}

/**
 * Takes what is kept to the queue, each until the queue has said that it has it, those of one contact in their order (rule WP-11). What it
 * has not delivered when the program ends is delivered by the next one.
 */
export class Courier implements AsyncDisposable {
  readonly settled = new Emitter<Settled>();
  readonly #options: CourierOptions;
  readonly #stop = new AbortController();
  readonly #threads = new Map<string, Promise<void>>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #photos = new Turns({ atOnce: PHOTOS_LIMIT, waiting: Number.POSITIVE_INFINITY });
  /** In memory alone, because the disk would not take them. */
  readonly #unkept = new Map<string, Parcel>();
  #onTheWire = 0;
  readonly #slots: (() => void)[] = [];
  /** Whether the last try reached the queue. */
  #isThere = true;

  constructor(options: CourierOptions) {
    this.#options = options;
    for (const parcel of options.kept.waiting)
      if (options.kept.standing(parcel.key)?.kind === 'kept') this.#take(parcel);
  }

  /** False while the queue cannot be reached. */
  get reachesQueue(): boolean {
    return this.#isThere;
  }

  /** Keeps it and sends it. Resolves when it is kept: whatever happens to the queue now, it will come there. */
  async send(parcel: Parcel, code: string | null = null): Promise<void> {
    if ((await this.#options.kept.keep(parcel, code)) === 'new') this.#take(parcel);
  }

  /** As `send`, for what belongs together: all of it is kept, or none, and the first goes first. */
  async sendTogether(what: readonly ToKeep[]): Promise<void> {
    for (const parcel of await this.#options.kept.keepTogether(what)) this.#take(parcel);
  }

  /**
   * As `send`, for what is the last to be refused: a disk that does not take it is no reason not to tell. It is then in memory, is tried until the queue
   * has it, and is put on the disk as soon as that takes it.
   */
  async sendAnyway(parcel: Parcel): Promise<void> {
    try {
      await this.send(parcel);
    } catch {
      this.#options.log.error('something could not be kept on the disk; it is told from memory');
      if (this.#unkept.has(parcel.key)) return;
      this.#unkept.set(parcel.key, parcel);
      this.#take(parcel);
    }
  }

  /** Resolves when the parcel has a fate, or after `ms` without one. */
  async waitFor(key: string, ms: number): Promise<void> {
    if (this.#options.kept.standing(key)?.kind !== 'kept') return;
    const heard = promised();
    using _ = this.settled.subscribe(({ parcel }) => {
      if (parcel.key === key) heard.resolve();
    });
    await Promise.race([heard.promise, this.#options.pause(ms, this.#stop.signal)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
  }

  #take(parcel: Parcel): void {
    const thread = parcel.contact ?? parcel.key;
    const before = this.#threads.get(thread) ?? Promise.resolve();
    const work = before.then(() => this.#deliver(parcel));
    this.#threads.set(thread, work);
    this.#underWay.add(work);
    void work.finally(() => {
      this.#underWay.delete(work);
      if (this.#threads.get(thread) === work) this.#threads.delete(thread);
    });
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const { kept, log, pause, random } = this.#options;
    const { signal } = this.#stop;
    for (let tries = 1; !signal.aborted; tries += 1) {
      const handed = await this.#try(parcel);
      this.#isThere = handed.kind !== 'later';
      if (handed.kind === 'later') {
        await this.#keepUnkept();
        if (tries === 1) log.warn('the queue could not take something; it is kept', { why: handed.why });
        await pause(handed.afterMs + 50 + random() * Math.min(5_000, 200 * 2 ** Math.min(tries, 10)), signal);
        continue;
      }
      const isUnkept = this.#unkept.delete(parcel.key);
      if (handed.kind === 'received') await kept.received(parcel.key, handed.ref).catch(() => undefined);
      else {
        log.error('the queue would not take something; it stays kept', {
          why: handed.kind === 'closed' ? 'closed' : handed.why,
        });
        // A person must look at it: from memory it would be gone with this program.
        if (isUnkept) await kept.keep(parcel).catch(() => undefined);
        await kept.refused(parcel.key).catch(() => undefined);
      }
      this.settled.emit({ parcel, handed });
      return;
    }
  }

  /** What waits behind others of its contact too, in the order in which it came. */
  async #keepUnkept(): Promise<void> {
    for (const [key, parcel] of this.#unkept) {
      try {
        await this.#options.kept.keep(parcel);
      } catch {
        return;
      }
      this.#unkept.delete(key);
    }
  }

  async #try(parcel: Parcel): Promise<Handed> {
    const { door } = this.#options;
    const { signal } = this.#stop;
    if (parcel.photo !== undefined) return this.#photos.run('all', () => door.hand(parcel, signal));
    if (this.#onTheWire >= ON_THE_WIRE_LIMIT) await new Promise<void>((go) => this.#slots.push(go));
    else this.#onTheWire += 1;
    try {
      return await door.hand(parcel, signal);
    } finally {
      const next = this.#slots.shift();
      if (next === undefined) this.#onTheWire -= 1;
      else next();
    }
  }
}
