import type { Contact, Grade } from '../../../shared/domain/contact.ts';
import { planHoldsUp } from '../../../shared/domain/record/plan-asked.ts';
import type { Workplace } from '../../app/workplace.ts';

/** True where a low grade has to wait for what is different today: it is said, and the hand is put on the question (rule T-26). */
export function askPlanFirst(workplace: Workplace, contact: Contact, grade: Grade): boolean {
  if (!planHoldsUp(contact, grade)) return false;
  if (workplace.looking.read() !== null) workplace.look(null);
  const isThere = workplace.goTo('plan');
  workplace.say(
    isThere
      ? 'Not graded yet: say first what is different today, as the agreed plan asks. What you wrote stays.'
      : 'Not graded yet: say first what is different today (w in the record). What you wrote stays.',
    'plain',
  );
  return true;
}
