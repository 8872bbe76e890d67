import type { ReachWay, SafeReach } from '../../shared/domain/outbound/reach.ts';
import type { SafeContact } from '../../shared/domain/chat/chat.ts';

/** What a person chose, as a list shows it. */
export const reachNames: Readonly<Record<ReachWay, string>> = {
  'e-mail': 'An e-mail',
  text: 'A text',
  call: 'Nothing: ring them',
  person: 'Nothing: reach them through somebody',
  nobody: 'Nothing: they asked not to be contacted',
};

const reachLine = ({ way, to, neutral }: SafeReach): string =>
  way === 'e-mail' || way === 'text'
    ? `${way === 'text' ? 'text' : 'e-mail'} to ${to.trim() === '' ? '…' : to.trim()}${neutral ? ', neutral words' : ''}`
    : `send ${reachNames[way].charAt(0).toLowerCase()}${reachNames[way].slice(1)}`;

/** How they may be reached, in one line; what must not be done first. */
export function safeContactWords(safe: SafeContact): string {
  const { way, times, codeWord, doNotRing, sharedDevice, reach } = safe;
  return [
    doNotRing ? 'do not ring' : '',
    sharedDevice ? 'somebody else reads this device' : '',
    way,
    reach === undefined ? '' : reachLine(reach),
    times,
    codeWord.trim() === '' ? '' : `code word “${codeWord.trim()}”`,
  ]
    .filter((part) => part.trim() !== '')
    .join(' · ');
}
