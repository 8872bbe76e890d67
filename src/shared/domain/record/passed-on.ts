import { channelFacts } from '../channel.ts';
import type { Contact } from '../contact.ts';
import type { Passed } from './parts.ts';

/** Before the reason in what was told, where we were not on the line when they took it. */
export const LEFT_BECAUSE = 'We did not stay on the line: ';

const isSaid = (words: string | null): boolean => words !== null && words.trim() !== '';

/** Somebody there has it: by name, or by their own number for it. Before that it was an attempt (rule C-28). */
export const isTaken = ({ takenBy, theirRef }: Pick<Passed, 'takenBy' | 'theirRef'>): boolean =>
  isSaid(takenBy) || isSaid(theirRef);

/** Why we did not stay on the line; empty when nobody has said. */
export function leftBecause({ pack }: Pick<Passed, 'pack'>): string {
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
    (passed) => isTaken(passed) && (!isWarm || passed.stayedOn || leftBecause(passed) !== ''),
  );
}
