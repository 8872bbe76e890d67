import { chatOf, chatTurn, isChatOver, isExitUnchecked } from '../../../shared/domain/chat/chat.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ChatPolicy } from '../../../shared/domain/policy/chat.ts';
import { MINUTE, SECOND, type Instant } from '../../../shared/domain/time.ts';
import { refusalWords } from '../../app/refusals.ts';
import { timerWords } from '../../ui/time-words.ts';

/** Why no line goes out now, as the queue would say it; `null` when one may. */
export function barWords(contact: Contact): string | null {
  if (isExitUnchecked(contact)) return refusalWords({ code: 'left-by-exit' });
  if (isChatOver(contact))
    return refusalWords({ code: 'chat-over', end: chatOf(contact).end?.reason ?? null });
  return null;
}

/** The same in one line below the field. */
export function shortBarWords(contact: Contact): string | null {
  if (isExitUnchecked(contact)) return 'Nothing goes out until somebody has checked: Ctrl+F4 says how.';
  return isChatOver(contact) ? 'The chat is over: nobody would read it.' : null;
}

export interface TurnWords {
  readonly words: string;
  /** `late`: past the first limit; `very-late`: past the second (rule CH-04). Also said in words. */
  readonly tone: 'plain' | 'late' | 'very-late';
}

/** Whose turn it is and since when; colours nothing but this line, and ends nothing. */
export function turnWords(contact: Contact, now: Instant, clocks: ChatPolicy['clocks'] | null): TurnWords {
  const { kind, since } = chatTurn(contact);
  const ms = Math.max(0, now - since);
  const plain = (words: string): TurnWords => ({ words, tone: 'plain' });
  switch (kind) {
    case 'our-turn': {
      const isLate = clocks !== null && ms >= clocks.amberSeconds * SECOND;
      const isVeryLate = clocks !== null && ms >= clocks.redSeconds * SECOND;
      const tone = isVeryLate ? 'very-late' : isLate ? 'late' : 'plain';
      const said = isVeryLate ? 'They have waited too long: ' : isLate ? 'They wait: ' : 'Your turn ';
      return { words: `${said}${timerWords(ms)}`, tone };
    }
    case 'their-turn':
      return clocks !== null && ms >= clocks.quietMinutes * MINUTE
        ? plain(`Quiet for ${timerWords(ms)}. Nothing closes by itself.`)
        : plain(`Their turn ${timerWords(ms)}`);
    case 'dropped':
      return plain(`Connection lost ${timerWords(ms)} ago. What you write waits for them.`);
    case 'left-by-exit':
      return plain('Left by the safety exit');
    case 'ended':
      return plain('The chat is over');
    case 'waiting':
      return plain('Nobody has taken it yet');
  }
}
