import { REPLY_LIMIT } from '../../../shared/domain/chat/chat.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Workplace } from '../../app/workplace.ts';
import { unfilled } from './canned.ts';
import { barWords } from './chat-words.ts';
import { MESSAGE, messageIn, noMessage, withoutSent, type MessageDraft } from './message-draft.ts';

/** Of each contact the lines that are on their way to the disk, in order: the first is being written down, the others follow it. */
const onTheirWay = new WeakMap<Workplace, Map<ContactId, MessageDraft[]>>();

function linesOf(workplace: Workplace): Map<ContactId, MessageDraft[]> {
  const lines = onTheirWay.get(workplace) ?? new Map<ContactId, MessageDraft[]>();
  onTheirWay.set(workplace, lines);
  return lines;
}

/**
 * Sends the line that stands in the field to the public. From that field alone: nothing else calls it (rule CH-01). A line whose key comes while the
 * one before is still being written down goes out behind it: no key of a fast typist is lost.
 */
export function sendLine(workplace: Workplace): void {
  const { drafts, readings } = workplace;
  const id = workplace.active.read();
  const reading = id === null ? null : readings.of(id).read();
  if (id === null || reading?.kind !== 'here') return;
  const before = linesOf(workplace).get(id);
  const line = (before ?? []).reduce(
    (rest, { text }) => withoutSent(rest, text) ?? noMessage,
    messageIn(drafts.sheet(id, MESSAGE)),
  );
  const why = whyNot(line.text) ?? barWords(reading.contact);
  if (why !== null) workplace.say(why, line.text.trim() === '' ? 'plain' : 'warning');
  else if (before === undefined) void sendAll(workplace, id, [line]);
  else before.push(line);
}

/** One after the other; what is not kept stays in the field, with everything behind it. */
async function sendAll(workplace: Workplace, id: ContactId, lines: MessageDraft[]): Promise<void> {
  const { acts, drafts } = workplace;
  linesOf(workplace).set(id, lines);
  for (let line = lines[0]; line !== undefined; line = lines[0]) {
    const { text, canned } = line;
    const answer = await acts.submit(id, { kind: 'reply', text: text.trim(), canned });
    if (answer.kind !== 'kept') break;
    lines.shift();
    const rest = withoutSent(messageIn(drafts.sheet(id, MESSAGE)), text);
    drafts.writeSheet(id, MESSAGE, rest === null ? '' : JSON.stringify(rest));
    void drafts.save(id);
  }
  linesOf(workplace).delete(id);
}

/** What is wrong with the words themselves; `null` when nothing is. */
function whyNot(text: string): string | null {
  if (text.trim() === '') return 'The line is empty. Write a few words, then press Enter.';
  const [open] = unfilled(text);
  if (open !== undefined) return `Not sent: ${open} is not filled in yet. Write it, or take it out.`;
  const over = text.trim().length - REPLY_LIMIT;
  return over > 0 ? `Not sent: ${over} characters too long. Send it in two.` : null;
}
