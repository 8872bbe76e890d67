import { useId, type ReactNode } from 'react';
import styles from './new-contact-form.module.css';

/** What a field needs to be told apart by everybody: its id, and what describes it. */
export interface FieldParts {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

export interface FieldProps {
  readonly label: string;
  /** What to know before typing; under the field, always there. */
  readonly hint?: string;
  /** What must be mended, as a sentence. */
  readonly error?: string | undefined;
  readonly wide?: true;
  readonly children: (parts: FieldParts) => ReactNode;
}

/** A field with its name above it and its sentence below it. */
export function Field({ label, hint, error, wide, children }: FieldProps) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className={styles.field} data-wide={wide === true}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': below === undefined ? undefined : `${id}-below`,
        'aria-invalid': error !== undefined,
      })}
      {below !== undefined && (
        <p id={`${id}-below`} className={styles.below} data-error={error !== undefined}>
          {below}
        </p>
      )}
    </div>
  );
}
