import type { Spot } from './workplace.ts';

/** The elements that keys move the focus to, and the one that a key has asked for before it was there. */
export class SpotElements extends Map<Spot, HTMLElement> {
  #awaited: { readonly spot: Spot; readonly come: (element: HTMLElement) => void } | null = null;

  override set(spot: Spot, element: HTMLElement): this {
    super.set(spot, element);
    const awaited = this.#awaited;
    if (awaited?.spot !== spot) return this;
    this.#awaited = null;
    awaited.come(element);
    return this;
  }

  /** Its code is still being fetched: calls back when it is there. Only the last that was asked for is waited for. */
  await(spot: Spot, come: (element: HTMLElement) => void): void {
    this.#awaited = { spot, come };
  }

  /** Nothing is waited for any more. */
  forget(): void {
    this.#awaited = null;
  }
}
