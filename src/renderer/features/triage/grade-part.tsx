import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import { grades, type Grade } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { isOverride } from '../../../shared/domain/triage/recommend.ts';
import {
  isWritten,
  missingOfRationale,
  partNames,
  type RationalePart,
} from '../../../shared/domain/triage/rationale.ts';
import { useCell } from '../../app/cell.ts';
import { gradeWords } from '../../app/contact-words.ts';
import { paintNow } from '../../app/paint-now.ts';
import { isRationaleKey, RationaleOffer, RationaleParts } from '../../app/rationale-parts.tsx';
import { withoutRules } from '../../app/rule-words.ts';
import { staleFloorWords } from '../../app/marker-words.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { askPlanFirst } from './ask-plan.ts';
import { emptyGradeForm, readGradeForm, type GradeForm } from './grade-form.ts';
import { chosenGrade } from './grade-mode.ts';
import { agreeWords, gradeAhead, recommendedReason, recommendedWords } from './grade-words.ts';
import styles from './grade.module.css';
import { keepLook } from './keep-look.ts';
import { careComesFirst } from './recommended.tsx';
import { RightCarePart } from './right-care-part.tsx';
import { reasonWords } from './triage-form.ts';
import type { Triage } from './use-triage.ts';

/** The sheet's name among the half-written words of a contact. */
export const GRADE_WORDS = 'grade';

/**
 * A grade with its reason; the recommendation's own reasons stand there when it is followed. Another one says why, a lower one in five
 * parts, and who must agree is said before it is sent (rules T-13 to T-16).
 */
