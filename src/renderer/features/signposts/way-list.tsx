import type { Way } from '../../../shared/domain/signposts/signpost.ts';
import { wayNames } from './guide-words.ts';
import styles from './guide.module.css';

/** Ways of reaching somebody, as text: nothing is rung or opened from here. Their numbers are the keys that copy them. */
export function WayList({ ways, from = 0 }: { readonly ways: readonly Way[]; readonly from?: number }) {
  return (
    <ul className={styles.ways}>
      {ways.map(({ kind, to, note }, at) => (
        <li key={`${kind} ${to}`}>
          <kbd>{from + at + 1}</kbd>
          <span className={styles.muted}>{wayNames[kind]}</span>
          <span>
            <strong className={styles.to} data-way={from + at}>
              {to}
            </strong>
            {note !== null && <span className={styles.muted}> {note}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
