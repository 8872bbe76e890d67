import type { DownFrame } from '../shared/contract/queue-link.ts';
import { closeCodes } from '../shared/contract/queue-link.ts';

/** The wire to one desk, as the session needs it; `server.ts` makes one of a websocket. */
export interface DeskSocket {
  /** `flushed` is called when the operating system has the bytes, or the socket is gone. */
  send(text: string, flushed?: () => void): void;
  /** Ends the link with a close code and a reason of at most 123 bytes. */
  close(code: number, reason: string): void;
  /** Bytes given to `send` that the operating system does not have yet. */
  readonly bufferedAmount: number;
}

/** What may wait in memory for one desk; beyond it the desk is too slow and comes back later. Bytes. */
export const DESK_QUEUE_LIMIT = 1024 * 1024;
/** How far a replay or snapshot may run ahead of what the desk has taken in. Bytes. */
export const BULK_WINDOW = 256 * 1024;

/**
 * Everything that goes to one desk. Two lanes on one socket: what must go now goes at once; bulk (replay, snapshot, answers)
 * waits for the desk's credit, for its own last frame to leave, and for a turn of the event loop, so that at most one
 * bulk frame ever stands between a flash and the wire (rule L-09).
 */
export class DeskOutlet {
  readonly #socket: DeskSocket;
  readonly #nextTurn: () => Promise<void>;
  #credit = BULK_WINDOW;
  #waiting: (() => void)[] = [];
  #isClosed = false;

  constructor(socket: DeskSocket, nextTurn: () => Promise<void>) {
    this.#socket = socket;
    this.#nextTurn = nextTurn;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends in this turn. A desk that has let more than its share pile up is closed instead. */
  now(text: string): void {
    if (this.#isClosed) return;
    if (this.#socket.bufferedAmount + Buffer.byteLength(text) > DESK_QUEUE_LIMIT) {
      this.close(closeCodes.tooSlow, 'too much is waiting for this desk');
      return;
    }
    this.#socket.send(text);
  }

  frame(frame: DownFrame): void {
    this.now(JSON.stringify(frame));
  }

  /** Sends when the wire is free. Does not use credit: for flashes beyond what WELCOME carries. */
  async paced(text: string): Promise<void> {
    if (this.#isClosed) return;
    await new Promise<void>((resolve) => this.#socket.send(text, resolve));
    await this.#nextTurn();
  }

  /** Sends when the desk's credit allows and the wire is free. Resolves without sending once closed. */
  async bulk(text: string): Promise<void> {
    while (this.#credit <= 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#credit -= Buffer.byteLength(text);
    await this.paced(text);
  }

  /** The desk has taken in so many bytes of events and snapshot. Never raises the credit above the first window. */
  grant(bytes: number): void {
    this.#credit = Math.min(BULK_WINDOW, this.#credit + bytes);
    this.#wakeBulk();
  }

  close(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.ended();
    this.#socket.close(code, shortened(reason));
  }

  /** The socket is gone: nothing more is sent, and nobody waits for credit. */
  ended(): void {
    this.#isClosed = true;
    this.#wakeBulk();
  }

  #wakeBulk(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}

/** A websocket's close reason has room for 123 bytes of UTF-8. */
function shortened(reason: string): string {
  let text = reason;
  while (Buffer.byteLength(text) > 123) text = text.slice(0, -1);
  return text;
}
