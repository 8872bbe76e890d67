import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Duty } from '../../../shared/domain/record/parts.ts';
import { factsOf } from '../../../shared/domain/triage/thrive.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { emptyGradeForm, readGradeForm } from './grade-form.ts';
import { GRADE_WORDS } from './grade-part.tsx';
import styles from './grade.module.css';
import type { Triage } from './use-triage.ts';

interface ToldPartProps {
  readonly id: ContactId;
  readonly triage: Triage;
  readonly duty: Duty;
}

/** The caller believes the earlier answer: how they were told of the new one, by the way that is safe (rule T-16). */
export function ToldPart({ id, triage, duty }: ToldPartProps) {
  const workplace = useWorkplace();
  const { law, acts, drafts } = workplace;
  const spot = useSpot('sheet');
  const [words, write] = useSheetWords(id, GRADE_WORDS, readGradeForm);
  const form = words ?? emptyGradeForm;
  const { safeContact } = factsOf(triage.look.entry.thrive, 'engagement');
  const [now, before] = triage.contact.gradings.toReversed();

  const send = () => {
    const said = form.told.trim();
    if (said === '') {
      workplace.say('Write how and what the caller was told.', 'plain');
      return;
    }
    const ticket = law.ticket();
    const sent = drafts.sheet(id, GRADE_WORDS);
    void acts.submit(id, { kind: 'discharge', duty: duty.id, words: said }).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, GRADE_WORDS) === sent) drafts.writeSheet(id, GRADE_WORDS, '');
      workplace.say('Caller told: kept here.', 'plain');
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  return (
    <SheetFrame
      id={id}
      title="Caller told"
      keys={
        <>
          <KeyHint>Enter</KeyHint> sends
        </>
      }
      act={{ words: 'Caller told', isReady: form.told.trim() !== '', run: send }}
    >
      <div className={styles.grade}>
        <p className={styles.told}>
          The grade has gone from {before?.grade ?? 'none'} to {now?.grade ?? 'none'}, and the caller believes
          the earlier answer.{' '}
          <strong>
            {safeContact === null
              ? 'Ask first how it is safe to reach them.'
              : `Safe to reach by: ${safeContact}`}
          </strong>
        </p>
        <label className={styles.field}>
          <span>How, and what</span>
          <input
            ref={spot}
            type="text"
            value={form.told}
            maxLength={REASON_LIMIT}
            autoComplete="off"
            placeholder="By telephone: no car today, a visit on Tuesday"
            onChange={(event) => write({ ...form, told: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              send();
            }}
          />
        </label>
      </div>
    </SheetFrame>
  );
}
