import type { Contact } from '../../../shared/domain/contact.ts';
import { houseAndWords } from '../../../shared/domain/place/house.ts';
import type { SaidSpot } from '../../../shared/domain/record/parts.ts';
import type { Answer, Answers } from '../../../shared/domain/triage/answers.ts';
import { WHERE } from '../../../shared/domain/triage/condition.ts';
import type { Workplace } from '../../app/workplace.ts';

/**
 * The spot that a place said back in the questions agrees (rule T-07): with point and house of the one that was agreed or told in those words,
 * else the words alone. `null`: the answer agrees nothing, or nothing new.
 */
export function spotOfAnswer(
  answer: Answer | undefined,
  { spots, locations }: Pick<Contact, 'spots' | 'locations'>,
): SaidSpot | null {
  if (answer?.kind !== 'place' || !answer.readBack || answer.text.trim() === '') return null;
  const { house, words } = houseAndWords(answer.text.trim());
  const before = spots.at(-1);
  if (before !== undefined && before.words === words) {
    const { detail, point, readBack } = before;
    return readBack && house === ''
      ? null
      : { words, detail: detail === '' ? house : detail, point, readBack: true };
  }
  const told = locations.findLast(({ place }) => place === answer.text);
  const point = told === undefined ? null : { latitude: told.latitude, longitude: told.longitude };
  return { words, detail: house, point, readBack: true };
}

/** What was read back in the questions is the agreed place from that key on: no machine moves it any more (rules T-07, C-16). */
export function agreePlace(workplace: Workplace, contact: Contact, answer: Answer): void {
  const spot = spotOfAnswer(answer, contact);
  if (spot !== null) void workplace.acts.submit(contact.id, { kind: 'place', spot });
}

/** The same for an answer that was given before the contact was this desk's: only while nobody has agreed any place. */
export function agreeEarlierPlace(workplace: Workplace, contact: Contact, answers: Answers): void {
  const spot = contact.spots.length === 0 ? spotOfAnswer(answers[WHERE], contact) : null;
  if (spot !== null) void workplace.acts.submitUnasked(contact.id, { kind: 'place', spot });
}
