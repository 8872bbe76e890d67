import styles from './choices.module.css';

export interface Choice<T extends string> {
  readonly id: T;
  readonly words: string;
}

export interface ChoicesProps<T extends string> {
  readonly legend: string;
  readonly options: readonly Choice<T>[];
  readonly chosen: T | null;
  readonly describedBy?: string;
  readonly onChoose: (id: T) => void;
  /** A digit has chosen, or Enter has confirmed: what comes next is meant. */
  readonly onDone: (id: T) => void;
}

/** A few choices in a line, each with its digit; the arrows move among them. */
export function Choices<T extends string>({
  legend,
  options,
  chosen,
  describedBy,
  onChoose,
  onDone,
}: ChoicesProps<T>) {
  const first = chosen ?? options[0]?.id;
  return (
    <fieldset
      className={styles.choices}
      aria-describedby={describedBy}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
        const digit = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined;
        const meant = event.key === 'Enter' ? options.find(({ id }) => id === chosen) : digit;
        if (meant === undefined) return;
        event.preventDefault();
        onChoose(meant.id);
        onDone(meant.id);
      }}
    >
      <legend>{legend}</legend>
      {options.map(({ id, words }, at) => (
        <label key={id}>
          <input
            type="radio"
            name={legend}
            data-first={id === first || undefined}
            checked={chosen === id}
            onChange={() => onChoose(id)}
          />
          <span>
            <b>{at + 1}</b> {words}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
