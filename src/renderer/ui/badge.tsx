import styles from './badge.module.css';

export interface BadgeProps {
  /** One letter, or a word. */
  readonly children: string;
  /** What it stands for, shown when the pointer rests on it. */
  readonly title: string;
  /** `strong`: dark on light turned round, for what must not be missed. `asked`: dotted, not yet certain. */
  readonly look: 'strong' | 'plain' | 'asked' | 'high';
}

/** A small mark beside a title. */
export function Badge({ children, title, look }: BadgeProps) {
  return (
    <span className={styles.badge} data-look={look} title={title}>
      {children}
    </span>
  );
}
