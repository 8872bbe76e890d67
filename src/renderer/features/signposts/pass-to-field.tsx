import { useId, useState, type KeyboardEvent } from 'react';
import {
  controlOf,
  directoryKindWords,
  type DirectoryEntry,
} from '../../../shared/domain/signposts/directory.ts';
import styles from './pass.module.css';

export interface PassToFieldProps {
  readonly to: string;
  /** Best first. */
  readonly found: readonly DirectoryEntry[];
  /** The entry that `to` names, if it names one. */
  readonly chosen: DirectoryEntry | null;
  readonly fieldRef: (element: HTMLElement | null) => void;
  readonly onType: (to: string) => void;
  readonly onChoose: (entry: DirectoryEntry) => void;
  /** Enter, and it stands. */
  readonly onDone: () => void;
}

const SHOWN = 5;

/** Who it goes to: by the beginnings of words, neighbouring forces first; anything else can be typed. The list keeps its space. */
export function PassToField({ to, found, chosen, fieldRef, onType, onChoose, onDone }: PassToFieldProps) {
  const id = useId();
  const [marked, setMarked] = useState<number | null>(null);
  const shown = chosen === null ? found.slice(0, SHOWN) : [];
  // Nobody is meant before a letter or an arrow says so.
  const at = Math.min(marked ?? (to.trim() === '' ? -1 : 0), shown.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey) return;
    if (event.key === 'ArrowDown') setMarked(Math.min(at + 1, shown.length - 1));
    else if (event.key === 'ArrowUp') setMarked(Math.max(0, at - 1));
    else if (event.key === 'Enter') {
      const entry = shown[at];
      if (entry !== undefined) onChoose(entry);
      else if (to.trim() !== '') onDone();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.to}>
      <label htmlFor={`${id}-field`}>Pass on to</label>
      <input
        id={`${id}-field`}
        ref={fieldRef}
        type="text"
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] === undefined ? undefined : `${id}-${at}`}
        autoComplete="off"
        spellCheck={false}
        placeholder="A force, an agency, a council: two or three letters"
        value={to}
        onChange={(event) => {
          setMarked(null);
          onType(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.below} data-chosen={chosen !== null}>
        {chosen !== null && <Chosen entry={chosen} />}
        <ul id={`${id}-list`} role="listbox" aria-label="Found" className={styles.found}>
          {shown.map((entry, place) => (
            <li
              key={entry.id}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(entry)}
            >
              <span className={styles.name}>{entry.name}</span>
              <span className={styles.muted}>{directoryKindWords[entry.kind]}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Their control room, and what to do when nobody answers there. */
function Chosen({ entry }: { readonly entry: DirectoryEntry }) {
  const control = controlOf(entry);
  const [first] = entry.ways;
  const note = control?.note ?? null;
  return (
    <div className={styles.chosen}>
      <p>
        {control === null ? 'Ring ' : 'Ring their control room: '}
        <strong className={styles.number}>{control?.to ?? first?.to ?? 'no number is on file'}</strong>
      </p>
      {note !== null && <p className={styles.muted}>{note}</p>}
      {entry.kind === 'partner' && <p className={styles.muted}>If they refuse: {entry.escalation}</p>}
    </div>
  );
}
