import { matchWords } from '../../../shared/domain/assist/markers.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Location } from '../../../shared/domain/location.ts';
import type { MarkerKindsPolicy } from '../../../shared/domain/policy/markers.ts';
import type { QuestionPolicy } from '../../../shared/domain/policy/questions.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { answerWords as askedWords } from '../../../shared/domain/triage/answer-words.ts';
import { entryOf } from '../../../shared/domain/triage/entry.ts';
import { answerWords, letters, letterWords } from '../../../shared/domain/triage/thrive.ts';
import { gradeWords } from '../../app/contact-words.ts';
import { coordinatesWords, methodWords, radiusWords } from '../../app/location-words.ts';
import { originWords, reviewWords } from '../../app/marker-words.ts';
import { clockWords, dateWords } from '../../ui/time-words.ts';

/** Whose words the pack is put in. Empty while a policy is not here: nothing is left out for that. */
interface PackWords {
  readonly kinds: MarkerKindsPolicy['kinds'];
  readonly questions: QuestionPolicy['questions'];
}

/**
 * What another force or service is told: the caller's words as they were said, what the handler noted and was answered, and everything that would be lost by saying it again (rule
 * C-28), and of what is on record how old it is (rule AS-16). One fact in a line, so that what comes later can be told apart from what was there.
 */
export function packLines(
  contact: Contact,
  { kinds, questions }: PackWords,
  now: Instant,
): readonly string[] {
  const { ref, incident, receivedAt, grade, caller, account, messages, call, locations, markers, flags } =
    contact;
  const given = locations.at(-1);
  const aml = locations.findLast(({ method }) => method === 'aml');
  const operatorHeard = call?.operatorHeard ?? null;
  return [
    `Hertfordshire Constabulary ${incident?.ref === undefined || incident.ref === null ? ref : `${ref}, ISR ${incident.ref}`}, reached us ${stamp(receivedAt)}.`,
    grade === null ? 'Our grade: not graded yet.' : `Our grade: ${grade}, ${gradeWords[grade]}.`,
    `Caller: ${caller.name ?? 'name not given'}, ${caller.number ?? 'number not known'}${call?.marks.includes('relay-user') === true ? ', relay user: 18002 before the number, never a plain ring' : ''}.`,
    placeLine(contact),
    ...(given !== undefined && given !== aml ? [locationLine(given)] : []),
    ...(aml === undefined ? [] : [locationLine(aml)]),
    ...(operatorHeard === null ? [] : [`Operator heard: “${operatorHeard}”`]),
    ...(account.trim() === '' ? [] : [`Caller’s own words: “${oneLine(account)}”`]),
    ...messages
      .filter(({ from }) => from === 'public')
      .map(({ text, at }) => `Written ${clockWords(at)}: “${oneLine(text)}”`),
    ...contact.notes.map(
      ({ text, at, happenedAt }) => `Noted ${clockWords(happenedAt ?? at)}: “${oneLine(text)}”`,
    ),
    ...answerLines(contact, questions),
    ...contact.heard.map(
      ({ what, means, words, at }) => `Heard ${clockWords(at)}: ${heardLine(what, means, words)}`,
    ),
    ...thriveLines(contact),
    ...markers.map(
      (marker) =>
        `On record, ${matchWords(marker.matchedBy)}: ${kinds.find(({ id }) => id === marker.kind)?.name ?? marker.kind}, ${marker.concerns}. ${marker.note} (${originWords(marker, now)}; ${reviewWords(marker, now)}.)`,
    ),
    ...(flags.vulnerable ? ['Caller is vulnerable.'] : []),
  ];
}

const stamp = (at: Contact['receivedAt']): string => `${dateWords(at)} ${clockWords(at)}`;

/** Line breaks of the caller's own words are of the form they came in, not of what was said. */
const oneLine = (words: string): string => words.trim().replace(/\s*\n\s*/g, ' / ');

function placeLine({ spots, place }: Contact): string {
  const spot = spots.at(-1);
  if (spot === undefined)
    return place === null ? 'Place: not known.' : `Place as told, not agreed yet: ${place}.`;
  const whole = [spot.words, spot.detail].filter((part) => part !== '').join(', ');
  return `Place, ${spot.readBack ? 'read back and agreed' : 'not read back'}: ${whole}.`;
}

const locationLine = (location: Location): string =>
  `${methodWords[location.method]}: ${coordinatesWords(location)}, ${radiusWords(location.radiusMetres)}, measured ${clockWords(location.at)}.`;

/** A tap is told with the question that it answers. */
const heardLine = (what: string, means: 'yes' | 'no' | null, words: string): string =>
  means === null ? `${words}.` : `“${words}” – ${what}: ${means}.`;

/** What was asked and answered, each in a line of its own. Where it is stands in the line about the place. */
function answerLines(contact: Contact, questions: QuestionPolicy['questions']): readonly string[] {
  return Object.entries(entryOf(contact).answers).flatMap(([id, answer]) => {
    if (answer.kind === 'place') return [];
    const question = questions.find((each) => each.id === id);
    // Without the policy the answer still goes with what it answers.
    const asked = question ?? { label: id.replaceAll('-', ' '), choices: [] };
    return [`${asked.label}: ${askedWords(asked, answer)}.`];
  });
}

/** The letters that something was found about. */
function thriveLines({ triage }: Contact): readonly string[] {
  const thrive = triage.at(-1)?.entry.thrive;
  if (thrive === undefined) return [];
  const asked = letters.filter((letter) => thrive[letter] !== null);
  if (asked.length === 0) return [];
  return [
    `THRIVE: ${asked.map((letter) => `${letterWords[letter]}: ${answerWords(thrive, letter)}`).join(' · ')}`,
  ];
}

/** What somebody who takes it over would ask first, and we do not have; empty when we have all of it. */
export function missingBeforePassing({
  spots,
  place,
  caller,
  account,
  notes,
  grade,
}: Pick<Contact, 'spots' | 'place' | 'caller' | 'account' | 'notes' | 'grade'>): readonly string[] {
  return [
    ...(spots.length === 0 && place === null ? ['the place'] : []),
    ...(caller.number === null ? ['the number'] : []),
    ...(account.trim() === '' && notes.length === 0 ? ['what is happening'] : []),
    ...(grade === null ? ['our grade'] : []),
  ];
}
