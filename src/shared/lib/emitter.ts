/** A typed list of listeners. Subscribing returns a `Disposable`: register it the moment it is made. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  subscribe(listener: (value: T) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** Calls each listener in the order of subscription, in this turn. */
  emit(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  /** How many listen: suites that open things assert that this ends at 0. */
  get size(): number {
    return this.#listeners.size;
  }
}
