import { useRef } from 'react';
import { closeOutcomes, grades, type CloseOutcome, type Grade } from '../../../shared/domain/contact.ts';
import { gradeWords, outcomeWords } from '../../app/contact-words.ts';
import { blankLine, type ActionLine } from '../../app/form-words.ts';
import { readTime, whenWords } from '../../app/typed-time.ts';
import { paintNow } from '../../app/paint-now.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Field } from './field.tsx';
import type { FormPart } from './new-contact-form.tsx';
import { STAYS_OPEN } from './stays-open.ts';
import styles from './new-contact-form.module.css';

/** What a paper log has besides: what was done and when, the grade, how it ended (rule P-02). */
export function PaperFields({ words, errors, change }: FormPart) {
  return (
    <>
      <Actions words={words} errors={errors} change={change} />
      <div className={styles.grid}>
        <Field label="Grade" error={errors.get('grade')}>
          {(parts) => (
            <select
              {...parts}
              name="grade"
              value={words.grade}
              onChange={(event) => change({ grade: event.currentTarget.value as Grade | '' })}
            >
              <option value="">not graded</option>
              {grades.map((grade) => (
                <option key={grade} value={grade}>
                  {grade} {gradeWords[grade]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Reason for the grade" error={errors.get('gradeReason')}>
          {(parts) => (
            <input
              {...parts}
              type="text"
              name="gradeReason"
              autoComplete="off"
              value={words.gradeReason}
              onChange={(event) => change({ gradeReason: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Outcome" hint={STAYS_OPEN} error={errors.get('outcome')}>
          {(parts) => (
            <select
              {...parts}
              name="outcome"
              value={words.outcome}
              onChange={(event) => change({ outcome: event.currentTarget.value as CloseOutcome | '' })}
            >
              <option value="">not said</option>
              {closeOutcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {outcomeWords[outcome]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Reason for the outcome" error={errors.get('outcomeReason')}>
          {(parts) => (
            <input
              {...parts}
              type="text"
              name="outcomeReason"
              autoComplete="off"
              value={words.outcomeReason}
              onChange={(event) => change({ outcomeReason: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function Actions({ words, errors, change }: FormPart) {
  const { law, acts } = useWorkplace();
  const list = useRef<HTMLOListElement>(null);
  const { actions } = words;
  const put = (id: string, changed: Partial<ActionLine>) =>
    change({ actions: actions.map((line) => (line.id === id ? { ...line, ...changed } : line)) });
  const addBelow = (at: number) => {
    const line = blankLine(acts.newId);
    change({ actions: actions.toSpliced(at + 1, 0, line) });
    // The line is new: it is painted before the caret can go there.
    paintNow();
    law.focus(list.current?.querySelector<HTMLElement>(`[data-line="${line.id}"] input`));
  };
  return (
    <section className={styles.actions} aria-label="What was done and when">
      <h3>
        What was said or done, and when <span>Enter adds a line</span>
      </h3>
      <ol ref={list}>
        {actions.map((line, at) => (
          <li key={line.id} data-line={line.id}>
            <Line
              line={line}
              number={at + 1}
              received={words.received}
              error={errors.get(line.id)}
              onChange={(changed) => put(line.id, changed)}
              onEnter={() => addBelow(at)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  readonly line: ActionLine;
  readonly number: number;
  readonly received: string;
  readonly error: string | undefined;
  readonly onChange: (changed: Partial<ActionLine>) => void;
  readonly onEnter: () => void;
}

function Line({ line, number, received, error, onChange, onEnter }: LineProps) {
  const now = useNow();
  const contact = readTime(received, { now, since: null });
  const time = readTime(line.time, { now, since: contact.kind === 'at' ? contact.at : null });
  const below = error ?? (time.kind === 'at' ? whenWords(time.at, now) : '');
  return (
    <>
      <input
        type="text"
        name="time"
        aria-label={`Time of line ${number}`}
        aria-describedby={`${line.id}-below`}
        aria-invalid={error !== undefined}
        placeholder="14:05"
        autoComplete="off"
        value={line.time}
        onChange={(event) => onChange({ time: event.currentTarget.value })}
      />
      <input
        type="text"
        name="text"
        aria-label={`Line ${number}: what was said or done`}
        aria-describedby={`${line.id}-below`}
        autoComplete="off"
        value={line.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return;
          event.preventDefault();
          onEnter();
        }}
      />
      <p id={`${line.id}-below`} className={styles.below} data-error={error !== undefined}>
        {below}
      </p>
    </>
  );
}
