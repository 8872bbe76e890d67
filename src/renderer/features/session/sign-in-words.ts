import type { DeskState, LinkStatus } from '../../../shared/contract/workstation.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { lengthWords } from '../../ui/time-words.ts';

export const realmWords: Readonly<Record<DeskState['realm'], string>> = {
  live: 'Live',
  demo: 'DEMO – not real calls',
  training: 'TRAINING – no real calls',
};

/** Why the last session ended, if it was not by signing off. */
export function endedWords(because: 'expired' | 'revoked' | null): string | null {
  switch (because) {
    case null:
      return null;
    case 'expired':
      return 'The last sign-in ran out. Sign in again; what was typed is kept for whoever typed it.';
    case 'revoked':
      return 'The account that was signed in here was closed at the queue. What it had not sent is sent with the next sign-in.';
    default:
      return unreachable(because);
  }
}

/** Whether the queue answers, before anybody is signed in. `now` in this desk's time. */
export function queueWords(link: LinkStatus, now: Instant): string {
  switch (link.kind) {
    case 'live':
    case 'suspect':
    case 'catching-up':
      return 'It answers.';
    case 'connecting':
      return 'Trying to reach it…';
    case 'down': {
      const again = link.retryAt === null ? 0 : link.retryAt - now;
      return again > 1_000
        ? `It does not answer. The next try is in ${lengthWords(again)}.`
        : 'It does not answer. Trying again…';
    }
    case 'refused':
      return 'It refuses this desk. Tell IT support.';
    default:
      return unreachable(link.kind);
  }
}

/** What earlier handlers left, which the next sign-in sends (rule A-08). */
export function unsentWords(unsent: number): string {
  if (unsent === 0) return 'None. Everything was received.';
  return unsent === 1
    ? '1 piece waits here. It is sent when anybody signs in, in the name of whoever did it.'
    : `${unsent} pieces wait here. They are sent when anybody signs in, in the name of whoever did them.`;
}
