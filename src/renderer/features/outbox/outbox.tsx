import type { OutboxItem } from '../../../shared/contract/workstation.ts';
import { useCell } from '../../app/cell.ts';
import { actWords } from '../../app/contact-words.ts';
import { refusalWords } from '../../app/refusals.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './outbox.module.css';

/** What this desk has kept and the queue has not received, and what came back refused or late. */
export function Outbox() {
  const { store, bridge, clock } = useWorkplace();
  const { items } = useCell(store.outbox);
  return (
    <section className={styles.outbox} aria-label="Kept here">
      <h2>
        Kept here <span>{items.length === 0 ? '– everything is received' : items.length}</span>
      </h2>
      {items.length > 0 && (
        <ul>
          {items.map((item) => (
            <li key={item.id} data-state={item.state}>
              <span className={styles.what}>
                <strong>{actWords(item.act)}</strong> {item.ref ?? 'contact not on this desk'}
              </span>
              <span className={styles.state}>
                {stateWords(item)} <time>{clockWords(clock.toQueueTime(item.keptAt))}</time>
              </span>
              {item.state !== 'waiting' && (
                <button
                  type="button"
                  onClick={() =>
                    void bridge.request('outbox.dismiss', { id: item.id }).catch(() => undefined)
                  }
                >
                  Seen
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function stateWords({ state, refusal }: OutboxItem): string {
  if (state === 'waiting') return 'Kept here, not received. Sent when the queue can be reached.';
  if (state === 'late') return 'Late: your words are on the record, marked late; nothing else was done.';
  return refusal === null ? 'Refused by the queue.' : refusalWords(refusal);
}
