import type { Day } from '../../../shared/domain/london.ts';
import { freshnessOf, type Checked } from '../../../shared/domain/signposts/checked.ts';
import styles from './guide.module.css';

/** Where it comes from, and how old it is (rule SG-03). */
export function CheckedLine({ checked, today }: { readonly checked: Checked; readonly today: Day }) {
  const { kind, words } = freshnessOf(checked, today);
  return (
    <p className={styles.checked} data-fresh={kind === 'fresh'}>
      {words} {checked.source}. Answers for it: {checked.owner}.
    </p>
  );
}
