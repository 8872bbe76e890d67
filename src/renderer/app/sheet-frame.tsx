import type { ReactNode } from 'react';
import type { ContactId } from '../../shared/domain/ids.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { useWorkplace } from './workplace-context.ts';
import styles from './sheet-frame.module.css';

export interface SheetFrameProps {
  readonly id: ContactId;
  readonly title: string;
  /** The keys that work in it, in a line beside the title. */
  readonly keys?: ReactNode;
  /** What closes it besides Esc: usually the button that keeps it. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/**
 * The frame of a sheet: what it is, its keys, and Esc back to the record. What was typed stays for the next time (rule W-06). Its first
 * field takes the focus by `useSpot('sheet')`.
 */
export function SheetFrame({ id, title, keys, foot, children }: SheetFrameProps) {
  const workplace = useWorkplace();
  return (
    <section
      className={styles.sheet}
      tabIndex={-1}
      data-focus="sheet"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        workplace.leaveSheet(id);
      }}
    >
      <header className={styles.head}>
        <h2>{title}</h2>
        <span className={styles.keys}>
          {keys}
          <KeyHint>Esc</KeyHint> back to the record
        </span>
      </header>
      <div className={styles.body}>{children}</div>
      {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
    </section>
  );
}
