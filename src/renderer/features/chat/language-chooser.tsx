import { useId, useState, type KeyboardEvent } from 'react';
import { directionOf, findLanguages } from '../../../shared/domain/language/find-language.ts';
import type { Language } from '../../../shared/domain/language/languages.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { withoutTranslation } from './language-words.ts';
import styles from './translation.module.css';

/** So many are shown; a letter more finds the rest. */
const MOST_SHOWN = 8;

export interface LanguageChooserProps {
  /** What the service says it translates; `null` while it has not said. */
  readonly translated: readonly string[] | null;
  readonly onChoose: (code: string) => void;
  readonly onLeave: () => void;
  /** The field, for whoever may move the focus (rule W-02). */
  readonly fieldRef: (field: HTMLInputElement | null) => void;
}

/** A language by its name in English or in itself: type, arrow, Enter (rule LG-01). */
export function LanguageChooser({ translated, onChoose, onLeave, fieldRef }: LanguageChooserProps) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = findLanguages(typed);
  const shown = found.slice(0, MOST_SHOWN);
  const chosen = Math.min(at, Math.max(0, shown.length - 1));
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const language = shown[chosen];
    if (key === 'ArrowDown') setAt(Math.min(chosen + 1, shown.length - 1));
    else if (key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (key === 'Enter' && language !== undefined) onChoose(language.code);
    else if (key === 'Escape') onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.chooser} role="group" aria-label="Choose the language">
      <label className={styles.field}>
        <span>Language</span>
        <input
          ref={fieldRef}
          type="text"
          role="combobox"
          value={typed}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          placeholder="polish, polski, اردو, pl …"
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-activedescendant={shown.length === 0 ? undefined : `${listId}-${chosen}`}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
        <span className={styles.keys}>
          <KeyHint>↓</KeyHint> <KeyHint>Enter</KeyHint> chooses, <KeyHint>Esc</KeyHint> leaves
        </span>
      </label>
      <ul id={listId} role="listbox" aria-label="Languages" className={styles.found}>
        {shown.map((language, n) => (
          <Choice
            key={language.code}
            id={`${listId}-${n}`}
            language={language}
            isChosen={n === chosen}
            without={withoutTranslation(language.code, translated)}
            onChoose={onChoose}
          />
        ))}
      </ul>
      <p className={styles.foot} role="status">
        {foundWords(found.length)}
      </p>
    </div>
  );
}

function foundWords(count: number): string {
  if (count === 0) return 'No language of this name. Try its name in English.';
  return count > MOST_SHOWN ? `${MOST_SHOWN} of ${count}; type more of the name` : `${count} found`;
}

interface ChoiceProps {
  readonly id: string;
  readonly language: Language;
  readonly isChosen: boolean;
  readonly without: string | null;
  readonly onChoose: (code: string) => void;
}

function Choice({ id, language: { code, name, ownName }, isChosen, without, onChoose }: ChoiceProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isChosen}
      className={styles.choice}
      onClick={() => onChoose(code)}
    >
      <span>{name}</span>
      <bdi lang={code} dir={directionOf(code)}>
        {ownName}
      </bdi>
      {without !== null && <span className={styles.unchecked}>{without}</span>}
    </li>
  );
}
