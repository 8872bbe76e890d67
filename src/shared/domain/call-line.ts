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
