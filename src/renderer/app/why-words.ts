import { isOpenEmergency, type ContactSummary, type Due } from '../../shared/domain/contact.ts';
import { clockState } from '../../shared/domain/service-level.ts';
import { later, MINUTE, type Instant } from '../../shared/domain/time.ts';
import { dueWords, shortLengthWords, timerWords, whenWords } from '../ui/time-words.ts';

/** The place of an open emergency among those that wait: 1 is the next that F2 takes. */
export interface Standing {
  readonly nth: number;
  readonly of: number;
}

const because: Readonly<Record<Due['allowances'][number]['because'], string>> = {
  vulnerable: 'vulnerable',
  repeat: 'repeat caller',
  'look-first': 'look first',
};

/** A target this short is told to the second, or the sum on screen would not come out. Milliseconds. */
const TOLD_TO_THE_SECOND_MS = 15 * MINUTE;

const isLookFirst = (due: Due): boolean => due.allowances.some(({ because: why }) => why === 'look-first');

/**
 * Why a contact stands where it stands, as a sum that can be checked (rules O-05, O-07, K-01 to K-04): "Due 13:57 =
 * received 13:37 + 30 min, vulnerable −10 min, policy 2026-11-22.1", "Emergency since 13:37:04, 2nd of 3".
 */
export function whyWords(contact: ContactSummary, now: Instant, standing: Standing | null): string {
  return contact.band === 'A' ? emergencyWords(contact, now, standing) : dueSum(contact, now);
}

function emergencyWords(contact: ContactSummary, now: Instant, standing: Standing | null): string {
  const { bandSince, receivedAt, ownership } = contact;
  const since = `Emergency since ${whenWords(bandSince, now)}`;
  const promoted = bandSince === receivedAt ? '' : ', promoted by a person';
  if (isOpenEmergency(contact))
    return `${since}${promoted}${standing === null ? '' : `, ${nthWords(standing)}`}`;
  const after = ownership.kind === 'closed' ? 'closed' : 'taken';
  return `${since}${promoted}, ${after} ${whenWords(ownership.since, now)}`;
}

function dueSum({ due, receivedAt }: ContactSummary, now: Instant): string {
  const exact = due.targetMs < TOLD_TO_THE_SECOND_MS;
  const time = (instant: Instant) => (exact ? whenWords(instant, now) : dueWords(instant, now));
  const policy = `policy ${due.policy}`;
  if (isLookFirst(due)) {
    const usual = later(receivedAt, due.targetMs);
    return (
      `Look first (risk words found): due ${time(due.at)} = received ${time(receivedAt)} − ` +
      `${shortLengthWords(receivedAt - due.at)}, otherwise ${time(usual)}, ${policy}`
    );
  }
  const off = due.allowances.map(({ because: why, ms }) => `, ${because[why]} −${shortLengthWords(ms)}`);
  return (
    `Due ${time(due.at)} = received ${time(receivedAt)} + ${shortLengthWords(due.targetMs)}` +
    `${off.join('')}, ${policy}`
  );
}

/** The same in a few words, for where the sum stands beside it. */
export function placeWords(contact: ContactSummary, now: Instant, standing: Standing | null): string {
  if (contact.band === 'A') return emergencyWords(contact, now, standing);
  const { due } = contact;
  const exact = due.targetMs < TOLD_TO_THE_SECOND_MS;
  const at = exact ? whenWords(due.at, now) : dueWords(due.at, now);
  return isLookFirst(due) ? 'Look first: risk words were found' : `Due ${at}`;
}

/** "2nd of 3". */
function nthWords({ nth, of }: Standing): string {
  const tens = nth % 100;
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][nth % 10] ?? 'th');
  return `${nth}${ending} of ${of}`;
}

/** How the due instant stands now: "in 0:48", "over by 1:20". */
export function dueState(
  due: Due,
  now: Instant,
): { readonly kind: 'running' | 'soon' | 'over'; readonly words: string } {
  const { kind, ms } = clockState(due, now);
  // Its due instant lies before it was received, only to put it first: by how much it is over would mean nothing.
  if (isLookFirst(due)) return { kind: 'soon', words: 'at once' };
  return { kind, words: kind === 'over' ? `over by ${timerWords(ms)}` : `in ${timerWords(ms)}` };
}
