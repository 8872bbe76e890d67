import { useCell } from '../../app/cell.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { clockWords } from '../../ui/time-words.ts';
import { faultWords } from './fault-words.ts';
import styles from './notices.module.css';

/**
 * One line whose space is always kept: what the last act came to, and what has gone wrong around the program. The
 * newest trouble is shown; the others are counted.
 */
export function Notices() {
  const { store, bridge, session, said: saidCell } = useWorkplace();
  // Before anybody has signed in troubles are told, and nothing of anybody's work.
  const isOpen = useCell(session.door) === 'open';
  const said = useCell(saidCell);
  const faults = useCell(store.desk)?.faults ?? [];
  const latest = faults.at(-1);
  const words = latest === undefined ? null : faultWords(latest.fault);
  return (
    <section className={styles.notices} aria-label="Notices">
      {latest !== undefined && words !== null && (
        <div className={styles.fault}>
          <p title={`${words.happened} ${words.works} ${words.todo}`}>
            <strong>{words.happened}</strong> {words.works} {words.todo}
          </p>
          {faults.length > 1 && <span className={styles.count}>{faults.length - 1} more</span>}
          {isOpen && (
            <button
              type="button"
              onClick={() => void bridge.request('fault.dismiss', { id: latest.id }).catch(() => undefined)}
            >
              Dismiss
            </button>
          )}
        </div>
      )}
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
