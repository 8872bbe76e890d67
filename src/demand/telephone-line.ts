import type { Channel } from '../shared/domain/channel.ts';
import type { ChannelState } from '../shared/domain/contact.ts';
import type { CallTold, HandedCall, HandedContact } from './handed-contact.ts';

type Caller = Pick<HandedContact, 'channel' | 'caller'>;

/** What a channel and a number alone tell of a line. */
export function lineOfNumber({ channel, caller: { number } }: Caller): HandedCall {
  const isMobile = number?.startsWith('07') === true;
  switch (channel) {
    case 'crash-alert':
      return { line: 'car' };
    case '999-bsl':
      return { line: 'internet' };
    case '999-relay':
    case '101-relay':
      return { line: 'relay', marks: ['relay-user'] };
    case '999-silent':
      return { line: isMobile ? 'mobile' : 'fixed', marks: ['no-speech'] };
    default:
      return { line: number === null ? 'unknown' : isMobile ? 'mobile' : 'fixed' };
  }
}

/** What an exchange tells when a line changes into a state; `null` for a state that no telephone has. */
export function eventOfState(state: ChannelState): CallTold | null {
  switch (state) {
    case 'ringing':
      return { event: 'ring' };
    case 'queued':
      return { event: 'queued' };
    case 'connected':
    case 'active':
      return { event: 'answer' };
    case 'ended':
      return { event: 'end' };
    case 'dropped':
      return { event: 'drop' };
    case 'delivered':
    case 'left-by-exit':
      return null;
  }
}

/** The state of the line that the first ring by a channel means. */
const ringsAs = (channel: Channel): ChannelState =>
  channel === '999-dropped' ? 'dropped' : channel === '999-text' ? 'active' : 'ringing';

/** What the exchange tells at once, beside the first ring: a call that waits in its queue, or is gone already. */
export function toldAtOnce({ channel, channelState, call }: HandedContact): CallTold | null {
  if (call === null || channelState === null || channelState === ringsAs(channel)) return null;
  return eventOfState(channelState);
}
