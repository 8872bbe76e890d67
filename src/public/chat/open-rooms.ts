import { MINUTE, type Clock } from '../../shared/domain/time.ts';
import type { ChatRoom } from './chat-room.ts';
import type { KeptChat, KeptChats } from './kept-chats.ts';

/** A chat that nobody looks at is forgotten here after this; the control room has what was said. Milliseconds. */
export const FORGOTTEN_AFTER_MS = 60 * MINUTE;

/** The chats that are open, in memory and on the disk (rule WP-52). */
export class OpenRooms {
  readonly #chats: KeptChats;
  readonly #clock: Clock;
  readonly #rooms = new Map<string, ChatRoom>();
  /** Chats of an earlier run whose browser has not asked for them yet, by visit. */
  readonly #left = new Map<string, string>();

  constructor(options: { readonly chats: KeptChats; readonly clock: Clock }) {
    this.#chats = options.chats;
    this.#clock = options.clock;
  }

  get keys(): readonly string[] {
    return [...this.#rooms.keys()];
  }

  /** Those at this moment. */
  get all(): readonly ChatRoom[] {
    return [...this.#rooms.values()];
  }

  find(key: string | null): ChatRoom | null {
    return (key === null ? undefined : this.#rooms.get(key)) ?? null;
  }

  /** A chat that begins, by the token of its form. */
  add({ at, ...chat }: KeptChat, form: string): ChatRoom {
    const now = this.#clock.monotonic();
    const room: ChatRoom = {
      ...chat,
      form,
      presentAt: now,
      heardAt: now,
      writtenAt: at,
      streams: new Set(),
      changed: () => void this.keep(room),
    };
    this.#rooms.set(room.key, room);
    return room;
  }

  /**
   * The chats of an earlier run that are not too old. Their browsers may still be there: as long as one is not, it is away from now on, and the handler
   * is told in its time.
   */
  goOn(): readonly ChatRoom[] {
    return this.#chats.chats.flatMap((chat) => {
      if (this.#clock.now() - chat.at > FORGOTTEN_AFTER_MS) {
        this.#chats.forget(chat.key);
        return [];
      }
      const room = this.add(chat, '');
      room.standing = { ...room.standing, typing: false };
      this.#left.set(chat.visit, chat.key);
      return [room];
    });
  }

  /** The key of an earlier run's chat of this visit; once. `null`: there is none. */
  takeLeft(visit: string): string | null {
    const key = this.#left.get(visit) ?? null;
    this.#left.delete(visit);
    return key;
  }

  /** Writes it down as it stands, unless it was forgotten. */
  async keep(room: ChatRoom): Promise<void> {
    if (this.#rooms.get(room.key) !== room) return;
    room.writtenAt = this.#clock.now();
    const {
      presentAt: _,
      heardAt: __,
      streams: ___,
      changed: ____,
      form: _____,
      writtenAt: at,
      ...chat
    } = room;
    await this.#chats.keep({ ...chat, at });
  }

  /** Gone from memory and from the disk; whoever follows it is told nothing more. */
  forget(room: ChatRoom): void {
    this.#rooms.delete(room.key);
    this.#chats.forget(room.key);
    for (const stream of room.streams) stream.end();
  }
}
