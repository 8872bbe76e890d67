import { useState } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { TapSide } from '../../app/tap-side.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { Workplace } from '../../app/workplace.ts';
import { giveRecommended } from './give-grade.ts';
import { formNow, keepLook, TRIAGE_WORDS, triagePolicies } from './keep-look.ts';
import { Recommended } from './recommended.tsx';
import styles from './triage.module.css';
import { isOurs, useTriage } from './use-triage.ts';

/** The questions' side of a line on which somebody only taps. */
export const tapSide: TapSide = {
  Grade: TapGrade,
  answered: (workplace, id, question, answer) => void answerByTap(workplace, id, question, answer),
  give: (workplace, id) => void giveRecommended(workplace, id),
};

/** Into the same form as an answer of the questions, so that neither undoes the other; then a version at once. */
async function answerByTap(
  workplace: Workplace,
  id: ContactId,
  question: string,
  answer: 'yes' | 'no',
): Promise<void> {
  const reading = workplace.readings.of(id).read();
  const policies = triagePolicies(workplace);
  if (reading?.kind !== 'here' || policies === null) return;
  const asked = policies.questions.questions.find((each) => each.id === question);
  if (asked?.answer !== 'yes-no') return;
  const form = formNow(workplace, reading.contact, policies);
  const answers = { ...form.answers, [question]: { kind: answer } };
  workplace.drafts.writeSheet(id, TRIAGE_WORDS, JSON.stringify({ ...form, answers }));
  if (isOurs(workplace, id)) await keepLook(workplace, id);
}

function TapGrade({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const triage = useTriage(id);
  const [isOpen, setOpen] = useState(false);
  if ('sentence' in triage)
    return (
      <p className={styles.recommendedRoom} role="status">
        {triage.sentence}
      </p>
    );
  return (
    <Recommended
      triage={triage}
      isOpen={isOpen}
      onToggle={() => setOpen(!isOpen)}
      onGrade={() => void giveRecommended(workplace, id)}
    />
  );
}
