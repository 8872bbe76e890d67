import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { areaWords, warningOf, type Candidate } from './candidate.ts';
import styles from './place-sheet.module.css';

export interface ReadBackProps {
  /** Takes the focus as it comes: no field of text, so that one letter answers. */
  readonly boxRef: (box: HTMLElement | null) => void;
  readonly candidate: Candidate;
  readonly detail: string;
  readonly direction: string | null;
  readonly onDetail: (detail: string) => void;
  readonly onDirection: (direction: string) => void;
  /** The caller agrees. */
  readonly onAgree: () => void;
  /** Another place. */
  readonly onChange: () => void;
}

/** The place is said to the caller before it is kept (rules PL-30, PL-62). */
export function ReadBack(props: ReadBackProps) {
  const { boxRef, candidate, detail, direction, onDetail, onDirection, onAgree, onChange } = props;
  const { sentence, spelled, house, directions, areas } = candidate;
  const [isSpelled, setSpelled] = useState(false);
  const workplace = useWorkplace();
  const field = useRef<HTMLInputElement | null>(null);
  const id = useId();
  const warning = warningOf(candidate);
  const spell = () => setSpelled((before) => !before);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { altKey, code, ctrlKey, currentTarget, metaKey, repeat, target } = event;
    if (repeat || ctrlKey || metaKey || event.nativeEvent.isComposing) return;
    const key = event.key.toLowerCase();
    const isField = target === field.current;
    if (altKey && code === 'KeyS') spell();
    else if (altKey) return;
    // From the sentence to what is exact, and back to it.
    else if (key === 'enter' && isField) workplace.goTo('work');
    else if (key === 'enter' && target === currentTarget) workplace.law.focus(field.current);
    else if (isField) return;
    else if (key === 'y') onAgree();
    else if (key === 'n') onChange();
    else if (key === 's') spell();
    else if ((key === '1' || key === '2') && directions !== null)
      onDirection(directions[key === '1' ? 0 : 1]);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={boxRef}
      tabIndex={-1}
      role="group"
      aria-label="Read back"
      aria-describedby={`${id}-said`}
      className={styles.readBack}
      onKeyDown={onKeyDown}
    >
      <p className={styles.warning} data-warns={warning !== null} role="status">
        {warning ?? (areas === null ? 'Nothing here says whose place this is.' : areaWords(areas))}
      </p>
      <p id={`${id}-said`} className={styles.sentence}>
        {isSpelled ? spelled : sentence}
      </p>
      {directions !== null && (
        <p className={styles.ways}>
          {directions.map((way, place) => (
            <button key={way} type="button" aria-pressed={way === direction} onClick={() => onDirection(way)}>
              <KeyHint>{String(place + 1)}</KeyHint> {way}
            </button>
          ))}
        </p>
      )}
      <label className={styles.detail}>
        <span>
          Exactly where
          {house !== '' && <strong> {house},</strong>}
        </span>
        <input
          ref={field}
          type="text"
          placeholder="House, floor, direction, which side: not shown in rows"
          autoComplete="off"
          value={detail}
          onChange={(event) => onDetail(event.currentTarget.value)}
        />
      </label>
      <p className={styles.answers}>
        <button type="button" onClick={onChange}>
          <KeyHint>n</KeyHint> Change
        </button>
        <button type="button" aria-pressed={isSpelled} disabled={spelled === ''} onClick={spell}>
          <KeyHint>s</KeyHint> Spell
        </button>
      </p>
    </div>
  );
}
