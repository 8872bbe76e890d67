import { useRef } from 'react';
import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { refusalOfAgreeing } from '../../../shared/domain/record/floor-agreement.ts';
import type { AskedGrading } from '../../../shared/domain/record/parts.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { partNames, rationaleParts } from '../../../shared/domain/triage/rationale.ts';
import { useCell } from '../../app/cell.ts';
import { gradeWords } from '../../app/contact-words.ts';
import { deskWords, refusalWords } from '../../app/refusals.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useNow } from '../../app/use-now.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { withoutRules } from '../../app/rule-words.ts';
import { whenWords } from '../../ui/time-words.ts';
import { emptyGradeForm, readGradeForm } from './grade-form.ts';
import { GRADE_WORDS } from './grade-part.tsx';
import styles from './grade.module.css';
import type { Triage } from './use-triage.ts';

interface AgreePartProps {
  readonly id: ContactId;
  readonly triage: Triage;
  readonly asked: AskedGrading;
}

/** A second person's word on a lower grade: yes or no, and why (rules C-29, T-15). */
export function AgreePart({ id, triage, asked }: AgreePartProps) {
  const workplace = useWorkplace();
  const { law, acts, drafts, store } = workplace;
  const now = useNow();
  const spot = useSpot('sheet');
  const session = useCell(store.desk)?.session;
  const role: Role = session?.kind === 'signed-in' ? session.person.role : 'handler';
  const [words, write] = useSheetWords(id, GRADE_WORDS, readGradeForm);
  const form = words ?? emptyGradeForm;
  const field = useRef<HTMLInputElement | null>(null);
  const { contact, policies } = triage;
  const refusal = refusalOfAgreeing(
    contact,
    { kind: 'agree', grading: asked.id, agreed: true, reason: '' },
    role,
    // Only who may agree is asked of the policy here.
    { triage: policies.triage } as Parameters<typeof refusalOfAgreeing>[3],
  );
  const before = contact.grade ?? 'no grade';
  const to = asked.grade ?? 'no grade';

  const choose = (agreed: boolean) => {
    write({ ...form, agreed });
    law.focus(field.current);
  };
  const send = () => {
    if (form.agreed === null || form.word.trim() === '') {
      workplace.say('Choose 1 or 2, and write why: both are needed.', 'plain');
      return;
    }
    const { agreed } = form;
    const ticket = law.ticket();
    const sent = drafts.sheet(id, GRADE_WORDS);
    const act = { kind: 'agree', grading: asked.id, agreed, reason: form.word.trim() } as const;
    void acts.submit(id, act).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, GRADE_WORDS) === sent) drafts.writeSheet(id, GRADE_WORDS, '');
      workplace.say(agreed ? `Agreed to ${to}: kept here.` : `${before} stays: kept here.`, 'plain');
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  return (
    <SheetFrame
      id={id}
      title={`${to} instead of ${before}: your word`}
      keys={
        <>
          <KeyHint>1</KeyHint> agree · <KeyHint>2</KeyHint> keep {before} · <KeyHint>Enter</KeyHint> sends
        </>
      }
      act={{ words: 'Send', isReady: form.agreed !== null && form.word.trim() !== '', run: send }}
    >
      <div className={styles.grade}>
        <p className={styles.told}>
          {deskWords(asked.by)}, {asked.by.handler}, asked {whenWords(asked.at, now)} for{' '}
          <strong>{asked.grade === null ? to : `${asked.grade}, ${gradeWords[asked.grade]}`}</strong>:{' '}
          <span title={asked.reason}>{withoutRules(asked.reason)}</span>
        </p>
        <dl className={styles.read}>
          {rationaleParts
            .filter((part) => asked.rationale[part].trim() !== '')
            .map((part) => (
              <div key={part}>
                <dt>{partNames[part]}</dt>
                <dd>{asked.rationale[part]}</dd>
              </div>
            ))}
        </dl>
        <div
          ref={spot}
          className={styles.choices}
          role="radiogroup"
          aria-label="Your word"
          tabIndex={0}
          onKeyDown={(event) => {
            if (event.key !== '1' && event.key !== '2') return;
            event.preventDefault();
            if (event.key === '2' || refusal === null) choose(event.key === '1');
          }}
        >
          <button
            type="button"
            role="radio"
            tabIndex={-1}
            aria-checked={form.agreed === true}
            disabled={refusal !== null}
            onClick={() => choose(true)}
          >
            <kbd>1</kbd> Agree to {to}
          </button>
          <button
            type="button"
            role="radio"
            tabIndex={-1}
            aria-checked={form.agreed === false}
            onClick={() => choose(false)}
          >
            <kbd>2</kbd> Keep {before}
          </button>
        </div>
        <label className={styles.field}>
          <span>Reason</span>
          <input
            ref={field}
            type="text"
            value={form.word}
            maxLength={REASON_LIMIT}
            autoComplete="off"
            onChange={(event) => write({ ...form, word: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              send();
            }}
          />
        </label>
        <p className={styles.ahead} data-warns={refusal !== null} role="status">
          {refusal === null ? '' : refusalWords(refusal)}
        </p>
      </div>
    </SheetFrame>
  );
}
