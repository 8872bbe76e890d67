import { useCell } from '../app/cell.ts';
import { offerWords, type UndoOffer } from '../app/undo.ts';
import { useNow } from '../app/use-now.ts';
import { useWorkplace } from '../app/workplace-context.ts';
import { SECOND } from '../../shared/domain/time.ts';
import { UNDO_MS } from '../../shared/domain/undo.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { useKeyboard } from './keyboard-context.ts';
import styles from './take-back.module.css';

/** The last act and the key that takes it back, at the end of the key bar. It moves nothing (rule X-10). */
export function TakeBack() {
  const { acts, store } = useWorkplace();
  const keyboard = useKeyboard();
  const { singleLetterKeys } = useCell(store.settings);
  const offer = useCell(acts.undo.offer);
  return (
    <div className={styles.place} role="group" aria-label="Last act can be taken back">
      {offer !== null && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.offer}
          data-received={offer.isReceived}
          onClick={() => keyboard.runById('take-back-anywhere')}
        >
          <span className={styles.what}>{offerWords(offer)} ·</span>
          <span>
            {singleLetterKeys && (
              <>
                <KeyHint>u</KeyHint> or{' '}
              </>
            )}
            <KeyHint>Ctrl+Z</KeyHint> takes it back <Seconds offer={offer} />
          </span>
        </button>
      )}
    </div>
  );
}

/** Counted down once a second, with the clock of the window. */
function Seconds({ offer }: { readonly offer: UndoOffer }) {
  const left = Math.ceil((offer.until - useNow()) / SECOND);
  return <span className={styles.seconds}>{Math.min(UNDO_MS / SECOND, Math.max(1, left))} s</span>;
}
