import { emergencyPeriodEnd, type Call } from '../../shared/domain/call.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { HeardSound, TriedCallBack } from '../../shared/domain/record/parts.ts';
import { MINUTE, type Instant } from '../../shared/domain/time.ts';
import { lengthWords, timerWords, whenWords } from '../ui/time-words.ts';

export const safeWords: Readonly<Record<TriedCallBack['safe'], string>> = {
  yes: 'safe to ring',
  no: 'not safe to ring',
  'not-known': 'not known whether it is safe',
};

export const wayWords: Readonly<Record<TriedCallBack['way'], string>> = {
  voice: 'by voice',
  relay: 'by text relay',
  text: 'by text',
  none: 'in no way',
};

export const resultWords: Readonly<Record<TriedCallBack['result'], string>> = {
  answered: 'answered',
  'no-answer': 'no answer',
  'not-rung': 'not rung',
};

/** One attempt in a line, as the record says it: "Rung back by voice, no answer (safe to ring)" (rule C-20). */
export function attemptWords({ safe, way, result }: TriedCallBack): string {
  const done = way === 'none' ? 'Not rung back' : `Tried to reach ${wayWords[way]}, ${resultWords[result]}`;
  return `${done}; ${safeWords[safe]}`;
}

/** "2 attempts, the last 4 minutes ago". */
export function attemptsWords(attempts: readonly { readonly at: Instant }[], now: Instant): string {
  const last = attempts.at(-1);
  if (last === undefined) return 'No attempt yet.';
  const count = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
  const ago = now - last.at < MINUTE ? 'less than a minute' : lengthWords(now - last.at);
  return `${count}, the last ${ago} ago.`;
}

const heardNames: Readonly<Record<HeardSound['what'], string>> = {
  noise: 'Noise',
  tap: 'Tap',
  key: 'Key',
  voice: 'Voice',
};

/** What came over the line, and what it was agreed to mean: "Two taps, no" (rule C-21). */
export function heardWords({ what, means }: HeardSound): string {
  if (means === null) return heardNames[what];
  const thing = what === 'key' ? 'key' : 'tap';
  return means === 'yes' ? `One ${thing}: yes` : `Two ${thing}s: no`;
}

/**
 * For an hour after an emergency call its provider answers questions about it (rule TE-05). `null` while the call goes on and where there is
 * no emergency call.
 */
export function providerPeriod(
  { call, channel }: Pick<Contact, 'channel'> & { readonly call: Call | null },
  now: Instant,
): { readonly isOver: boolean; readonly words: string } | null {
  if (call === null || !channelFacts[channel].emergency) return null;
  const until = emergencyPeriodEnd(call);
  if (until === null) return null;
  const left = until - now;
  return left > 0
    ? {
        isOver: false,
        words: `Provider can be asked about the caller for ${timerWords(left)}, until ${whenWords(until, now)}.`,
      }
    : { isOver: true, words: `The hour for asking the provider ended at ${whenWords(until, now)}.` };
}
