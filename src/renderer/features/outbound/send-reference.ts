import type { Contact } from '../../../shared/domain/contact.ts';
import { referenceMessage } from '../../../shared/domain/outbound/reference-message.ts';
import { wayOutOf } from '../../../shared/domain/outbound/reach.ts';
import { whyNotSent } from '../../../shared/domain/outbound/sending.ts';
import { refusalWords } from '../../app/refusals.ts';
import type { Workplace } from '../../app/workplace.ts';

/** What was shown for this contact: the same again sends exactly that. */
const shown = new WeakMap<Workplace, string>();

/**
 * The first time the key says where it would go and in which words; the same again sends it (rule MX-01). What has changed in between is shown
 * anew, so that nothing leaves that was not read.
 */
export function sendReference(workplace: Workplace): void {
  const contact = openContact(workplace);
  if (contact === null) {
    workplace.say('Open a contact first.', 'plain');
    return;
  }
  // Said before anything is shown, so that the second key never refuses what the first has offered.
  const whyNot = whyNotSent(contact);
  const found = wayOutOf(contact);
  if (whyNot !== null || found.kind === 'shut') {
    if (whyNot !== null) workplace.say(refusalWords(whyNot), 'warning');
    return;
  }
  const { out } = found;
  const { text } = referenceMessage(contact, out);
  const now = JSON.stringify([contact.id, out, text]);
  if (shown.get(workplace) !== now) {
    shown.set(workplace, now);
    const by = out.way === 'text' ? 'text' : 'e-mail';
    const how = out.neutral ? ', in neutral words' : '';
    workplace.say(
      `Press it again to send by ${by} to ${out.to}${how}: “${text.replaceAll('\n\n', ' ')}”`,
      'plain',
    );
    return;
  }
  shown.delete(workplace);
  void workplace.acts.submit(contact.id, { kind: 'send-reference', ...out });
}

function openContact({ active, readings }: Workplace): Contact | null {
  const id = active.read();
  const reading = id === null ? null : readings.of(id).read();
  return reading?.kind === 'here' ? reading.contact : null;
}
