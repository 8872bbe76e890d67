import type { SafeContact } from '../../shared/domain/chat/chat.ts';

/** How they may be reached, in one line; what must not be done first. */
export function safeContactWords(safe: SafeContact): string {
  const { way, times, codeWord, doNotRing, sharedDevice } = safe;
  return [
    doNotRing ? 'do not ring' : '',
    sharedDevice ? 'somebody else reads this device' : '',
    way,
    times,
    codeWord.trim() === '' ? '' : `code word “${codeWord.trim()}”`,
  ]
    .filter((part) => part.trim() !== '')
    .join(' · ');
}
