import { useId, type ReactNode } from 'react';
import type { ClosingField } from '../../../shared/domain/record/closing-record.ts';
import type { CloseForm, MissingSentences } from './close-form.ts';
import styles from './close-sheet.module.css';
import type { Categories } from './use-categories.ts';

/** What every part of the closing form is given. */
export interface ClosePart {
  readonly form: CloseForm;
  readonly missing: MissingSentences;
  /** What this outcome and category ask for; `null` while the contact or the policy is not here. */
  readonly asked: ReadonlySet<ClosingField> | null;
  readonly categories: Categories;
  readonly change: (changed: Partial<CloseForm>) => void;
  /** On to the first thing that is still missing behind this field. */
  readonly goOn: (from: ClosingField) => void;
}

export interface CloseFieldProps {
  readonly field: ClosingField;
  readonly label: string;
  readonly missing: MissingSentences;
  /** Said where nothing is missing. */
  readonly hint?: string | undefined;
  readonly children: (below: string) => ReactNode;
}

/** A field with its name above it, and what it still lacks beside the name: its sentence has its own space. */
export function CloseField({ field, label, missing, hint, children }: CloseFieldProps) {
  const id = useId();
  const sentence = missing.get(field);
  return (
    <div className={styles.field} data-field={field}>
      <p className={styles.head}>
        <span className={styles.label}>{label}</span>
        <span
          id={id}
          className={styles.sentence}
          data-missing={sentence !== undefined}
          title={sentence ?? hint}
        >
          {sentence ?? hint ?? ''}
        </span>
      </p>
      <div className={styles.control}>{children(id)}</div>
    </div>
  );
}
