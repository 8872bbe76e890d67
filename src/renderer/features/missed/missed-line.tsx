import { useCell } from '../../app/cell.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords } from '../../ui/time-words.ts';
import styles from './missed-line.module.css';
import { countWords } from './missed-summary.ts';

/** A quiet line in a place that is always kept: what was missed, until the handler has put it away (rule X-11). */
export function MissedLine() {
  const { store } = useWorkplace();
  const keyboard = useKeyboard();
  const missed = useCell(store.desk)?.missed ?? null;
  return (
    <section className={styles.line} aria-label="Missed" data-some={missed !== null}>
      {missed !== null && (
        <>
          <p data-conflicts={missed.conflicts.length > 0}>
            While the link was down {clockWords(missed.from).slice(0, 5)}–{clockWords(missed.to).slice(0, 5)}:{' '}
            {countWords(missed)}.
          </p>
          <button type="button" onClick={() => keyboard.runById('missed')}>
            Show <KeyHint>Ctrl+Shift+M</KeyHint>
          </button>
        </>
      )}
    </section>
  );
}
