import type { ContactId } from '../../../shared/domain/ids.ts';
import { standingAttempts, type CallBackAttempt } from '../../../shared/domain/record/parts.ts';
import { attemptsWords, attemptWords } from '../../app/call-back-words.ts';
import { deskWords } from '../../app/refusals.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { whenWords } from '../../ui/time-words.ts';
import styles from './call.module.css';

export interface AttemptLogProps {
  readonly id: ContactId;
  readonly attempts: readonly CallBackAttempt[];
}

/** What was tried so far, the latest first. One that was written down as answered by a slip is put right here (rule C-20). */
export function AttemptLog({ id, attempts }: AttemptLogProps) {
  const now = useNow();
  const workplace = useWorkplace();
  const standing = standingAttempts(attempts);
  const correct = ({ id: corrects, safe, way }: CallBackAttempt) => {
    const words = 'Corrected: nobody had answered';
    const attempt = { safe, way, result: 'no-answer', words } as const;
    void workplace.acts.submit(id, { kind: 'attempt', attempt, corrects }).then((answer) => {
      if (answer.kind === 'kept') workplace.say('Corrected: kept here.', 'plain');
    });
  };
  return (
    <section className={styles.log} aria-label="Attempts">
      <h3>{attemptsWords(standing, now)}</h3>
      <ol>
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.id}>
            <span className={styles.time}>{whenWords(attempt.at, now)}</span>
            <span>
              <strong>{attemptWords(attempt)}</strong>
              {attempt.words !== '' && <>: {attempt.words}</>}{' '}
              <span className={styles.muted}>({deskWords(attempt.by)})</span>
              {!standing.includes(attempt) && <span className={styles.muted}> · corrected</span>}
              {standing.includes(attempt) && attempt.result === 'answered' && (
                <button type="button" onClick={() => correct(attempt)}>
                  Nobody had answered
                </button>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
