import type { Contact } from '../../shared/domain/contact.ts';
import type { Happening } from '../../shared/domain/event.ts';
import { referenceMessage } from '../../shared/domain/outbound/reference-message.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { OutboundMessage } from '../store/outbound-store.ts';

/** What goes out because a handler has said so: its words are made now, from the record as it stood then. */
export function messageOf(
  contact: Contact,
  { sending: id, way, to, neutral }: Extract<Happening, { kind: 'reference-ordered' }>,
  orderedAt: Instant,
): OutboundMessage {
  const { subject, text } = referenceMessage(contact, { way, neutral });
  return { id, contact: contact.id, ref: contact.ref, way, to, neutral, subject, text, orderedAt };
}
