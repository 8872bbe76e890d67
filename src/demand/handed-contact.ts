import type { CallMark, LineType } from '../shared/domain/call.ts';
import type { Channel } from '../shared/domain/channel.ts';
import type { ChannelState } from '../shared/domain/contact.ts';
import type { Location } from '../shared/domain/location.ts';

/** A contact as the intake takes it, without the moment at which it is handed over. */
export interface HandedContact {
  readonly channel: Channel;
  readonly title: string;
  readonly place: string | null;
  /** Language tag; `null` for English. */
  readonly language: string | null;
  readonly caller: {
    readonly name: string | null;
    readonly number: string | null;
    readonly address: string | null;
  };
  readonly account: string;
  readonly flags: Readonly<Partial<Record<'vulnerable' | 'repeat' | 'lookFirst', boolean>>>;
  /** `null` for the usual one of the channel. */
  readonly channelState: Exclude<ChannelState, 'left-by-exit'> | null;
  /** What the exchange knows of its line; `null` for what does not come by telephone. */
  readonly call: HandedCall | null;
}

/** What an exchange may tell of a line: as the call is offered, or with any later event. */
export interface LineTold {
  readonly line?: LineType;
  readonly subscriber?: { readonly name: string | null; readonly address: string | null };
  readonly network?: string;
  readonly cell?: string;
  readonly marks?: readonly CallMark[];
  readonly operatorHeard?: string;
  /** Seconds in the recorded menu, and in the queue behind it. */
  readonly waited?: { readonly menu: number; readonly queue: number };
}

/** The line of a call as it is offered. */
export interface HandedCall extends LineTold {
  readonly line: LineType;
  /** The force or service that could not take it. */
  readonly takenFor?: string;
}

/** One thing more that an exchange tells of a call. */
export type CallTold = LineTold &
  (
    | {
        readonly event: 'ring' | 'queued' | 'hold' | 'resume' | 'end' | 'drop' | 'particulars';
      }
    | { readonly event: 'answer'; readonly extension?: string }
    | { readonly event: 'operator'; readonly state: 'on-line' | 'left' }
    | { readonly event: 'transfer'; readonly to: string }
  );

/** Only those flags that are set: an absent one is not handed over. */
export const setFlags = (flags: {
  readonly [Flag in keyof HandedContact['flags']]?: boolean | undefined;
}): HandedContact['flags'] => Object.fromEntries(Object.entries(flags).filter(([, isSet]) => isSet === true));

/** Something more about a contact that was handed over before. */
export type Update =
  | {
      readonly kind: 'location';
      /** Measured at the moment at which it is handed over. */
      readonly location: Omit<Location, 'at'>;
    }
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly language: string | null;
      readonly from: 'public' | 'assistant';
    }
  | { readonly kind: 'line'; readonly state: ChannelState }
  | {
      readonly kind: 'call';
      readonly told: CallTold;
      /** A handler's act is behind it, not the story. */
      readonly asked?: true;
    };

/** Channels of one kind, for which the day's profile has a number. */
export const streams = ['999', '101', 'chat', 'online', 'message', 'partner', 'counter'] as const;
export type Stream = (typeof streams)[number];

const streamByChannel: Readonly<Record<Channel, Stream | null>> = {
  '999-voice': '999',
  '999-silent': '999',
  '999-dropped': '999',
  '999-bsl': '999',
  'crash-alert': '999',
  '999-relay': '999',
  '999-text': '999',
  '101-voice': '101',
  '101-relay': '101',
  'web-chat': 'chat',
  'online-report': 'online',
  text: 'message',
  'e-mail': 'message',
  'social-message': 'message',
  'partner-line': 'partner',
  'front-counter': 'counter',
  video: null,
};

/** Which number of the profile a channel counts towards. `null`: nobody comes by it yet. */
export const streamOf = (channel: Channel): Stream | null => streamByChannel[channel];
