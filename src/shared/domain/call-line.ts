import { isAbandoned, lineOf, type Call } from './call.ts';
import { needsPerson, type ChannelState, type Contact } from './contact.ts';

/**
 * The state of a contact's line after its exchange has told its call. A call that ends unanswered was given up only if nobody had the contact
 * then: whoever has it knows whether they spoke (rules TE-02, C-08). What is told after the end changes nothing of that.
 */
export function lineAfterCall(contact: Contact, call: Call): ChannelState {
  if (!isAbandoned(call)) return lineOf[call.handOver];
  const isNews = contact.call === null || !isAbandoned(contact.call);
  const isGivenUp = isNews ? needsPerson(contact) : contact.channelState === 'dropped';
  return isGivenUp ? 'dropped' : 'ended';
}

const over: ReadonlySet<ChannelState> = new Set(['dropped', 'ended', 'left-by-exit']);
const alive: ReadonlySet<ChannelState> = new Set(['ringing', 'queued', 'connected', 'active']);
const waiting: ReadonlySet<ChannelState> = new Set(['ringing', 'queued']);
const lost: ReadonlySet<ChannelState> = new Set(['dropped', 'left-by-exit']);

/** Whether a line is alive after its end, or waits for somebody once more: whoever was gone is back (rules C-32, T-17). */
export function isBack(before: ChannelState, state: ChannelState): boolean {
  if (!alive.has(state)) return false;
  return over.has(before) || (waiting.has(state) && !waiting.has(before));
}

/** Whether somebody is gone now who was there before, without having said goodbye (rule T-17). */
export const isLost = (before: ChannelState, state: ChannelState): boolean =>
  lost.has(state) && !lost.has(before);
