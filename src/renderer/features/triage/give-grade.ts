import { isRightCareDue } from '../../../shared/domain/triage/right-care.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { gradeWords } from '../../app/contact-words.ts';
import type { Workplace } from '../../app/workplace.ts';
import { gradeAhead, recommendedReason } from './grade-words.ts';
import { chosenGrade } from './grade-mode.ts';
import { askPlanFirst } from './ask-plan.ts';
import { keepLook, lookNow, triagePolicies } from './keep-look.ts';

/**
 * The recommended grade at once, with the reasons of the recommendation as its reason. One that is lower than the grade in force is never
 * given so: the sheet asks why (rule T-15).
 */
export async function giveRecommended(workplace: Workplace, id: ContactId): Promise<void> {
  const look = lookNow(workplace, id);
  const policies = triagePolicies(workplace);
  const grade = look?.recommendation.grade ?? null;
  if (look === null || policies === null || grade === null) {
    workplace.say('Nothing to recommend yet: answer what stands behind “Ask before a low grade”.', 'plain');
    return;
  }
  if (look.contact.grade === grade) {
    workplace.say(`Graded ${grade} already. Nothing changed.`, 'plain');
    return;
  }
  if (askPlanFirst(workplace, look.contact, grade)) return;
  // On a line on which nobody speaks too: the grade sheet asks it there, in the same field as the questions (rule T-18).
  const isCareDue =
    grade === 'G5' &&
    look.contact.plan === null &&
    isRightCareDue(policies.triage, look.picture, look.entry.rightCare);
  if (isCareDue) workplace.say('Not graded yet: settle first whether police are the ones to go.', 'plain');
  if (isCareDue || gradeAhead(policies.triage, look.contact, look, grade).needsRationale) {
    chosenGrade(workplace).set({ contact: id, grade });
    workplace.showSheet(id, 'grade');
    return;
  }
  await keepLook(workplace, id);
  const answer = await workplace.acts.submit(id, { kind: 'grade', grade, reason: recommendedReason(look) });
  if (answer.kind === 'kept') workplace.say(`Grade ${grade}, ${gradeWords[grade]}: kept here.`, 'plain');
}
