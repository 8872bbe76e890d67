import { useCallback, useId, useState, type KeyboardEvent } from 'react';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './typeahead.module.css';

/** One line of the list. */
export interface Option {
  /** As it is stored, and shown before the name. */
  readonly code: string;
  readonly name: string;
}

export interface TypeaheadProps<T extends Option> {
  readonly label: string;
  readonly typed: string;
  /** What was found for it, best first; with nothing typed all there is. */
  readonly found: readonly T[];
  readonly placeholder?: string;
  /** The placeholder is what was chosen, and is read like words that stand in the field. */
  readonly hasChosen?: boolean;
  /** `below`: the list keeps its own space. `over`: it lies over what follows, only while something is being typed. */
  readonly list: 'below' | 'over';
  /** False where the code says nothing to a handler. */
  readonly showCodes: boolean;
  readonly describedBy?: string;
  readonly fieldRef?: (field: HTMLInputElement | null) => void;
  /** What stands in the field is chosen: Enter goes on instead of choosing again. */
  readonly isChosen?: boolean;
  readonly onType: (typed: string) => void;
  readonly onChoose: (option: T) => void;
  /** Enter, and there is nothing to choose: what is chosen already stands. */
  readonly onEnter: () => void;
  /** An arrow has marked another line. */
  readonly onMove?: () => void;
  /** Backspace in the empty field. */
  readonly onBackspace?: () => void;
}

const isPlain = ({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => !ctrlKey && !altKey && !metaKey;

/**
 * A field that finds by two or three letters: ↓ and ↑ move in the list, Enter takes the line that is marked, 1 to 8 take theirs. The
 * list never moves what stands below it.
 */
export function Typeahead<T extends Option>({
  label,
  typed,
  found,
  placeholder,
  hasChosen = false,
  list,
  showCodes,
  describedBy,
  isChosen = false,
  fieldRef,
  onType,
  onChoose,
  onMove,
  onEnter,
  onBackspace,
}: TypeaheadProps<T>) {
  const { law } = useWorkplace();
  const id = useId();
  const [marked, setMarked] = useState(0);
  const [wanted, setWanted] = useState(false);
  const hasTyped = typed.trim() !== '';
  const isOpen = list === 'below' || hasTyped || wanted;
  // With nothing typed nothing is meant yet, until an arrow says so.
  const at = hasTyped || wanted ? Math.min(marked, found.length - 1) : -1;

  const inSight = useCallback(
    (line: HTMLLIElement | null) => {
      const box = line?.parentElement;
      if (line === null || box === null || box === undefined) return;
      const lowest = Math.max(box.scrollTop, line.offsetTop + line.offsetHeight - box.clientHeight);
      law.keepPlace(box, Math.min(line.offsetTop, lowest));
    },
    [law],
  );

  const choose = (option: T) => {
    // The line stays marked where the list stays; where it goes, the next search begins at the top.
    setMarked(list === 'below' ? found.indexOf(option) : 0);
    setWanted(list === 'below');
    onChoose(option);
  };
  const move = (by: number) => {
    setWanted(true);
    onMove?.();
    setMarked(at < 0 ? 0 : Math.max(0, Math.min(found.length - 1, at + by)));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // A key held down neither chooses twice nor goes on.
    if (!isPlain(event) || (event.repeat && event.key === 'Enter')) return;
    const digit = /^[1-8]$/.test(event.key) && isOpen ? found[Number(event.key) - 1] : undefined;
    const option = event.key === 'Enter' && !isChosen ? found[at] : digit;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (option !== undefined) choose(option);
    else if (event.key === 'Enter') {
      if (!hasTyped || isChosen) onEnter();
    } else {
      if (event.key === 'Backspace' && typed === '') onBackspace?.();
      return;
    }
    event.preventDefault();
  };
  return (
    <div className={styles.frame} data-list={list}>
      <input
        ref={fieldRef}
        type="text"
        role="combobox"
        data-first
        aria-label={hasChosen ? `${label}: ${placeholder ?? ''}` : label}
        data-chosen={hasChosen || undefined}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        aria-describedby={describedBy}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setMarked(0);
          onType(event.currentTarget.value);
        }}
        onBlur={() => setWanted(false)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <ul id={`${id}-list`} role="listbox" aria-label={`${label}, what was found`} className={styles.list}>
          {found.map((option, place) => (
            <li
              key={option.code}
              ref={place === at ? inSight : undefined}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <kbd>{place < 8 ? place + 1 : ''}</kbd>
              {showCodes && <code>{option.code}</code>}
              <span title={option.name}>{option.name}</span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && hasTyped && found.length === 0 && (
        <p className={styles.none} role="status">
          Nothing begins with these letters. Take one away, or try another word.
        </p>
      )}
    </div>
  );
}
