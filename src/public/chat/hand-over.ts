import type { Logger } from '../../platform/log.ts';
import type { Clock } from '../../shared/domain/time.ts';
import type { Courier } from '../queue/courier.ts';
import type { Parcel } from '../queue/queue-door.ts';
import { accountOf, handOverParcels } from './chat-parcels.ts';
import { setStanding, type ChatRoom } from './chat-room.ts';
import type { FirstTierKnowledge } from './first-tier.ts';

export interface HandOverOptions {
  readonly courier: Courier;
  readonly knowledge: FirstTierKnowledge;
  readonly clock: Clock;
  readonly log: Logger;
  readonly languageName: (tag: string) => string | null;
}

/** Gives a chat to the control room, whole and in its order (rule WP-42). What that has of it already is the same again, and makes nothing twice. */
export class HandOver {
  readonly #options: HandOverOptions;

  constructor(options: HandOverOptions) {
    this.#options = options;
  }

  /** Resolves when it is kept; rejects when it cannot be. */
  async run(room: ChatRoom, { lookFirst }: { readonly lookFirst: boolean }): Promise<void> {
    const { courier, log } = this.#options;
    const parcels = this.#parcelsOf(room, { lookFirst });
    setStanding(room, { stage: 'handed', choices: [] });
    for (const parcel of parcels) await courier.send(parcel);
    setStanding(room, { keptUpTo: room.entries.at(-1)?.s ?? 0, queueAway: !courier.reachesQueue });
    log.info('a chat was handed over', { lookFirst, lines: room.entries.length });
  }

  /**
   * Of whoever has left in a hurry: to be looked at first, and told also where the disk has no room for it (rule WP-51). What was handed over is among it:
   * its beginning may still be on its way to the disk, or may not have come there.
   */
  async anyway(room: ChatRoom): Promise<void> {
    const { courier } = this.#options;
    await Promise.all(this.#parcelsOf(room, { lookFirst: true }).map((each) => courier.sendAnyway(each)));
  }

  #parcelsOf(room: ChatRoom, { lookFirst }: { readonly lookFirst: boolean }): readonly Parcel[] {
    const { clock, knowledge, languageName } = this.#options;
    const { tier } = room;
    const card = tier.kind === 'check' || tier.kind === 'answered' ? tier.card : null;
    const topic = knowledge.signposts.find(({ id }) => id === card)?.title ?? null;
    const language = room.language === null ? null : (languageName(room.language) ?? room.language);
    return handOverParcels(room, { topic, lookFirst, at: clock.now(), languageName: language });
  }
}

/** The queue has this part of a chat. */
export function noteReceived(room: ChatRoom, parcel: Parcel): void {
  setStanding(room, {
    receivedUpTo: Math.max(room.standing.receivedUpTo, lineOf(room, parcel)),
    queueAway: false,
  });
}

/** The queue will not have it. */
export function noteNotTaken(room: ChatRoom, parcel: Parcel): void {
  const s = lineOf(room, parcel);
  if (s > 0 && room.standing.notTakenFrom === null) setStanding(room, { notTakenFrom: s });
}

/** The line of the person that went with a parcel; 0 for none. */
function lineOf(room: ChatRoom, parcel: Parcel): number {
  if (parcel.contact === null) return accountOf(room)?.s ?? 0;
  return room.entries.find(({ id }) => parcel.key === `${room.key}-line-${id}`)?.s ?? 0;
}
