import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

export interface SlowLimits {
  /** Bodies that are on their way from one address at a moment. A person’s is here in a second. */
  readonly ofAddress: number;
  /** Connections that have not asked for anything yet. */
  readonly silent: number;
}

/**
 * Who sends a little at a time, or nothing, to hold what others need (rule WP-66). Nobody new is turned away for it: where there are too many, the one that
 * has taken longest goes, and that is never a person’s.
 */
export class SlowSenders {
  readonly #limits: SlowLimits;
  readonly #bodies = new Map<string, Set<IncomingMessage>>();
  readonly #silent = new Set<Socket>();
  #dropped = 0;

  constructor(limits: SlowLimits) {
    this.#limits = limits;
  }

  /** Connections that were ended for it. */
  get dropped(): number {
    return this.#dropped;
  }

  /** A connection that has not asked for anything yet. */
  connected(socket: Socket): void {
    this.#silent.add(socket);
    socket.once('close', () => this.#silent.delete(socket));
    const [longest] = this.#silent;
    if (this.#silent.size > this.#limits.silent && longest !== undefined) this.#drop(longest);
  }

  /** Its first request has come. */
  asked(socket: Socket): void {
    this.#silent.delete(socket);
  }

  /** While a body is read. */
  reading(address: string, request: IncomingMessage): Disposable {
    const bodies = this.#bodies.get(address) ?? new Set();
    this.#bodies.set(address, bodies);
    bodies.add(request);
    const [longest] = bodies;
    if (bodies.size > this.#limits.ofAddress && longest !== undefined) {
      bodies.delete(longest);
      this.#drop(longest.socket);
    }
    return {
      [Symbol.dispose]: () => {
        bodies.delete(request);
        if (bodies.size === 0 && this.#bodies.get(address) === bodies) this.#bodies.delete(address);
      },
    };
  }

  #drop(socket: Socket): void {
    this.#dropped += 1;
    socket.destroy();
  }
}
