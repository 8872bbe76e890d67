import type { Logger } from '../../platform/log.ts';
import { MINUTE, SECOND, type Clock } from '../../shared/domain/time.ts';
import type { ChatAtQueue, QueueDoor } from '../queue/queue-door.ts';
import { addEntry, setStanding, type ChatEnded, type ChatRoom } from './chat-room.ts';

/** How long the queue may hold a question open. Milliseconds. */
const WAIT_MS = 25 * SECOND;
/** Nobody has looked for so long: the queue is asked again when somebody does. Milliseconds. */
const UNWATCHED_MS = 3 * MINUTE;

/** Brings what the control room writes to the chats of people who look, by asking the queue again and again. */
export class ChatPump implements Disposable {
  readonly #door: QueueDoor;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #pause: (ms: number, stop: AbortSignal) => Promise<void>;
  readonly #running = new Map<string, AbortController>();

  constructor(options: {
    readonly door: QueueDoor;
    readonly clock: Clock;
    readonly log: Logger;
    readonly pause: (ms: number, stop: AbortSignal) => Promise<void>;
  }) {
    this.#door = options.door;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#pause = options.pause;
  }

  /** Begins to ask, unless it does. `ended`: called once when the control room has ended the chat. */
  run(room: ChatRoom, ended: (how: ChatEnded) => void): void {
    if (this.#running.has(room.key) || room.standing.stage !== 'handed') return;
    const stop = new AbortController();
    this.#running.set(room.key, stop);
    void this.#ask(room, stop.signal, ended)
      .catch(() => this.#log.error('a chat could not be followed'))
      .finally(() => {
        if (this.#running.get(room.key) === stop) this.#running.delete(room.key);
      });
  }

  stop({ key }: ChatRoom): void {
    this.#running.get(key)?.abort();
    this.#running.delete(key);
  }

  [Symbol.dispose](): void {
    for (const stop of this.#running.values()) stop.abort();
    this.#running.clear();
  }

  async #ask(room: ChatRoom, stop: AbortSignal, ended: (how: ChatEnded) => void): Promise<void> {
    let waitMs = 0;
    let since = '';
    let failures = 0;
    while (!stop.aborted && this.#isWatched(room)) {
      const answer = await this.#door.chat(room.key, { after: room.lastFromQueue, since, waitMs }, stop);
      if (stop.aborted) return;
      if (answer === 'later' || answer === 'unknown') {
        failures += 1;
        // Unknown: it has not come there yet, or an older queue has no such door. Only silence says that the queue is away.
        if (answer === 'later' && failures > 1) setStanding(room, { queueAway: true });
        await this.#pause(Math.min(5 * SECOND, 250 * 2 ** Math.min(failures, 5)), stop);
        waitMs = 0;
        continue;
      }
      failures = 0;
      waitMs = WAIT_MS;
      since = answer.stamp;
      if (this.#take(room, answer)) return ended('by-us');
    }
  }

  #isWatched({ streams, presentAt }: ChatRoom): boolean {
    return streams.size > 0 || this.#clock.monotonic() - presentAt < UNWATCHED_MS;
  }

  /** Whether it is over. */
  #take(room: ChatRoom, { lines, handler, position, typing, ended }: ChatAtQueue): boolean {
    for (const { n, at, from, text, lang } of lines) {
      // Numbered without gaps: what is further on than the next is asked for again.
      if (n !== room.lastFromQueue + 1) continue;
      room.lastFromQueue = n;
      addEntry(room, { id: `q${n}`, from, text, at, lang });
    }
    const answered = room.entries.findLast(({ from }) => from === 'handler')?.s ?? 0;
    const lastAnswered = room.entries.findLast(({ from, s }) => from === 'public' && s < answered);
    setStanding(room, {
      handler,
      before: handler === 'waiting' && position !== null ? Math.max(0, position - 1) : null,
      typing,
      queueAway: false,
      answeredUpTo: lastAnswered?.s ?? 0,
    });
    return ended !== null;
  }
}
