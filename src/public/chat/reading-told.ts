import { SECOND } from '../../shared/domain/time.ts';
import type { Parcel, QueueDoor } from '../queue/queue-door.ts';

/** How far our lines have come: into the person's browser, or before their eyes. */
type Reach = 'delivered' | 'seen';

/** After so many tries in vain it is left to the next line, and to the page that comes back: both tell it again. */
const MOST_TRIES = 40;
const PATIENCE_MS = 10 * SECOND;

/**
 * Tells the control room how far the person has got our lines and has read them (rule CH-03), until it has been taken. Each step goes under a
 * name of its own and with the same words at every try, so that however often it is sent it is one fact; what is further on replaces what waits.
 */
export class ReadingTold implements Disposable {
  readonly #door: Pick<QueueDoor, 'hand'>;
  readonly #pause: (ms: number, stop: AbortSignal) => Promise<void>;
  readonly #chats = new Map<
    string,
    { readonly stop: AbortController; readonly wanted: Map<Reach, number>; readonly told: Map<Reach, number> }
  >();

  constructor(options: {
    readonly door: Pick<QueueDoor, 'hand'>;
    readonly pause: (ms: number, stop: AbortSignal) => Promise<void>;
  }) {
    this.#door = options.door;
    this.#pause = options.pause;
  }

  tell(chat: string, upTo: number, how: Reach): void {
    const known = this.#chats.get(chat);
    const about = known ?? { stop: new AbortController(), wanted: new Map(), told: new Map() };
    this.#chats.set(chat, about);
    const isUnderWay = about.wanted.has(how);
    if (upTo <= Math.max(about.wanted.get(how) ?? 0, about.told.get(how) ?? 0)) return;
    about.wanted.set(how, upTo);
    if (!isUnderWay) void this.#tellOn(chat, how);
  }

  stop(chat: string): void {
    this.#chats.get(chat)?.stop.abort();
    this.#chats.delete(chat);
  }

  [Symbol.dispose](): void {
    for (const chat of this.#chats.keys()) this.stop(chat);
  }

  async #tellOn(chat: string, how: Reach): Promise<void> {
    const about = this.#chats.get(chat);
    if (about === undefined) return;
    const { signal } = about.stop;
    for (let tries = 1; tries <= MOST_TRIES && !signal.aborted; tries += 1) {
      const upTo = about.wanted.get(how) ?? 0;
      const parcel: Parcel = {
        key: `${chat}-${how}-${upTo}`,
        contact: chat,
        body: JSON.stringify({ kind: 'seen', upTo, how }),
      };
      const handed = await this.#door.hand(
        parcel,
        AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      );
      if (handed.kind === 'later') {
        await this.#pause(handed.afterMs + Math.min(10_000, 250 * 2 ** Math.min(tries, 6)), signal);
        continue;
      }
      // Refused for good, or the contact is closed: there is nobody to tell.
      about.told.set(how, upTo);
      if (about.wanted.get(how) === upTo) break;
      tries = 0;
    }
    about.wanted.delete(how);
  }
}
