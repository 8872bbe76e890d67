import { useLayoutEffect, useRef } from 'react';
import { DO_NOT_COME } from '../../../shared/domain/triage/re-thrive.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { AnswerControl } from './answer-control.tsx';
import { answerWords } from '../../../shared/domain/triage/answer-words.ts';
import type { Asking } from './asking.ts';
import styles from './questions.module.css';
import { showWhole } from './show-whole.ts';
import type { Triage } from './use-triage.ts';

interface PanelProps {
  readonly triage: Triage;
  readonly asking: Asking;
  /** Takes the focus when the sheet comes. */
  readonly spot: ((element: HTMLElement | null) => void) | null;
}

/** The question to put now, large enough to be read out, the next two, and what was answered (rules T-05, T-06). */
export function QuestionPanel({ triage, asking, spot }: PanelProps) {
  const { law } = useWorkplace();
  const whole = useRef<HTMLDivElement | null>(null);
  const target = useRef<HTMLElement | null>(null);
  const { now, next, turn, skippedCount } = asking;

  // A turn is the handler's own key, and this runs in its task.
  useLayoutEffect(() => {
    if (turn === 0) return;
    showWhole(law, whole.current);
    law.focus(target.current);
  }, [turn, law]);

  const { answers } = triage.form;
  const byId = new Map(triage.policies.questions.questions.map((question) => [question.id, question]));
  const given = Object.entries(answers).flatMap(([id, answer]) => {
    const question = byId.get(id);
    return question === undefined ? [] : [{ question, answer }];
  });
  return (
    <section className={styles.questions} aria-label="Questions">
      <div
        ref={whole}
        className={styles.now}
        onKeyDown={(event) => {
          if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
          if (event.altKey && event.key.toLowerCase() === 'u') {
            event.preventDefault();
            asking.answer({ kind: 'not-known' });
          } else if (event.key === 'Tab' && !event.altKey && event.target === target.current) {
            if (event.shiftKey ? asking.back() : asking.skip()) event.preventDefault();
          }
        }}
      >
        {now === null ? (
          <div
            className={styles.done}
            role="group"
            aria-label="No question is open"
            tabIndex={0}
            ref={(element) => {
              target.current = element;
              spot?.(element);
            }}
          >
            Every question is answered. Shift+Tab goes back to the last.
          </div>
        ) : (
          <>
            <p className={styles.say} data-testid="question-now">
              {now.say}
            </p>
            <p className={styles.because}>
              <span title={now.because}>{now.because}</span>
              <span>
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.notToCome}
                  title="They have asked us not to come, or to cancel"
                  onClick={() => asking.answerTo(DO_NOT_COME, { kind: 'yes' })}
                >
                  <KeyHint>Alt+N</KeyHint> “don’t come”
                </button>{' '}
                · <KeyHint>Tab</KeyHint> next{skippedCount > 0 && ` · ${skippedCount} passed over`}
              </span>
            </p>
            <AnswerControl
              key={`${now.question.id} ${turn}`}
              triage={triage}
              asked={now}
              asking={asking}
              targetRef={(element) => {
                target.current = element;
                spot?.(element);
              }}
            />
          </>
        )}
      </div>
      <ol className={styles.next} aria-label="Then">
        {next.map(({ question, say }) => (
          <li key={question.id} title={say}>
            {say}
          </li>
        ))}
      </ol>
      <ul className={styles.given} aria-label="Answered">
        {given.toReversed().map(({ question, answer }) => (
          <li key={question.id}>
            <button
              type="button"
              tabIndex={-1}
              title={`${question.say} – change it`}
              onClick={() => asking.ask(question.id)}
            >
              <span>{question.label}</span> <b>{answerWords(question, answer)}</b>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
