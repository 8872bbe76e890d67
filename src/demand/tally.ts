import type { Channel } from '../shared/domain/channel.ts';

/** What became of things handed over. Each ends in exactly one of the last three, and not before its end. */
export interface Count {
  handedOver: number;
  received: number;
  refused: number;
  undelivered: number;
}

/** What a run of the generator did, for its last line. */
export interface Tally {
  readonly channels: Partial<Record<Channel, Count>>;
  /** `late`: came after the contact was closed and held no words to hand over anew. */
  readonly updates: Count & { late: number };
}

const none = (): Count => ({ handedOver: 0, received: 0, refused: 0, undelivered: 0 });

export const emptyTally = (): Tally => ({ channels: {}, updates: { ...none(), late: 0 } });

/** The count of a channel, begun when it is first asked for. */
export const countOf = (tally: Tally, channel: Channel): Count => (tally.channels[channel] ??= none());
