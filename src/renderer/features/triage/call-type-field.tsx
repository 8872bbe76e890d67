import { useId, useState } from 'react';
import { callTypeOf } from '../../../shared/domain/triage/questions.ts';
import { usePolicy } from '../../app/policies.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { callTypeOfCategory, findCallTypes } from './call-types.ts';
import styles from './triage.module.css';
import type { Triage } from './use-triage.ts';

const SHOWN = 6;

export interface CallTypeFieldProps {
  readonly triage: Triage;
  /** Typed already, before the call types were there. */
  readonly early: string;
  readonly fieldRef: ((element: HTMLElement | null) => void) | null;
  /** `null`: what was there stays; the questions come next. */
  readonly onChoose: (callType: string | null) => void;
}

/** What the call is about, by two or three letters and Enter. Nothing is chosen by the program. */
export function CallTypeField({ triage, early, fieldRef, onChoose }: CallTypeFieldProps) {
  const list = useId();
  const categories = usePolicy('categories');
  const { questions } = triage.policies;
  const [typed, setTyped] = useState(early);
  const [marked, setMarked] = useState(0);
  const chosen = callTypeOf(questions, triage.form.callType);
  const code = triage.contact.incident?.category ?? null;
  const offered = callTypeOfCategory(questions, categories.kind === 'here' ? categories.value : null, code);
  const isOffered = typed === '' && chosen === null && offered !== null;
  const found = isOffered ? [offered] : findCallTypes(questions, typed).slice(0, SHOWN);
  const at = Math.min(marked, found.length - 1);

  const choose = (id: string | null) => {
    setTyped('');
    setMarked(0);
    onChoose(id);
  };
  return (
    <div className={styles.type}>
      <label>
        <span>Call type</span>
        <input
          ref={fieldRef}
          type="text"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list} ${at}` : undefined}
          autoComplete="off"
          placeholder={chosen === null ? '2 or 3 letters: dom' : 'Another: 2 or 3 letters'}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setMarked(0);
          }}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
            const { key } = event;
            if (key === 'ArrowDown') setMarked(Math.min(at + 1, found.length - 1));
            else if (key === 'ArrowUp') setMarked(Math.max(at - 1, 0));
            else if (key === 'Enter') {
              if (typed.trim() === '' || found.length > 0) choose(found[at]?.id ?? null);
            } else if (key === 'Escape' && typed !== '') setTyped('');
            else return;
            event.preventDefault();
          }}
        />
      </label>
      <span className={styles.chosen} data-chosen={chosen !== null} title={chosen?.name}>
        {chosen === null ? 'not chosen yet' : chosen.name}
      </span>
      <ul id={list} role="listbox" aria-label="Call types" className={styles.types}>
        {found.map(({ id, name }, place) => (
          <li
            key={id}
            id={`${list} ${place}`}
            role="option"
            aria-selected={place === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(id)}
          >
            {name}
            {isOffered && <span>offered by the incident’s category: Enter takes it</span>}
          </li>
        ))}
        {typed.trim() !== '' && found.length === 0 && (
          <li aria-disabled>
            No call type begins so. <KeyHint>Tab</KeyHint> goes on to the questions.
          </li>
        )}
      </ul>
    </div>
  );
}
