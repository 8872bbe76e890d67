import { useCell } from '../../app/cell.ts';
import { later } from '../../app/later.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './missed-line.module.css';

/** Its words: hardly ever there with the first painting, and fetched soon after it. */
export const Told = later(async () => (await import('./missed-told.tsx')).MissedTold);

/** A quiet line in a place that is always kept: what was missed, until the handler has put it away (rule X-11). */
export function MissedLine() {
  const { store } = useWorkplace();
  const missed = useCell(store.desk)?.missed ?? null;
  return (
    <section className={styles.line} aria-label="Missed" data-some={missed !== null}>
      {missed !== null && <Told.Shown missed={missed} />}
    </section>
  );
}
