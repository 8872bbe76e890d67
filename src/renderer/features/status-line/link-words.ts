import type { LinkStatus } from '../../../shared/contract/workstation.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { numberWords, clockWords, shortLengthWords } from '../../ui/time-words.ts';
import type { LinkSignName } from './link-sign.tsx';

export interface LinkWords {
  readonly sign: LinkSignName;
  readonly words: string;
  readonly tone: 'plain' | 'warning' | 'down';
  /** What still works; said when the link is red. */
  readonly goOn: string | null;
}

/** What a handler needs to know when the queue cannot be heard (rules ). */
const goOn = 'Go on with what is yours. Claiming needs the link.';

/**
 * The link in words, always with the age of what is on screen when it is in doubt (rule W-12). `confirmedAt` and `now`
 * are in the queue's time.
 */
export function linkWords(link: LinkStatus, confirmedAt: Instant | null, now: Instant): LinkWords {
  const age =
    confirmedAt === null
      ? 'nothing confirmed yet'
      : `showing ${clockWords(confirmedAt)}, ${shortLengthWords(now - confirmedAt)} old`;
  switch (link.kind) {
    case 'live':
      return {
        sign: 'disc',
        words: link.roundTripMs === null ? 'Live' : `Live ${Math.round(link.roundTripMs)} ms`,
        tone: 'plain',
        goOn: null,
      };
    case 'suspect':
      return {
        sign: 'half',
        words: confirmedAt === null ? 'Not confirmed yet' : `Not confirmed since ${clockWords(confirmedAt)}`,
        tone: 'warning',
        goOn: null,
      };
    case 'catching-up':
      return {
        sign: 'turning',
        words: `Catching up, ${numberWords(link.behind)} to come – ${age}`,
        tone: 'warning',
        goOn: null,
      };
    case 'connecting':
      return { sign: 'turning', words: `Connecting – ${age}`, tone: 'warning', goOn: null };
    case 'down':
      return { sign: 'ring', words: `Link down – ${age}`, tone: 'down', goOn };
    case 'refused':
      return { sign: 'cross', words: `Not connected – ${age}`, tone: 'down', goOn };
    default:
      return unreachable(link.kind);
  }
}
