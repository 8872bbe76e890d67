import styles from './announcer.module.css';

/** Words for a screen reader only. The element stands before its words do, or they would not be told. */
export function Announcer({
  words,
  urgency,
}: {
  readonly words: string;
  readonly urgency: 'assertive' | 'polite';
}) {
  return (
    <div
      className={styles.unseen}
      role={urgency === 'assertive' ? 'alert' : 'status'}
      aria-live={urgency}
      aria-atomic="true"
    >
      {words}
    </div>
  );
}
