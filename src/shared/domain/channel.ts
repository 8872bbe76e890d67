/**
 * The doors by which the public, or a partner, reaches the control room.
 * `video` is reserved: no adapter feeds it yet.
 */
export const channels = [
  '999-voice',
  '999-silent',
  '999-dropped',
  '999-bsl',
  'crash-alert',
  '999-relay',
  '999-text',
  '101-voice',
  '101-relay',
  'web-chat',
  'online-report',
  'text',
  'e-mail',
  'social-message',
  'partner-line',
  'front-counter',
  'video',
] as const;

export type Channel = (typeof channels)[number];

/** What every part of the program may rely on about a channel. */
export interface ChannelFacts {
  /** The word a handler sees in the row. */
  readonly word: string;
  /** The same for speech, without digits run together. */
  readonly spoken: string;
  /** Enters band A by itself (rule O-02). */
  readonly emergency: boolean;
  /** Somebody is on the line or at the keyboard right now. */
  readonly live: boolean;
  /** The public is no longer there: a person must ring back (rule C-08). */
  readonly callBack: boolean;
}

const facts = (
  word: string,
  spoken: string,
  marks: Partial<Pick<ChannelFacts, 'emergency' | 'live' | 'callBack'>>,
): ChannelFacts => ({ word, spoken, emergency: false, live: false, callBack: false, ...marks });

export const channelFacts: Readonly<Record<Channel, ChannelFacts>> = {
  '999-voice': facts('999', '9 9 9 call', { emergency: true, live: true }),
  '999-silent': facts('999 silent', 'silent 9 9 9 call', { emergency: true, live: true }),
  '999-dropped': facts('999 dropped', 'dropped 9 9 9 call, call back', { emergency: true, callBack: true }),
  '999-bsl': facts('999 BSL', '9 9 9 call in British Sign Language', { emergency: true, live: true }),
  'crash-alert': facts('Crash alert', 'crash alert', { emergency: true, live: true }),
  '999-relay': facts('999 relay', '9 9 9 call by text relay', { emergency: true, live: true }),
  '999-text': facts('999 text', 'emergency text message', { emergency: true, live: true }),
  '101-voice': facts('101', '1 0 1 call', { live: true }),
  '101-relay': facts('101 relay', '1 0 1 call by text relay', { live: true }),
  'web-chat': facts('Chat', 'web chat', { live: true }),
  'online-report': facts('Online', 'online report', {}),
  text: facts('Text', 'text message', {}),
  'e-mail': facts('E-mail', 'e-mail', {}),
  'social-message': facts('Social', 'social media message', {}),
  'partner-line': facts('Partner', 'partner line', { live: true }),
  'front-counter': facts('Counter', 'front counter', {}),
  video: facts('Video', 'video call', { live: true }),
};

/**
 * Where somebody wrote the words before a handler heard any of them: the public, a relay's operator, a counter, a partner. The queue reads
 * those on arrival; whoever answers a call hears it at once.
 */
export const waitsUnread: ReadonlySet<Channel> = new Set<Channel>([
  '999-relay',
  '999-text',
  '101-relay',
  'web-chat',
  'online-report',
  'text',
  'e-mail',
  'social-message',
  'partner-line',
  'front-counter',
]);

/** Channels by which somebody comes. */
export const usedChannels = channels.filter((channel) => channel !== 'video');

/** Channels that a telephone exchange opens: what comes by them is told as events of a call. */
export const isCallChannel = (channel: Channel): boolean =>
  channel.startsWith('999-') ||
  channel.startsWith('101-') ||
  channel === 'crash-alert' ||
  channel === 'partner-line';
