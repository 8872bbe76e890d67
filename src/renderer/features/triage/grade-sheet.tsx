import { useLayoutEffect, useState } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { openDuties } from '../../../shared/domain/record/parts.ts';
import { useCell } from '../../app/cell.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { AgreePart } from './agree-part.tsx';
import { GradePart } from './grade-part.tsx';
import { chosenGrade } from './grade-mode.ts';
import { ToldPart } from './told-part.tsx';
import styles from './grade.module.css';
import { useTriage } from './use-triage.ts';

/** Grading, a second person's word on a lower grade, and telling the caller of it: what a grade brings with it. */
export function GradeSheet({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { law, elements } = workplace;
  const triage = useTriage(id);
  const spot = useSpot('sheet');
  const wish = useCell(chosenGrade(workplace));
  const mode = wish?.contact === id ? wish.mode : undefined;
  // Of the key that opened the sheet: what is still on its way then takes the focus as its answer.
  const [ticket] = useState(() => law.ticket());
  const isHere = !('sentence' in triage);
  useLayoutEffect(() => {
    if (isHere) law.answer(ticket, () => law.focus(elements.get('sheet')));
  }, [isHere, law, ticket, elements]);
  if ('sentence' in triage)
    return (
      <SheetFrame id={id} title="Grade" act={null}>
        <p ref={spot} tabIndex={-1} className={styles.waiting} role="status">
          {triage.sentence}
        </p>
      </SheetFrame>
    );
  const { contact } = triage;
  const tell = openDuties(contact).find(({ kind }) => kind === 'tell-caller') ?? null;
  if (mode === 'agree' && contact.asked !== null)
    return <AgreePart id={id} triage={triage} asked={contact.asked} />;
  if (mode === 'told' && tell !== null) return <ToldPart id={id} triage={triage} duty={tell} />;
  return <GradePart id={id} triage={triage} />;
}
