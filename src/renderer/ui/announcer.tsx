import styles from './announcer.module.css';

/**
 * Words for a screen reader only. The element stands before its words do, or they would not be told; the same words
 * under a new number are new words.
 */
export function Announcer({
  words,
  number,
  urgency,
}: {
  readonly words: string;
  readonly number: number;
  readonly urgency: 'assertive' | 'polite';
}) {
  return (
    <div
      className={styles.unseen}
      role={urgency === 'assertive' ? 'alert' : 'status'}
      aria-live={urgency}
      aria-atomic="true"
    >
      <span key={number}>{words}</span>
    </div>
  );
}
