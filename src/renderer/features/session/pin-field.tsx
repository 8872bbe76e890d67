import styles from './session.module.css';

export interface PinFieldProps {
  readonly value: string;
  readonly onChange: (digits: string) => void;
  readonly fieldRef: (field: HTMLInputElement | null) => void;
  /** The sentence that says why it was refused. */
  readonly describedBy: string;
}

/** More than any PIN has. */
const LONGEST = 12;

/** A PIN: digits only, never shown, never offered again by the browser. */
export function PinField({ value, onChange, fieldRef, describedBy }: PinFieldProps) {
  return (
    <label className={styles.field}>
      <span>PIN</span>
      <input
        ref={fieldRef}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, LONGEST))}
      />
    </label>
  );
}
