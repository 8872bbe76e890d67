import { isSureMatch } from '../assist/markers.ts';
import { channelFacts } from '../channel.ts';
import type { Contact } from '../contact.ts';
import { entryOf } from '../triage/entry.ts';
import type { Letter } from '../triage/thrive.ts';

/** The letters that say whether somebody may come to harm. */
const ofHarm = ['threat', 'harm', 'risk', 'vulnerability'] as const satisfies readonly Letter[];

/**
 * What is still owed before a contact with a sign of danger ends with nobody sent and nobody having said what it is about (rule R-27).
 * - `letters`: these are not answered yet, be it by "none identified"
 * - `second`: something was found, so that the questions of a call type are asked, or a second person looks
 */
export type LookOwed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'letters'; readonly letters: readonly Letter[] }
  | { readonly kind: 'second'; readonly letters: readonly Letter[] };

/** Reads the record alone, so that desk and queue say the same. Who chose a call type was asked its questions, and is held to its rules. */
export function lookOwed(contact: Contact): LookOwed {
  const { callType, thrive } = entryOf(contact);
  const found = ofHarm.filter((letter) => thrive[letter]?.kind === 'found');
  if (callType !== null || isAgreed(contact)) return { kind: 'nothing' };
  if (found.length > 0) return { kind: 'second', letters: found };
  const open = ofHarm.filter((letter) => thrive[letter] === null);
  return open.length > 0 && hasSign(contact) ? { kind: 'letters', letters: open } : { kind: 'nothing' };
}

/** A second person has looked, and agreed to the grade that stands (rule T-15). */
const isAgreed = ({ gradings, grade }: Contact): boolean =>
  grade !== null && gradings.at(-1)?.leave !== undefined;

/** Something besides the words says that somebody may be in danger: the line, a marker that is surely theirs, or a mark of the row. */
function hasSign({ channel, band, markers, flags }: Contact): boolean {
  return (
    channelFacts[channel].emergency ||
    band === 'A' ||
    flags.vulnerable ||
    flags.lookFirst ||
    markers.some(({ matchedBy }) => isSureMatch(matchedBy))
  );
}
