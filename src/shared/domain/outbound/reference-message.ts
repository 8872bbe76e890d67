import type { Contact } from '../contact.ts';
import type { WayOut } from './reach.ts';

/** What goes to a person. `subject` is for an e-mail alone. */
export interface ReferenceMessage {
  readonly subject: string;
  readonly text: string;
}

/**
 * The words in which somebody gets their reference (rule MX-04): the reference and what happens next, and nothing that the contact says of them or
 * of anybody. In neutral words no line tells whose it is: neither a name, nor a number by which we are known.
 */
export function referenceMessage(
  { ref, ownership }: Pick<Contact, 'ref' | 'ownership'>,
  { way, neutral }: Pick<WayOut, 'way' | 'neutral'>,
): ReferenceMessage {
  const isDone = ownership.kind === 'closed';
  if (neutral) {
    const subject = 'Your reference';
    const next = isDone ? 'This is complete.' : 'This is being dealt with.';
    const lines = [
      `Reference: ${ref}`,
      `${next} You do not need to reply. Replies to this message are not read.`,
    ];
    return { subject, text: lines.join(way === 'text' ? ' ' : '\n\n') };
  }
  const next = isDone
    ? 'We have dealt with your report.'
    : 'Your report is recorded and somebody is dealing with it.';
  const more = `To tell us more, call 101 and give this reference. In an emergency call 999.`;
  if (way === 'text')
    return { subject: '', text: `Hertfordshire Constabulary. Your reference: ${ref}. ${next} ${more}` };
  return {
    subject: 'Your report to Hertfordshire Constabulary',
    text: [
      `Your reference: ${ref}`,
      next,
      more,
      'Replies to this message are not watched around the clock.',
    ].join('\n\n'),
  };
}