export function GradePart({ id, triage }: { readonly id: ContactId; readonly triage: Triage }) {
  const workplace = useWorkplace();
  const { law, acts, drafts } = workplace;
  const spot = useSpot('sheet');
  const wish = useCell(chosenGrade(workplace));
  const [words, write] = useSheetWords(id, GRADE_WORDS, readGradeForm);
  const form = words ?? emptyGradeForm;
  const wished = wish?.contact === id ? wish.grade : null;
  const grade = wished ?? form.grade;
  const { contact, look, policies } = triage;

  const whole = useRef<HTMLFormElement | null>(null);
  const field = useRef<HTMLInputElement | null>(null);
  const parts = useRef(new Map<RationalePart, HTMLTextAreaElement>());
  const note = useId();

  const recommended = look.recommendation.grade;
  const ahead = grade === null ? null : gradeAhead(policies.triage, contact, look, grade);
  const isFollowed = grade !== null && grade === recommended && ahead?.needsRationale !== true;
  const followed = isFollowed ? recommendedReason(look) : '';
  // Read without the rules; left as it is, the record has them with it.
  const reason = form.reason ?? withoutRules(followed);
  const onRecord = reason === withoutRules(followed) ? followed : reason.trim();
  const title = grade === null ? 'Grade' : `Grade ${grade}, ${gradeWords[grade]}`;
  const asks = ahead !== null && agreeWords(ahead, contact) !== '';
  const missing =
    ahead?.needsRationale === true ? missingOfRationale(form.rationale, policies.triage.rationale.needs) : [];

  // Offered, never asked for: whoever grades upward writes one line and goes on.
  const [partsWanted, setPartsWanted] = useState(false);
  const isOther = grade !== null && isOverride(look.recommendation, grade);
  const isOffered = ahead?.needsRationale !== true && (isOther || partsWanted);
  const partsOpen = ahead?.needsRationale === true || partsWanted || isWritten(form.rationale);
  const [careOpen, setCareOpen] = useState<boolean | null>(null);
  const [careTurn, setCareTurn] = useState(0);
  const careDue = grade !== null && careComesFirst(triage, grade);
  // It stays once it was asked: the last answer takes nothing away from under the hand.
  if (careDue && careOpen === null) setCareOpen(true);

  const lacking =
    grade === null
      ? 'Choose 1 to 5.'
      : reason.trim() === ''
        ? 'The reason is still missing.'
        : missing.length > 0
          ? `Still missing: ${missing.map((part) => partNames[part].toLowerCase()).join(', ')}.`
          : careDue
            ? 'Right Care Right Person first (Alt+W).'
            : '';

  // The key that named the grade opened this, and it runs in its task.
  const now = useNow();
  const stale = staleFloorWords(policies.triage, contact, look.entry, now);
  useLayoutEffect(() => {
    if (wished === null) return;
    law.focus(field.current);
    field.current?.select();
  }, [law, wished]);
  // The words of a sheet that was left are on the disk.
  useEffect(() => () => void drafts.save(id), [drafts, id]);

  const change = (changed: Partial<GradeForm>) => {
    write({ ...form, grade, ...changed });
    if (changed.grade !== undefined) chosenGrade(workplace).set(null);
  };
  const choose = (to: Grade) => {
    change({ grade: to });
    law.focus(field.current);
    field.current?.select();
  };
  const openParts = () => {
    setPartsWanted(true);
    paintNow();
    law.focus(parts.current.get('information'));
  };
  /** The same part of the form as in the questions: what is answered there is not asked here. */
  const openCare = () => {
    setCareOpen(true);
    setCareTurn((turn) => turn + 1);
  };
  const send = () => {
    const [first] = missing;
    // First of all: the answer may change the grade, and nothing written here is lost by going there.
    if (grade !== null && askPlanFirst(workplace, contact, grade)) return;
    if (grade === null) {
      workplace.say('Choose the grade first: 1 to 5.', 'plain');
      law.focus(whole.current?.querySelector<HTMLElement>('[role="radiogroup"]'));
      return;
    }
    if (reason.trim() === '') {
      workplace.say('Write the reason first: a few words are enough.', 'plain');
      law.focus(field.current);
      return;
    }
    if (first !== undefined) {
      workplace.say(`Write “${partNames[first]}” first: a lower grade needs it.`, 'plain');
      law.focus(parts.current.get(first));
      return;
    }
    if (careDue) {
      workplace.say('Not graded yet: settle first whether police are the ones to go.', 'plain');
      openCare();
      return;
    }
    const ticket = law.ticket();
    const sent = drafts.sheet(id, GRADE_WORDS);
    const { rationale } = form;
    const act = ahead?.needsRationale === true || isWritten(rationale) ? { rationale } : {};
    void keepLook(workplace, id)
      .then(() => acts.submit(id, { kind: 'grade', grade, reason: onRecord, ...act }))
      .then((answer) => {
        if (answer.kind !== 'kept') return;
        if (drafts.sheet(id, GRADE_WORDS) === sent) drafts.writeSheet(id, GRADE_WORDS, '');
        if (chosenGrade(workplace).read()?.contact === id) chosenGrade(workplace).set(null);
        workplace.say(
          asks
            ? `Grade ${grade} asked for: kept here. ${contact.grade ?? 'No grade'} stands until somebody agrees.`
            : `Grade ${grade}, ${gradeWords[grade]}: kept here.`,
          'plain',
        );
        law.answer(ticket, () => workplace.leaveSheet(id));
      });
  };
  return (
    <SheetFrame
      id={id}
      title={title}
      keys={
        <>
          <KeyHint>1</KeyHint> to <KeyHint>5</KeyHint> · <KeyHint>Enter</KeyHint> sends
        </>
      }
      act={{ words: asks ? 'Ask for it' : 'Send', isReady: lacking === '', run: send }}
      note={lacking}
    >
      <form
        ref={whole}
        className={styles.grade}
        aria-label={title}
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.defaultPrevented || event.nativeEvent.isComposing) return;
          const isCareKey =
            event.altKey && !event.ctrlKey && !event.metaKey && event.key.toLowerCase() === 'w';
          if (isCareKey || (isRationaleKey(event) && grade !== null)) {
            event.preventDefault();
            if (isCareKey) openCare();
            else openParts();
            return;
          }
          if (event.key !== 'Enter') return;
          const isInText = event.target instanceof HTMLTextAreaElement;
          if (event.target instanceof HTMLButtonElement || (isInText && !event.ctrlKey)) return;
          event.preventDefault();
          send();
        }}
      >
        <div
          ref={wished === null && form.grade === null ? spot : null}
          className={styles.choices}
          role="radiogroup"
          aria-label="Grade"
          tabIndex={0}
          onKeyDown={(event) => {
            const to = /^[1-5]$/.test(event.key) ? grades[Number(event.key) - 1] : undefined;
            if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
            event.preventDefault();
            choose(to);
          }}
        >
          {grades.map((each, at) => (
            <button
              key={each}
              type="button"
              role="radio"
              tabIndex={-1}
              aria-checked={each === grade}
              title={policies.triage.grades[each].when}
              onClick={() => choose(each)}
            >
              <kbd>{at + 1}</kbd> <b>{each}</b> {gradeWords[each]}
              {each === recommended && <span> recommended</span>}
            </button>
          ))}
        </div>
        <p className={styles.told} title={reasonWords(look.recommendation).join(' ')}>
          {contact.grade === null ? 'Not graded yet. ' : `Now ${contact.grade}. `}
          <strong>{recommendedWords(look)}</strong>
          {recommended !== null && ` because ${withoutRules(reasonWords(look.recommendation).join(' '))}`}
        </p>
        <label className={styles.field}>
          <span>Reason</span>
          <input
            ref={(element) => {
              field.current = element;
              if (wished !== null || form.grade !== null) spot(element);
            }}
            type="text"
            aria-describedby={note}
            value={reason}
            maxLength={REASON_LIMIT}
            autoComplete="off"
            placeholder={
              grade !== null && isOverride(look.recommendation, grade)
                ? `Why ${grade} and not ${recommended ?? ''}?`
                : 'Why this grade'
            }
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
        </label>
        <p
          id={note}
          className={styles.ahead}
          data-warns={ahead !== null && ahead.needsRationale}
          role="status"
        >
          {grade !== null && ahead !== null && (
            <>
              {ahead.floor !== null &&
                `${ahead.floor.grade} is the lowest grade here: ${ahead.floor.because} ${stale} `}
              {ahead.isLower && `${grade} is lower than ${contact.grade ?? ''}: say why in the parts below. `}
              {ahead.isFirstBelow &&
                `${grade} is lower than the recommended ${recommended ?? ''}: say why in the parts below. `}
              {agreeWords(ahead, contact)}
              {!ahead.needsRationale &&
                isOverride(look.recommendation, grade) &&
                `Not the recommended grade: the reason says why ${grade} and not ${recommended ?? ''}.`}
            </>
          )}
        </p>
        {partsOpen && (
          <RationaleParts
            rationale={form.rationale}
            missing={missing}
            onChange={(rationale) => change({ rationale })}
            fieldRef={(part, element) => {
              if (element === null) parts.current.delete(part);
              else parts.current.set(part, element);
            }}
          />
        )}
        {isOffered && !partsOpen && <RationaleOffer onOpen={openParts} />}
        {careOpen !== null && (
          <RightCarePart
            triage={triage}
            isOpen={careOpen}
            turn={careTurn}
            onToggle={() => setCareOpen(!careOpen)}
          />
        )}
      </form>
    </SheetFrame>
  );
}
