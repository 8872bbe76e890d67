import { isExitUnchecked } from '../../../shared/domain/chat/chat.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { referenceMessage } from '../../../shared/domain/outbound/reference-message.ts';
import { wayOutOf } from '../../../shared/domain/outbound/reach.ts';
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
  if (isExitUnchecked(contact)) {
    workplace.say(refusalWords({ code: 'left-by-exit' }), 'warning');
    return;
  }
  const found = wayOutOf(contact);
  if (found.kind === 'shut') {
    workplace.say(refusalWords({ code: 'no-safe-way', because: found.because }), 'warning');
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
      `Goes by ${by} to ${out.to}${how}: “${text.replaceAll('\n\n', ' ')}” The same key again sends it.`,
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
