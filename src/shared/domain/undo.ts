import type { Act } from './command.ts';
import type { Contact } from './contact.ts';
import type { CommandId } from './ids.ts';
import type { Instant } from './time.ts';

/** For so long after an act its opposite is one key away (rule X-10). Milliseconds. */
export const UNDO_MS = 10_000;

/**
 * What is taken back at once is decided otherwise than what is done anew (rules X-10, C-07, C-29): only for so long after it, by the queue's
 * clock. Longer than the offer by what a slow link may need; what comes later is an act like any other. Milliseconds.
 */
export const TAKING_BACK_MS = 60_000;

/** `at`: when the queue wrote down what is taken back. */
export const isAtOnce = (at: Instant, now: Instant): boolean => now - at <= TAKING_BACK_MS;

/** What the record says of an act that was taken back at once. */
const undone = 'Taken back by the handler';

/**
 * The act that puts things back as they were, or `null` when there is none: words stay, and a reading was a reading. It is a command
 * like any other and both stay on the record (rule X-10). `before`: the contact as the handler saw it when they acted; `id`: their command.
 */
export function counterActOf(
  before: Pick<Contact, 'grade' | 'closing'>,
  act: Act,
  id: CommandId,
): Act | null {
  switch (act.kind) {
    case 'claim':
      return { kind: 'release' };
    case 'release':
      return { kind: 'claim' };
    case 'grade':
      return { kind: 'grade', grade: before.grade, reason: undone, undoes: id };
    case 'promote':
      return { kind: 'demote', reason: undone };
    case 'demote':
      return { kind: 'promote', reason: undone };
    case 'close':
      return { kind: 'reopen', reason: undone };
    case 'reopen': {
      const { closing } = before;
      if (closing === null) return null;
      const { outcome, record } = closing;
      return { kind: 'close', outcome, reason: undone, record, undoes: id };
    }
    case 'attempt': {
      const { safe } = act.attempt;
      return {
        kind: 'attempt',
        attempt: { safe, way: 'none', result: 'not-rung', words: undone },
        corrects: id,
      };
    }
    case 'offer-chat':
      return { kind: 'withdraw-offer', offer: id };
    case 'link':
      // A link has the id of the command that made it (rule C-22).
      return { kind: 'part', link: id, reason: undone };
    case 'note':
    case 'log':
    case 'free':
    case 'consult':
    case 'agree':
    case 'triage':
    case 'describe':
    case 'place':
    case 'hear':
    case 'part':
    case 'discharge':
    case 'incident':
    case 'crime':
    case 'pass':
    case 'major':
    case 'stand-down':
    case 'reply':
    case 'check-exit':
    case 'end-chat':
    case 'park':
    case 'resume':
    case 'safe-contact':
    case 'choose-language':
    case 'send-reference':
    // Theirs by now, or told to who offered it: only another offer takes that back.
    case 'answer-offer':
    case 'withdraw-offer':
    case 'promise-call-back':
      return null;
  }
}
