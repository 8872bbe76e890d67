import { useCell } from '../../app/cell.ts';
import { later } from '../../app/later.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './notices.module.css';

/** What has gone wrong in words of its own: hardly ever there with the first painting, and fetched soon after it. */
export const Fault = later(async () => (await import('./fault.tsx')).Fault);

/**
 * One line whose space is always kept: what the last act came to, and what has gone wrong around the program. The
 * newest trouble is shown; the others are counted.
 */
export function Notices() {
  const { session, said: saidCell } = useWorkplace();
  // Before anybody has signed in troubles are told, and nothing of anybody's work.
  const isOpen = useCell(session.door) === 'open';
  const said = useCell(saidCell);
  return (
    <section className={styles.notices} aria-label="Notices">
      <Fault.Shown />
      <p className={styles.said} data-tone={said?.tone ?? 'plain'} role="group" aria-label="Last act">
        {said !== null && isOpen && (
          <>
            <time className={styles.at}>{clockWords(said.at)}</time> {said.text}
          </>
        )}
      </p>
    </section>
  );
}
