import type { Instant } from '../../../shared/domain/time.ts';
import { extensionStates, type ExtensionState } from './telephony-event.ts';

/** So many telephones are remembered; of more, those told of longest ago are forgotten. */
const REMEMBERED = 2_000;

/** How many telephones are in each state; one that nobody has spoken of since the queue began is in none. */
export type ExtensionCounts = Readonly<Record<ExtensionState, number>>;

/**
 * What the telephones are doing, as their exchanges said last (rule TE-08). In memory of this node alone: it is for watchers, and
 * nothing is decided by it.
 */
export class Extensions {
  readonly #last = new Map<string, { readonly state: ExtensionState; readonly at: Instant }>();

  /** Takes a state, unless a newer one is known. */
  tell(source: string, extension: string, state: ExtensionState, at: Instant): void {
    const key = `${source}\n${extension}`;
    const known = this.#last.get(key);
    if (known !== undefined && known.at > at) return;
    // Put at the end again, so that the first one is always that of longest ago.
    this.#last.delete(key);
    this.#last.set(key, { state, at });
    const [first] = this.#last.keys();
    if (this.#last.size > REMEMBERED && first !== undefined) this.#last.delete(first);
  }

  counts(): ExtensionCounts {
    const counts = Object.fromEntries(extensionStates.map((state) => [state, 0])) as Record<
      ExtensionState,
      number
    >;
    for (const { state } of this.#last.values()) counts[state] += 1;
    return counts;
  }
}
