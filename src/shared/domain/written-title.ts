import { TITLE_LIMIT } from './command.ts';

/** What a row shows of what somebody wrote without a title. Characters. */
const SHOWN = 80;

/** A telephone, a card, an account: four digits and more, however they are set apart. */
const numbers = /\+?\d(?:[ ().-]?\d){3,}/g;
const addresses = /\S+@\S+/g;

/**
 * A row's title out of somebody's own first words (rule C-11: no name, number or address stands in a row). Names cannot be known from words alone, so
 * what is left is short. `otherwise`: where nothing is left.
 */
export function writtenTitle(words: string, otherwise: string): string {
  const line = words
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '');
  const clean = (line ?? '').replace(addresses, '…').replace(numbers, '…').replaceAll(/\s+/g, ' ').trim();
  if (!/\p{L}/u.test(clean)) return otherwise;
  const short = clean.length > SHOWN ? `${clean.slice(0, SHOWN - 1).trimEnd()}…` : clean;
  return short.slice(0, TITLE_LIMIT);
}

/** A reference of ours in what somebody wrote, as they may have typed it; `null` when there is none. */
export function referenceIn(words: string): string | null {
  const found = /\b(CON|TRN)[- ]?(\d{8})[- ]?(\d{6})\b/i.exec(words);
  return found === null ? null : `${found[1]?.toUpperCase()}-${found[2]}-${found[3]}`;
}
