import { systemClock } from '../../src/platform/clock.ts';
import type { ChatAtQueue, OurLine, Parcel, QueueDoor } from '../../src/public/queue/queue-door.ts';

/** The control room's end of chats, by hand: what a queue's chat door says, without a desk. */
export class StandInChatDoor implements Pick<QueueDoor, 'chat'> {
  readonly #chats = new Map<
    string,
    { lines: OurLine[]; at: Omit<ChatAtQueue, 'lines' | 'stamp'>; n: number }
  >();
  readonly #waiting = new Set<() => void>();
  /** While true, nobody answers. */
  isAway = false;

  async chat(
    key: string,
    { after, since, waitMs }: { readonly after: number; readonly since: string; readonly waitMs: number },
    stop: AbortSignal,
  ): Promise<ChatAtQueue | 'unknown' | 'later'> {
    const deadline = systemClock.monotonic() + waitMs;
    while (true) {
      if (this.isAway) return 'later';
      const { lines, at, n } = this.#of(key);
      const fresh = lines.filter((line) => line.n > after);
      const left = deadline - systemClock.monotonic();
      if (fresh.length > 0 || since !== String(n) || left <= 0 || stop.aborted)
        return { ...at, lines: fresh, stamp: String(n) };
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
        stop.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** The handler writes a line; told twice it stands there once. */
  say(key: string, text: string, from: OurLine['from'] = 'handler'): void {
    const chat = this.#of(key);
    chat.lines.push({ n: chat.lines.length + 1, at: systemClock.now(), from, text, lang: null });
    this.#wake();
  }

  set(key: string, change: Partial<Omit<ChatAtQueue, 'lines' | 'stamp'>>): void {
    const chat = this.#of(key);
    chat.at = { ...chat.at, ...change };
    chat.n += 1;
    this.#wake();
  }

  #of(key: string) {
    const known = this.#chats.get(key);
    if (known !== undefined) return known;
    const made = {
      lines: [],
      at: { handler: 'waiting', position: 1, typing: false, ended: null } as const,
      n: 1,
    };
    this.#chats.set(key, made);
    return made as { lines: OurLine[]; at: Omit<ChatAtQueue, 'lines' | 'stamp'>; n: number };
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** A parcel's body as it was handed over. */
export const bodyOf = ({ body }: Parcel): Record<string, unknown> =>
  JSON.parse(body) as Record<string, unknown>;
