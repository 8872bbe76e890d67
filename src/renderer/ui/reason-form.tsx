import type { ReactNode } from 'react';
import styles from './reason-form.module.css';
import { KeyHint } from './key-hint.tsx';

export interface ReasonFormProps {
  /** What is about to be done: "Grade G2, priority". */
  readonly title: string;
  /** What the line asks for, where that is no reason. */
  readonly label?: string;
  /** What its button is called, where nothing is sent to anybody. */
  readonly act?: string;
  /** Choices to make before the reason. */
  readonly children?: ReactNode;
  readonly limit: number;
  /** False while a choice above is missing. */
  readonly ready: boolean;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onSend: (reason: string) => void;
  readonly onLeave: () => void;
  readonly fieldRef: (field: HTMLInputElement | null) => void;
}

/** A strip in place that asks for a reason: Enter sends, Escape leaves. Never a window over the work. */
export function ReasonForm({
  title,
  label = 'Reason',
  act = 'Send',
  children,
  limit,
  ready,
  reason,
  onReason,
  onSend,
  onLeave,
  fieldRef,
}: ReasonFormProps) {
  const missing = reason.trim() === '';
  return (
    <form
      className={styles.strip}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !missing) onSend(reason.trim());
      }}
    >
      <p className={styles.title}>{title}</p>
      {children}
      <label className={styles.field}>
        <span>{label}</span>
        <input
          ref={fieldRef}
          type="text"
          value={reason}
          maxLength={limit}
          autoComplete="off"
          required
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      </label>
      <div className={styles.acts}>
        <button type="submit" disabled={!ready || missing}>
          {act} <KeyHint>Enter</KeyHint>
        </button>
        <button type="button" onClick={onLeave}>
          Leave <KeyHint>Esc</KeyHint>
        </button>
      </div>
    </form>
  );
}
