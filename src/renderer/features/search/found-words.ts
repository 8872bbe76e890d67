import type { SearchHit } from '../../../shared/contract/workstation.ts';
import type { SearchState } from '../../app/search.ts';
import { numberWords } from '../../ui/time-words.ts';

/** Where the words were found, as a handler calls it. */
export const foundIn: Readonly<Record<SearchHit['in'], string>> = {
  reference: 'Reference',
  title: 'Title',
  place: 'Place',
  caller: 'Caller',
  account: 'Account',
  message: 'Message',
  note: 'Note',
};

const count = (n: number): string => `${numberWords(n)} ${n === 1 ? 'contact' : 'contacts'}`;

/** What the search came to, always with how far it looked: this desk holds days, not years. */
export function resultWords({ text, found, failed }: SearchState): string {
  if (text.trim() === '')
    return 'Type the beginning of words: a reference, a name, a number, a place, what was said.';
  if (failed) return 'Not searched: this desk did not answer. Type on, or press Enter to ask again.';
  if (found === null) return 'Searching…';
  const where = `${count(found.searched)} on this desk searched, open and closed. Older ones are at the queue only.`;
  if (found.hits.length === 0)
    return `Nothing has all these words. Try fewer, or only how they begin. ${where}`;
  if (!found.complete)
    return `More than ${found.hits.length} found, the newest are shown. Another word narrows it. ${where}`;
  return `${found.hits.length} found. ${where}`;
}
