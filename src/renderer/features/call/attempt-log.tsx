import type { CallBackAttempt } from '../../../shared/domain/record/parts.ts';
import { attemptsWords, attemptWords } from '../../app/call-back-words.ts';
import { deskWords } from '../../app/refusals.ts';
import { useNow } from '../../app/use-now.ts';
import { whenWords } from '../../ui/time-words.ts';
import styles from './call.module.css';

/** What was tried so far, the latest first. */
export function AttemptLog({ attempts }: { readonly attempts: readonly CallBackAttempt[] }) {
  const now = useNow();
  return (
    <section className={styles.log} aria-label="Attempts">
      <h3>{attemptsWords(attempts, now)}</h3>
      <ol>
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.id}>
            <span className={styles.time}>{whenWords(attempt.at, now)}</span>
            <span>
              <strong>{attemptWords(attempt)}</strong>
              {attempt.words !== '' && <>: {attempt.words}</>}{' '}
              <span className={styles.muted}>({deskWords(attempt.by)})</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
