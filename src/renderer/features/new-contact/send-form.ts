import type { ContactId } from '../../../shared/domain/ids.ts';
import { SECOND } from '../../../shared/domain/time.ts';
import { writeForm, type FormWords } from '../../app/form-words.ts';
import type { Ticket } from '../../app/focus-law.ts';
import { refusalWords } from '../../app/refusals.ts';
import type { Workplace } from '../../app/workplace.ts';
import { checkForm, type Step } from './check-form.ts';
import { forgetForm, formOf, keepWords } from './form-draft.ts';
import { STAYS_OPEN } from './stays-open.ts';

/** With the link up the queue is heard first on a paper log: another desk may have typed it in (rule P-05). Milliseconds. */
const QUEUE_WORD_MS = 2 * SECOND;

const ELSEWHERE_CHANGED =
  'Kept as it was when you pressed Ctrl+Enter. What you changed after that stands only here: copy it into a note, then throw this form away.';

/**
 * Keeps the new contact, then what was done, the grade and the outcome as words, in that order (rules P-02 to P-04, P-08). What cannot
 * be kept leaves the form as it stands, with the reason in a sentence; what was kept already is not kept twice.
 */
export async function sendForm(workplace: Workplace, id: ContactId, ticket: Ticket): Promise<void> {
  const words = formOf(workplace, id);
  if (words === null) return;
  const { steps } = checkForm(words, workplace.clock.now());
  const asked: FormWords = { ...words, wasTried: true, trouble: '' };
  keepWords(workplace, asked);
  if (steps.length === 0) {
    workplace.say('Not kept yet: mend the fields that say what is missing.', 'warning');
    return;
  }
  await workplace.drafts.save(id);
  const trouble = await sendSteps(workplace, asked, steps);
  const now = formOf(workplace, id);
  if (trouble !== null) {
    if (now !== null) keepWords(workplace, { ...now, trouble });
    return;
  }
  if (now !== null && writeForm(now) !== writeForm(asked)) {
    keepWords(workplace, { ...now, trouble: ELSEWHERE_CHANGED });
    return;
  }
  forgetForm(workplace, id);
  const open = words.outcome === '' ? '' : ` ${STAYS_OPEN}`;
  workplace.say(`${words.provisionalRef} kept here. It is yours.${open}`, 'plain');
  workplace.law.answer(ticket, () => workplace.goTo('work'));
}

/** Why it stopped, or `null` when everything is kept. */
async function sendSteps(
  { acts, readings }: Workplace,
  { contact, form }: FormWords,
  steps: readonly Step[],
): Promise<string | null> {
  for (const { id, act } of steps) {
    const kept = await acts.submitAs(id, contact, act);
    if (kept.kind === 'busy')
      return 'This desk is still writing it down. Press Ctrl+Enter again in a moment.';
    if (kept.kind === 'not-kept')
      return 'Not kept: this desk could not write it down. Your words stay here; press Ctrl+Enter again. Nothing is done twice.';
    if (kept.kind === 'refused') {
      // It is here under the very id that this form has made: it was kept before the program ended.
      const isHere = readings.of(contact).read()?.kind === 'here';
      if (act.kind === 'log' && kept.refusal.code === 'already-logged' && isHere) continue;
      return refusalWords(kept.refusal);
    }
    if (act.kind !== 'log' || form !== 'paper-log' || acts.linkIsDown) continue;
    const answer = await acts.answerWithin(id, QUEUE_WORD_MS);
    if (answer?.status === 'refused' && answer.refusal !== null) return refusalWords(answer.refusal);
  }
  return null;
}
