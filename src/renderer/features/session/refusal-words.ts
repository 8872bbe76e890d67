import type { NotOpened } from '../../app/desk-session.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { timerWords } from '../../ui/time-words.ts';

export interface RefusalContext {
  /** What was asked for: a number and a PIN, or the PIN of the one who is signed in. */
  readonly asked: 'number-and-pin' | 'pin';
  /** What this desk is set up for. */
  readonly realm: string;
  /** What is left of the wait. Milliseconds. */
  readonly leftMs: number;
}

/** Why the desk does not open, and what to do: one plain sentence or two. */
export function notOpenedWords(answer: NotOpened, { asked, realm, leftMs }: RefusalContext): string {
  switch (answer.kind) {
    case 'wrong': {
      const what = asked === 'pin' ? 'That PIN is wrong.' : 'Number or PIN is wrong.';
      const { attemptsLeft } = answer;
      if (attemptsLeft === 0) return `${what} There is a wait before the next try.`;
      return `${what} ${attemptsLeft} more ${attemptsLeft === 1 ? 'try' : 'tries'}, then a wait.`;
    }
    case 'too-many':
      return leftMs > 0
        ? `Too many wrong tries. Wait ${timerWords(leftMs + 999)}, then try again.`
        : 'The wait is over: try again.';
    case 'unreachable': {
      const where = answer.address === null ? '' : ` at ${answer.address}`;
      return `The queue does not answer${where}. Without it only somebody who signed in at this desk in the last 12 hours can. Go to a desk where you did, or read this out to IT support.`;
    }
    case 'other-realm':
      return `The queue there belongs to ${worlds[answer.realm]}, this desk to ${worlds[realm] ?? realm}, and they never meet. Tell IT support.`;
    case 'not-kept':
      return `This desk’s disk refused to write (${answer.code}), so it cannot keep who works here. Sign in at another desk, and tell IT support.`;
    case 'no-answer':
      return 'This desk did not answer; it may be starting again. Try once more in a moment.';
    default:
      return unreachable(answer);
  }
}

const worlds: Readonly<Record<string, string>> = {
  live: 'live work',
  demo: 'the demo',
  training: 'training',
};
