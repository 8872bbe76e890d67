import { channelFacts } from '../channel.ts';
import type { Contact } from '../contact.ts';
import type { Passed } from './parts.ts';

/** Before the reason in what was told, as it was kept before the reason had a field of its own. */
const LEFT_BECAUSE = 'We did not stay on the line: ';

const isSaid = (words: string | null): boolean => words !== null && words.trim() !== '';

/** Somebody there has it: by name, or by their own number for it. Before that it was an attempt (rule C-28). */
export const isTaken = ({ takenBy, theirRef }: Pick<Passed, 'takenBy' | 'theirRef'>): boolean =>
  isSaid(takenBy) || isSaid(theirRef);

/** Why we did not stay on the line; empty when nobody has said. */
export function whyLeft({ leftBecause, pack }: Pick<Passed, 'leftBecause' | 'pack'>): string {
  if (leftBecause !== undefined) return leftBecause.trim();
  const line = pack.split('\n').find((each) => each.startsWith(LEFT_BECAUSE));
  return line === undefined ? '' : line.slice(LEFT_BECAUSE.length).trim();
}

/** An emergency is handed over person to person, with us on the line; otherwise it is said why not. */
export const isHandedOverWarm = ({ band, channel }: Pick<Contact, 'band' | 'channel'>): boolean =>
  band === 'A' || channelFacts[channel].emergency;

/** It is with somebody else, so that it may be closed as passed on (rules C-28, R-06). */
export function isWithOthers(contact: Pick<Contact, 'band' | 'channel' | 'passedOn'>): boolean {
  const isWarm = isHandedOverWarm(contact);
  return contact.passedOn.some(
    (passed) => isTaken(passed) && (!isWarm || passed.stayedOn || whyLeft(passed) !== ''),
  );
}
