import { useCell } from '../../app/cell.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { faultWords } from './fault-words.ts';
import styles from './notices.module.css';

/** The newest trouble around the program, with what works all the same and what to do; the others are counted. */
export function Fault() {
  const { store, bridge, session } = useWorkplace();
  // Before anybody has signed in troubles are told, and nothing of anybody's work.
  const isOpen = useCell(session.door) === 'open';
  const faults = useCell(store.desk)?.faults ?? [];
  const latest = faults.at(-1);
  if (latest === undefined) return null;
  const words = faultWords(latest.fault);
  return (
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
  );
}
