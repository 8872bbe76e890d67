import { REPLY_LIMIT } from '../../../shared/domain/chat/chat.ts';
import type { Workplace } from '../../app/workplace.ts';
import { unfilled } from './canned.ts';
import { barWords } from './chat-words.ts';
import { MESSAGE, messageIn, withoutSent } from './message-draft.ts';

/** Sends the line that stands in the field to the public. From that field alone: nothing else calls it (rule CH-01). */
export function sendLine(workplace: Workplace): void {
  const { acts, drafts, readings } = workplace;
  const id = workplace.active.read();
  const reading = id === null ? null : readings.of(id).read();
  if (id === null || reading?.kind !== 'here') return;
  const { text, canned } = messageIn(drafts.sheet(id, MESSAGE));
  const why = whyNot(text) ?? barWords(reading.contact);
  if (why !== null) {
    workplace.say(why, text.trim() === '' ? 'plain' : 'warning');
    return;
  }
  void acts.submit(id, { kind: 'reply', text: text.trim(), canned }).then((answer) => {
    if (answer.kind !== 'kept') return;
    const rest = withoutSent(messageIn(drafts.sheet(id, MESSAGE)), text);
    drafts.writeSheet(id, MESSAGE, rest === null ? '' : JSON.stringify(rest));
    void drafts.save(id);
  });
}

/** What is wrong with the words themselves; `null` when nothing is. */
function whyNot(text: string): string | null {
  if (text.trim() === '') return 'The line is empty. Write a few words, then press Enter.';
  const [open] = unfilled(text);
  if (open !== undefined) return `Not sent: ${open} is not filled in yet. Write it, or take it out.`;
  const over = text.trim().length - REPLY_LIMIT;
  return over > 0 ? `Not sent: ${over} characters too long. Send it in two.` : null;
}
