import type { KeyboardEvent } from 'react';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './call.module.css';

interface RowChoice<V extends string> {
  readonly value: V;
  readonly key: string;
  readonly word: string;
  /** Why it cannot be chosen; `null` when it can. */
  readonly blocked: string | null;
}

export interface ChoiceRowProps<V extends string> {
  /** How the sheet finds it: digits are meant for the row that has the focus. */
  readonly name: string;
  readonly label: string;
  readonly choices: readonly RowChoice<V>[];
  readonly chosen: V | null;
  readonly rowRef?: (element: HTMLElement | null) => void;
  readonly onChoose: (value: V) => void;
}

/** One question with few answers, each by its own key. The row has the focus, so that Enter chooses nothing by accident. */
export function ChoiceRow<V extends string>(props: ChoiceRowProps<V>) {
  const { name, label, choices, chosen, rowRef, onChoose } = props;
  const { law } = useWorkplace();
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]:not([disabled])')];
    const at = all.indexOf(event.target as HTMLElement);
    event.preventDefault();
    law.focus(all[Math.max(0, Math.min(all.length - 1, at + by))]);
  };
  return (
    <div
      ref={rowRef}
      className={styles.row}
      role="radiogroup"
      aria-label={label}
      tabIndex={0}
      data-row={name}
      onKeyDown={step}
    >
      <p className={styles.label} aria-hidden>
        {label}
      </p>
      {choices.map(({ value, key, word, blocked }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={chosen === value}
          tabIndex={-1}
          disabled={blocked !== null}
          onClick={() => onChoose(value)}
        >
          <kbd>{key}</kbd> {word}
          {blocked !== null && <span className={styles.blocked}>{blocked}</span>}
        </button>
      ))}
    </div>
  );
}
