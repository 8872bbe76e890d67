import type { Logger } from '../../platform/log.ts';
import type { Clock } from '../../shared/domain/time.ts';
import type { Courier } from '../queue/courier.ts';
import { presenceParcel, type EndAtQueue, type Presence } from './chat-parcels.ts';
import type { ChatRoom } from './chat-room.ts';

/** Tells the control room of the person besides their words: that their page is gone, and how, or there again. */
export class PresenceTold {
  readonly #courier: Courier;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #newId: () => string;

  constructor(options: {
    readonly courier: Courier;
    readonly clock: Clock;
    readonly log: Logger;
    readonly newId: () => string;
  }) {
    this.#courier = options.courier;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#newId = options.newId;
  }

  /** Resolves when it is kept; rejects when it cannot be. */
  async left(room: ChatRoom, reason: EndAtQueue): Promise<void> {
    await this.#courier.send(this.#parcelOf(room, { kind: 'left', reason }));
  }

  /** Resolves when it is on its way, also where the disk has no room for it (rule WP-51). */
  async leftInAHurry(room: ChatRoom): Promise<void> {
    await this.#courier.sendAnyway(this.#parcelOf(room, { kind: 'left', reason: 'quick-exit' }));
  }

  /** What cannot be kept at this moment is told the next time it is looked for. */
  whetherGone(room: ChatRoom, isGone: boolean): void {
    room.isToldGone = isGone;
    room.changed();
    const presence: Presence = isGone ? { kind: 'left', reason: 'connection-lost' } : { kind: 'back' };
    this.#courier.send(this.#parcelOf(room, presence)).catch(() => {
      this.#log.error('whether a page is there could not be kept; it is told again');
      if (room.isToldGone !== isGone) return;
      room.isToldGone = !isGone;
      room.changed();
    });
  }

  #parcelOf(room: ChatRoom, presence: Presence) {
    return presenceParcel(room, `${presence.kind}-${this.#newId()}`, presence, this.#clock.now());
  }
}
