import type { ContactSummary, Grade } from '../../../shared/domain/contact.ts';
import { TARGET_NEAR, useTargetNear } from '../../app/target-near.ts';
import { Badge } from '../../ui/badge.tsx';
import styles from './grade-mark.module.css';

/** The grade, and beside it in a place of its own that its target is near: nothing moves when the time has come. */
export function GradeMark({ summary, grade }: { readonly summary: ContactSummary; readonly grade: Grade }) {
  const isNear = useTargetNear(summary);
  return (
    <span className={styles.grade}>
      <Badge look="plain" title={`Grade ${grade}`}>
        {grade}
      </Badge>
      <svg
        className={styles.again}
        data-near={isNear}
        viewBox="0 0 12 12"
        aria-hidden="true"
        focusable="false"
      >
        <title>{TARGET_NEAR}</title>
        <path d="M10.2 4.4A4.6 4.6 0 1 0 10.6 6.6M10.6 1.6v3h-3" />
      </svg>
    </span>
  );
}
