import type { PassedOn } from '../../../shared/domain/record/parts.ts';
import { passedWords } from '../../app/record-words.ts';
import { deskWords } from '../../app/refusals.ts';
import { useNow } from '../../app/use-now.ts';
import { whenWords } from '../../ui/time-words.ts';
import styles from './pass.module.css';

/** To whom it was offered so far, the latest first. */
export function PassLog({ passedOn }: { readonly passedOn: readonly PassedOn[] }) {
  const now = useNow();
  if (passedOn.length === 0) return null;
  return (
    <section className={styles.log} aria-label="Passed on so far">
      <h3>Passed on so far</h3>
      <ol>
        {passedOn.toReversed().map((passed) => (
          <li key={passed.id}>
            <span className={styles.time}>{whenWords(passed.at, now)}</span>
            <span>
              {passedWords(passed)} <span className={styles.muted}>({deskWords(passed.by)})</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
