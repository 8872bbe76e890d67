import { dayWords } from '../../../shared/domain/london.ts';
import type { Checked } from '../../../shared/domain/signposts/checked.ts';
import type { DirectoryEntry } from '../../../shared/domain/signposts/directory.ts';
import type { Signpost, Way } from '../../../shared/domain/signposts/signpost.ts';

export const wayNames: Readonly<Record<Way['kind'], string>> = {
  phone: 'Telephone',
  text: 'Text',
  web: 'Web',
  'e-mail': 'E-mail',
  visit: 'Visit',
};

/** "of 22 November 2026", always with the year: it stays on the record. */
const ofDay = ({ checkedOn }: Checked): string =>
  checkedOn === null ? 'not checked against its source' : `of ${dayWords(checkedOn, '')}`;

/** What was said to the caller by a card, as a line of the note: with the card's own words and how old they are (rule SG-05). */
export function saidLine(card: Signpost): string {
  const questions = card.checkFirst.length;
  const asked =
    questions === 1 ? 'the safety question, answered no' : `${questions} safety questions, all answered no`;
  return `Signposted (${card.title}; card ${ofDay(card)}; asked ${asked}): “${card.say}”`;
}

/** What was given to the caller of the directory: only what the public may have (rule SG-08). */
export function givenLine(entry: DirectoryEntry): string {
  const ways = entry.ways.map(({ to }) => to).join(', ');
  return `Gave the caller ${entry.name}: ${ways} (entry ${ofDay(entry)}).`;
}

/** Roles and departments are for us: the public is not given their numbers. */
export const isForThePublic = ({ kind, ways }: DirectoryEntry): boolean =>
  kind !== 'role' && kind !== 'department' && ways.length > 0;
