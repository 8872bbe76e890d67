import { useCell } from '../../app/cell.ts';
import { isLinkDown } from '../../app/link-down.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords } from '../../ui/time-words.ts';
import { actWords } from './act-words.ts';
import { stateOfItem } from './outbox-words.ts';
import styles from './outbox.module.css';

/** What this desk has kept and the queue has not received, and what came back refused or late: in sight beside the work. */
export function Outbox() {
  const { store, bridge, clock } = useWorkplace();
  const keyboard = useKeyboard();
  const { items } = useCell(store.outbox);
  const desk = useCell(store.desk);
  // The whole view says what to do; here, that something is not sent.
  const standing = { linkIsDown: isLinkDown(desk), isMine: false };
  return (
    <section className={styles.outbox} aria-label="Kept here">
      <h2>
        <span className={styles.name}>
          Kept here <span>{items.length === 0 ? '– all received' : items.length}</span>
        </span>
        <button type="button" tabIndex={-1} onClick={() => keyboard.runById('outbox')}>
          All <KeyHint>Ctrl+O</KeyHint>
        </button>
      </h2>
      {items.length > 0 && (
        <ul>
          {items.map((item) => (
            <li key={item.id} data-state={item.state}>
              <span className={styles.what}>
                <strong>{actWords(item.act)}</strong> {item.ref ?? 'contact not on this desk'}
              </span>
              <span className={styles.state}>
                {stateOfItem(item, standing).words} <time>{clockWords(clock.toQueueTime(item.keptAt))}</time>
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
